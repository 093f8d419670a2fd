//! A medicine from the doctor's order over the pharmacist's queue to the patient's own list: written by the
//! rules, checked, signed, dispensed in parts, asked about, taken back, stopped.

use acceptance::{Clinic, Desk, PASSWORD, files};
use basics::{Code, JobId};
use serde_json::{Value, json};

/// A fresh id, as the screens make them.
fn fresh() -> String {
    JobId::new().to_string()
}

struct Pharmacy {
    clinic: Clinic,
    patient: String,
}

impl Pharmacy {
    /// A clinic with every role; the patient is allergic to penicillin and the doctor is signed in.
    fn new() -> Self {
        let clinic = Clinic::new();
        clinic.sign_in("admin");
        let pharmacist = json!({ "name": "Chen Wei", "login": "pharmacist", "role": "pharmacist", "password": PASSWORD });
        clinic.ok("users.create", pharmacist);
        clinic.sign_in("doctor");
        let patient = clinic.add_patient("Maria Silva", "1961-03-09");
        clinic.ok(
            "patients.create_account",
            json!({ "id": patient, "login": "patient", "password": PASSWORD }),
        );
        let pharmacy = Self { clinic, patient };
        pharmacy.allergic("Penicillin");
        pharmacy
    }

    fn allergic(&self, substance: &str) {
        let items = json!([{ "substance": substance, "reaction": "rash", "severity": "severe" }]);
        let allergies = json!({ "state": "known", "items": items });
        self.clinic.ok(
            "patients.set_allergies",
            json!({ "id": self.patient, "allergies": allergies }),
        );
    }

    fn confirmed(&self) -> Value {
        json!([{ "identifier": "name", "value": "Maria Silva" }, { "identifier": "birth_date", "value": "1961-03-09" }])
    }

    fn check(&self, order: &Value) -> Value {
        self.clinic.ok(
            "prescriptions.check",
            json!({ "patient_id": self.patient, "order": order }),
        )
    }

    fn sign_request(&self, order: &Value, overrides: Value) -> Value {
        json!({
            "prescription_id": fresh(), "patient_id": self.patient, "order": order,
            "overrides": overrides, "confirmed": self.confirmed(), "password": PASSWORD,
        })
    }

    /// Signs an order that nothing speaks against.
    fn signed(&self, order: &Value) -> Value {
        self.clinic
            .ok("prescriptions.sign", self.sign_request(order, json!([])))
    }

    fn dispense_request(&self, of: &Value, amount: &str) -> Value {
        json!({
            "fact_id": fresh(), "prescription_id": of["id"], "over": of["facts"].as_array().unwrap().len(),
            "amount": amount, "batch": "L2231", "expiry": "2027-08", "product": null, "why": "", "note": "",
            "overrides": [], "confirmed": self.confirmed(),
        })
    }
}

fn amoxicillin() -> Value {
    json!({
        "medicine": "amoxicillin", "strength": "500 mg", "form": "capsule", "route": "oral", "dose": "1 capsule",
        "frequency": { "kind": "times_a_day", "times": 3 }, "duration": { "number": 7, "unit": "days" },
        "quantity": "21 capsules", "repeats": 0, "as_needed": null, "indication": "Pneumonia",
        "instructions": "Take all of them.", "substitution": true, "language": "pt",
    })
}

fn with(order: Value, changes: Value) -> Value {
    let mut order = order;
    for (key, value) in changes.as_object().unwrap() {
        order[key] = value.clone();
    }
    order
}

fn paracetamol() -> Value {
    with(
        amoxicillin(),
        json!({ "medicine": "paracetamol", "strength": "500 mg", "form": "tablet", "dose": "2 tablets", "quantity": "24 tablets",
            "as_needed": { "reason": "Pain", "hours_between": 6, "most_in_a_day": "8 tablets" }, "duration": { "number": 3, "unit": "days" } }),
    )
}

fn keys(list: &Value) -> Vec<&str> {
    let list = list.as_array().unwrap().iter();
    list.map(|one| one["key"].as_str().unwrap()).collect()
}

