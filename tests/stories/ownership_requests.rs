//! What every row of the table is asked for in the ownership story: about one patient's record, as a list
//! of whatever one may see, or nothing because the row names nobody's data. Written by hand, row by row: one
//! that is missing here fails the story.

use serde_json::{Value, json};

use crate::ownership_clinic::{Record, fresh};

use acceptance::PASSWORD;

/// How a row is asked.
pub(crate) enum Ask {
    /// About this record; who does not reach it finds nothing.
    Of(Value),
    /// About what only the doctor does who made it: in a draft, a running consultation, a note, a signed report.
    Mine(Value),
    /// A list that is narrowed to this record; who does not reach it gets the list of nobody.
    Narrowed(Value),
    /// A list of what one may see.
    Shows(Vec<Value>),
    /// The row names no patient's data.
    NoSubject,
}

/// Rows that name no patient's data, and what they are about.
pub(crate) const NO_SUBJECT: &[(&str, &str)] = &[
    (
        "before anybody is signed in",
        "setup.status setup.models setup.model_card setup.create setup.confirm_recovery setup.demo
         setup.passphrase setup.recover setup.find_backups setup.restore setup.restore_state
         setup.cancel_restore session.sign_in session.current session.unlock session.unlock_with_pin
         session.join session.password_strength session.people",
    ),
    (
        "one's own account",
        "session.touch session.lock session.sign_out session.change_password session.account
         session.begin_authenticator session.begin_email_codes session.confirm_factor session.remove_factor
         session.renew_codes session.set_pin session.remove_pin session.end_window session.save_preferences",
    ),
    (
        "accounts of staff",
        "accounts.invite accounts.renew_invitation accounts.withdraw_invitation accounts.unlock
         accounts.remove_second_factor users.create users.set_enabled users.reset_password users.set_role
         users.remove users.end_sessions",
    ),
    (
        "the clinic's settings",
        "accounts.key_rotation accounts.rotate_keys settings.read settings.save settings.renew_recovery
         settings.check_storage models.list models.card models.enable relay.view relay.enrol relay.forget
         relay.test relay.open_room relay.close_room language.engine language.set_engine language.set_speech
         language.install_speech_model language.stop_installing language.remove_speech_model
         language.test_engine delivery.settings delivery.set_smtp delivery.test_smtp delivery.set_whatsapp
         delivery.test_whatsapp delivery.set_fhir delivery.test_fhir live.microphones",
    ),
    (
        "backups, sealed as a whole",
        "backup.state backup.view backup.plan backup.start backup.check backup.cancel",
    ),
    (
        "words for everybody: phrases, templates, medicines, the guide",
        "phrases.page phrases.suggest phrases.review_page phrases.approve phrases.withdraw
         phrases.set_reviewer reports.templates reports.own_macros reports.save_macro reports.remove_macro
         prescriptions.suggest search.state assist.state assist.guide assist.ask",
    ),
    (
        "stops only work of one's own, and answers nothing",
        "reading.cancel notes.cancel assist.stop break_glass.end",
    ),
    (
        "an export that one began oneself",
        "export.state export.cancel",
    ),
    ("ids and sums of the journal", "journal.verify"),
    ("every record, for an administrator; a file", "export.clinic"),
];

/// An order that nothing speaks against.
pub(crate) fn order() -> Value {
    json!({
        "medicine": "paracetamol", "strength": "500 mg", "form": "tablet", "route": "oral", "dose": "2 tablets",
        "frequency": { "kind": "times_a_day", "times": 3 }, "duration": { "number": 3, "unit": "days" },
        "quantity": "18 tablets", "repeats": 0, "as_needed": null, "indication": "Pain", "instructions": "",
        "substitution": true, "language": "pt",
    })
}

/// A page of a list, with what narrows it.
fn page(more: Value) -> Value {
    let mut page = json!({ "cursor": null, "limit": 50 });
    for (key, value) in more.as_object().unwrap() {
        page[key] = value.clone();
    }
    page
}

