//! A person's data is in the sealed store and nowhere else: planted words are looked for in every
//! byte below the record's folder, in the errors, and in the journal.

use std::{fs, path::Path};

use acceptance::{Clinic, Desk, sample};
use serde_json::json;

const PLANTED: [&str; 4] = [
    "Zzyzxova",
    "QX-77431-SECRET",
    "1937-02-17",
    "pneumonectomy-planted",
];

#[test]
fn planted_words_are_found_nowhere_outside_the_sealed_store() {
    let clinic = Clinic::new();
    clinic.sign_in("doctor");
    let details = json!({
        "name": "Zzyzxova, Planted", "birth_date": "1937-02-17", "sex": "female", "external_id": "QX-77431-SECRET",
    });
    let added = clinic.ok(
        "patients.create",
        json!({ "details": details, "not_a_duplicate": false }),
    );
    let patient = added["patient"]["id"].as_str().unwrap();
    let import = clinic.import(&[sample("nih-03623a5462.jpg")], Some(patient));
    let scan = &import["items"][0]["outcome"]["scan_id"];
    clinic.wait_for_readings();
    clinic.ok(
        "reading.record_verdict",
        json!({ "scan_id": scan, "reading_id": null, "agrees": false, "class": "pneumonectomy-planted",
                "region": null, "comment": "pneumonectomy-planted" }),
    );
    // While the record is open: the write-ahead log is there, too.
    look(clinic.folder.path());
    let error = clinic.error(
        "patients.create",
        json!({ "details": { "name": "Zzyzxova" } }),
    );
    assert!(!format!("{error:?}").contains("Zzyzxova"));
    clinic.ok("session.sign_out", json!(null));
    clinic.sign_in("admin");
    let request = json!({ "user_id": null, "verb": null, "subject": null, "outcome": null, "cursor": null, "limit": 200 });
    let journal = clinic.ok("journal.page", request).to_string();
    assert!(journal.contains("verdict.record"));
    for word in PLANTED {
        assert!(!journal.contains(word), "{word} is in the journal");
    }
    let clinic = clinic.restarted();
    look(clinic.folder.path());
}

fn look(folder: &Path) {
    let mut files = 0;
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            files += 1;
            let bytes = fs::read(&path).unwrap();
            for word in PLANTED {
                let found = bytes
                    .windows(word.len())
                    .any(|window| window == word.as_bytes());
                assert!(!found, "{word} lies open in {}", path.display());
                assert!(!path.display().to_string().contains(word));
            }
        }
    }
    assert!(files >= 4, "{files}");
}
