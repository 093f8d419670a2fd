//! Character sets of text attributes (PS3.3 C.12.1.1.2, PS3.5 6.1.2), with code extensions by escape
//! sequences (ISO/IEC 2022). What does not decode becomes U+FFFD; nothing fails.

use encoding_rs::{
    EUC_JP, EUC_KR, Encoding, GB18030, GBK, ISO_8859_2, ISO_8859_3, ISO_8859_4, ISO_8859_5,
    ISO_8859_6, ISO_8859_7, ISO_8859_8, ISO_8859_15, SHIFT_JIS, UTF_8, WINDOWS_874, WINDOWS_1252,
    WINDOWS_1254,
};

const ESCAPE: u8 = 0x1B;

/// How a data set writes its text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Charset {
    /// `None`: the data set names none, so only ASCII is lawful; UTF-8 is tried before Latin 1.
    initial: Option<&'static Encoding>,
}

#[derive(Clone, Copy)]
enum Mode {
    /// ASCII below 0x80, the encoding's own characters above.
    Upper(&'static Encoding),
    /// JIS X 0208 in pairs below 0x80.
    Jis0208,
    /// JIS X 0212 in pairs below 0x80.
    Jis0212,
}

impl Charset {
    /// From the value of Specific Character Set; its first term is the one in force without escapes.
    pub(crate) fn of(value: &str) -> Self {
        let term = value
            .split('\\')
            .next()
            .unwrap_or("")
            .trim_matches(['\0', ' ']);
        let number = term
            .replace("ISO_IR ", "")
            .replace("ISO 2022 IR ", "")
            .replace("ISO_IR_", "");
        let initial = match number.as_str() {
            "100" => WINDOWS_1252,
            "101" => ISO_8859_2,
            "109" => ISO_8859_3,
            "110" => ISO_8859_4,
            "144" => ISO_8859_5,
            "127" => ISO_8859_6,
            "126" => ISO_8859_7,
            "138" => ISO_8859_8,
            "148" => WINDOWS_1254,
            "203" => ISO_8859_15,
            "166" => WINDOWS_874,
            "13" | "87" | "159" => SHIFT_JIS,
            "149" => EUC_KR,
            "58" | "GBK" => GBK,
            "192" => UTF_8,
            "GB18030" => GB18030,
            _ => return Self { initial: None },
        };
        Self {
            initial: Some(initial),
        }
    }

