//! Reports in the standards' own forms, held against the standards' own programs: dciodvfy, dsrdump, pydicom,
//! Orthanc, Medplum's FHIR validator. Skipped, and said so, only where a program is missing outside CI.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod archive;
mod dicom;
mod fhir;
mod server;

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use basics::{Language, Phi, UserId};
use reports::{
    Addendum, AiAnswer, DicomRef, Document, Measured, MeasuredRow, MeasuredUnit, Person, Picture,
    Sample, Signature, State, dicom::Source,
};

/// A report on a film with the film itself.
pub(crate) struct Case {
    pub(crate) document: Document,
    pub(crate) pictures: Vec<Picture>,
    pub(crate) source: Source,
}

/// What a measuring model told: a volume, a share, a ratio; or why there is nothing.
pub(crate) fn measured(missing: Option<&str>) -> AiAnswer {
    let value = |key: &str, value: f64, half: Option<f64>, unit| MeasuredRow {
        key: key.into(),
        value,
        low: half.map(|half| value - half),
        high: half.map(|half| value + half),
        unit,
    };
    let values = vec![
        value(
            "lv_ejection_fraction",
            0.542,
            Some(0.09),
            MeasuredUnit::Ratio,
        ),
        value("rv_to_lv", 0.944, Some(0.5), MeasuredUnit::Ratio),
        value("lv_end_diastolic_volume", 141.7, None, MeasuredUnit::Ml),
        value("lv_mass", 97.2, None, MeasuredUnit::G),
    ];
    AiAnswer::Assessed {
        classes: Vec::new(),
        measured: Some(Measured {
            values: if missing.is_none() {
                values
            } else {
                Vec::new()
            },
            slices: 10,
            phases: 2,
            relative: false,
            missing: missing.map(Into::into),
        }),
    }
}

impl Case {
    /// The sample report about one of `assets/samples`, signed and final.
    pub(crate) fn new(language: Language, film: &str) -> Self {
        let film = std::fs::read(root().join("assets/samples").join(film)).unwrap();
        let opened =
            imaging::Picture::from_bytes(film.clone(), &imaging::Limits::default()).unwrap();
        let Sample {
            mut document,
            pictures,
        } = Sample::new(language, &film).unwrap();
        let source = Source::of(document.figures[0].scan, &opened);
        if let Some(origin) = &source.origin {
            document.exam.modality = origin.modality.clone();
            document.exam.study_uid = Some(origin.study_uid.clone());
            for figure in &mut document.figures {
                figure.dicom = Some(DicomRef {
                    class_uid: origin.sop_class.clone(),
                    instance_uid: origin.sop_uid.clone(),
                    series_uid: origin.series_uid.clone(),
                });
            }
        }
        Self {
            document,
            pictures,
            source,
        }
    }

    /// The next revision, which became this, with something said later.
    pub(crate) fn becomes(mut self, state: State) -> Self {
        let by = Person {
            id: UserId::new(),
            name: "王小東".into(),
        };
        let at = self.document.signatures.last().unwrap().at;
        self.document.state = state;
        self.document.revision += 1;
        self.document.signatures.push(Signature {
            by: by.clone(),
            at,
            becomes: state,
        });
        if matches!(
            state,
            State::Amended | State::Appended | State::EnteredInError
        ) {
            self.document.addenda.push(Addendum {
                kind: state,
                reason: Phi::new("Wrong <side> & \"lobe\"".into()),
                text: Phi::new("The finding is on the left.\nNot on the right.".into()),
                by,
                at,
            });
        }
        self
    }
}

pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Whether a program is here; missing in CI is a failure.
pub(crate) fn has(program: &str) -> bool {
    let found = Path::new(program).exists()
        || Command::new("which")
            .arg(program)
            .output()
            .is_ok_and(|out| out.status.success());
    if !found {
        assert!(std::env::var_os("CI").is_none(), "{program} is missing");
        println!("not run: {program} is missing (cargo xtask setup)");
    }
    found
}

/// What a program says on both its outputs, and whether it ended well.
pub(crate) fn said(command: &mut Command) -> (bool, String) {
    let out = command.output().unwrap();
    let text = [out.stdout, out.stderr].concat();
    (
        out.status.success(),
        String::from_utf8_lossy(&text).into_owned(),
    )
}

/// Python with the tests' packages.
pub(crate) fn python() -> PathBuf {
    root().join("tests/peers/.venv/bin/python")
}