#[test]
fn an_allergy_is_overridden_with_a_reason_that_everybody_after_can_read() {
    let pharmacy = Pharmacy::new();
    let clinic = &pharmacy.clinic;
    let desk = clinic.ok(
        "prescriptions.start",
        json!({ "patient_id": pharmacy.patient }),
    );
    assert_eq!(desk["current"], json!([]));
    assert!(desk["table"]["medicines"].as_u64().unwrap() >= 450);
    let offered = clinic.ok("prescriptions.suggest", json!({ "typed": "amoxi" }));
    assert_eq!(offered[0]["name"], "amoxicillin");

    let checked = pharmacy.check(&amoxicillin());
    assert_eq!(
        (&checked["faults"], &checked["expected_quantity"]),
        (&json!([]), &json!("21 capsules"))
    );
    let warning = &checked["findings"]["warnings"][0];
    assert_eq!(
        (&warning["kind"], &warning["level"]),
        (&json!("allergy"), &json!("contraindicated"))
    );
    assert!(
        warning["source"]["title"]
            .as_str()
            .unwrap()
            .contains("prescribing information")
    );

    // It warns and never blocks; but it wants a reason.
    let silent = clinic.error(
        "prescriptions.sign",
        pharmacy.sign_request(&amoxicillin(), json!([])),
    );
    assert_eq!(
        (silent.code, silent.message_id.as_str()),
        (Code::Invalid, "prescription-warnings-unanswered")
    );
    let overrides = json!([{ "key": warning["key"], "reason": "Tolerated amoxicillin in March." }]);
    let mut wrong = pharmacy.sign_request(&amoxicillin(), overrides.clone());
    wrong["password"] = json!("not the password");
    assert_eq!(
        clinic.error("prescriptions.sign", wrong).message_id,
        "wrong-password"
    );
    let mut other = pharmacy.sign_request(&amoxicillin(), overrides.clone());
    other["confirmed"] = json!([{ "identifier": "name", "value": "Maria Silva" }]);
    assert_eq!(
        clinic.error("prescriptions.sign", other).message_id,
        "report-identity-unconfirmed"
    );
    let request = pharmacy.sign_request(&amoxicillin(), overrides);
    let signed = clinic.ok("prescriptions.sign", request.clone());
    assert_eq!(
        (&signed["state"], &signed["seal_holds"]),
        (&json!("ordered"), &json!(true))
    );
    // The answer was lost: the same again is no second prescription.
    assert_eq!(
        clinic.ok("prescriptions.sign", request)["number"],
        signed["number"]
    );
    let listed = clinic.ok(
        "prescriptions.of_patient",
        json!({ "patient_id": pharmacy.patient }),
    );
    assert_eq!(listed.as_array().unwrap().len(), 1);

    clinic.sign_in("pharmacist");
    let queue = json!({ "shelf": "waiting", "query": "", "cursor": null, "limit": 50 });
    let page = clinic.ok("prescriptions.queue", queue.clone());
    assert_eq!(
        (&page["waiting"], &page["rows"][0]["overridden"]),
        (&json!(1), &json!(1))
    );
    let opened = clinic.ok(
        "prescriptions.view",
        json!({ "prescription_id": signed["id"] }),
    );
    assert_eq!(
        opened["overridden"][0]["reason"],
        "Tolerated amoxicillin in March."
    );
    assert_eq!(
        opened["patient"]["allergies"]["items"][0]["substance"],
        "Penicillin"
    );
    assert_eq!(opened["fresh"], json!([]));
    let part = pharmacy.dispense_request(&opened, "10");
    let partly = clinic.ok("prescriptions.dispense", part.clone());
    assert_eq!(
        (&partly["state"], &partly["left"]["amount"]),
        (&json!("partly"), &json!("11"))
    );
    // Twice the same act, or over an old screen: once.
    assert_eq!(
        clinic.ok("prescriptions.dispense", part)["left"]["amount"],
        "11"
    );
    let stale = clinic.error(
        "prescriptions.dispense",
        pharmacy.dispense_request(&opened, "1"),
    );
    assert_eq!(stale.message_id, "prescription-changed");
    let more = clinic.error(
        "prescriptions.dispense",
        pharmacy.dispense_request(&partly, "12"),
    );
    assert_eq!(more.code, Code::Invalid);
    assert_eq!(
        partly["last_batch"],
        json!({ "batch": "L2231", "expiry": "2027-08" })
    );
    let whole = clinic.ok(
        "prescriptions.dispense",
        pharmacy.dispense_request(&partly, "11"),
    );
    assert_eq!(whole["state"], "dispensed");
    assert_eq!(clinic.ok("prescriptions.queue", queue)["rows"], json!([]));

    clinic.sign_in("patient");
    let own = clinic.ok("own.prescriptions", json!(null));
    assert_eq!(
        (&own[0]["order"]["medicine"], &own[0]["state"]),
        (&json!("amoxicillin"), &json!("dispensed"))
    );
    assert!(
        !own.to_string().contains("Tolerated"),
        "the reason is between doctor and pharmacist"
    );

    clinic.sign_in("admin");
    let done = |verb: &str| {
        let request = json!({ "user_id": null, "verb": verb, "subject": null, "outcome": "done", "cursor": null, "limit": 50 });
        let page = clinic.ok("journal.page", request);
        let rows = page["rows"].as_array().unwrap().clone();
        let exactly = rows.into_iter().filter(|row| row["verb"] == verb);
        exactly.collect::<Vec<_>>()
    };
    for (verb, count) in [
        ("prescription.check", 1),
        ("prescription.sign_overridden", 1),
        ("prescription.open", 1),
        ("prescription.dispense", 2),
        ("own.prescriptions", 1),
    ] {
        let rows = done(verb);
        assert!(rows.len() >= count, "{verb}: {rows:?}");
        assert!(!json!(rows).to_string().contains("amoxicillin"));
    }
    // The only signature was over a warning; an attempt that was refused signed nothing.
    assert_eq!(done("prescription.sign"), Vec::<Value>::new());
}

