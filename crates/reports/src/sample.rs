//! An invented patient's report, complete, in any language: what the goldens, the benchmark and
//! `medibridge-cli report sample` show. The film is real; everything that is said about it is made up.

use std::collections::BTreeMap;

use basics::{Language, Phi, ReadingId, ReportId, ScanId, Timestamp, UserId};
use image::ImageFormat;
use jiff::civil::Date;
use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::{
    Ai, AiAnswer, Band, ClassRow, Clinic, Document, Error, Exam, Figure, FigureKind, Patient,
    Person, Picture, Result, Sex, Signature, State, Text, Verdict,
};

/// Pixels of the longer side: what two figures side by side show on A4.
const SIDE: u32 = 768;
/// Cells of the invented map.
const GRID: usize = 14;

/// A whole report: the document and the pixels of its figures.
#[derive(Clone)]
pub struct Sample {
    /// A final report.
    pub document: Document,
    /// One for each figure.
    pub pictures: Vec<Picture>,
}

/// What an invented doctor wrote, in one language.
#[derive(Deserialize)]
struct Story {
    clinic: String,
    lines: Vec<String>,
    patient: String,
    doctor: String,
    title: String,
    indication: String,
    technique: String,
    comparison: String,
    findings: String,
    impression: String,
    recommendation: String,
    comment: String,
    classes: [String; 4],
}

impl Sample {
    /// The report in a language, about a film (PNG, JPEG or DICOM). The same film gives the same
    /// report, bit for bit.
    ///
    /// # Errors
    /// [`Error::Imaging`] when the film is no picture.
    pub fn new(language: Language, film: &[u8]) -> Result<Self> {
        let story = story(language)?;
        let sha256 = hex::encode(Sha256::digest(film));
        let pictures = pictures(film)?;
        let figure = |kind, picture: &Picture| Figure {
            kind,
            scan: ScanId::from_bytes(id(3)),
            file_sha256: sha256.clone(),
            frame: 0,
            dicom: None,
            width: picture.width,
            height: picture.height,
            pixels_sha256: picture.sha256(),
            edges: Some(["R", "L", "", ""].map(str::to_owned)),
        };
        let map = FigureKind::Map {
            class: story.classes[0].clone(),
            opacity: 0.45,
            palette: "viridis".into(),
            grid: [GRID as u32; 2],
            empty: false,
        };
        let figures = vec![
            figure(FigureKind::Scan, &pictures[0]),
            figure(map, &pictures[1]),
        ];
        let doctor = Person {
            id: UserId::from_bytes(id(4)),
            name: story.doctor,
        };
        let at = |minute: i64| Timestamp::constant(1_794_992_400 + minute * 60, 0);
        let document = Document {
            format: crate::FORMAT,
            report: ReportId::from_bytes(id(1)),
            number: "R-000042".into(),
            revision: 1,
            state: State::Final,
            language,
            utc_offset: 60,
            clinic: Clinic {
                name: story.clinic,
                lines: story.lines,
            },
            patient: Patient {
                name: Phi::new(story.patient),
                number: Phi::new("0042".into()),
                birth_date: Some(Phi::new("1961-03-09".into())),
                sex: Sex::Female,
                external_id: Some(Phi::new("HN-77-1203".into())),
            },
            exam: Exam {
                modality: "DX".into(),
                title: Phi::new(story.title),
                date: Some(Date::constant(2026, 11, 18)),
                study_uid: None,
                accession: Some(Phi::new("A-2026-3317".into())),
            },
            text: Text {
                indication: Phi::new(story.indication),
                technique: Phi::new(story.technique),
                comparison: Phi::new(story.comparison),
                findings: Phi::new(story.findings),
                impression: Phi::new(story.impression),
                recommendation: Phi::new(story.recommendation),
            },
            figures,
            ai: Some(Ai {
                reading: ReadingId::from_bytes(id(2)),
                at: at(0),
                model_id: "cxr-open".into(),
                model_name: "CXR Open".into(),
                version: "1.0.0".into(),
                sha256: hex::encode(Sha256::digest(b"an invented model")),
                research_only: true,
                answer: AiAnswer::Assessed {
                    classes: rows(story.classes),
                    measured: None,
                },
            }),
            verdict: Some(Verdict {
                agrees: true,
                class: None,
                comment: Phi::new(story.comment),
                by: doctor.clone(),
                at: at(9),
            }),
            signatures: vec![Signature {
                by: doctor,
                at: at(14),
                becomes: State::Final,
            }],
            addenda: Vec::new(),
            supersedes: None,
            journal: None,
        };
        Ok(Self { document, pictures })
    }
}

/// A test holds that every language has its story.
fn story(language: Language) -> Result<Story> {
    const STORIES: &str = include_str!("../../../assets/report/samples.json");
    let mut stories: BTreeMap<Language, Story> =
        serde_json::from_str(STORIES).map_err(|_| Error::NoSample)?;
    stories.remove(&language).ok_or(Error::NoSample)
}

/// The film, and the film under an invented map over the right lower zone.
fn pictures(film: &[u8]) -> Result<Vec<Picture>> {
    let opened = imaging::Picture::from_bytes(film, &imaging::Limits::default())?;
    let options = imaging::RenderOptions {
        size: Some(SIDE),
        ..imaging::RenderOptions::default()
    };
    let scan = opened.render(0, &options)?;
    let values: Vec<f32> = (0..GRID * GRID)
        .map(|cell| {
            let place = |n: usize| (n as f32 + 0.5) / GRID as f32;
            let (x, y) = (place(cell % GRID) - 0.3, place(cell / GRID) - 0.66);
            let near = (-(x * x + y * y) / 0.018).exp();
            if near < 0.05 { 0.0 } else { near }
        })
        .collect();
    let map = imaging::Map {
        rows: GRID,
        columns: GRID,
        values: &values,
    };
    let png = imaging::overlay(&scan, &map, 0.45, imaging::Palette::Viridis)?;
    let over = image::load_from_memory_with_format(&png, ImageFormat::Png)
        .map_err(|_| imaging::Error::Damaged {
            format: "png",
            what: "the map's picture",
        })?
        .to_rgb8();
    let scan = Picture {
        width: scan.columns,
        height: scan.rows,
        samples: if scan.samples == 1 { 1 } else { 3 },
        bytes: scan.bytes,
    };
    let over = Picture {
        width: over.width(),
        height: over.height(),
        samples: 3,
        bytes: over.into_raw(),
    };
    Ok(vec![scan, over])
}

fn rows(names: [String; 4]) -> Vec<ClassRow> {
    let figures = [
        ("pneumonia", 0.87, Some(0.22), Some(0.61), Some(Band::Above)),
        (
            "effusion",
            0.34,
            Some(0.18),
            Some(0.55),
            Some(Band::Indeterminate),
        ),
        (
            "pneumothorax",
            0.03,
            Some(0.12),
            Some(0.48),
            Some(Band::Below),
        ),
        ("cardiomegaly", 0.11, None, None, None),
    ];
    let row =
        |(name, (id, probability, lower, upper, band)): (String, (&str, f32, _, _, _))| ClassRow {
            id: id.into(),
            name,
            probability,
            lower,
            upper,
            band,
        };
    names.into_iter().zip(figures).map(row).collect()
}

/// Ids that are the same in every sample.
fn id(n: u8) -> [u8; 16] {
    [1, 144, 0, 0, 0, 0, 112, 0, 128, 0, 0, 0, 0, 0, 0, n]
}
