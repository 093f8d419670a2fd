//! Which DICOM transfer syntaxes decode: the table of `docs/support.md`.

use crate::{
    dicom::{Compression, DECODED, Syntax},
    header::TransferSyntax,
};

/// Every transfer syntax that decodes, with what decodes it.
pub fn supported() -> impl Iterator<Item = (TransferSyntax, &'static str)> {
    DECODED.iter().map(|&(uid, compression)| {
        let decoder = match compression {
            Compression::None if uid.ends_with(".99") => "flate2",
            Compression::DeflatedFrame => "flate2",
            Compression::Rle => "this crate",
            Compression::Jpeg => "libjpeg-turbo 3, 2 to 16 bits",
            Compression::JpegLs => "CharLS",
            Compression::Jpeg2000 => "openjp2",
            Compression::None | Compression::Unsupported => "none needed",
        };
        (Syntax::of(uid).named, decoder)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_documented_table_is_this_one() {
        let documented = include_str!("../../../docs/support.md");
        let rows: Vec<&str> = documented
            .lines()
            .filter(|line| line.starts_with("| 1.2.840"))
            .collect();
        let ours: Vec<String> = supported()
            .map(|(syntax, decoder)| format!("| {} | {} | {decoder} |", syntax.uid, syntax.name))
            .collect();
        assert_eq!(
            rows,
            ours,
            "copy this into docs/support.md:\n{}",
            ours.join("\n")
        );
    }
}