#[test]
fn an_order_that_could_be_misread_is_not_signed_and_says_what_to_write() {
    let pharmacy = Pharmacy::new();
    for (changes, field, rule, write) in [
        (
            json!({ "strength": "5.0 mg" }),
            "strength",
            "trailing_zero",
            "5",
        ),
        (
            json!({ "strength": ".5 g" }),
            "strength",
            "leading_zero",
            "0.5",
        ),
        (
            json!({ "strength": "500 mcg" }),
            "strength",
            "unit_in_full",
            "microgram",
        ),
        (
            json!({ "dose": "10 U", "form": "pen", "route": "subcutaneous", "quantity": "1 pen" }),
            "dose",
            "unit_in_full",
            "units",
        ),
        (
            json!({ "instructions": "one capsule QD" }),
            "instructions",
            "abbreviation",
            "daily",
        ),
        (json!({ "indication": " " }), "indication", "required", ""),
        (json!({ "route": "eye" }), "route", "form_route", ""),
        (
            json!({ "medicine": "amoxicillin + clavulanic acid" }),
            "strength",
            "strengths",
            "",
        ),
        (
            json!({ "frequency": { "kind": "times_a_day", "times": 9 } }),
            "frequency",
            "range",
            "",
        ),
    ] {
        let order = with(amoxicillin(), changes);
        let checked = pharmacy.check(&order);
        let fault = &checked["faults"][0];
        assert_eq!(
            (&fault["field"], &fault["rule"], &fault["write"]),
            (&json!(field), &json!(rule), &json!(write)),
            "{order}"
        );
        assert_eq!(checked["order"], Value::Null);
        let refused = pharmacy.clinic.error(
            "prescriptions.sign",
            pharmacy.sign_request(&order, json!([])),
        );
        assert_eq!(refused.message_id, "order-not-written");
    }
    // What is written is written one way only.
    let written = pharmacy.check(&with(paracetamol(), json!({ "strength": "1000mg" })));
    assert_eq!(written["order"]["strength"], "1 g");
    assert_eq!(written["expected_quantity"], "24 tablets");
}

