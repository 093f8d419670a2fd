//! Samples, their PDFs, and Poppler's programs to read them with.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    sync::LazyLock,
};

use basics::Language;
use reports::{Fonts, Sample, typeset};
use tempfile::TempDir;
use unicode_normalization::UnicodeNormalization;

pub(crate) fn repository() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

static FONTS: LazyLock<Fonts> =
    LazyLock::new(|| Fonts::open(&repository().join("assets/fonts")).unwrap());

static FILM: LazyLock<Vec<u8>> =
    LazyLock::new(|| fs::read(repository().join("assets/samples/nih-035075275b.jpg")).unwrap());

pub(crate) fn sample(language: Language) -> Sample {
    Sample::new(language, &FILM).unwrap()
}

/// A PDF on disk.
pub(crate) struct Printed {
    folder: TempDir,
    pub(crate) pages: usize,
}

/// Lays a report out and writes its PDF.
pub(crate) fn print(sample: &Sample) -> Printed {
    let pages = typeset(&FONTS, &sample.document, &sample.pictures).unwrap();
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("report.pdf"), pages.pdf().unwrap()).unwrap();
    Printed {
        folder,
        pages: pages.len(),
    }
}

impl Printed {
    /// A page's text (from 1), or all of it (0), with everything out of the way in which two spellings
    /// of one text may differ: spaces, line ends, Arabic vowel signs (Poppler puts them before their letter), marks of direction, compositions of letters.
    pub(crate) fn text(&self, page: usize) -> String {
        let (first, last) = if page == 0 {
            (1, self.pages)
        } else {
            (page, page)
        };
        let range = [first.to_string(), last.to_string()];
        bare(&self.poppler("pdftotext", &["-f", &range[0], "-l", &range[1]], &["-"]))
    }

    /// A page's text in the order in which it is drawn.
    pub(crate) fn raw(&self, page: usize) -> String {
        let page = page.to_string();
        bare(&self.poppler("pdftotext", &["-raw", "-f", &page, "-l", &page], &["-"]))
    }

    pub(crate) fn info(&self) -> String {
        self.poppler("pdfinfo", &[], &[])
    }

    /// Right edges of all words, and the page's width, in points.
    pub(crate) fn right_edges(&self) -> Vec<f64> {
        let boxes = self.poppler("pdftotext", &["-bbox"], &["-"]);
        let edges = boxes.split("xMax=\"").skip(1);
        edges
            .map(|rest| rest.split('"').next().unwrap().parse().unwrap())
            .collect()
    }

    /// Page 1 as Poppler draws it at 60 dots an inch.
    pub(crate) fn picture(&self) -> image::RgbImage {
        let to = self.folder.path().join("page");
        let to = to.to_str().unwrap();
        self.poppler(
            "pdftoppm",
            &["-r", "60", "-png", "-l", "1", "-singlefile"],
            &[to],
        );
        image::open(PathBuf::from(to).with_extension("png"))
            .unwrap()
            .to_rgb8()
    }

    fn poppler(&self, program: &str, before: &[&str], after: &[&str]) -> String {
        let mut command = Command::new(program);
        command
            .args(before)
            .arg(self.folder.path().join("report.pdf"))
            .args(after);
        let output = command.output().expect("poppler-utils (cargo xtask setup)");
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        String::from_utf8(output.stdout).unwrap()
    }
}

/// See [`Printed::text`].
pub(crate) fn bare(text: &str) -> String {
    let invisible = |c: &char| {
        !c.is_whitespace()
            && !matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{64b}'..='\u{652}' | '\u{c}')
    };
    // Noto draws these two Telugu conjuncts as two glyphs (three with a sign), and Poppler gives
    // them back for each glyph
    // (docs/decisions/0023-report-page.md).
    let bare: String = text.nfc().filter(invisible).collect();
    let signs = ["", "ం", "ా", "ి", "ు", "ే", "ో"];
    let conjuncts = ["ష్ట", "ష్ఠ"];
    let clusters = conjuncts
        .iter()
        .flat_map(|conjunct| signs.map(|sign| format!("{conjunct}{sign}")));
    clusters.fold(bare, |text, cluster| {
        text.replace(&cluster.repeat(3), &cluster)
            .replace(&cluster.repeat(2), &cluster)
    })
}
