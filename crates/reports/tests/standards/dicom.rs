//! Secondary Capture and structured report pass the checkers, say what the report says, and are filed with
//! their source.

use std::{path::Path, process::Command};

use basics::Language;
use reports::{
    Error, State,
    dicom::{secondary_capture, structured_report},
};

use crate::{Case, has, measured, python, root, said};

/// Reports of several languages, states and kinds of source.
fn cases() -> Vec<(&'static str, Case)> {
    let film = "chest-rsna.dcm";
    vec![
        ("english", Case::new(Language::En, film)),
        ("arabic", Case::new(Language::Ar, film)),
        ("chinese-ct", Case::new(Language::Zh, "ct-slice.dcm")),
        ("cine", Case::new(Language::De, "ultrasound-cine.dcm")),
        ("hindi-plain", Case::new(Language::Hi, "nih-035075275b.jpg")),
        (
            "chinese-plain",
            Case::new(Language::Zh, "nih-035075275b.jpg"),
        ),
        (
            "preliminary",
            Case::new(Language::En, film).becomes(State::Preliminary),
        ),
        (
            "amended",
            Case::new(Language::Fr, film).becomes(State::Amended),
        ),
        (
            "appended",
            Case::new(Language::Ja, film).becomes(State::Appended),
        ),
        (
            "withdrawn",
            Case::new(Language::Ru, film).becomes(State::EnteredInError),
        ),
        ("long", long()),
        ("measured", heart(None)),
        ("outlined", heart(Some("one-phase"))),
    ]
}

/// A heart that was measured, or only outlined.
fn heart(missing: Option<&str>) -> Case {
    let mut case = Case::new(Language::En, "ct-slice.dcm");
    case.document.ai.as_mut().unwrap().answer = measured(missing);
    case
}

/// Every text longer than its type allows.
fn long() -> Case {
    let mut case = Case::new(Language::Te, "nih-035075275b.jpg");
    let much = "ఊపిరి\\ ".repeat(400);
    let document = &mut case.document;
    document.patient.name = much.clone().into();
    document.patient.number = much.clone().into();
    document.clinic.name = much.clone();
    document.exam.title = much.clone().into();
    document.text.findings = much.clone().into();
    document.signatures[0].by.name = much.clone();
    let ai = document.ai.as_mut().unwrap();
    ai.model_name = much.clone();
    if let reports::AiAnswer::Assessed { classes, .. } = &mut ai.answer {
        classes[0].id = "a-class-with-a-very-long-identifier".into();
        classes[0].name = much;
    }
    case
}

fn write(folder: &Path, name: &str, bytes: &[u8]) -> std::path::PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, bytes).unwrap();
    path
}