    pub(crate) fn decode(self, bytes: &[u8]) -> String {
        let plain = match self.initial {
            Some(encoding) => encoding,
            None if std::str::from_utf8(bytes).is_ok() => UTF_8,
            None => WINDOWS_1252,
        };
        let whole = [UTF_8, GB18030, GBK].contains(&plain) && self.initial.is_some();
        if whole || !bytes.contains(&ESCAPE) {
            return plain.decode_without_bom_handling(bytes).0.into_owned();
        }
        let (mut out, mut mode, mut rest) = (String::new(), Mode::Upper(plain), bytes);
        while !rest.is_empty() {
            if let Some((next, length)) = designation(rest, plain) {
                (mode, rest) = (next, &rest[length..]);
                continue;
            }
            let ends =
                |byte: &u8| *byte == ESCAPE || (matches!(mode, Mode::Upper(_)) && resets(*byte));
            // The first byte is taken whatever it is, so that an unknown escape cannot hold us up.
            let length = rest
                .iter()
                .skip(1)
                .position(ends)
                .map_or(rest.len(), |at| at + 1);
            if resets(rest[0]) && matches!(mode, Mode::Upper(_)) {
                mode = Mode::Upper(plain);
            }
            let (segment, after) = rest.split_at(length);
            out.push_str(&decode(segment, mode));
            rest = after;
        }
        out
    }
}

/// Delimiters after which the first character set is in force again.
fn resets(byte: u8) -> bool {
    matches!(byte, b'^' | b'=' | b'\\' | b'\r' | b'\n' | 0x0C)
}

/// The mode an escape sequence switches to, and its length (PS3.3 tables C.12-3 and C.12-4).
fn designation(bytes: &[u8], plain: &'static Encoding) -> Option<(Mode, usize)> {
    let upper = |encoding| Some((Mode::Upper(encoding), 3));
    match bytes {
        [ESCAPE, b'$', b'(', b'D', ..] => Some((Mode::Jis0212, 4)),
        [ESCAPE, b'$', b')', b'C', ..] => Some((Mode::Upper(EUC_KR), 4)),
        [ESCAPE, b'$', b')', b'A', ..] => Some((Mode::Upper(GBK), 4)),
        [ESCAPE, b'$', b'B' | b'@', ..] => Some((Mode::Jis0208, 3)),
        [ESCAPE, b'(', b'B', ..] => upper(plain),
        [ESCAPE, b'(', b'J', ..] | [ESCAPE, b')', b'I', ..] => upper(SHIFT_JIS),
        [ESCAPE, b'-', set, ..] => upper(match set {
            b'A' => WINDOWS_1252,
            b'B' => ISO_8859_2,
            b'C' => ISO_8859_3,
            b'D' => ISO_8859_4,
            b'L' => ISO_8859_5,
            b'G' => ISO_8859_6,
            b'F' => ISO_8859_7,
            b'H' => ISO_8859_8,
            b'M' => WINDOWS_1254,
            b'T' => WINDOWS_874,
            _ => return None,
        }),
        _ => None,
    }
}

fn decode(bytes: &[u8], mode: Mode) -> String {
    let (encoding, bytes) = match mode {
        Mode::Upper(encoding) => (encoding, bytes.to_vec()),
        Mode::Jis0208 => (EUC_JP, bytes.iter().map(|byte| byte | 0x80).collect()),
        Mode::Jis0212 => {
            let pairs = bytes
                .chunks(2)
                .flat_map(|pair| [0x8F].into_iter().chain(pair.iter().map(|b| b | 0x80)));
            (EUC_JP, pairs.collect())
        }
    };
    encoding.decode_without_bom_handling(&bytes).0.into_owned()
}

#[cfg(test)]
mod tests {
    use super::Charset;

    /// The examples of PS3.5 annexes H, I and J.
    #[test]
    fn the_standards_examples_decode() {
        let check = |charset: &str, bytes: &[u8], expected: &str| {
            assert_eq!(Charset::of(charset).decode(bytes), expected, "{charset}");
        };
        check(
            "\\ISO 2022 IR 87",
            b"Yamada^Tarou=\x1b$B;3ED\x1b(B^\x1b$BB@O:\x1b(B=\x1b$B$d$^$@\x1b(B^\x1b$B$?$m$&\x1b(B",
            "Yamada^Tarou=山田^太郎=やまだ^たろう",
        );
        check(
            "ISO 2022 IR 13\\ISO 2022 IR 87",
            b"\xd4\xcf\xc0\xde^\xc0\xdb\xb3=\x1b$B;3ED\x1b(J^\x1b$BB@O:\x1b(J",
            "ﾔﾏﾀﾞ^ﾀﾛｳ=山田^太郎",
        );
        check(
            "\\ISO 2022 IR 149",
            b"Hong^Gildong=\x1b$)C\xfb\xf3^\x1b$)C\xd1\xce\xd4\xd7=\x1b$)C\xc8\xab^\x1b$)C\xb1\xe6\xb5\xbf",
            "Hong^Gildong=洪^吉洞=홍^길동",
        );
        check(
            "ISO_IR 192",
            "Wang^XiaoDong=王^小東".as_bytes(),
            "Wang^XiaoDong=王^小東",
        );
        check(
            "GB18030",
            b"Wang^XiaoDong=\xcd\xf5^\xd0\xa1\xb6\xab",
            "Wang^XiaoDong=王^小东",
        );
        check(
            "ISO_IR 127",
            b"\xe2\xc8\xc7\xe6\xea^\xe4\xe6\xd2\xc7\xd1",
            "قباني^لنزار",
        );
        check("ISO_IR 144", b"\xbb\xee\xdace\xdc\xd1yp\xd3", "Люкceмбypг");
        check("", "Müller".as_bytes(), "Müller");
        check("", b"M\xfcller", "Müller");
        check("", b"\x1b\x1b(Zab", "\u{1b}\u{1b}(Zab");
    }
}
