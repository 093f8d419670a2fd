//! What is no chest film gets no probability, and a reason.

#![allow(clippy::unwrap_used)]

mod support;

use reading::{Answer, Facts, Film, Kind, Outcome, Quality, Reader, Reason};
use support::{chest, drawn, golden_film, read, shelf};

fn reason(outcome: &Outcome) -> Reason {
    // The stored form must not hold a probability or a map either.
    let json = serde_json::to_string(outcome).unwrap();
    assert!(
        !json.contains("probability") && !json.contains("\"map\""),
        "{json}"
    );
    match outcome.answer {
        Answer::NotAssessed { reason } => reason,
        Answer::Assessed(_) => panic!("assessed: {outcome:?}"),
    }
}

fn noise(seed: u32) -> impl Fn(u32, u32) -> f32 {
    move |y, x| {
        let mut h = y.wrapping_mul(0x9E37_79B1) ^ x.wrapping_mul(0x85EB_CA77) ^ seed;
        h = (h ^ (h >> 15)).wrapping_mul(0x2C1B_3C6D);
        h = (h ^ (h >> 12)).wrapping_mul(0x297A_2D39);
        ((h ^ (h >> 15)) & 0xFFFF) as f32 / 65_535.0
    }
}

/// A page: bright, with dark rows of short strokes.
fn page(y: u32, x: u32) -> f32 {
    let text = y % 14 < 6 && (x / 3 + y / 14 * 7) % 5 < 3 && (20..280).contains(&x);
    if text { 0.1 } else { 0.95 }
}

/// The outline of a CT slice of the chest: body, two dark lungs, a bright spine.
fn slice(y: u32, x: u32) -> f32 {
    let inside = |cy: f32, cx: f32, ry: f32, rx: f32| {
        ((y as f32 - cy) / ry).powi(2) + ((x as f32 - cx) / rx).powi(2) < 1.0
    };
    if inside(190.0, 150.0, 14.0, 14.0) {
        0.95
    } else if inside(145.0, 95.0, 55.0, 38.0) || inside(145.0, 205.0, 55.0, 38.0) {
        0.12
    } else if inside(150.0, 150.0, 90.0, 125.0) {
        0.55
    } else {
        0.0
    }
}

#[test]
fn pictures_of_something_else_are_refused() {
    let mut reader = Reader::open(&shelf(), 1).unwrap();
    let mut check = |what: &str, values: Vec<f32>| {
        let outcome = read(&mut reader, 300, &values);
        assert_eq!(reason(&outcome), Reason::WrongKind, "{what}");
        assert_eq!(outcome.gate.kind, Kind::Other, "{what}");
        assert!(outcome.model.is_none());
    };
    for seed in 0..5 {
        check("noise", drawn(300, noise(seed)));
    }
    check("page", drawn(300, page));
    check("dark page", drawn(300, |y, x| 1.0 - page(y, x)));
    check("slice", drawn(300, slice));
    check("ramp", drawn(300, |y, x| (y + x) as f32 / 600.0));
    check(
        "chequers",
        drawn(300, |y, x| ((y / 20 + x / 20) % 2) as f32),
    );
}

#[test]
fn a_blank_picture_is_refused_for_its_contrast() {
    let mut reader = Reader::open(&shelf(), 1).unwrap();
    for grey in [0.0, 0.5, 1.0, f32::NAN] {
        let outcome = read(&mut reader, 300, &drawn(300, |_, _| grey));
        assert_eq!(reason(&outcome), Reason::LowContrast);
    }
}

#[test]
fn an_inverted_a_tiny_or_a_turned_film_is_refused() {
    let mut reader = Reader::open(&shelf(), 1).unwrap();
    let film = golden_film();
    let inverted: Vec<f32> = film.iter().map(|v| 1.0 - v).collect();
    let outcome = read(&mut reader, 224, &inverted);
    assert_eq!(reason(&outcome), Reason::Inverted);
    assert_eq!(outcome.gate.quality, [Quality::Inverted]);

    let tiny = reading::squash(&Film::new(224, 224, &film).unwrap(), 80).unwrap();
    assert_eq!(reason(&read(&mut reader, 80, &tiny)), Reason::TooSmall);

    let upside_down: Vec<f32> = film.iter().rev().copied().collect();
    assert_eq!(
        reason(&read(&mut reader, 224, &upside_down)),
        Reason::WrongKind
    );
}

#[test]
fn a_header_refuses_a_film_but_never_admits_one() {
    let mut reader = Reader::open(&shelf(), 1).unwrap();
    let film = golden_film();
    let mut check = |modality: &str, part: &str, values: &[f32]| {
        let facts = Facts {
            modality: Some(modality.to_owned()),
            body_part: Some(part.to_owned()),
            frames: 1,
            ..Facts::default()
        };
        let side = (values.len() as f64).sqrt() as u32;
        reader
            .read(&Film::new(side, side, values).unwrap(), &facts, &chest())
            .unwrap()
    };
    assert_eq!(reason(&check("MR", "CHEST", &film)), Reason::WrongModality);
    assert_eq!(reason(&check("DX", "HIP", &film)), Reason::WrongBodyPart);
    assert_eq!(
        reason(&check("DX", "CHEST", &drawn(300, noise(9)))),
        Reason::WrongKind
    );
    assert!(matches!(
        check("DX", "CHEST", &film).answer,
        Answer::Assessed(_)
    ));
}

#[test]
fn without_a_pack_for_it_a_good_film_is_not_assessed() {
    let mut reader = Reader::open(&shelf(), 1).unwrap();
    let film = golden_film();
    let view = Film::new(224, 224, &film).unwrap();
    let outcome = reader.read(&view, &Facts::default(), &[]).unwrap();
    assert_eq!(reason(&outcome), Reason::NoModelForKind);
    assert_eq!(outcome.gate.kind, Kind::ChestFilm);
}
