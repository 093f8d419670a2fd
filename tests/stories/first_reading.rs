//! A doctor sets up a clinic, adds a patient, imports a film, reads what the model says, and records
//! a verdict; all of it is there after a restart.

use acceptance::{Clinic, Desk, sample};
use serde_json::json;

#[test]
fn from_first_start_to_verdict() {
    let clinic = Clinic::blank();
    assert_eq!(clinic.ok("setup.status", json!(null))["state"], "new");
    let words = clinic.set_up();
    assert_eq!(words.len(), 12);
    assert_eq!(
        clinic.ok("setup.status", json!(null))["state"],
        "recovery_unconfirmed"
    );
    let repeated: Vec<_> = [1, 5, 12]
        .map(|at| json!({ "position": at, "word": words[at - 1] }))
        .into();
    clinic.ok("setup.confirm_recovery", json!({ "words": repeated }));
    assert_eq!(clinic.ok("setup.status", json!(null))["state"], "ready");

    clinic.sign_in("doctor");
    let patient = clinic.add_patient("Maria Aparecida Silva", "1961-03-09");
    let import = clinic.import(&[sample("nih-035075275b.jpg")], Some(&patient));
    let scan = import["items"][0]["outcome"]["scan_id"]
        .as_str()
        .unwrap()
        .to_string();
    let page = clinic.wait_for_readings();
    let row = &page["rows"][0];
    assert_eq!(row["status"], "read");
    assert_eq!(row["patient"]["name"], "Maria Aparecida Silva");

    let view = clinic.ok("imaging.open_scan", json!({ "id": scan }));
    let reading = &view["readings"][0];
    assert_eq!(reading["model"]["id"], "cxr-open");
    assert_eq!(reading["model"]["sha256"].as_str().unwrap().len(), 64);
    if reading["answer"]["kind"] == "assessed" {
        let classes = reading["answer"]["classes"].as_array().unwrap();
        let sum: f64 = classes
            .iter()
            .map(|class| class["probability"].as_f64().unwrap())
            .sum();
        assert!((sum - 1.0).abs() < 1e-4, "{classes:?}");
        served_maps_are_finite(&clinic, reading);
    }

    let verdict = clinic.ok(
        "reading.record_verdict",
        json!({
            "scan_id": scan, "reading_id": reading["id"], "agrees": false, "class": "Abnormal",
            "region": [[30.0, 40.0], [120.0, 160.0]], "comment": "Right lower zone.",
        }),
    );
    assert_eq!(verdict["by"], "Dr Amara Diallo");
    assert_eq!(clinic.worklist(json!({}))["counts"]["verified"], 1);

    let clinic = clinic.restarted();
    clinic.sign_in("doctor");
    let view = clinic.ok("imaging.open_scan", json!({ "id": scan }));
    assert_eq!(view["verdicts"][0]["comment"], "Right lower zone.");
    assert_eq!(view["status"], "verified");
    clinic.ok("session.sign_out", json!(null));
    clinic.sign_in("admin");
    let report = clinic.ok("journal.verify", json!(null));
    assert_eq!(
        (report["intact"].clone(), report["problem"].clone()),
        (json!(true), json!(null))
    );
}

fn served_maps_are_finite(clinic: &Clinic, reading: &serde_json::Value) {
    let session = clinic.ok("session.current", json!(null));
    let grant = session["grant"].as_str().unwrap();
    let (rows, columns) = (
        &reading["answer"]["grid_rows"],
        &reading["answer"]["grid_columns"],
    );
    for class in 0..2 {
        let path = format!("map/{grant}/{}/{class}", reading["id"].as_str().unwrap());
        let map = clinic.workstation.serve("main", &path).unwrap().bytes;
        assert_eq!(
            map.len() as u64,
            rows.as_u64().unwrap() * columns.as_u64().unwrap() * 4
        );
        assert!(map.as_chunks::<4>().0.iter().all(|value| {
            let value = f32::from_le_bytes(*value);
            value.is_finite() && value >= 0.0
        }));
    }
}

#[test]
fn a_film_comes_as_png_jpeg_or_dicom_and_its_pixels_are_served() {
    let clinic = Clinic::new();
    let session = clinic.sign_in("doctor");
    let patient = clinic.add_patient("Okafor, Daniel", "2021-08-02");
    let jpeg = sample("kermany-1066ce8ac8.jpg");
    let png = clinic.folder.path().join("film.png");
    image::open(&jpeg).unwrap().save(&png).unwrap();
    let paths = [jpeg, png.display().to_string(), sample("ct-slice.dcm")];
    let import = clinic.import(&paths, Some(&patient));
    // The DICOM file names somebody else: it is asked, not guessed.
    let kinds: Vec<_> = import["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|i| &i["outcome"]["kind"])
        .collect();
    assert_eq!(kinds, ["stored", "stored", "identity_differs"]);
    let kept = clinic.ok(
        "imaging.assign",
        json!({ "job": import["job"], "items": [2], "to": { "kind": "patient", "id": patient } }),
    );
    assert_eq!(kept["items"][2]["outcome"]["kind"], "stored");

    let grant = session["grant"].as_str().unwrap();
    for item in kept["items"].as_array().unwrap() {
        let scan = item["outcome"]["scan_id"].as_str().unwrap();
        let view = clinic.ok("imaging.open_scan", json!({ "id": scan }));
        let pixels = &view["pixels"];
        let of = |key: &str| pixels[key].as_u64().unwrap();
        let expected = of("rows") * of("columns") * of("samples") * of("bits") / 8;
        let frame = clinic
            .workstation
            .serve("main", &format!("frame/{grant}/{scan}/0"))
            .unwrap();
        assert_eq!(frame.bytes.len() as u64, expected, "{pixels}");
        let thumb = clinic
            .workstation
            .serve("main", &format!("thumb/{grant}/{scan}"))
            .unwrap();
        let thumb = image::load_from_memory(&thumb.bytes).unwrap();
        assert!(thumb.width().max(thumb.height()) <= 256);
        assert!(!view["windows"].as_array().unwrap().is_empty());
    }
    let again = clinic.import(&[sample("kermany-1066ce8ac8.jpg")], Some(&patient));
    assert_eq!(again["items"][0]["outcome"]["kind"], "duplicate");
}

#[test]
fn marks_survive_and_a_removed_one_is_gone_from_sight() {
    let clinic = Clinic::new();
    clinic.sign_in("doctor");
    let patient = clinic.add_patient("Lakshmi Reddy", "1978-11-30");
    let import = clinic.import(&[sample("nih-1e062d9bbd.jpg")], Some(&patient));
    let scan = &import["items"][0]["outcome"]["scan_id"];
    let mark = |points: serde_json::Value| json!({ "scan_id": scan, "replaces": null, "frame": 0, "tool": "length", "points": points, "text": "" });
    let kept = clinic.ok(
        "imaging.save_mark",
        mark(json!([[10.0, 10.0], [60.5, 80.25]])),
    );
    assert_eq!(
        clinic
            .error("imaging.save_mark", mark(json!([[1.0, 1.0]])))
            .message_id,
        "field-rule-broken"
    );
    let marks = || clinic.ok("imaging.open_scan", json!({ "id": scan }))["marks"].clone();
    assert_eq!(marks()[0]["points"], json!([[10.0, 10.0], [60.5, 80.25]]));
    clinic.ok("imaging.remove_mark", json!({ "id": kept["id"] }));
    assert_eq!(marks(), json!([]));
}
