//! The first page in each language, and in each state that looks different, beside the one that was
//! looked at and found good. `UPDATE_GOLDENS=1` writes them anew; look at each before it is committed.

use std::{env, fs, io::BufWriter, path::PathBuf};

use basics::{Language, Phi};
use image::RgbImage;
use reports::{Addendum, AiAnswer, Sample, State};

use crate::reader::{print, sample};

/// Mean difference of a channel, of 255, that another version of Poppler may make.
const MEAN: f64 = 2.5;
/// Share of the pixels that may differ clearly.
const CLEARLY: f64 = 0.01;

fn path(name: &str) -> PathBuf {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/goldens");
    PathBuf::from(folder).join(name).with_extension("png")
}

fn check(name: &str, sample: &Sample) {
    let drawn = print(sample).picture();
    let path = path(name);
    if env::var_os("UPDATE_GOLDENS").is_some() {
        return keep(&path, &drawn);
    }
    let golden = image::open(&path).unwrap().to_rgb8();
    assert_eq!(golden.dimensions(), drawn.dimensions(), "{name}");
    let (mut sum, mut clearly) = (0_u64, 0_u64);
    for (wanted, found) in golden.pixels().zip(drawn.pixels()) {
        let step = |n: usize| u64::from(wanted.0[n].abs_diff(shade(found.0[n]) * 51));
        sum += step(0) + step(1) + step(2);
        clearly += u64::from((0..3).any(|n| step(n) > 102));
    }
    let pixels = f64::from(drawn.width() * drawn.height());
    let (mean, share) = (sum as f64 / pixels / 3.0, clearly as f64 / pixels);
    assert!(
        mean <= MEAN && share <= CLEARLY,
        "{name}: mean {mean:.2}, clearly {share:.4}"
    );
}

/// One of six steps of a channel.
fn shade(value: u8) -> u8 {
    ((u16::from(value) + 25) / 51) as u8
}

/// Writes a picture in 216 colours: a quarter of the bytes, and every hue still told apart.
fn keep(path: &PathBuf, picture: &RgbImage) {
    let file = BufWriter::new(fs::File::create(path).unwrap());
    let mut encoder = png::Encoder::new(file, picture.width(), picture.height());
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_compression(png::Compression::High);
    let colour = |n: u16| [n / 36 * 51, n / 6 % 6 * 51, n % 6 * 51].map(|value| value as u8);
    encoder.set_palette((0..216).flat_map(colour).collect::<Vec<u8>>());
    let index = |pixel: &image::Rgb<u8>| {
        let [r, g, b] = pixel.0.map(shade);
        r * 36 + g * 6 + b
    };
    let indices: Vec<u8> = picture.pixels().map(index).collect();
    encoder
        .write_header()
        .unwrap()
        .write_image_data(&indices)
        .unwrap();
}

#[test]
fn the_page_in_every_language() {
    for language in Language::ALL {
        check(language.tag(), &sample(language));
    }
}

#[test]
fn a_draft() {
    let mut sample = sample(Language::En);
    sample.document.state = State::Draft;
    sample.document.number.clear();
    sample.document.signatures.clear();
    check("draft", &sample);
}

#[test]
fn a_corrected_report() {
    let mut sample = sample(Language::Es);
    sample.document.state = State::Amended;
    sample.document.revision = 2;
    sample.document.addenda = vec![addendum(
        &sample,
        State::Amended,
        "Se nombró el lado equivocado.",
        "El derrame es izquierdo, de 1,5 cm.\nEl resto no cambia.",
    )];
    check("corrected", &sample);
}

#[test]
fn a_withdrawn_report() {
    let mut sample = sample(Language::Ar);
    sample.document.state = State::EnteredInError;
    sample.document.revision = 2;
    sample.document.addenda = vec![addendum(
        &sample,
        State::EnteredInError,
        "الصورة لمريض آخر (رقم 0043).",
        "",
    )];
    check("withdrawn", &sample);
}

#[test]
fn a_scan_that_was_not_assessed_in_a_preliminary_report() {
    let mut sample = sample(Language::De);
    sample.document.state = State::Preliminary;
    sample.document.signatures[0].becomes = State::Preliminary;
    sample.document.figures.truncate(1);
    let ai = sample.document.ai.as_mut().unwrap();
    ai.answer = AiAnswer::NotAssessed {
        reason: "inverted".into(),
    };
    check("not-assessed", &sample);
}

fn addendum(sample: &Sample, kind: State, reason: &str, text: &str) -> Addendum {
    let signed = &sample.document.signatures[0];
    Addendum {
        kind,
        reason: Phi::new(reason.into()),
        text: Phi::new(text.into()),
        by: signed.by.clone(),
        at: signed.at,
    }
}
