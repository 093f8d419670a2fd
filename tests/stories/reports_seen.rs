//! Who sees a report and in what form it leaves: its patient, another doctor, a film, DICOM, FHIR; and where
//! what it says is never found.

use std::fs;

use acceptance::{Clinic, Desk, PASSWORD, files};
use basics::Code;
use serde_json::{Value, json};

use crate::reports::{Case, of};

#[test]
fn a_final_report_leaves_as_film_dicom_and_fhir_and_its_image_without_the_person() {
    let case = Case::verified();
    let signed = case.signed();
    assert!(case.save(&signed, "film", "film.pdf").starts_with(b"%PDF-"));
    for kind in ["dicom_sc", "dicom_sr"] {
        let bytes = case.save(&signed, kind, "object.dcm");
        assert_eq!(&bytes[128..132], b"DICM", "{kind}");
    }
    let bundle: Value = serde_json::from_slice(&case.save(&signed, "fhir", "report.json")).unwrap();
    assert_eq!(bundle["resourceType"], "Bundle");
    let image = case.save(&signed, "deidentified", "image.jpg");
    assert!(memchr::memmem::find(&image, b"Silva").is_none());
    let name = case.clinic.ok(
        "reports.file_name",
        json!({ "report_id": signed["id"], "kind": "pdf" }),
    );
    assert_eq!(name["file_name"], "R-000001.pdf");
}

#[test]
fn a_patient_sees_final_reports_and_takes_one_home_under_an_own_passphrase() {
    let case = Case::verified();
    let clinic = &case.clinic;
    case.drafted();
    let signed = case.signed();
    clinic.ok(
        "reports.seal",
        json!({ "report_id": signed["id"], "passphrase": "clinic chosen words 2026" }),
    );
    let preview = clinic.ok("reports.preview", of(&signed));

    let session = clinic.sign_in("patient");
    let own = clinic.ok("own.reports", json!(null));
    assert_eq!(own.as_array().unwrap().len(), 1, "the draft is not there");
    assert_eq!(own[0]["number"], "R-000001");
    let shown = clinic.ok("own.report_preview", of(&signed));
    assert_eq!(shown["stamp"], preview["stamp"]);
    let grant = session["grant"].as_str().unwrap();
    let page = format!(
        "page/{grant}/{}/{}/0",
        signed["id"].as_str().unwrap(),
        shown["stamp"].as_str().unwrap()
    );
    assert!(
        clinic
            .workstation
            .serve("main", &page)
            .unwrap()
            .bytes
            .starts_with(b"<svg")
    );
    let path = clinic.folder.path().join("mine.pdf");
    clinic.ok(
        "own.save_report",
        json!({ "report_id": signed["id"], "passphrase": "my grandmother's blue kettle", "path": path }),
    );
    assert_eq!(
        clinic.error("reports.view", of(&signed)).code,
        Code::Forbidden
    );

    // The clinic knows its patient's copy again.
    clinic.sign_in("doctor");
    let checked = clinic.ok("reports.check_file", json!({ "path": path }));
    assert_eq!(
        (&checked["file"], &checked["signature"]),
        (&json!("same"), &json!(true))
    );
    fs::remove_file(path).unwrap();
}

#[test]
fn a_restricted_record_keeps_its_reports_to_the_treating_doctor() {
    let case = Case::verified();
    let clinic = &case.clinic;
    let signed = case.signed();
    let draft = case.drafted();
    let preview = clinic.ok("reports.preview", of(&signed));
    clinic.sign_in("admin");
    clinic.ok(
        "users.create",
        json!({ "name": "Dr Second", "login": "second", "role": "doctor", "password": PASSWORD }),
    );
    // Another doctor reads what was signed, and neither sees nor writes the draft.
    clinic.sign_in("second");
    clinic.ok("reports.view", of(&signed));
    let other = clinic.ok("reports.view", of(&draft));
    assert_eq!(
        (&other["draft"], &other["content"]),
        (&Value::Null, &Value::Null)
    );
    assert_eq!(
        clinic
            .error(
                "reports.reopen",
                json!({ "report_id": signed["id"], "reason": "Mine" })
            )
            .code,
        Code::Forbidden
    );
    clinic.sign_in("doctor");
    clinic.ok(
        "patients.set_restricted",
        json!({ "id": case.patient, "restricted": true, "reason": "Staff member" }),
    );
    let session = clinic.sign_in("second");
    assert_eq!(
        clinic.error("reports.view", of(&signed)).code,
        Code::NotFound
    );
    let page = format!(
        "page/{}/{}/{}/0",
        session["grant"].as_str().unwrap(),
        signed["id"].as_str().unwrap(),
        preview["stamp"].as_str().unwrap()
    );
    assert!(clinic.workstation.serve("main", &page).is_err());
}

#[test]
fn what_a_report_says_is_nowhere_but_in_the_sealed_store() {
    let case = Case::verified();
    let clinic = &case.clinic;
    let signed = case.signed();
    clinic.ok("reports.preview", of(&signed));
    let sealed = clinic.ok(
        "reports.seal",
        json!({ "report_id": signed["id"], "passphrase": null }),
    );
    let file = case.save(&signed, "pdf", "out.pdf");
    let error = clinic.error(
        "reports.save",
        json!({ "report_id": signed["id"], "edit": 1, "content": signed["content"] }),
    );
    let heard = clinic.heard.text();
    clinic.sign_in("admin");
    let request = json!({ "user_id": null, "verb": null, "subject": null, "outcome": null, "cursor": null, "limit": 200 });
    let journal = clinic.ok("journal.page", request).to_string();
    for verb in ["report.sign", "report.seal", "report.save_file"] {
        assert!(journal.contains(verb), "{verb}");
    }
    let passphrase = sealed["passphrase"].as_str().unwrap();
    for word in ["Planted-Qwxz", "Maria Silva", passphrase] {
        assert!(
            !format!("{error:?}{heard}{journal}").contains(word),
            "{word}"
        );
        assert!(
            memchr::memmem::find(&file, word.as_bytes()).is_none(),
            "{word}"
        );
        for path in files(clinic.folder.path()) {
            let bytes = fs::read(&path).unwrap();
            assert!(
                memchr::memmem::find(&bytes, word.as_bytes()).is_none(),
                "{word} in {}",
                path.display()
            );
        }
    }
}

#[test]
fn phrases_of_ones_own_go_before_those_of_the_house() {
    let clinic = Clinic::new();
    clinic.sign_in("doctor");
    let all = clinic.ok("reports.own_macros", json!(null));
    assert!(
        all.as_array()
            .unwrap()
            .iter()
            .all(|one| one["built_in"] == true)
    );
    clinic.ok(
        "reports.save_macro",
        json!({ "name": "nad", "text": "Nothing to see." }),
    );
    let mine = clinic.ok("reports.own_macros", json!(null));
    assert_eq!(
        mine.as_array().unwrap().len(),
        all.as_array().unwrap().len()
    );
    assert_eq!(
        mine[0],
        json!({ "name": "nad", "text": "Nothing to see.", "built_in": false })
    );
    clinic.ok("reports.remove_macro", json!({ "name": "nad" }));
    assert_eq!(clinic.ok("reports.own_macros", json!(null)), all);
    let films = clinic.ok("reports.templates", json!({ "modality": "DX" }));
    assert!(
        films
            .as_array()
            .unwrap()
            .iter()
            .any(|one| one["key"] == "chest-film-normal")
    );
    assert!(
        films
            .as_array()
            .unwrap()
            .iter()
            .all(|one| one["key"] != "cardiac-mr")
    );
}
