//! A report from the verified reading to the sealed file: drafted by one command, written, laid out, signed,
//! sealed, checked; and what comes after it is final.

use std::fs;

use acceptance::{Clinic, Desk, PASSWORD, sample};
use basics::Code;
use serde_json::{Value, json};

/// What a clinician says with a verdict, and what nobody else may find.
const SAID: &str = "Planted-Qwxz right lower zone";

/// A doctor at the desk, a patient with an account, a film that was read and verified.
pub(crate) struct Case {
    pub(crate) clinic: Clinic,
    pub(crate) grant: String,
    pub(crate) patient: String,
    pub(crate) scan: String,
    pub(crate) reading: Value,
}

impl Case {
    pub(crate) fn verified() -> Self {
        let clinic = Clinic::new();
        let session = clinic.sign_in("doctor");
        let patient = clinic.add_patient("Maria Silva", "1961-03-09");
        clinic.ok(
            "patients.create_account",
            json!({ "id": patient, "login": "patient", "password": PASSWORD }),
        );
        let import = clinic.import(&[sample("nih-03623a5462.jpg")], Some(&patient));
        let scan = import["items"][0]["outcome"]["scan_id"]
            .as_str()
            .unwrap()
            .to_string();
        clinic.wait_for_readings();
        let view = clinic.ok("imaging.open_scan", json!({ "id": scan }));
        let reading = view["readings"][0].clone();
        clinic.ok(
            "reading.record_verdict",
            json!({ "scan_id": scan, "reading_id": reading["id"], "agrees": false, "class": "Old scar",
                    "region": null, "comment": SAID }),
        );
        Self {
            clinic,
            grant: session["grant"].as_str().unwrap().to_string(),
            patient,
            scan,
            reading,
        }
    }

    /// A draft, filled by one command.
    pub(crate) fn drafted(&self) -> Value {
        self.clinic.ok(
            "reports.start",
            json!({ "scan_id": self.scan, "reading_id": null, "template": null, "language": "en" }),
        )
    }

    /// Both identifiers, as they stand on the screen.
    pub(crate) fn confirmed(&self) -> Value {
        json!([
            { "identifier": "name", "value": "Maria Silva" },
            { "identifier": "birth_date", "value": "1961-03-09" },
        ])
    }

    pub(crate) fn sign_request(&self, report: &Value, becomes: &str) -> Value {
        json!({
            "report_id": report["id"], "edit": report["draft"]["edit"],
            "stamp": self.clinic.stamp(&report["id"]), "becomes": becomes, "password": PASSWORD, "confirmed": self.confirmed(),
        })
    }

    /// A final report.
    pub(crate) fn signed(&self) -> Value {
        let draft = self.drafted();
        let request = self.sign_request(&draft, "final");
        self.clinic.ok("reports.sign", request)
    }

    /// Every page that a preview names, as SVG.
    pub(crate) fn pages(&self, report: &Value, preview: &Value) -> Vec<String> {
        let (id, stamp) = (
            report["id"].as_str().unwrap(),
            preview["stamp"].as_str().unwrap(),
        );
        (0..preview["pages"].as_u64().unwrap())
            .map(|n| {
                let path = format!("page/{}/{id}/{stamp}/{n}", self.grant);
                let page = self.clinic.workstation.serve("main", &path).unwrap();
                assert_eq!(page.mime, "image/svg+xml");
                String::from_utf8(page.bytes).unwrap()
            })
            .collect()
    }

    pub(crate) fn save(&self, report: &Value, kind: &str, name: &str) -> Vec<u8> {
        let path = self.clinic.folder.path().join(name);
        self.clinic.ok(
            "reports.save_file",
            json!({ "report_id": report["id"], "kind": kind, "path": path, "pixels_looked_at": true }),
        );
        fs::read(path).unwrap()
    }
}

/// Names a report in a request.
pub(crate) fn of(report: &Value) -> Value {
    json!({ "report_id": report["id"] })
}

