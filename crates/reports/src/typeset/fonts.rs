//! The fonts that pages are set in: bundled, so that a page looks and reads the same everywhere.

use std::{fs, path::Path, thread};

use typst::{
    foundations::Bytes,
    text::{Font, FontBook},
    utils::LazyHash,
};

use crate::{Error, Result};

/// Files of `assets/fonts`, as `cargo xtask setup` puts them there. Arabic is set in Amiri: Noto draws a
/// letter and its dots as two glyphs, which no reader of PDF puts together again.
const FILES: [&str; 12] = [
    "NotoSans-Regular.ttf",
    "NotoSans-Bold.ttf",
    "Amiri-Regular.ttf",
    "Amiri-Bold.ttf",
    "NotoSansDevanagari-Regular.ttf",
    "NotoSansDevanagari-Bold.ttf",
    "NotoSansTelugu-Regular.ttf",
    "NotoSansTelugu-Bold.ttf",
    "NotoSansJP-Regular.ttf",
    "NotoSansJP-Bold.ttf",
    "NotoSansSC-Regular.ttf",
    "NotoSansSC-Bold.ttf",
];

/// The fonts, read once for a program; cheap to share behind an `Arc`.
pub struct Fonts {
    pub(super) book: LazyHash<FontBook>,
    pub(super) fonts: Vec<Font>,
    /// A bit for each character that one of them has.
    covered: Vec<u64>,
}

impl Fonts {
    /// Reads the fonts of a folder (`assets/fonts`), side by side: 33 MB.
    ///
    /// # Errors
    /// [`Error::FontsMissing`] names the first file that is absent or is no font.
    pub fn open(dir: &Path) -> Result<Self> {
        let read = |name: &'static str| -> Result<Font> {
            let bytes = fs::read(dir.join(name)).map_err(|_| Error::FontsMissing(name))?;
            Font::new(Bytes::new(bytes), 0).ok_or(Error::FontsMissing(name))
        };
        let fonts = thread::scope(|scope| {
            let readers = FILES.map(|name| (name, scope.spawn(move || read(name))));
            readers
                .into_iter()
                .map(|(name, reader)| reader.join().map_err(|_| Error::FontsMissing(name))?)
                .collect::<Result<Vec<Font>>>()
        })?;
        let mut covered = vec![0; 0x11_0000 / 64];
        for c in fonts
            .iter()
            .step_by(2)
            .flat_map(|font| font.info().coverage.iter())
        {
            if let Some(bits) = covered.get_mut(c as usize / 64) {
                *bits |= 1_u64 << (c % 64);
            }
        }
        Ok(Self {
            covered,
            book: LazyHash::new(FontBook::from_fonts(&fonts)),
            fonts,
        })
    }

    /// Whether one of the fonts has this character.
    pub(super) fn have(&self, c: char) -> bool {
        let c = u32::from(c);
        self.covered[c as usize / 64] & (1 << (c % 64)) != 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_font_is_named() {
        let empty = tempfile::tempdir().unwrap();
        let missing = Fonts::open(empty.path()).err().unwrap();
        assert!(matches!(
            missing,
            Error::FontsMissing("NotoSans-Regular.ttf")
        ));
    }

    #[test]
    fn a_file_that_is_no_font_is_named() {
        let folder = tempfile::tempdir().unwrap();
        for name in FILES {
            fs::write(folder.path().join(name), b"not a font").unwrap();
        }
        assert!(matches!(
            Fonts::open(folder.path()),
            Err(Error::FontsMissing(_))
        ));
    }
}
