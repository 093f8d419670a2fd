//! Bundles are R4 by Medplum's validator with HL7's own definitions; a broken one is not.

use std::process::Command;

use basics::Language;
use reports::{
    AiAnswer, Error, Signed, State,
    fhir::{Attached, bundle, transaction},
};
use serde_json::{Value, json};

use crate::{Case, has, measured, root, said};

/// What the validator says against a bundle; `None` where it is not here.
fn objections(bundles: &[Value]) -> Option<String> {
    let peers = root().join("tests/peers");
    if !has("node") || !has(peers.join("node_modules/@medplum/core").to_str().unwrap()) {
        return None;
    }
    let folder = tempfile::tempdir().unwrap();
    let files = bundles.iter().enumerate().map(|(n, bundle)| {
        let path = folder.path().join(format!("{n}.json"));
        std::fs::write(&path, bundle.to_string()).unwrap();
        path
    });
    let mut command = Command::new("node");
    command.arg(peers.join("validate_fhir.mjs")).args(files);
    let (good, told) = said(&mut command);
    assert_eq!(good, told.is_empty(), "{told}");
    Some(told)
}

/// A heart that was measured, or only outlined.
fn heart(missing: Option<&str>) -> Case {
    let mut case = Case::new(Language::En, "chest-rsna.dcm");
    case.document.ai.as_mut().unwrap().answer = measured(missing);
    case
}

#[test]
fn each_measured_value_is_an_observation_with_unit_and_interval() {
    let answers = |missing| {
        let found = bundle(&heart(missing).document, &Attached::default()).unwrap();
        let entries = found["entry"].as_array().unwrap().clone();
        let observations = entries.into_iter().map(|entry| entry["resource"].clone());
        let is_measured = |one: &Value| {
            one["code"]["text"]
                .as_str()
                .is_some_and(|text| text.contains("measured by a model"))
        };
        observations.filter(is_measured).collect::<Vec<_>>()
    };
    let found = answers(None);
    let units: Vec<_> = found
        .iter()
        .map(|one| {
            (
                &one["valueQuantity"]["value"],
                &one["valueQuantity"]["code"],
            )
        })
        .collect();
    let expected = [(54.2, "%"), (0.94, "1"), (141.7, "mL"), (97.2, "g")]
        .map(|(value, code)| (Value::from(value), Value::from(code)));
    assert_eq!(
        units,
        expected
            .iter()
            .map(|(value, code)| (value, code))
            .collect::<Vec<_>>()
    );
    assert!(
        found
            .iter()
            .all(|one| one["note"].to_string().contains("review by a clinician"))
    );
    assert!(
        found[0]["note"]
            .to_string()
            .contains("90 % interval against reference outlines: 45–63 %")
    );
    assert!(!found[2]["note"].to_string().contains("interval"));
    let outlined = answers(Some("one-phase"));
    assert_eq!(outlined.len(), 1);
    assert!(
        outlined[0]["dataAbsentReason"]["text"]
            .as_str()
            .unwrap()
            .contains("one moment")
    );
}

fn cases() -> Vec<Case> {
    let film = "chest-rsna.dcm";
    let mut unread = Case::new(Language::En, film);
    unread.document.ai.as_mut().unwrap().answer = AiAnswer::NotAssessed {
        reason: "not_a_chest_film".into(),
    };
    let mut bare = Case::new(Language::Pt, "nih-035075275b.jpg");
    bare.document.ai = None;
    bare.document.verdict = None;
    bare.document.text.impression = String::new().into();
    vec![
        Case::new(Language::En, film),
        Case::new(Language::Ar, film),
        Case::new(Language::Zh, "nih-035075275b.jpg"),
        Case::new(Language::En, film).becomes(State::Preliminary),
        Case::new(Language::En, film).becomes(State::Amended),
        Case::new(Language::Te, film).becomes(State::Appended),
        Case::new(Language::En, film).becomes(State::EnteredInError),
        unread,
        bare,
        heart(None),
        heart(Some("one-phase")),
    ]
}

#[test]
fn every_bundle_is_r4() {
    let signed = Signed {
        signature: [7; 64],
        key: [9; 32],
    };
    let attached = Attached {
        pdf: Some(b"%PDF-2.0 sealed"),
        signed: Some(&signed),
    };
    let mut bundles = Vec::new();
    for case in cases() {
        bundles.push(bundle(&case.document, &attached).unwrap());
        bundles.push(bundle(&case.document, &Attached::default()).unwrap());
        bundles.push(transaction(&case.document, &attached).unwrap());
    }
    if let Some(told) = objections(&bundles) {
        assert_eq!(told, "");
    }
}

#[test]
fn the_validator_finds_what_is_wrong() {
    let case = Case::new(Language::En, "chest-rsna.dcm");
    let good = bundle(&case.document, &Attached::default()).unwrap();
    let of = |kind: &str| {
        let entries = good["entry"].as_array().unwrap();
        entries
            .iter()
            .position(|entry| entry["resource"]["resourceType"] == kind)
            .unwrap()
    };
    type Breaks = Box<dyn Fn(&mut Value)>;
    let report = of("DiagnosticReport");
    let breaks: [(&str, Breaks); 5] = [
        (
            "status",
            Box::new(move |b| b["entry"][report]["resource"]["status"] = json!("finished")),
        ),
        (
            "code",
            Box::new(move |b| {
                b["entry"][report]["resource"]
                    .as_object_mut()
                    .unwrap()
                    .remove("code");
            }),
        ),
        (
            "property",
            Box::new(move |b| b["entry"][report]["resource"]["findings"] = json!("x")),
        ),
        (
            "reference",
            Box::new(move |b| {
                b["entry"][report]["resource"]["subject"]["reference"] = json!("urn:uuid:nobody");
            }),
        ),
        (
            "type",
            Box::new(move |b| b["entry"][report]["resource"]["issued"] = json!(2026)),
        ),
    ];
    for (what, break_it) in breaks {
        let mut broken = good.clone();
        break_it(&mut broken);
        if let Some(told) = objections(&[broken]) {
            assert!(
                !told.is_empty(),
                "the validator did not see the broken {what}"
            );
        }
    }
}

#[test]
fn statuses_and_words_are_carried_over() {
    for (state, status) in [
        (State::Preliminary, "preliminary"),
        (State::Amended, "amended"),
        (State::Appended, "appended"),
        (State::EnteredInError, "entered-in-error"),
    ] {
        let case = Case::new(Language::En, "chest-rsna.dcm").becomes(state);
        let text = bundle(&case.document, &Attached::default()).unwrap();
        let entries = text["entry"].as_array().unwrap();
        let report = entries
            .iter()
            .map(|entry| &entry["resource"])
            .find(|resource| resource["resourceType"] == "DiagnosticReport")
            .unwrap();
        assert_eq!(report["status"], status);
        let conclusion = report["conclusion"].as_str().unwrap();
        assert!(conclusion.ends_with(case.document.text.impression.expose().trim()));
        let said_later = conclusion.contains("The finding is on the left.");
        assert_eq!(said_later, state != State::Preliminary);
        let narrative = report["text"]["div"].as_str().unwrap();
        assert!(
            !narrative.contains("<side>"),
            "markup of the doctor's is text"
        );
    }
}

#[test]
fn a_draft_leaves_in_no_form() {
    let mut case = Case::new(Language::En, "chest-rsna.dcm");
    case.document.state = State::Draft;
    for made in [
        bundle(&case.document, &Attached::default()),
        transaction(&case.document, &Attached::default()),
    ] {
        assert!(matches!(made, Err(Error::Unsigned)));
    }
}