#[test]
fn from_a_verified_reading_to_a_sealed_file_that_is_known_again() {
    let case = Case::verified();
    let clinic = &case.clinic;
    let draft = case.drafted();
    let content = &draft["draft"]["content"];
    // The doctor's words, and none of the model's.
    assert_eq!(content["text"]["findings"], SAID);
    assert_eq!(content["text"]["impression"], "Old scar");
    assert_eq!(draft["number"], Value::Null);
    assert_eq!(draft["ai"]["reading_id"], case.reading["id"]);
    let words = content["text"].to_string();
    for class in case.reading["answer"]["classes"]
        .as_array()
        .into_iter()
        .flatten()
    {
        assert!(!words.contains(class["name"].as_str().unwrap()), "{words}");
    }

    // Autosave; the second window's older text is refused and both stay.
    let mut content = content.clone();
    content["text"]["findings"] = json!("A line.\nAnother: #read(\"/etc/passwd\") $x$ <b>&amp;");
    let saved = clinic.ok(
        "reports.save",
        json!({ "report_id": draft["id"], "edit": draft["draft"]["edit"], "content": content }),
    );
    let late = clinic.error(
        "reports.save",
        json!({ "report_id": draft["id"], "edit": draft["draft"]["edit"], "content": draft["draft"]["content"] }),
    );
    assert_eq!(late.code, Code::Conflict, "{late:?}");
    let again = clinic.ok("reports.view", of(&draft));
    assert_eq!(again["draft"]["edit"], saved["edit"]);
    assert_eq!(again["draft"]["content"], content);

    // Beside the text, its pages; hostile text is text.
    let preview = clinic.ok("reports.preview", of(&draft));
    let pages = case.pages(&draft, &preview);
    assert!(pages[0].starts_with("<svg") && !pages[0].contains("root:x:0"));
    assert_eq!(
        clinic.ok("reports.preview", of(&draft))["stamp"],
        preview["stamp"]
    );

    // A wrong password signs nothing, and guessing is slowed.
    let mut request = case.sign_request(&again, "final");
    request["password"] = json!("wrong");
    assert_eq!(
        clinic.error("reports.sign", request.clone()).code,
        Code::WrongPassword
    );
    let slowed =
        (0..20).any(|_| clinic.error("reports.sign", request.clone()).code == Code::TooManyTries);
    assert!(slowed);
    clinic.clock.advance(std::time::Duration::from_secs(3600));
    clinic.sign_in("doctor");
    // One identifier is not two, and another person's is none.
    let mut request = case.sign_request(&again, "final");
    request["confirmed"] = json!([{ "identifier": "name", "value": "Maria Silva" }]);
    assert_eq!(
        clinic.error("reports.sign", request.clone()).message_id,
        "report-identity-unconfirmed"
    );
    request["confirmed"] = json!([
        { "identifier": "name", "value": "Maria Silva" },
        { "identifier": "birth_date", "value": "1962-03-09" },
    ]);
    assert_eq!(
        clinic.error("reports.sign", request).message_id,
        "report-identity-differs"
    );
    // What came in after the pages were read is not signed unseen.
    let request = case.sign_request(&again, "final");
    clinic.ok(
        "reading.record_verdict",
        json!({ "scan_id": case.scan, "reading_id": case.reading["id"], "agrees": false,
                "class": "Pneumonia", "region": null, "comment": "Looked at again" }),
    );
    assert_eq!(
        clinic.error("reports.sign", request).message_id,
        "report-pages-changed"
    );
    let signed = clinic.ok("reports.sign", case.sign_request(&again, "final"));
    assert_eq!(
        (&signed["state"], &signed["number"]),
        (&json!("final"), &json!("R-000001"))
    );
    assert_eq!(signed["draft"], Value::Null);
    assert_eq!(clinic.worklist(json!({}))["rows"][0]["status"], "reported");

    // Not sealed yet: it does not leave.
    let path = clinic.folder.path().join("report.pdf");
    let unsealed = json!({ "report_id": draft["id"], "kind": "pdf", "path": path });
    assert_eq!(
        clinic.error("reports.save_file", unsealed).message_id,
        "report-not-sealed"
    );
    let sealed = clinic.ok(
        "reports.seal",
        json!({ "report_id": draft["id"], "passphrase": null }),
    );
    let passphrase = sealed["passphrase"].as_str().unwrap();
    assert_eq!(passphrase.split([' ', '-']).count(), 6, "six words");
    let told = clinic.ok(
        "reports.passphrase",
        json!({ "report_id": draft["id"], "file_id": sealed["file"]["id"] }),
    );
    assert_eq!(told["passphrase"], passphrase);
    let bytes = case.save(&signed, "pdf", "report.pdf");
    assert!(bytes.starts_with(b"%PDF-"));
    assert!(memchr::memmem::find(&bytes, b"Silva").is_none());

    // Known again, byte for byte; one byte less and it is not.
    let checked = clinic.ok("reports.check_file", json!({ "path": path }));
    for (part, expected) in [
        ("file", json!("same")),
        ("signature", json!(true)),
        ("document", json!(true)),
        ("pictures", json!(true)),
        ("superseded", json!(false)),
    ] {
        assert_eq!(checked[part], expected, "{part} of {checked}");
    }
    for place in [100, bytes.len() / 2, bytes.len() - 7] {
        let mut flipped = bytes.clone();
        flipped[place] ^= 1;
        fs::write(&path, flipped).unwrap();
        let checked = clinic.ok("reports.check_file", json!({ "path": path }));
        assert_eq!(checked["file"], "unknown");
    }
    fs::remove_file(&path).unwrap();
}