#[test]
fn both_objects_pass_dciodvfy_and_dsrdump() {
    if !has("dciodvfy") || !has("dsrdump") {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    for (name, case) in cases() {
        let mut files = Vec::new();
        for (n, picture) in case.pictures.iter().enumerate() {
            let image = secondary_capture(&case.document, n, picture, &case.source).unwrap();
            files.push(write(folder.path(), &format!("{name}-{n}.dcm"), &image));
        }
        let report = structured_report(&case.document, std::slice::from_ref(&case.source)).unwrap();
        let report = write(folder.path(), &format!("{name}-report.dcm"), &report);
        files.push(report.clone());
        for file in files {
            let (_, told) = said(Command::new("dciodvfy").arg(&file));
            let errors = errors(&told);
            assert!(errors.is_empty(), "{}: {errors:#?}", file.display());
            assert!(
                told.contains("SCImage") || told.contains("ComprehensiveSR"),
                "{told}"
            );
        }
        let (good, dump) = said(Command::new("dsrdump").args(["+U8", "+Pl"]).arg(&report));
        assert!(good, "{name}: {dump}");
        let complaints: Vec<&str> = dump
            .lines()
            .filter(|line| line.starts_with("E: ") || line.starts_with("W: "))
            // It does not look into values in UTF-8; dciodvfy does.
            .filter(|line| !line.ends_with("Specific Character Set: ISO_IR 192"))
            .collect();
        assert!(complaints.is_empty(), "{name}: {complaints:#?}");
        let impression = case
            .document
            .text
            .impression
            .expose()
            .lines()
            .next()
            .unwrap();
        let start: String = impression.chars().take(20).collect();
        assert!(dump.contains(&start), "{name}: {start:?} is not in\n{dump}");
        let answer = match name {
            "measured" => "Ejection fraction, left: 54 % (90 % interval 45–63 %)",
            "outlined" => "only one moment of the heartbeat",
            _ => "87.00",
        };
        assert!(dump.contains(answer), "{name}: {dump}");
        let verified = dump.contains("VERIFIED") && !dump.contains("UNVERIFIED");
        assert_eq!(
            verified,
            case.document.state != State::Preliminary,
            "{name}: {dump}"
        );
    }
}

/// The errors that dciodvfy tells. It counts a value's length in bytes, where PS3.5 6.2 counts characters: a
/// name in Hindi has three bytes a letter. Such an error is none if the characters are not too many.
fn errors(told: &str) -> Vec<&str> {
    let is_short = |line: &str| {
        let (_, rest) = line.split_once("= <")?;
        let (value, rest) = rest.rsplit_once("> - Length invalid for this VR")?;
        let (_, most) = rest.rsplit_once("<= ")?;
        Some(value.chars().count() <= most.trim().parse::<usize>().ok()?)
    };
    let errors = told.lines().filter(|line| line.starts_with("Error"));
    let left: Vec<&str> = errors.filter(|line| is_short(line) != Some(true)).collect();
    let sum = "Error - Dicom dataset contains invalid data values for Value Representations";
    let only_the_sum = left == [sum] && told.lines().any(|line| is_short(line) == Some(true));
    if only_the_sum { Vec::new() } else { left }
}

#[test]
fn a_broken_object_does_not_pass() {
    if !has("dciodvfy") {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let case = Case::new(Language::En, "chest-rsna.dcm");
    let image = secondary_capture(&case.document, 0, &case.pictures[0], &case.source).unwrap();
    // Conversion Type (0008,0064), which must be there, becomes another attribute.
    let mut broken = image;
    let at = broken
        .windows(6)
        .position(|six| six == b"\x08\0\x64\0CS")
        .unwrap();
    broken[at + 2] = 0x65;
    let (_, told) = said(Command::new("dciodvfy").arg(write(folder.path(), "broken.dcm", &broken)));
    assert!(told.contains("Error"), "{told}");
}

#[test]
fn every_code_has_the_meaning_that_the_standard_gives_it() {
    if !has(python().to_str().unwrap()) {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let files: Vec<_> = cases()
        .into_iter()
        .map(|(name, case)| {
            let report = structured_report(&case.document, &[case.source]).unwrap();
            write(folder.path(), name, &report)
        })
        .collect();
    let script = root().join("tests/peers/sr_codes.py");
    let (good, told) = said(Command::new(python()).arg(script).args(files));
    assert!(good, "{told}");
    println!("{told}");
}

#[test]
fn the_image_is_whole_and_filed_with_its_source() {
    let case = Case::new(Language::En, "chest-rsna.dcm");
    let origin = case.source.origin.clone().unwrap();
    for (n, picture) in case.pictures.iter().enumerate() {
        let bytes = secondary_capture(&case.document, n, picture, &case.source).unwrap();
        assert_eq!(
            bytes,
            secondary_capture(&case.document, n, picture, &case.source).unwrap(),
            "the same report gives the same file"
        );
        let image = imaging::Picture::from_bytes(bytes, &imaging::Limits::default()).unwrap();
        let frame = image.stored_frame(0).unwrap();
        assert!(frame.rows > picture.height && frame.columns == picture.width);
        assert_eq!(frame.bytes[..picture.bytes.len()], picture.bytes);
        let made = image.origin().unwrap();
        assert_eq!(made.study_uid, origin.study_uid);
        assert_ne!(made.series_uid, origin.series_uid);
        assert_eq!(
            (
                &made.patient_name,
                &made.patient_id,
                &made.birth_date,
                &made.study_date
            ),
            (
                &origin.patient_name,
                &origin.patient_id,
                &origin.birth_date,
                &origin.study_date
            ),
        );
        assert_eq!(made.lossy, origin.lossy);
        assert_eq!(made.burned_in, origin.burned_in);
    }
}

#[test]
fn names_of_a_plain_picture_are_written_in_their_own_script() {
    let case = Case::new(Language::Ar, "nih-035075275b.jpg");
    let bytes = secondary_capture(&case.document, 1, &case.pictures[1], &case.source).unwrap();
    let image = imaging::Picture::from_bytes(bytes, &imaging::Limits::default()).unwrap();
    let made = image.origin().unwrap();
    let plain = |name: &str| name.replace(['^', ',', ' '], "");
    assert_eq!(
        plain(made.patient_name.expose()),
        plain(case.document.patient.name.expose())
    );
    assert!(made.lossy, "it was a JPEG");
}

#[test]
fn drafts_and_other_pictures_are_refused() {
    let mut case = Case::new(Language::En, "chest-rsna.dcm");
    let swapped = secondary_capture(&case.document, 0, &case.pictures[1], &case.source);
    assert!(matches!(swapped, Err(Error::PictureDiffers { figure: 0 })));
    let beyond = secondary_capture(&case.document, 9, &case.pictures[1], &case.source);
    assert!(matches!(beyond, Err(Error::PictureDiffers { figure: 9 })));
    case.document.state = State::Draft;
    let draft = structured_report(&case.document, std::slice::from_ref(&case.source));
    assert!(matches!(draft, Err(Error::Unsigned)));
    let draft = secondary_capture(&case.document, 0, &case.pictures[0], &case.source);
    assert!(matches!(draft, Err(Error::Unsigned)));
}