/// The request of a row about this record, by somebody whose own import waits in `job`; files go to `out`.
pub(crate) fn ask(row: &str, of: &Record, job: &str, extra: &str, out: &str) -> Ask {
    let domain = row.split_once('.').unwrap().0;
    if NO_SUBJECT
        .iter()
        .any(|(_, rows)| rows.split_whitespace().any(|one| one == row))
    {
        return Ask::NoSubject;
    }
    let asked = match domain {
        "patients" | "break_glass" => people(row, of, extra),
        "imaging" | "reading" | "feedback" => scans(row, of, job, out),
        "live" => live(row, of, out),
        "reports" | "delivery" => reports(row, of, out),
        "notes" => notes(row, of),
        "prescriptions" => prescriptions(row, of, out),
        _ => rest(row, of, out),
    };
    asked.unwrap_or_else(|| {
        panic!(
            "{row} is new: say here whose data it asks for, or in NO_SUBJECT that it names nobody's"
        )
    })
}

fn people(row: &str, of: &Record, extra: &str) -> Option<Ask> {
    use Ask::{Narrowed, Of, Shows};
    let id = || of.id("patient");
    let details =
        json!({ "name": of.name, "birth_date": of.born, "sex": "female", "external_id": null });
    Some(match row {
        "patients.page" => Narrowed(page(json!({ "query": of.name }))),
        "patients.candidates" => Narrowed(json!({ "details": details, "except": null })),
        // Somebody who is nearly this one: whoever may know it is shown the likeness, nobody else.
        "patients.create" => {
            let name = of.name.split_at(of.name.len() - 1).0;
            let nearly = json!({ "name": name, "birth_date": of.born, "sex": "female", "external_id": null });
            Shows(vec![json!({ "details": nearly, "not_a_duplicate": false })])
        }
        "patients.duplicates" => Shows(vec![page(json!({}))]),
        "patients.open" | "patients.merges" | "patients.who_saw" => Of(json!({ "id": id() })),
        "patients.merge" => Of(json!({
            "kept": id(), "kept_version": of.id("version"), "gone": extra, "gone_version": 1, "reason": "Same person",
        })),
        "patients.tell_apart" => Of(json!({
            "one": id(), "one_version": of.id("version"), "other": extra, "other_version": 1, "reason": "Two people",
        })),
        "patients.unmerge" => Of(json!({ "merge_id": of.id("merge"), "reason": "Two people" })),
        "patients.correct" => Of(json!({
            "id": id(), "version": of.id("version"), "details": details, "reason": "Passport",
        })),
        "patients.set_allergies" => {
            Of(json!({ "id": id(), "allergies": { "state": "none_known" } }))
        }
        "patients.set_restricted" => {
            Of(json!({ "id": id(), "restricted": of.restricted, "reason": "Asked for" }))
        }
        "patients.create_account" => Of(
            json!({ "id": id(), "login": of.doctor.to_owned() + "-patient", "password": PASSWORD }),
        ),
        "break_glass.find" => Of(json!({ "by": "number", "number": of.id("number") })),
        "break_glass.open" => Of(json!({
            "patient_id": id(), "reason": "emergency", "words": "Unconscious", "password": PASSWORD,
        })),
        "break_glass.current" | "break_glass.waiting" => Shows(vec![json!(null)]),
        "break_glass.page" => Shows(
            [false, true]
                .map(|reviewed| page(json!({ "reviewed": reviewed })))
                .into(),
        ),
        "break_glass.acts" => Of(page(json!({ "id": of.id("opening") }))),
        "break_glass.review" => Of(
            json!({ "id": of.id("opening"), "outcome": "justified", "words": "Asked the ward." }),
        ),
        _ => return None,
    })
}