#[test]
fn duplicates_interactions_and_what_nobody_knows_are_told() {
    let pharmacy = Pharmacy::new();
    pharmacy.allergic("latex");
    pharmacy.signed(&paracetamol());
    let twice = pharmacy.check(&with(paracetamol(), json!({ "medicine": "Acetaminophen" })));
    assert_eq!(
        keys(&twice["findings"]["warnings"]),
        ["duplicate:paracetamol:paracetamol"]
    );
    pharmacy.signed(&with(
        paracetamol(),
        json!({ "medicine": "warfarin", "strength": "3 mg", "as_needed": null, "duration": null }),
    ));
    let bleeding = pharmacy.check(&with(
        paracetamol(),
        json!({ "medicine": "ibuprofen", "strength": "400 mg" }),
    ));
    let warning = &bleeding["findings"]["warnings"][0];
    assert_eq!(
        (&warning["kind"], &warning["effect"]),
        (&json!("interaction"), &json!("bleeding"))
    );
    let unknown = pharmacy.check(&with(paracetamol(), json!({ "medicine": "moonshine" })));
    assert_eq!(
        unknown["findings"]["not_covered"],
        json!(["latex", "moonshine"])
    );
    assert_eq!(unknown["findings"]["allergies_asked"], true);
    let other = pharmacy.clinic.add_patient("Youssef Haddad", "1945-07-14");
    let asked = pharmacy.clinic.ok(
        "prescriptions.check",
        json!({ "patient_id": other, "order": paracetamol() }),
    );
    assert_eq!(asked["findings"]["allergies_asked"], false);
    // What is over by itself is not taken any more: three days later there is no duplicate.
    pharmacy
        .clinic
        .clock
        .advance(std::time::Duration::from_secs(4 * 24 * 3600));
    pharmacy.clinic.sign_in("doctor");
    assert_eq!(
        pharmacy.check(&paracetamol())["findings"]["warnings"],
        json!([])
    );
}

#[test]
fn the_pharmacist_asks_the_doctor_answers_and_another_product_is_given() {
    let pharmacy = Pharmacy::new();
    let clinic = &pharmacy.clinic;
    let signed = pharmacy.signed(&paracetamol());
    clinic.sign_in("pharmacist");
    let ask = json!({ "fact_id": fresh(), "prescription_id": signed["id"], "over": 0, "question": "Weight?" });
    let asked = clinic.ok("prescriptions.ask", ask);
    assert_eq!(asked["state"], "asked");
    let waits = clinic.error(
        "prescriptions.dispense",
        pharmacy.dispense_request(&asked, "1"),
    );
    assert_eq!(waits.message_id, "prescription-state");
    clinic.sign_in("doctor");
    let mine = clinic.ok("prescriptions.asked", json!(null));
    assert_eq!(mine[0]["facts"][0]["text"], "Weight?");
    let answer = json!({ "fact_id": fresh(), "prescription_id": signed["id"], "over": 1, "answer": "72 kg." });
    clinic.ok("prescriptions.answer", answer);
    clinic.sign_in("pharmacist");
    let opened = clinic.ok(
        "prescriptions.view",
        json!({ "prescription_id": signed["id"] }),
    );
    let mut expired = pharmacy.dispense_request(&opened, "24");
    expired["expiry"] = json!("2026-10");
    assert_eq!(
        clinic.error("prescriptions.dispense", expired).message_id,
        "prescription-batch-expired"
    );
    let mut wrong = pharmacy.dispense_request(&opened, "24");
    wrong["confirmed"][1]["value"] = json!("1961-03-10");
    assert_eq!(
        clinic.error("prescriptions.dispense", wrong).message_id,
        "report-identity-differs"
    );
    let mut other = pharmacy.dispense_request(&opened, "24");
    other["product"] = json!("Paracetamol ratiopharm 500 mg");
    assert_eq!(
        clinic.error("prescriptions.dispense", other.clone()).args["field"],
        "why"
    );
    other["why"] = json!("out of stock");
    let given = clinic.ok("prescriptions.dispense", other);
    let fact_given = &given["facts"][2];
    assert!(
        fact_given["product"]
            .as_str()
            .unwrap()
            .contains("ratiopharm")
    );

    // The label, in the patient's language.
    let path = clinic.folder.path().join("label.pdf");
    let label = json!({ "prescription_id": signed["id"], "fact_id": fact_given["id"], "language": "pt", "path": path });
    clinic.ok("prescriptions.save_label", label);
    assert!(std::fs::read(&path).unwrap().starts_with(b"%PDF"));

    let back = json!({ "fact_id": fresh(), "prescription_id": signed["id"], "over": 3, "amount": "4", "reason": "Packet not opened." });
    let back = clinic.ok("prescriptions.take_back", back);
    assert_eq!(
        (&back["state"], &back["given"]["amount"]),
        (&json!("partly"), &json!("20"))
    );
    clinic.sign_in("doctor");
    let stop = json!({ "fact_id": fresh(), "prescription_id": signed["id"], "over": 4, "reason": "Pain has gone." });
    assert_eq!(clinic.ok("prescriptions.stop", stop)["state"], "cancelled");
    clinic.sign_in("pharmacist");
    let view = clinic.ok(
        "prescriptions.view",
        json!({ "prescription_id": signed["id"] }),
    );
    let late = clinic.error(
        "prescriptions.dispense",
        pharmacy.dispense_request(&view, "1"),
    );
    assert_eq!(late.message_id, "prescription-state");
    // An order without substitution takes no other product.
    clinic.sign_in("doctor");
    let strict = pharmacy.signed(&with(paracetamol(), json!({ "substitution": false })));
    clinic.sign_in("pharmacist");
    let mut other = pharmacy.dispense_request(&strict, "24");
    (other["product"], other["why"]) = (json!("Another"), json!("cheaper"));
    assert_eq!(
        clinic.error("prescriptions.dispense", other).message_id,
        "prescription-substitution-forbidden"
    );
}

