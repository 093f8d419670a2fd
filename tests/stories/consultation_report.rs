//! A report is handed over in a consultation: the locked file comes to the phone and opens with the words
//! that the doctor tells; it is delivered when the phone has it, once; its passphrase travels nowhere.

use acceptance::{Desk, PASSWORD, files, room::Room, sample};
use basics::{Language, MessageId, Secret};
use live::content::Enclosure;
use reports::Passphrase;
use serde_json::{Value, json};

fn confirmed() -> Value {
    json!([
        { "identifier": "name", "value": "Marta Ibáñez" },
        { "identifier": "birth_date", "value": "1956-02-11" },
    ])
}

/// A draft about a film of the room's patient.
fn draft(room: &Room) -> Value {
    let import = room
        .clinic
        .import(&[sample("nih-03623a5462.jpg")], Some(&room.patient));
    let scan = import["items"][0]["outcome"]["scan_id"].clone();
    let mut begun = room.clinic.ok(
        "reports.start",
        json!({ "scan_id": scan, "reading_id": null, "template": null, "language": "es" }),
    );
    let mut content = begun["draft"]["content"].clone();
    content["text"]["impression"] = json!("Sin hallazgos agudos.");
    let saved = room.clinic.ok(
        "reports.save",
        json!({ "report_id": begun["id"], "edit": begun["draft"]["edit"], "content": content }),
    );
    begun["draft"]["edit"] = saved["edit"].clone();
    begun
}

fn sign(room: &Room, report: &Value) {
    room.clinic.ok(
        "reports.sign",
        json!({
            "report_id": report["id"], "edit": report["draft"]["edit"],
            "stamp": room.clinic.stamp(&report["id"]), "becomes": "final", "password": PASSWORD, "confirmed": confirmed(),
        }),
    );
}

fn refused(room: &Room, report: &Value) -> String {
    let request = json!({
        "consultation_id": room.consultation, "message_id": MessageId::new().to_string(),
        "report_id": report["id"], "confirmed": confirmed(),
    });
    let error = room.clinic.call("live.hand_over", request).unwrap_err();
    error.message_id
}

/// Deliveries of the report.
fn deliveries(room: &Room, report: &Value) -> Vec<Value> {
    let page = room.clinic.ok(
        "delivery.page",
        json!({ "report_id": report["id"], "state": null, "cursor": null, "limit": 50 }),
    );
    page["rows"].as_array().unwrap().clone()
}

#[test]
fn a_sealed_report_reaches_the_phone_and_is_delivered_when_the_phone_has_it() {
    let room = Room::new();
    let marta = room.guest("Marta", Language::Es);
    let report = draft(&room);
    assert_eq!(refused(&room, &report), "report-not-final");
    sign(&room, &report);
    assert_eq!(refused(&room, &report), "report-not-sealed");
    let sealed = room.clinic.ok(
        "reports.seal",
        json!({ "report_id": report["id"], "passphrase": null }),
    );
    let words = sealed["passphrase"].as_str().unwrap().to_owned();

    let message_id = MessageId::new().to_string();
    let request =
        json!({ "message_id": message_id, "report_id": report["id"], "confirmed": confirmed() });
    // Two identifiers, and both right: a file in the wrong hands cannot be called back.
    for wrong in [
        json!([]),
        json!([{ "identifier": "name", "value": "Marta Ibáñez" }, { "identifier": "birth_date", "value": "1956-11-02" }]),
    ] {
        let mut asked = request.clone();
        asked["confirmed"] = wrong;
        asked["consultation_id"] = json!(room.consultation);
        let refused = room
            .clinic
            .call("live.hand_over", asked)
            .unwrap_err()
            .message_id;
        assert!(refused.starts_with("report-identity-"), "{refused}");
    }
    let given = room.ok("live.hand_over", request.clone());
    assert_eq!(given["handed_over"]["held_by"], json!([]));
    let number = given["handed_over"]["number"].as_str().unwrap();
    marta.until("the report", |seen| {
        seen.messages
            .iter()
            .any(|message| message.enclosure.is_some())
    });
    let message = marta.seen().messages[0].clone();
    let enclosure: Enclosure = message.enclosure.unwrap();
    assert_eq!(enclosure.name, format!("{number}.pdf"));
    assert_eq!(enclosure.media_type, "application/pdf");
    let file = marta.fetch(&enclosure.blob());
    assert_eq!(file.len() as u64, enclosure.bytes);

    // It opens with the words that the doctor tells, and with no others.
    let pass = |words: &str| Passphrase::given(Secret::new(words.to_owned())).unwrap();
    let read = reports::verify(&file, &pass(&words), None).unwrap();
    assert!(read.holds());
    assert_eq!(read.document.patient.name.expose(), "Marta Ibáñez");
    assert!(reports::verify(&file, &pass("not these words at all"), None).is_err());

    // Fetched is not yet told: only the phone's word makes it delivered, and however often it is said, once.
    assert_eq!(deliveries(&room, &report), Vec::<Value>::new());
    marta.has(message.id);
    let held = room.clinic.until(|| {
        let page = room.ok("live.messages", json!({ "before": null, "limit": 10 }));
        let held = page["messages"][0]["handed_over"]["held_by"].clone();
        (held != json!([])).then_some(held)
    });
    assert_eq!(held.as_array().unwrap().len(), 1);
    let marta = marta.reload();
    marta.until("the report again", |seen| {
        seen.messages
            .iter()
            .any(|message| message.enclosure.is_some())
    });
    marta.has(message.id);
    // Something said after it: what was said before has arrived by then.
    marta.say("Gracias");
    room.clinic.until(|| {
        let page = room.ok("live.messages", json!({ "before": null, "limit": 10 }));
        (page["messages"].as_array().unwrap().len() == 2).then_some(())
    });
    let delivered = deliveries(&room, &report);
    assert_eq!(delivered.len(), 1);
    assert_eq!(
        (&delivered[0]["channel"], &delivered[0]["state"]),
        (&json!("consultation"), &json!("delivered"))
    );
    // Asked again under its id, the screen gets the same message.
    assert_eq!(room.ok("live.hand_over", request)["n"], given["n"]);
    marta.until("both messages", |seen| seen.messages.len() == 2);

    // Neither the words nor the unlocked page lie at the relay.
    for path in files(room.relay_data.path()) {
        let bytes = std::fs::read(&path).unwrap();
        for secret in [words.as_bytes(), b"%PDF"] {
            let found = memchr::memmem::find(&bytes, secret);
            assert!(found.is_none(), "something lies open in {}", path.display());
        }
    }
    let heard = serde_json::to_string(&marta.seen().messages).unwrap();
    assert!(!heard.contains(&words));
}

#[test]
fn another_patients_report_is_not_handed_over() {
    let room = Room::new();
    let other = room.clinic.add_patient("Ana Silva", "1970-01-02");
    let import = room
        .clinic
        .import(&[sample("nih-03623a5462.jpg")], Some(&other));
    let scan = import["items"][0]["outcome"]["scan_id"].clone();
    let report = room.clinic.ok(
        "reports.start",
        json!({ "scan_id": scan, "reading_id": null, "template": null, "language": "es" }),
    );
    assert_eq!(refused(&room, &report), "not-found");
}