fn scans(row: &str, of: &Record, job: &str, out: &str) -> Option<Ask> {
    use Ask::{Mine, Narrowed, Of, Shows};
    let scan = || of.id("scan");
    Some(match row {
        "imaging.import" => {
            Of(json!({ "paths": [of.id("file")], "patient_id": of.id("patient"), "job": fresh() }))
        }
        "imaging.import_state" | "imaging.cancel_import" => Mine(json!({ "job": of.id("job") })),
        "imaging.assign" => Of(json!({
            "job": job, "items": [0], "to": { "kind": "patient", "id": of.id("patient") },
        })),
        "imaging.open_scan" => Of(json!({ "id": scan() })),
        "imaging.save_mark" => Of(json!({
            "scan_id": scan(), "replaces": of.id("mark"), "frame": 0, "tool": "note", "points": [[6.0, 6.0]], "text": "Here",
        })),
        "imaging.remove_mark" => Of(json!({ "id": of.id("mark") })),
        "imaging.retract_scan" => Of(json!({ "id": of.id("film"), "reason": "Not this patient" })),
        "reading.worklist" => Narrowed(page(json!({
            "status": null, "modality": null, "query": "", "patient_id": of.id("patient"), "only_above": false,
        }))),
        "reading.set_priority" => {
            Of(json!({ "scan_id": scan(), "priority": "urgent", "reason": "Fever" }))
        }
        "reading.read" => {
            Of(json!({ "scan_id": scan(), "frame": 0, "model_id": null, "job": fresh() }))
        }
        "reading.record_verdict" => Of(json!({
            "scan_id": scan(), "reading_id": of.id("reading"), "agrees": true, "class": "Normal", "region": null,
            "comment": "Clear.",
        })),
        "reading.agreement" | "feedback.agreement" | "feedback.drift" | "feedback.list" => {
            Shows(vec![json!(null)])
        }
        // One of a list: what is out of reach is as if it were not there.
        "feedback.export" => Narrowed(json!({
            "folder": out, "scans": [scan()], "looked_at": [scan()], "password": PASSWORD,
        })),
        _ => return None,
    })
}

fn live(row: &str, of: &Record, out: &str) -> Option<Ask> {
    use Ask::{Mine, Narrowed, Of};
    let with = |more: Value| {
        let mut request = more;
        request["consultation_id"] = of.id("consultation");
        request
    };
    let message = |more: Value| {
        let mut request = with(more);
        request["message_id"] = of.id("message");
        request
    };
    Some(match row {
        "live.start" => Of(json!({ "patient_id": of.id("patient"), "language": "en" })),
        "live.page" => Narrowed(page(
            json!({ "patient_id": of.id("patient"), "running": false }),
        )),
        "live.view" | "live.transcript" => Of(with(json!({}))),
        "live.end" => Mine(with(json!({}))),
        "live.messages" => Of(with(json!({ "before": null, "limit": 50 }))),
        "live.invite" => Mine(with(json!({ "spoken": false }))),
        "live.withdraw" => Mine(with(json!({ "invitation_id": of.id("stranger") }))),
        "live.admit" | "live.decline" => Mine(with(json!({ "participant_id": of.id("stranger") }))),
        "live.remove" => Mine(with(json!({ "participant_id": of.id("person") }))),
        "live.seat" => Mine(with(json!({ "name": "Sister", "language": "pt" }))),
        "live.set_language" => Mine(with(
            json!({ "participant_id": of.id("person"), "language": "es" }),
        )),
        "live.say" => Mine(with(json!({
            "message_id": fresh(), "participant_id": of.id("person"), "text": "Good.", "phrase": null,
        }))),
        "live.hand_over" => Mine(with(json!({
            "message_id": fresh(), "report_id": of.id("report"), "confirmed": of.confirmed(),
        }))),
        "live.translate" | "live.back_translate" => Mine(message(json!({ "language": "pt" }))),
        "live.confirm_translation" => {
            Mine(message(json!({ "language": "pt", "text": "Onde dói?" })))
        }
        "live.record" => Mine(with(
            json!({ "participant_id": of.id("person"), "device": null }),
        )),
        "live.pause_recording" => Mine(with(json!({ "paused": true }))),
        "live.finish_recording" => Mine(with(json!({ "message_id": fresh(), "discard": false }))),
        "live.write_down" => Mine(message(json!({}))),
        "live.correct" => Mine(message(json!({ "text": "Where?" }))),
        "live.save_transcript" => Of(with(json!({ "path": format!("{out}/{}.pdf", fresh()) }))),
        _ => return None,
    })
}

