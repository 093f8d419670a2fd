//! The sheet is printed by poppler and measured.

use std::{fs, path::Path, process::Command};

use image::GrayImage;

use super::*;
use crate::Sample;

/// Dots per inch at which a millimetre has ten dots.
const DPI: &str = "254";

struct Print {
    page: GrayImage,
    text: String,
}

fn fonts() -> Fonts {
    Fonts::open(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets/fonts")).unwrap()
}

fn sample(language: Language) -> Sample {
    let film =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets/samples/nih-1e062d9bbd.jpg");
    Sample::new(language, &fs::read(film).unwrap()).unwrap()
}

fn grey(width: u32, height: u32) -> Picture {
    Picture {
        width,
        height,
        samples: 1,
        bytes: vec![90; (width * height) as usize],
    }
}

fn film(picture: Picture, spacing_mm: Option<[f64; 2]>) -> FilmImage {
    FilmImage {
        picture,
        spacing_mm,
        edges: Some(["R", "L", "H", "F"].map(str::to_owned)),
    }
}

fn printed(language: Language, paper: Paper, images: Vec<FilmImage>) -> Print {
    let document = sample(language).document;
    let pdf = sheet(
        &fonts(),
        &FilmSheet {
            paper,
            language,
            clinic: &document.clinic,
            patient: &document.patient,
            exam: &document.exam,
            images,
        },
    )
    .unwrap();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("film.pdf");
    fs::write(&file, pdf).unwrap();
    let run = |program: &str, arguments: &[&str]| {
        let out = Command::new(program)
            .args(arguments)
            .current_dir(folder.path())
            .output();
        let out = out.unwrap_or_else(|_| panic!("{program} is missing: cargo xtask setup"));
        assert!(
            out.status.success(),
            "{program}: {}",
            String::from_utf8_lossy(&out.stderr)
        );
        String::from_utf8(out.stdout).unwrap()
    };
    run(
        "pdftoppm",
        &[
            "-r",
            DPI,
            "-gray",
            "-png",
            "-singlefile",
            "film.pdf",
            "page",
        ],
    );
    Print {
        page: image::open(folder.path().join("page.png"))
            .unwrap()
            .into_luma8(),
        text: run("pdftotext", &["film.pdf", "-"]),
    }
}

/// First and last dot of a row that is darker than this, in mm.
fn extent(page: &GrayImage, row_mm: f64, darker: u8) -> Option<[f64; 2]> {
    let row = (row_mm * 10.0).round() as u32;
    let dark: Vec<u32> = (0..page.width())
        .filter(|x| (row.saturating_sub(1)..=row + 1).any(|y| page.get_pixel(*x, y)[0] < darker))
        .collect();
    Some([
        f64::from(*dark.first()?) / 10.0,
        f64::from(dark.last()? + 1) / 10.0,
    ])
}

#[test]
fn the_ruler_measures_100_mm_on_every_paper() {
    for paper in [Paper::A4, Paper::A3, Paper::Letter, Paper::Film14x17] {
        let print = printed(Language::En, paper, vec![film(grey(200, 300), None)]);
        let [width, height] = paper.size_mm();
        assert!(
            (f64::from(print.page.width()) / 10.0 - width).abs() < 0.2,
            "{paper:?}"
        );
        let [left, right] = extent(&print.page, height - MARGIN - 7.0, 160).unwrap();
        assert!(
            (right - left - 100.0).abs() <= 0.5,
            "{paper:?}: {} mm",
            right - left
        );
    }
}

#[test]
fn an_image_has_its_true_size() {
    // 400 × 0.2 mm across, 300 × 0.4 mm down.
    let print = printed(
        Language::En,
        Paper::A4,
        vec![film(grey(400, 300), Some([0.4, 0.2]))],
    );
    assert!(print.text.contains("True size"), "{}", print.text);
    let middle = MARGIN + HEAD + 7.0 + 100.0;
    let dark: Vec<u32> = (100..print.page.width() - 100)
        .filter(|x| (80..=100).contains(&print.page.get_pixel(*x, (middle * 10.0) as u32)[0]))
        .collect();
    let across = f64::from(dark.last().unwrap() + 1 - dark[0]) / 10.0;
    assert!((across - 80.0).abs() <= 0.4, "{across} mm across");
    let column = dark[0] + 20;
    let down = (0..print.page.height())
        .filter(|y| (80..=100).contains(&print.page.get_pixel(column, *y)[0]))
        .count();
    assert!(
        (down as f64 / 10.0 - 120.0).abs() <= 0.4,
        "{down} dots down"
    );
}

#[test]
fn what_is_not_true_says_so() {
    let unknown = printed(Language::En, Paper::A4, vec![film(grey(300, 300), None)]);
    assert!(
        unknown.text.contains("Not true size: pixel size unknown"),
        "{}",
        unknown.text
    );
    let large = printed(
        Language::En,
        Paper::A4,
        vec![film(grey(400, 400), Some([1.0, 1.0]))],
    );
    let said = large
        .text
        .lines()
        .find(|line| line.contains("Not true size:"))
        .unwrap();
    let percent: f64 = said.split(' ').find_map(|word| word.parse().ok()).unwrap();
    assert!((20.0..50.0).contains(&percent), "{said}");
    for text in [&unknown.text, &large.text] {
        assert!(!text.lines().any(|line| line.starts_with("True size")));
    }
    assert_eq!(below(0.99999), 99.9);
}

#[test]
fn who_and_when_stand_on_it_in_every_language() {
    for language in Language::ALL {
        let document = sample(language).document;
        let print = printed(
            language,
            Paper::A3,
            vec![film(grey(64, 64), Some([0.5, 0.5])); 6],
        );
        // Poppler brackets what runs the other way with marks of direction.
        let is_mark = |c: &char| matches!(c, '\u{200e}'..='\u{200f}' | '\u{202a}'..='\u{202e}');
        let flat = |text: &str| {
            let all = text.chars().filter(|c| !c.is_whitespace() && !is_mark(c));
            all.collect::<String>()
        };
        let text = flat(&print.text);
        let words = words(language).unwrap();
        for said in [
            document.patient.number.expose(),
            &words.not_for_diagnosis,
            &words.true_size,
            &day(language, document.exam.date.unwrap()),
        ] {
            assert!(
                text.contains(&flat(said)),
                "{language:?}: {said} is not in {text}"
            );
        }
        for word in document.patient.name.expose().split(' ') {
            assert!(text.contains(word), "{language:?}: {word}");
        }
        for letter in ["R", "L", "H", "F"] {
            let alone = print
                .text
                .split_whitespace()
                .filter(|word| flat(word) == letter);
            assert!(
                alone.count() >= 6,
                "{language:?}: {letter} in {}",
                print.text
            );
        }
    }
}

#[test]
fn none_too_many_and_torn_images_are_refused() {
    let document = sample(Language::En).document;
    let fonts = fonts();
    let with = |images| {
        let film = FilmSheet {
            paper: Paper::A4,
            language: Language::En,
            clinic: &document.clinic,
            patient: &document.patient,
            exam: &document.exam,
            images,
        };
        sheet(&fonts, &film)
    };
    let good = film(grey(8, 8), None);
    assert!(matches!(with(vec![]), Err(Error::FilmImages { .. })));
    assert!(matches!(
        with(vec![good.clone(); 7]),
        Err(Error::FilmImages { .. })
    ));
    let mut torn = good;
    torn.picture.bytes.pop();
    assert!(matches!(
        with(vec![torn]),
        Err(Error::PictureDiffers { figure: 0 })
    ));
}