#[test]
fn what_is_final_is_added_to_corrected_and_withdrawn_and_never_changed() {
    let case = Case::verified();
    let clinic = &case.clinic;
    let signed = case.signed();
    let first = signed["signings"][0]["sha256"].clone();
    assert_eq!(
        clinic
            .error(
                "reports.save",
                json!({ "report_id": signed["id"], "edit": 1, "content": signed["content"] })
            )
            .code,
        Code::Conflict
    );
    let added = clinic.ok(
        "reports.addend",
        json!({ "report_id": signed["id"], "text": "Seen again with the old film.", "password": PASSWORD,
                "confirmed": case.confirmed() }),
    );
    assert_eq!(
        (&added["state"], &added["revision"]),
        (&json!("appended"), &json!(2))
    );
    assert_eq!(added["addenda"][0]["text"], "Seen again with the old film.");

    // A correction says why, and corrects something.
    let reopen = |reason: &str| json!({ "report_id": signed["id"], "reason": reason });
    assert_eq!(
        clinic.error("reports.reopen", reopen(" ")).code,
        Code::Invalid
    );
    let open = clinic.ok("reports.reopen", reopen("Wrong side"));
    assert_eq!(
        clinic
            .error("reports.sign", case.sign_request(&open, "amended"))
            .message_id,
        "report-unchanged"
    );
    let mut content = open["draft"]["content"].clone();
    content["text"]["impression"] = json!("Old scar on the left");
    clinic.ok(
        "reports.save",
        json!({ "report_id": signed["id"], "edit": open["draft"]["edit"], "content": content }),
    );
    let open = clinic.ok("reports.view", of(&signed));
    let amended = clinic.ok("reports.sign", case.sign_request(&open, "amended"));
    assert_eq!(amended["addenda"][0]["reason"], "Wrong side");
    assert_eq!(amended["addenda"][0]["text"], "Impression");

    let gone = clinic.ok(
        "reports.retract",
        json!({ "report_id": signed["id"], "reason": "Another patient's film", "password": PASSWORD,
                "confirmed": case.confirmed() }),
    );
    assert_eq!(gone["state"], "entered_in_error");
    let history = clinic.ok("reports.history", of(&signed));
    let said: Vec<&Value> = (0..4)
        .map(|n| &history[n]["content"]["text"]["impression"])
        .collect();
    assert_eq!(
        said,
        [
            "Old scar",
            "Old scar",
            "Old scar on the left",
            "Old scar on the left"
        ]
    );
    assert_eq!(history[0]["sha256"], first);
    assert_eq!(history[3]["addendum"]["reason"], "Another patient's film");
    // Every revision can be laid out again, with the very pictures that were signed.
    for revision in 1..=4 {
        let preview = clinic.ok(
            "reports.preview",
            json!({ "report_id": signed["id"], "revision": revision }),
        );
        assert!(!case.pages(&signed, &preview).is_empty());
    }
    assert_eq!(
        clinic.error("reports.reopen", reopen("Again")).code,
        Code::Conflict
    );
}

#[test]
fn whoever_got_the_text_before_is_named_until_they_get_the_newest() {
    let case = Case::verified();
    let clinic = &case.clinic;
    let signed = case.signed();
    clinic.ok("reports.printed", of(&signed));
    let view = clinic.ok("reports.view", of(&signed));
    assert_eq!(view["not_told"], json!([]));
    clinic.ok(
        "reports.addend",
        json!({ "report_id": signed["id"], "text": "More.", "password": PASSWORD, "confirmed": case.confirmed() }),
    );
    let view = clinic.ok("reports.view", of(&signed));
    assert_eq!(view["not_told"][0]["channel"], "print");
    assert_eq!(view["not_told"][0]["revision"], 1);
    clinic.ok("reports.printed", of(&signed));
    assert_eq!(
        clinic.ok("reports.view", of(&signed))["not_told"],
        json!([])
    );
}

#[test]
fn a_draft_is_printed_marked_and_goes_nowhere_else() {
    let case = Case::verified();
    let clinic = &case.clinic;
    let draft = case.drafted();
    let pdf = case.save(&draft, "draft_pdf", "draft.pdf");
    assert!(pdf.starts_with(b"%PDF-"));
    for kind in ["pdf", "film", "dicom_sc", "dicom_sr", "fhir"] {
        let path = clinic.folder.path().join("no");
        let request = json!({ "report_id": draft["id"], "kind": kind, "path": path });
        assert_eq!(
            clinic.error("reports.save_file", request).message_id,
            "report-not-final",
            "{kind}"
        );
    }
    for row in ["reports.seal", "reports.printed", "reports.push_fhir"] {
        let request = json!({ "report_id": draft["id"], "passphrase": null });
        assert_eq!(
            clinic.error(row, request).message_id,
            "report-not-final",
            "{row}"
        );
    }
    let mut content = draft["draft"]["content"].clone();
    content["text"]["findings"] = json!(" ");
    content["text"]["impression"] = json!("");
    clinic.ok(
        "reports.save",
        json!({ "report_id": draft["id"], "edit": 1, "content": content }),
    );
    let view = clinic.ok("reports.view", of(&draft));
    assert_eq!(
        clinic
            .error("reports.sign", case.sign_request(&view, "final"))
            .message_id,
        "report-empty"
    );
    clinic.ok("reports.discard", of(&draft));
    assert_eq!(
        clinic.error("reports.view", of(&draft)).code,
        Code::NotFound
    );
}
