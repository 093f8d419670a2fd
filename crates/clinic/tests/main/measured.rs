//! A reading that measures: outlines without classes are no low urgency, no score, and no agreement on a class.

use clinic::*;

use crate::support::{House, new_reading, phi};

fn measured(missing: Option<&str>, values: Vec<MeasuredValue>) -> Measured {
    Measured {
        contours: vec![Contour {
            part: "left_ventricle".into(),
            points: vec![[1.0, 2.0], [3.5, 2.0], [2.0, 4.25]],
        }],
        areas: vec![Area {
            part: "left_ventricle".into(),
            pixels: 2.5,
            square_mm: None,
        }],
        values,
        slices: 0,
        phases: 0,
        relative: true,
        missing: missing.map(Into::into),
    }
}

fn value(value: f64) -> MeasuredValue {
    MeasuredValue {
        key: "lv_ejection_fraction".into(),
        value,
        low: Some(value - 0.1),
        high: None,
        unit: MeasuredUnit::Ratio,
    }
}

fn outlined(scan: &Scan, measured: Option<Measured>) -> NewReading {
    NewReading {
        answer: Answer::Assessed {
            classes: vec![],
            urgency: None,
            because: String::new(),
            measured,
        },
        maps: None,
        ..new_reading(scan.id, None)
    }
}

#[test]
fn outlines_without_classes_are_kept_and_count_for_nothing() {
    let house = House::new();
    let patient = house.patient("dora", "Mara Illich");
    let scans = [1, 2, 3].map(|n| house.scan("dora", &patient, &[n; 8]));
    house.reading("dora", scans[0].id, Some(0.9));
    house.reading("dora", scans[2].id, Some(0.1));
    let permit = house.permit("dora", Permission::RunReadings);
    let new = outlined(&scans[1], Some(measured(Some("single-picture"), vec![])));
    let keep = |new: &NewReading| {
        house
            .clinic
            .write(&permit, "reading.run", |change| change.add_reading(new))
    };
    let kept = keep(&new).unwrap();
    assert_eq!(
        house.clinic.reading(&permit, kept.id).unwrap().answer,
        new.answer
    );
    assert_eq!(
        (kept.grid, kept.answer.top(), kept.answer.is_above()),
        (None, None, false)
    );

    // Between what is likely and what is unlikely to be urgent.
    let reader = house.permit("dora", Permission::ReadScans);
    let query = WorklistQuery {
        limit: 10,
        ..WorklistQuery::default()
    };
    let rows = house.clinic.worklist(&reader, &query).unwrap().rows;
    let order: Vec<_> = rows.iter().map(|row| row.scan_id).collect();
    assert_eq!(order, [scans[0].id, scans[1].id, scans[2].id]);

    let verdict = NewVerdict {
        scan_id: scans[1].id,
        reading_id: Some(kept.id),
        agrees: false,
        class: None,
        region: None,
        comment: phi("Outline too small."),
    };
    let judge = house.permit("dora", Permission::RecordVerdicts);
    house
        .clinic
        .write(&judge, "verdict.record", |change| {
            change.record_verdict(&verdict)
        })
        .unwrap();
    let statistics = house.permit("ada", Permission::ReadStatistics);
    let agreement = house.clinic.agreement(&statistics).unwrap();
    let told = (agreement[0].readings, agreement[0].not_assessed);
    assert_eq!(told, (3, 1));
    assert!(house.clinic.judged(&statistics).unwrap().is_empty());
    let scores = house.clinic.scores(&statistics).unwrap();
    assert_eq!(scores.into_values().next().unwrap().len(), 2);
}

#[test]
fn half_an_answer_is_refused() {
    let house = House::new();
    let patient = house.patient("dora", "Mara Illich");
    let scan = house.scan("dora", &patient, b"a slice");
    let permit = house.permit("dora", Permission::RunReadings);
    let refused = |new: &NewReading| {
        let kept = house
            .clinic
            .write(&permit, "reading.run", |change| change.add_reading(new));
        assert!(matches!(kept, Err(ClinicError::Invalid { .. })), "{kept:?}");
    };
    refused(&outlined(&scan, None));
    refused(&outlined(
        &scan,
        Some(measured(Some("one-phase"), vec![value(0.5)])),
    ));
    refused(&outlined(
        &scan,
        Some(measured(None, vec![value(f64::NAN)])),
    ));
    refused(&outlined(&scan, Some(measured(Some(" "), vec![]))));
    let mut urgent = outlined(&scan, Some(measured(None, vec![value(0.5)])));
    if let Answer::Assessed { urgency, .. } = &mut urgent.answer {
        *urgency = Some(0.0);
    }
    refused(&urgent);
    let mut calm = new_reading(scan.id, Some(0.5));
    if let Answer::Assessed { urgency, .. } = &mut calm.answer {
        *urgency = None;
    }
    refused(&calm);
}

/// What was kept before there was such a model.
#[test]
fn old_answers_read_as_they_were() {
    let old = r#"{"kind":"assessed","classes":[],"urgency":0.5,"because":"A"}"#;
    let answer: Answer = serde_json::from_str(old).unwrap();
    assert!(matches!(
        answer,
        Answer::Assessed {
            measured: None,
            urgency: Some(0.5),
            ..
        }
    ));
    assert_eq!(serde_json::to_string(&answer).unwrap(), old);
}
