//! What needs the inside of the layout; what a reader sees is tested in `tests/pages`.

use std::path::Path;

use basics::{Language, Phi};
use typst_pdf::{PdfStandard, PdfStandards};

use super::{plain::printed, *};
use crate::Sample;

fn repository() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

fn fonts() -> Fonts {
    Fonts::open(&repository().join("assets/fonts")).unwrap()
}

fn sample(language: Language) -> Sample {
    let film = repository().join("assets/samples/nih-035075275b.jpg");
    Sample::new(language, &std::fs::read(film).unwrap()).unwrap()
}

#[test]
fn the_page_is_accessible_as_pdf_ua_asks() {
    let sample = sample(Language::Ar);
    let pages = typeset(&fonts(), &sample.document, &sample.pictures).unwrap();
    let options = PdfOptions {
        standards: PdfStandards::new(&[PdfStandard::Ua_1]).unwrap(),
        ..PdfOptions::default()
    };
    let written = typst_pdf::pdf(&pages.document, &options);
    assert!(written.is_ok(), "{:?}", written.err());
}

#[test]
fn what_a_font_lacks_or_an_eye_cannot_see_is_named() {
    let fonts = fonts();
    let check = |text: &str, wanted: &str| assert_eq!(printed(&fonts, text), wanted);
    check(
        "3.2 cm – صورة, चित्र, చిత్రం, 肺炎, лёгкое",
        "3.2 cm – صورة, चित्र, చిత్రం, 肺炎, лёгкое",
    );
    check("a\u{202e}b\u{202d}c", "a‹U+202E›b‹U+202D›c");
    check("a\u{202a}b\u{202c}\u{feff}c", "abc");
    check("a\u{1b}[31m\u{0}\r\n\tb", "a‹U+001B›[31m‹U+0000›\n    b");
    check("ไทย", "‹U+0E44›‹U+0E17›‹U+0E22›");
    check("क्\u{200d}ष\u{200c}", "क्\u{200d}ष\u{200c}");
    assert_eq!(
        printed(&fonts, &"x".repeat(100))
            .matches('\u{200b}')
            .count(),
        9
    );
    assert!(!printed(&fonts, "Krankenversicherungsnachweis").contains('\u{200b}'));
}

#[test]
fn a_picture_that_is_not_the_documents_is_refused() {
    let fonts = fonts();
    let mut sample = sample(Language::En);
    let differs = |pictures: &[Picture], figure: usize| {
        let error = typeset(&fonts, &sample.document, pictures).err().unwrap();
        assert!(matches!(error, Error::PictureDiffers { figure: found } if found == figure));
    };
    differs(&[], 0);
    differs(&sample.pictures[..1], 1);
    let mut changed = sample.pictures.clone();
    changed[1].bytes[7] ^= 1;
    differs(&changed, 1);
    let mut short = sample.pictures.clone();
    short[0].bytes.pop();
    differs(&short, 0);
    sample.document.figures.clear();
    assert!(typeset(&fonts, &sample.document, &[]).is_ok());
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    let sample = sample(Language::Ja);
    let pdf = |fonts: &Fonts| {
        let pages = typeset(fonts, &sample.document, &sample.pictures).unwrap();
        pages.pdf().unwrap()
    };
    let first = pdf(&fonts());
    forget();
    assert!(first == pdf(&fonts()));
}

#[test]
fn a_page_as_an_image_reaches_for_nothing_outside_it() {
    let mut sample = sample(Language::En);
    sample.document.text.findings =
        Phi::new("<script>alert(1)</script> https://example.org/?a=1&b=<2> ]]>".into());
    let pages = typeset(&fonts(), &sample.document, &sample.pictures).unwrap();
    let svg = pages.svg(0).unwrap();
    assert!(svg.starts_with("<svg"));
    assert!(!svg.contains("<script") && !svg.contains("foreignObject") && !svg.contains("<a "));
    for reference in svg.split("href=\"").skip(1) {
        assert!(
            reference.starts_with('#') || reference.starts_with("data:image/png;base64,"),
            "{}",
            &reference[..40]
        );
    }
    for reference in svg.split("url(").skip(1) {
        assert!(reference.starts_with('#'), "{}", &reference[..40]);
    }
    assert!(pages.svg(pages.len()).is_none());
}

#[test]
fn every_language_has_its_sample() {
    for language in Language::ALL {
        let sample = sample(language);
        let sections = &sample.document.text;
        let all = [
            &sections.indication,
            &sections.findings,
            &sections.impression,
        ];
        assert!(
            all.iter().all(|text| !text.expose().is_empty()),
            "{language:?}"
        );
    }
}