fn reports(row: &str, of: &Record, out: &str) -> Option<Ask> {
    use Ask::{Mine, Narrowed, Of, Shows};
    let report = || of.id("report");
    let path = || format!("{out}/{}.pdf", fresh());
    Some(match row {
        "reports.page" => Narrowed(page(
            json!({ "shelf": "all", "patient_id": of.id("patient"), "query": "" }),
        )),
        "reports.for_scan" => Of(json!({ "id": of.id("scan") })),
        "reports.start" => Of(json!({
            "scan_id": of.id("film"), "reading_id": null, "template": null, "language": "en",
        })),
        "reports.view" | "reports.history" | "reports.printed" | "reports.push_fhir" => {
            Of(json!({ "report_id": report() }))
        }
        "reports.discard" => Mine(json!({ "report_id": of.id("draft") })),
        "reports.save" => Mine(json!({
            "report_id": of.id("draft"), "edit": of.id("edit"), "content": of.id("content"),
        })),
        "reports.sign" => Mine(json!({
            "report_id": of.id("draft"), "edit": of.id("edit"), "stamp": "", "becomes": "final", "password": PASSWORD,
            "confirmed": of.confirmed(),
        })),
        "reports.preview" => Of(json!({ "report_id": report(), "revision": null })),
        "reports.reopen" => Mine(json!({ "report_id": report(), "reason": "Wrong side" })),
        "reports.addend" => Mine(json!({
            "report_id": report(), "text": "Seen again.", "password": PASSWORD, "confirmed": of.confirmed(),
        })),
        "reports.retract" => Mine(json!({
            "report_id": report(), "reason": "Other patient", "password": PASSWORD, "confirmed": of.confirmed(),
        })),
        "reports.seal" => Of(json!({ "report_id": report(), "passphrase": null })),
        "reports.passphrase" => {
            Of(json!({ "report_id": report(), "file_id": of.id("report_file") }))
        }
        "reports.save_file" => Of(json!({
            "report_id": report(), "kind": "pdf", "path": path(), "pixels_looked_at": true,
        })),
        "reports.file_name" => Of(json!({ "report_id": report(), "kind": "pdf" })),
        "reports.check_file" => Narrowed(json!({ "path": of.id("file") })),
        "delivery.send" => Of(json!({
            "report_id": report(), "confirmed": of.confirmed(),
            "recipients": [{ "channel": "email", "address": "other@patient.example", "language": "en" }],
        })),
        "delivery.page" => Of(page(json!({ "report_id": report(), "state": null }))),
        "delivery.history" | "delivery.cancel" | "delivery.retry" | "delivery.confirm" => {
            Of(json!({ "id": of.id("delivery") }))
        }
        "delivery.outbox" => Shows(vec![json!(null)]),
        _ => return None,
    })
}

fn notes(row: &str, of: &Record) -> Option<Ask> {
    use Ask::{Mine, Of};
    let talk = of.id("consultation");
    let line = json!({ "id": null, "section": "plan", "text": "Rest.", "taken_over": false });
    Some(match row {
        "notes.of" => Of(json!({ "consultation_id": talk })),
        "notes.draft" => {
            Mine(json!({ "consultation_id": talk, "job": fresh(), "by_engine": false }))
        }
        "notes.save" => Mine(json!({ "consultation_id": talk, "over": 2, "lines": [line] })),
        "notes.sign" => Mine(json!({
            "note_id": of.id("note"), "version": 2, "reason": "", "password": PASSWORD, "confirmed": of.confirmed(),
        })),
        "notes.history" => Of(json!({ "note_id": of.id("note") })),
        "notes.version" => Of(json!({ "note_id": of.id("note"), "version": 1 })),
        "notes.compare" => Of(json!({ "note_id": of.id("note"), "from": 1, "to": 2 })),
        _ => return None,
    })
}

