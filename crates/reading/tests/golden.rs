//! The shipped packs against torch and Pillow.

#![allow(clippy::unwrap_used)]

mod support;

use imaging::{Limits, Picture};
use reading::{Answer, Facts, Film, Kind, Reader, squash};
use support::{chest, film_png, golden_film, numbers, read, reference, shelf};

fn worst(a: &[f32], b: &[f32]) -> f32 {
    assert_eq!(a.len(), b.len());
    a.iter()
        .zip(b)
        .map(|(a, b)| (a - b).abs())
        .fold(0.0, f32::max)
}

/// Cosine of two maps; two empty maps are the same map.
fn cosine(a: &[f32], b: &[f32]) -> f64 {
    let dot = |a: &[f32], b: &[f32]| -> f64 {
        a.iter()
            .zip(b)
            .map(|(a, b)| f64::from(*a) * f64::from(*b))
            .sum()
    };
    let norm = (dot(a, a) * dot(b, b)).sqrt();
    match (dot(a, a) == 0.0, dot(b, b) == 0.0) {
        (true, true) => 1.0,
        (false, false) => dot(a, b) / norm,
        _ => 0.0,
    }
}

#[test]
fn every_map_is_the_one_that_autograd_gives() {
    let mut reader = Reader::open(&shelf(), 1).unwrap();
    let outcome = read(&mut reader, 224, &golden_film());
    let Answer::Assessed(assessed) = outcome.answer else {
        panic!("{outcome:?}")
    };
    let torch = &reference()["input"];
    let found: Vec<f32> = assessed.findings.iter().map(|f| f.probability).collect();
    assert!(
        worst(&found, &numbers(&torch["probabilities"])) < 1e-3,
        "{found:?}"
    );
    assert!((found.iter().sum::<f32>() - 1.0).abs() < 1e-5);
    let mut with_evidence = 0;
    for (finding, expected) in assessed
        .findings
        .iter()
        .zip(torch["maps"].as_array().unwrap())
    {
        let expected = numbers(expected);
        assert!(
            cosine(&finding.map.values, &expected) >= 0.999,
            "{}",
            finding.id
        );
        assert_eq!(finding.map.is_empty(), expected.iter().all(|&v| v == 0.0));
        assert!(finding.map.values.iter().all(|&v| v >= 0.0));
        with_evidence += usize::from(!finding.map.is_empty());
    }
    assert!(with_evidence > 0);
}

#[test]
fn the_resize_is_pillows() {
    for case in reference()["squash"].as_array().unwrap() {
        let side = |key: &str| case[key].as_u64().unwrap() as u32;
        let (rows, columns, size) = (side("rows"), side("columns"), side("size"));
        let values: Vec<f32> = (0..u64::from(rows * columns))
            .map(|i| (i / u64::from(columns), i % u64::from(columns)))
            .map(|(y, x)| ((x * 7919 + y * 104_729 + x * y * 31) % 256) as f32 / 255.0)
            .collect();
        let found = squash(&Film::new(rows, columns, &values).unwrap(), size).unwrap();
        assert!(
            worst(&found, &numbers(&case["values"])) < 1e-5,
            "{rows}x{columns} to {size}"
        );
    }
}

#[test]
fn a_film_from_its_file_gives_the_probabilities_of_the_training_code() {
    let picture = Picture::open(film_png(), &Limits::default()).unwrap();
    let plane = picture.model_plane(0).unwrap();
    let film = Film::new(plane.rows, plane.columns, &plane.values).unwrap();
    let facts = Facts::of(picture.header());
    let mut reader = Reader::open(&shelf(), 2).unwrap();
    let outcome = reader.read(&film, &facts, &chest()).unwrap();
    let expected = &reference()["film"];
    let gate = numbers(&expected["gate"]);
    assert_eq!(outcome.gate.kind, Kind::ChestFilm);
    assert!((outcome.gate.confidence - gate[0] - gate[1]).abs() < 1e-3);
    let Answer::Assessed(assessed) = outcome.answer else {
        panic!("{:?}", outcome.answer)
    };
    let found: Vec<f32> = assessed.findings.iter().map(|f| f.probability).collect();
    assert!(
        worst(&found, &numbers(&expected["probabilities"])) < 1e-3,
        "{found:?}"
    );
    assert_eq!(assessed.because, "Abnormal");
    assert!((assessed.urgency.unwrap() - found[1]).abs() < 1e-6);
    let model = outcome.model.unwrap();
    assert_eq!(
        (model.id.as_str(), model.research_only),
        ("cxr-open", false)
    );
    assert!(outcome.ms.total >= outcome.ms.model && outcome.ms.model > 0.0);
}
