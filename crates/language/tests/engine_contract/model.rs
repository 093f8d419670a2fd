//! A whole speech model of a few megabytes that says the same two words every second, so that the real
//! whisper.cpp can be tested where no weights are to be had. Its words hang on the place in the answer:
//! the embedding of each place points at the token that comes next.

use std::io::Write;

/// What it says.
pub(crate) const WORDS: [&str; 2] = ["hola", "doctor"];

const WIDTH: usize = 64;
const TOKENS: usize = 51_865;
const MELS: u32 = 80;

/// Tokens of every model that knows all languages.
const END: usize = 50_257;
const SPANISH: usize = 50_262;
const SECOND_0: usize = 50_364;
const SECOND_1: usize = SECOND_0 + 50;

/// Where in an answer which token follows: the language, then from the third place on the words.
const SCRIPT: [(usize, usize); 6] = [
    (0, SPANISH),
    (2, SECOND_0),
    (3, 1_000),
    (4, 1_001),
    (5, SECOND_1),
    (6, END),
];

/// The model file.
pub(crate) fn file() -> Vec<u8> {
    let mut file = Vec::new();
    let head = [
        0x6767_6d6c,
        TOKENS as u32,
        1_500,
        WIDTH as u32,
        1,
        1,
        448,
        WIDTH as u32,
        1,
        1,
        MELS,
        1,
        MELS,
        201,
    ];
    numbers(&mut file, &head);
    file.extend(std::iter::repeat_n(0, MELS as usize * 201 * 4));
    words(&mut file);
    input(&mut file);
    layer(&mut file, "encoder.blocks.0.", &["attn"]);
    tensor(
        &mut file,
        "decoder.positional_embedding",
        &[WIDTH, 448],
        false,
        |at| {
            let (place, dimension) = (at / WIDTH, at % WIDTH);
            if place % WIDTH == dimension {
                100.0
            } else {
                0.0
            }
        },
    );
    tensor(
        &mut file,
        "decoder.token_embedding.weight",
        &[WIDTH, TOKENS],
        true,
        |at| {
            let (token, dimension) = (at / WIDTH, at % WIDTH);
            if SCRIPT.contains(&(dimension, token)) {
                4.0
            } else {
                0.0
            }
        },
    );
    norm(&mut file, "decoder.ln");
    layer(&mut file, "decoder.blocks.0.", &["attn", "cross_attn"]);
    file
}

fn words(file: &mut Vec<u8>) {
    numbers(file, &[END as u32]);
    for n in 0..END {
        let word = match n {
            220 => " ".into(),
            532 => " -".into(),
            705 => " '".into(),
            1_000 | 1_001 => format!(" {}", WORDS[n - 1_000]),
            _ => format!("w{n}"),
        };
        numbers(file, &[word.len() as u32]);
        file.extend(word.as_bytes());
    }
}

fn input(file: &mut Vec<u8>) {
    let nothing = |_| 0.0;
    tensor(
        file,
        "encoder.positional_embedding",
        &[WIDTH, 1_500],
        false,
        nothing,
    );
    tensor(
        file,
        "encoder.conv1.weight",
        &[3, MELS as usize, WIDTH],
        true,
        nothing,
    );
    tensor(file, "encoder.conv1.bias", &[1, WIDTH], false, nothing);
    tensor(
        file,
        "encoder.conv2.weight",
        &[3, WIDTH, WIDTH],
        true,
        nothing,
    );
    tensor(file, "encoder.conv2.bias", &[1, WIDTH], false, nothing);
    norm(file, "encoder.ln_post");
}

/// One layer; none of its parts adds anything.
fn layer(file: &mut Vec<u8>, at: &str, attentions: &[&str]) {
    norm(file, &format!("{at}mlp_ln"));
    linear(file, &format!("{at}mlp.0"), WIDTH, 4 * WIDTH, true);
    linear(file, &format!("{at}mlp.2"), 4 * WIDTH, WIDTH, true);
    for attention in attentions {
        norm(file, &format!("{at}{attention}_ln"));
        for (part, bias) in [
            ("query", true),
            ("key", false),
            ("value", true),
            ("out", true),
        ] {
            linear(file, &format!("{at}{attention}.{part}"), WIDTH, WIDTH, bias);
        }
    }
}

fn linear(file: &mut Vec<u8>, name: &str, from: usize, to: usize, bias: bool) {
    tensor(file, &format!("{name}.weight"), &[from, to], true, |_| 0.0);
    if bias {
        tensor(file, &format!("{name}.bias"), &[to], false, |_| 0.0);
    }
}

fn norm(file: &mut Vec<u8>, name: &str) {
    tensor(file, &format!("{name}.weight"), &[WIDTH], false, |_| 1.0);
    tensor(file, &format!("{name}.bias"), &[WIDTH], false, |_| 0.0);
}

fn tensor(
    file: &mut Vec<u8>,
    name: &str,
    sizes: &[usize],
    half: bool,
    value: impl Fn(usize) -> f32,
) {
    numbers(file, &[sizes.len() as u32, name.len() as u32, half.into()]);
    sizes.iter().for_each(|size| numbers(file, &[*size as u32]));
    file.write_all(name.as_bytes()).unwrap();
    for at in 0..sizes.iter().product() {
        match half {
            true => file.extend(half_float(value(at)).to_le_bytes()),
            false => file.extend(value(at).to_le_bytes()),
        }
    }
}

/// 0 and 4 as they are, of half length.
fn half_float(value: f32) -> u16 {
    if value == 0.0 { 0 } else { 0x4400 }
}

fn numbers(file: &mut Vec<u8>, numbers: &[u32]) {
    numbers
        .iter()
        .for_each(|number| file.extend(number.to_le_bytes()));
}