#[test]
fn an_allergy_that_came_later_is_new_at_the_counter() {
    let pharmacy = Pharmacy::new();
    let clinic = &pharmacy.clinic;
    let signed = pharmacy.signed(&paracetamol());
    pharmacy.allergic("Acetaminophen");
    clinic.sign_in("pharmacist");
    let opened = clinic.ok(
        "prescriptions.view",
        json!({ "prescription_id": signed["id"] }),
    );
    assert_eq!(opened["fresh"], json!(["allergy:paracetamol:paracetamol"]));
    let silent = clinic.error(
        "prescriptions.dispense",
        pharmacy.dispense_request(&opened, "8"),
    );
    assert_eq!(silent.message_id, "prescription-warnings-unanswered");
    let mut answered = pharmacy.dispense_request(&opened, "8");
    answered["overrides"] =
        json!([{ "key": opened["fresh"][0], "reason": "Doctor phoned: dose given before." }]);
    let given = clinic.ok("prescriptions.dispense", answered);
    assert_eq!(given["fresh"], json!([]));
    // The doctor reads it.
    clinic.sign_in("doctor");
    let seen = clinic.ok(
        "prescriptions.view",
        json!({ "prescription_id": signed["id"] }),
    );
    assert_eq!(
        seen["facts"][0]["overridden"][0]["reason"],
        "Doctor phoned: dose given before."
    );
}

#[test]
fn nothing_of_a_prescription_lies_open_on_the_disk_or_in_the_events() {
    let pharmacy = Pharmacy::new();
    let order = with(
        paracetamol(),
        json!({ "indication": "Plantedindication", "instructions": "Plantedinstruction" }),
    );
    pharmacy.signed(&order);
    pharmacy.clinic.workstation.shutdown();
    for file in files(pharmacy.clinic.folder.path()) {
        let bytes = std::fs::read(&file).unwrap();
        for planted in ["Plantedindication", "Plantedinstruction"] {
            assert!(
                memchr::memmem::find(&bytes, planted.as_bytes()).is_none(),
                "{}",
                file.display()
            );
        }
    }
    assert!(!pharmacy.clinic.heard.text().contains("Planted"));
}
