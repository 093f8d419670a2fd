//! A doctor imports the short-axis cine of a heart: the reading outlines it, measures the whole series, and says how
//! sure it is of what kind of heart it is. One slice alone is outlined, and says why nothing more is told.

use std::{fs, path::Path};

use acceptance::{Clinic, Desk, shared};
use serde_json::{Value, json};

/// A patient of the test split (dilated cardiomyopathy), at end-diastole and end-systole.
const PATIENT: &str = "cmr-acdc-p004";
const SLICES: usize = 10;
const PHASES: [(&str, f64); 2] = [("ED", 0.0), ("ES", 320.0)];
/// The data set lost its own; these make up for it.
const SPACING: f64 = 1.5;
const DISTANCE: f64 = 10.0;

#[test]
fn a_cine_of_the_heart_is_outlined_and_measured() {
    let Some(data) = shared("cmr") else { return };
    let clinic = with_cardiac_pack();
    let patient = clinic.add_patient("Teodora Anghel", "1958-11-02");
    let folder = clinic.folder.path().join("cine");
    write_cine(&data, &folder);
    let import = clinic.import(&[folder.display().to_string()], Some(&patient));
    let kept = import["items"].as_array().unwrap();
    assert!(kept.iter().all(|item| item["outcome"]["kind"] == "stored"));
    assert_eq!(kept.len(), SLICES * PHASES.len());
    clinic.wait_for_readings();

    let readings: Vec<Value> = kept.iter().map(|item| newest(&clinic, item)).collect();
    let assessed: Vec<&Value> = readings
        .iter()
        .map(|reading| &reading["answer"])
        .filter(|answer| answer["kind"] == "assessed")
        .collect();
    assert!(assessed.len() > readings.len() / 2, "{readings:?}");
    let reference = reference(&data);
    for answer in &assessed {
        let measured = &answer["measured"];
        assert_eq!(measured["missing"], Value::Null, "{measured}");
        assert_eq!(
            (&measured["slices"], &measured["phases"]),
            (&json!(SLICES), &json!(2))
        );
        assert_eq!(measured["relative"], false);
        // Whichever file was read, the series is the same one, and it was whole.
        assert_eq!(measured["values"], assessed[0]["measured"]["values"]);
        assert_eq!(answer["classes"], assessed[0]["classes"]);
        assert_eq!(
            (&answer["grid_rows"], &answer["grid_columns"]),
            (&json!(0), &json!(0))
        );
    }
    let values = assessed[0]["measured"]["values"].as_array().unwrap();
    assert_eq!(values.len(), 15);
    assert_eq!(values[0]["key"], "lv_ejection_fraction");
    assert!(values[0]["low"].as_f64() < values[0]["value"].as_f64());
    let of = |key: &str| {
        let found = values.iter().find(|value| value["key"] == key).unwrap();
        found["value"].as_f64().unwrap()
    };
    let [volume, left] = [reference[0], reference[1]];
    let fraction = (volume - left) / volume;
    println!(
        "ejection fraction {:.3}, by the masks {fraction:.3}",
        of("lv_ejection_fraction")
    );
    assert!((of("lv_ejection_fraction") - fraction).abs() < 0.1);
    assert!(
        (of("lv_end_diastolic_volume") / volume - 1.0).abs() < 0.15,
        "{volume}"
    );
    let sum: f64 = assessed[0]["classes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|class| class["probability"].as_f64().unwrap())
        .sum();
    assert!((sum - 1.0).abs() < 1e-4);
    outlined(
        assessed
            .iter()
            .find(|answer| has_left_ventricle(answer))
            .unwrap(),
    );

    let page = clinic.worklist(json!({}));
    let row = page["rows"].as_array().unwrap();
    let row = row
        .iter()
        .find(|row| row["reading"]["answer"] == "assessed")
        .unwrap();
    assert_eq!(
        row["reading"]["measured"]["first"]["key"],
        "lv_ejection_fraction"
    );
    assert!(row["reading"]["urgency"].as_f64().is_some());
}

#[test]
fn one_slice_alone_is_outlined_and_says_why_nothing_more_is_told() {
    let Some(data) = shared("cmr") else { return };
    let clinic = with_cardiac_pack();
    let patient = clinic.add_patient("Teodora Anghel", "1958-11-02");
    let slice = clinic.folder.path().join("slice.png");
    image::open(picture(&data, "ED", 4))
        .unwrap()
        .save(&slice)
        .unwrap();
    let import = clinic.import(&[slice.display().to_string()], Some(&patient));
    clinic.wait_for_readings();
    let reading = newest(&clinic, &import["items"][0]);
    let answer = &reading["answer"];
    assert_eq!(answer["kind"], "assessed", "{reading}");
    assert_eq!(answer["classes"], json!([]));
    assert_eq!(answer["urgency"], Value::Null);
    let measured = &answer["measured"];
    assert_eq!(measured["missing"], "single-picture");
    assert_eq!(
        (&measured["values"], &measured["relative"]),
        (&json!([]), &json!(true))
    );
    outlined(answer);
    // A reading without classes stands in the worklist at the middle, and a finding can be recorded beside it.
    let row = &clinic.worklist(json!({}))["rows"][0];
    assert_eq!(row["reading"]["measured"]["missing"], "single-picture");
    assert_eq!(
        (&row["reading"]["urgency"], &row["reading"]["top"]),
        (&Value::Null, &json!([]))
    );
    let scan = &import["items"][0]["outcome"]["scan_id"];
    clinic.ok(
        "reading.record_verdict",
        json!({ "scan_id": scan, "reading_id": reading["id"], "agrees": false, "class": null,
                "region": null, "comment": "Outline of the right ventricle too small." }),
    );
    clinic.ok("session.sign_out", json!(null));
    clinic.sign_in("admin");
    let agreement = clinic.ok("reading.agreement", json!(null));
    let row = agreement
        .as_array()
        .unwrap()
        .iter()
        .find(|row| row["model_id"] == "cardiac-mri");
    assert_eq!(row.unwrap()["readings"], 1);
}

/// A clinic whose administrator accepted the research licence; the doctor is signed in.
fn with_cardiac_pack() -> Clinic {
    let clinic = Clinic::new();
    clinic.sign_in("admin");
    let accepted = json!({ "id": "cardiac-mri", "enabled": true, "accept_licence": true });
    assert_eq!(clinic.ok("models.enable", accepted)["enabled"], true);
    let card = clinic.ok("models.card", json!({ "id": "cardiac-mri" }));
    assert!(
        card["markdown"]
            .as_str()
            .unwrap()
            .contains("Not for diagnosis")
    );
    clinic.ok("session.sign_out", json!(null));
    clinic.sign_in("doctor");
    clinic
}

fn newest(clinic: &Clinic, item: &Value) -> Value {
    let view = clinic.ok(
        "imaging.open_scan",
        json!({ "id": item["outcome"]["scan_id"] }),
    );
    let reading = &view["readings"][0];
    assert_eq!(reading["model"]["id"], "cardiac-mri", "{reading}");
    assert_eq!(reading["model"]["research_only"], true);
    reading.clone()
}

fn has_left_ventricle(answer: &Value) -> bool {
    let contours = answer["measured"]["contours"].as_array().unwrap();
    contours.iter().any(|one| one["part"] == "left_ventricle")
}

/// Closed lines within the picture, and areas that go with them.
fn outlined(answer: &Value) {
    let measured = &answer["measured"];
    assert!(has_left_ventricle(answer), "{measured}");
    for contour in measured["contours"].as_array().unwrap() {
        let points = contour["points"].as_array().unwrap();
        assert!(points.len() > 2);
        assert!(
            points
                .iter()
                .flat_map(|at| at.as_array().unwrap())
                .all(|side| (0.0..=512.0).contains(&side.as_f64().unwrap()))
        );
    }
    let areas = measured["areas"].as_array().unwrap();
    assert_eq!(areas.len(), 3);
    let left = areas
        .iter()
        .find(|area| area["part"] == "left_ventricle")
        .unwrap();
    assert!(left["pixels"].as_f64().unwrap() > 50.0);
    let known = left["square_mm"]
        .as_f64()
        .map(|mm| mm / left["pixels"].as_f64().unwrap());
    assert!(known.is_none_or(|factor| (factor - SPACING * SPACING).abs() < 1e-9));
}

fn picture(data: &Path, phase: &str, slice: usize) -> std::path::PathBuf {
    data.join(format!("images/{PATIENT}-{phase}-s{slice:02}.jpg"))
}

/// Left ventricle at end-diastole and end-systole by the reference masks (value 3), in millilitres.
fn reference(data: &Path) -> [f64; 2] {
    PHASES.map(|(phase, _)| {
        let pixels: usize = (0..SLICES)
            .map(|slice| {
                let mask = data.join(format!("masks/{PATIENT}-{phase}-s{slice:02}.png"));
                let mask = image::open(mask).unwrap().into_luma8();
                mask.pixels().filter(|pixel| pixel.0[0] == 3).count()
            })
            .sum();
        pixels as f64 * SPACING * SPACING * DISTANCE / 1000.0
    })
}

/// The slices as a scanner would send them; names tell nothing of their order.
fn write_cine(data: &Path, folder: &Path) {
    fs::create_dir_all(folder).unwrap();
    for slice in 0..SLICES {
        for (at, (phase, trigger)) in PHASES.iter().enumerate() {
            let grey = image::open(picture(data, phase, slice))
                .unwrap()
                .into_luma8();
            let number = slice * PHASES.len() + at + 1;
            let name = format!("{:03}.dcm", (number * 7919) % 1000);
            fs::write(folder.join(name), dicom(&grey, slice, *trigger, number)).unwrap();
        }
    }
}

/// Explicit VR little endian, elements in the order of their tags.
fn dicom(grey: &image::GrayImage, slice: usize, trigger: f64, number: usize) -> Vec<u8> {
    let study = "1.2.826.0.1.3680043.10.543.9";
    let along = slice as f64 * DISTANCE;
    let position = format!("-120.0\\{:.3}\\{:.3}", along * 0.6, along * 0.8);
    let size = |side: u32| (side as u16).to_le_bytes().to_vec();
    let word = |value: u16| value.to_le_bytes().to_vec();
    let mut file = vec![0; 128];
    file.extend(b"DICM");
    let text = |text: &str| text.as_bytes().to_vec();
    let elements: [(u32, &[u8; 2], Vec<u8>); 26] = [
        (0x0002_0010, b"UI", text("1.2.840.10008.1.2.1")),
        (0x0008_0016, b"UI", text("1.2.840.10008.5.1.4.1.1.4")),
        (0x0008_0018, b"UI", text(&format!("{study}.1.{number}"))),
        (0x0008_0060, b"CS", text("MR")),
        (0x0008_103E, b"LO", text("cine short axis")),
        (0x0018_0015, b"CS", text("HEART")),
        (0x0018_0050, b"DS", text("8")),
        (0x0018_1060, b"DS", text(&trigger.to_string())),
        (0x0020_000D, b"UI", text(study)),
        (0x0020_000E, b"UI", text(&format!("{study}.1"))),
        (0x0020_0013, b"IS", text(&number.to_string())),
        (0x0020_0032, b"DS", text(&position)),
        (0x0020_0037, b"DS", text("1\\0\\0\\0\\0.8\\-0.6")),
        (0x0028_0002, b"US", word(1)),
        (0x0028_0004, b"CS", text("MONOCHROME2")),
        (0x0028_0010, b"US", size(grey.height())),
        (0x0028_0011, b"US", size(grey.width())),
        (0x0028_0030, b"DS", text(&format!("{SPACING}\\{SPACING}"))),
        (0x0028_0100, b"US", word(8)),
        (0x0028_0101, b"US", word(8)),
        (0x0028_0102, b"US", word(7)),
        (0x0028_0103, b"US", word(0)),
        (0x0028_1050, b"DS", text("128")),
        (0x0028_1051, b"DS", text("256")),
        (0x0028_1056, b"CS", text("LINEAR")),
        (0x7FE0_0010, b"OB", grey.as_raw().clone()),
    ];
    for (tag, kind, mut value) in elements {
        if value.len() % 2 == 1 {
            value.push(if kind == b"UI" || kind == b"OB" {
                0
            } else {
                b' '
            });
        }
        file.extend(((tag >> 16) as u16).to_le_bytes());
        file.extend((tag as u16).to_le_bytes());
        file.extend(kind);
        match kind {
            b"OB" => {
                file.extend([0, 0]);
                file.extend((value.len() as u32).to_le_bytes());
            }
            _ => file.extend((value.len() as u16).to_le_bytes()),
        }
        file.extend(value);
    }
    file
}