fn prescriptions(row: &str, of: &Record, out: &str) -> Option<Ask> {
    use Ask::{Of, Shows};
    let patient = || of.id("patient");
    // What follows the pharmacist's question; a newer fact makes it a conflict, never a hole.
    let fact = |more: Value| {
        let mut request =
            json!({ "fact_id": fresh(), "prescription_id": of.id("prescription"), "over": 2 });
        for (key, value) in more.as_object().unwrap() {
            request[key] = value.clone();
        }
        request
    };
    Some(match row {
        "prescriptions.start" | "prescriptions.of_patient" => {
            Of(json!({ "patient_id": patient() }))
        }
        "prescriptions.check" => Of(json!({ "patient_id": patient(), "order": order() })),
        "prescriptions.sign" => Of(json!({
            "prescription_id": fresh(), "patient_id": patient(), "order": order(), "overrides": [],
            "confirmed": of.confirmed(), "password": PASSWORD,
        })),
        "prescriptions.view" => Of(json!({ "prescription_id": of.id("prescription") })),
        "prescriptions.asked" => Shows(vec![json!(null)]),
        "prescriptions.answer" => Of(fact(json!({ "answer": "Yes." }))),
        "prescriptions.stop" => Of(fact(json!({ "reason": "No longer needed" }))),
        "prescriptions.queue" => Shows(
            ["waiting", "asked", "done"]
                .map(|shelf| page(json!({ "shelf": shelf, "query": "" })))
                .into(),
        ),
        "prescriptions.dispense" => Of(fact(json!({
            "amount": "2", "batch": "L2232", "expiry": "2027-08", "product": null, "why": "", "note": "",
            "overrides": [], "confirmed": of.confirmed(),
        }))),
        "prescriptions.take_back" => Of(fact(json!({ "amount": "2", "reason": "Unopened" }))),
        "prescriptions.ask" => Of(fact(json!({ "question": "And for how long?" }))),
        "prescriptions.save_label" => Of(json!({
            "prescription_id": of.id("prescription"), "fact_id": of.id("fact"), "language": "pt",
            "path": format!("{out}/{}.pdf", fresh()),
        })),
        _ => return None,
    })
}

fn rest(row: &str, of: &Record, out: &str) -> Option<Ask> {
    use Ask::{Narrowed, Of, Shows};
    let limits = json!({ "kinds": ["message", "note", "report"], "patient_id": of.id("patient"), "from": null, "to": null });
    let days = |figure: Value| {
        page(
            json!({ "counted": figure, "from": "2026-11-01T00:00:00Z", "to": "2026-12-01T00:00:00Z" }),
        )
    };
    let question =
        || json!({ "job": fresh(), "question": "What was found?", "with_engine": false });
    Some(match row {
        "search.page" => Narrowed(page(json!({ "words": "paracetamol", "limits": limits }))),
        "search.meaning" => Narrowed(json!({ "words": "paracetamol", "limits": limits })),
        "home.doctor" => Shows(vec![json!({ "since": "2000-01-01T00:00:00Z" })]),
        "own.identity" | "own.scans" | "own.who_saw" | "own.prescriptions" | "own.reports" | "statistics.home"
        | "users.list" | "users.signed_in" | "accounts.states" | "phrases.reviewers" => Shows(vec![json!(null)]),
        "own.consultations" => Shows(vec![page(json!({}))]),
        "own.consultation" => Of(json!({ "consultation_id": of.id("consultation") })),
        "own.messages" => Of(json!({ "consultation_id": of.id("consultation"), "before": null, "limit": 50 })),
        "own.report" | "own.report_preview" => Of(json!({ "report_id": of.id("report") })),
        "own.save_report" => Of(json!({
            "report_id": of.id("report"), "passphrase": "a long enough passphrase", "path": format!("{out}/{}.pdf", fresh()),
        })),
        "assist.ask_about_chart" => {
            let mut request = question();
            request["patient_id"] = of.id("patient");
            Of(request)
        }
        "assist.ask_about_reports" => Shows(vec![question()]),
        "statistics.view" => Shows(vec![json!({ "steps": 14, "step": "day" })]),
        "statistics.rows" => Shows(
            [
                json!({ "of": "scans" }),
                json!({ "of": "waiting" }),
                json!({ "of": "consultations" }),
                json!({ "of": "reports", "over_ms": null, "up_to_ms": null }),
                json!({ "of": "readings", "model_id": "cxr-open", "version": "1.0.0", "class": null }),
                json!({ "of": "verdicts", "model_id": "cxr-open", "version": "1.0.0", "agrees": true }),
            ]
            .map(days)
            .into(),
        ),
        "users.duties" => Shows(vec![json!({ "id": of.id("doctor") })]),
        "export.patient" => Of(json!({ "patient_id": of.id("patient"), "folder": out, "password": PASSWORD })),
        "journal.page" => Shows(vec![page(json!({
            "user_id": null, "verb": null, "subject": of.id("patient"), "outcome": null, "unsuccessful": false,
            "from": null, "to": null,
        }))]),
        "journal.export" => Shows(vec![json!({ "path": format!("{out}/{}.journal", fresh()), "from": null, "to": null })]),
        _ => return None,
    })
}
