//! Files and machines as they are: each trouble has its sentence, the rest still loads, nothing is
//! lost.

use std::{fs, io::Write};

use acceptance::{Clinic, Desk, root, sample, shared};
use basics::Code;
use serde_json::{Value, json};

/// Every sentence that an error may point at.
fn sentences() -> serde_json::Map<String, Value> {
    let folder = root().join("assets/i18n/en");
    let mut all = serde_json::Map::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path
            .file_name()
            .unwrap()
            .to_str()
            .unwrap()
            .starts_with("errors.")
        {
            let file: Value = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
            all.extend(file.as_object().unwrap().clone());
        }
    }
    all
}

#[test]
fn bad_files_are_named_and_the_good_one_still_loads() {
    let clinic = Clinic::new();
    clinic.sign_in("doctor");
    let patient = clinic.add_patient("Maria Silva", "1961-03-09");
    let folder = clinic.folder.path().join("stick");
    fs::create_dir(&folder).unwrap();
    let film = fs::read(sample("nih-03623a5462.jpg")).unwrap();
    let dicom = fs::read(sample("chest-rsna.dcm")).unwrap();
    fs::write(folder.join("a-good.jpg"), &film).unwrap();
    fs::write(folder.join("b-zero.dcm"), b"").unwrap();
    fs::write(folder.join("c-cut.dcm"), &dicom[..dicom.len() / 2]).unwrap();
    fs::write(folder.join("d-cut.jpg"), &film[..film.len() / 3]).unwrap();
    fs::write(
        folder.join("e-letter.dcm"),
        b"Dear colleague, please find enclosed",
    )
    .unwrap();
    fs::write(folder.join("f-large.png"), png_header(20_000, 20_000)).unwrap();
    let import = clinic.import(&[folder.display().to_string()], Some(&patient));
    let items = import["items"].as_array().unwrap();
    assert_eq!(items.len(), 6, "{items:#?}");
    let sentences = sentences();
    for item in items {
        let outcome = &item["outcome"];
        if item["label"].as_str().unwrap().contains("good") {
            assert_eq!(outcome["kind"], "stored");
            continue;
        }
        assert_eq!(outcome["kind"], "refused", "{item}");
        let id = outcome["problem"]["message_id"].as_str().unwrap();
        assert!(sentences.contains_key(id), "no sentence for {id}");
    }
}

/// A PNG that announces a size and holds next to nothing.
fn png_header(width: u32, height: u32) -> Vec<u8> {
    let mut small = Vec::new();
    let film = image::GrayImage::new(8, 8);
    film.write_to(
        &mut std::io::Cursor::new(&mut small),
        image::ImageFormat::Png,
    )
    .unwrap();
    small[16..20].copy_from_slice(&width.to_be_bytes());
    small[20..24].copy_from_slice(&height.to_be_bytes());
    let checksum = crc32(&small[12..29]);
    small[29..33].copy_from_slice(&checksum.to_be_bytes());
    small
}

fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            (crc >> 1) ^ (0xedb8_8320 & (crc & 1).wrapping_neg())
        })
    })
}

#[test]
fn every_malformed_file_of_the_collection_has_a_sentence_or_a_sound_scan() {
    let Some(folder) = shared("dicom/files") else {
        return;
    };
    let clinic = Clinic::new();
    clinic.sign_in("doctor");
    let patient = clinic.add_patient("Collection", "1990-01-01");
    let bad: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            path.file_name()
                .unwrap()
                .to_str()
                .unwrap()
                .starts_with("bad_")
        })
        .map(|path| path.display().to_string())
        .collect();
    assert!(bad.len() >= 15);
    let import = clinic.import(&bad, Some(&patient));
    let sentences = sentences();
    for item in import["items"].as_array().unwrap() {
        if item["outcome"]["kind"] == "refused" {
            let id = item["outcome"]["problem"]["message_id"].as_str().unwrap();
            assert!(sentences.contains_key(id), "no sentence for {id}");
            assert_ne!(
                item["outcome"]["problem"]["code"],
                json!("internal"),
                "{item}"
            );
        }
    }
}

#[test]
fn an_altered_model_is_refused_and_scans_still_open() {
    let models = tempfile::tempdir().unwrap();
    for pack in ["cxr-open", "gate"] {
        copy(&root().join("models").join(pack), &models.path().join(pack));
    }
    let model = models.path().join("cxr-open/model.onnx");
    let mut file = fs::OpenOptions::new().append(true).open(model).unwrap();
    file.write_all(b"!").unwrap();
    let clinic = Clinic::with(|options| options.models_dir = models.path().into());
    clinic.set_up();
    clinic.sign_in("doctor");
    let list = clinic.ok("models.list", json!(null));
    assert_eq!(list[0]["state"]["kind"], "unusable");
    let failed = read_and_wait(&clinic);
    assert_eq!(
        failed["stage"]["problem"]["code"], "model_unavailable",
        "{failed}"
    );
}

fn read_and_wait(clinic: &Clinic) -> Value {
    let patient = clinic.add_patient("Maria Silva", "1961-03-09");
    let import = clinic.import(&[sample("nih-03623a5462.jpg")], Some(&patient));
    let scan = &import["items"][0]["outcome"]["scan_id"];
    clinic.ok("imaging.open_scan", json!({ "id": scan }));
    clinic.until(|| {
        let told = clinic.heard.all("reading.progress");
        told.into_iter()
            .find(|progress| progress["stage"]["kind"] == "failed")
    })
}

fn copy(from: &std::path::Path, to: &std::path::Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &target)
        } else {
            fs::copy(&path, &target).map(|_| ()).unwrap()
        }
    }
}

#[test]
fn a_request_that_makes_no_sense_is_told_without_repeating_it() {
    let clinic = Clinic::new();
    clinic.sign_in("doctor");
    let error = clinic.error("patients.create", json!({ "details": "Maria Silva 1961" }));
    assert_eq!(
        (error.code, error.message_id.as_str()),
        (Code::Invalid, "request-malformed")
    );
    assert!(!format!("{error:?}").contains("Maria"));
    assert_eq!(clinic.error("no.such", json!(null)).code, Code::NotFound);
}
