//! One person in the record twice: the app asks, a doctor merges, everything is in one chart, and taking it
//! back restores two charts exactly.

use acceptance::{Clinic, Desk, sample};
use basics::Code;
use serde_json::{Value, json};

fn add(clinic: &Clinic, name: &str, birth: &str, sure: bool) -> Value {
    let details =
        json!({ "name": name, "birth_date": birth, "sex": "female", "external_id": null });
    clinic.ok(
        "patients.create",
        json!({ "details": details, "not_a_duplicate": sure }),
    )
}

fn pairs(clinic: &Clinic) -> Vec<Value> {
    let page = clinic.ok(
        "patients.duplicates",
        json!({ "cursor": null, "limit": 50 }),
    );
    let rows = page["rows"].as_array().unwrap().clone();
    assert_eq!(page["waiting"], rows.len());
    rows
}

fn chart(clinic: &Clinic, id: &Value) -> Value {
    clinic.ok("patients.open", json!({ "id": id }))
}

fn scans(chart: &Value) -> usize {
    let studies = chart["studies"].as_array().unwrap();
    studies
        .iter()
        .map(|study| study["scans"].as_array().unwrap().len())
        .sum()
}

#[test]
fn two_charts_of_one_person_become_one_and_two_again() {
    let clinic = Clinic::new();
    clinic.sign_in("doctor");
    let first = add(&clinic, "Katharina Meyer", "1951-03-04", false)["patient"].clone();
    // The same person, as somebody else heard and wrote it.
    let asked = add(&clinic, "Meier Catherina", "1951-04-03", false);
    assert_eq!(asked["outcome"], "similar");
    assert_eq!(
        asked["candidates"][0]["likeness"]["traits"],
        json!(["sounds_alike", "day_month_swapped", "same_sex"])
    );
    let second = add(&clinic, "Meier Catherina", "1951-04-03", true)["patient"].clone();
    clinic.import(&[sample("nih-035075275b.jpg")], first["id"].as_str());
    clinic.import(&[sample("kermany-016d792157.jpg")], second["id"].as_str());
    clinic.ok(
        "patients.set_allergies",
        json!({ "id": second["id"], "allergies": { "state": "known", "items": [{ "substance": "Penicillin", "reaction": "rash", "severity": "severe" }] } }),
    );
    let found = pairs(&clinic);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0]["older"]["id"], first["id"]);
    let before = (chart(&clinic, &first["id"]), chart(&clinic, &second["id"]));
    let home = clinic.ok("home.doctor", json!({ "since": "2000-01-01T00:00:00Z" }));
    assert_eq!(home["duplicates"], 1);

    let merge = json!({
        "kept": first["id"], "kept_version": 1, "gone": second["id"], "gone_version": 1, "reason": "Asked at the desk: same person",
    });
    let merged = clinic.ok("patients.merge", merge.clone());
    assert_eq!(merged["others"][0]["number"], second["number"]);
    assert_eq!(merged["allergies"]["items"][0]["substance"], "Penicillin");
    // Both ids open the one chart, both films are in it, and the list has one line.
    for id in [&first["id"], &second["id"]] {
        let chart = chart(&clinic, id);
        assert_eq!(chart["patient"]["number"], first["number"]);
        assert_eq!(scans(&chart), 2);
    }
    let list = clinic.ok(
        "patients.page",
        json!({ "query": second["number"], "cursor": null, "limit": 50 }),
    );
    assert_eq!(list["rows"].as_array().unwrap().len(), 1);
    assert_eq!(list["rows"][0]["number"], first["number"]);
    let rows = clinic.worklist(json!({}))["rows"]
        .as_array()
        .unwrap()
        .clone();
    assert!(
        rows.iter()
            .all(|row| row["patient"]["name"] == "Katharina Meyer")
    );
    assert!(pairs(&clinic).is_empty());
    assert_eq!(clinic.error("patients.merge", merge).code, Code::Conflict);

    let merges = clinic.ok("patients.merges", json!({ "id": first["id"] }));
    assert_eq!(merges[0]["by"], "Dr Amara Diallo");
    clinic.ok(
        "patients.unmerge",
        json!({ "merge_id": merges[0]["id"], "reason": "Two passports" }),
    );
    // As it was, whatever was drawn in between; the readings may have gone on meanwhile.
    for (now, before) in [
        (chart(&clinic, &first["id"]), before.0),
        (chart(&clinic, &second["id"]), before.1),
    ] {
        assert_eq!(now["patient"], before["patient"]);
        assert_eq!(scans(&now), scans(&before));
        assert_eq!(now["studies"][0]["id"], before["studies"][0]["id"]);
    }
    // The administrator finds all of it in the journal, by verbs and ids alone.
    clinic.ok("session.sign_out", json!(null));
    clinic.sign_in("admin");
    for verb in ["patients.merge", "patients.unmerge"] {
        let page = clinic.ok(
            "journal.page",
            json!({ "verb": verb, "user_id": null, "outcome": null, "subject": second["id"], "from": null, "to": null, "cursor": null, "limit": 10 }),
        );
        assert_eq!(page["rows"].as_array().unwrap().len(), 1, "{verb}");
        assert!(!page.to_string().contains("Meyer"));
    }
    let refused = clinic.error("patients.duplicates", json!({ "cursor": null, "limit": 5 }));
    assert_eq!(refused.code, Code::Forbidden);
}

#[test]
fn told_apart_they_are_asked_about_again_only_after_a_correction() {
    let clinic = Clinic::new();
    clinic.sign_in("doctor");
    let one = add(&clinic, "Ana Silva", "1970-03-04", false)["patient"].clone();
    let other = add(&clinic, "Silva Ana", "1970-03-04", true)["patient"].clone();
    assert_eq!(pairs(&clinic).len(), 1);
    clinic.ok(
        "patients.tell_apart",
        json!({ "one": one["id"], "one_version": 1, "other": other["id"], "other_version": 1, "reason": "cousins" }),
    );
    assert!(pairs(&clinic).is_empty());
    let details = json!({ "name": "Anna Silva", "birth_date": "1970-03-04", "sex": "female", "external_id": null });
    let like = clinic.ok(
        "patients.candidates",
        json!({ "details": details, "except": other["id"] }),
    );
    assert_eq!(like[0]["patient"]["id"], one["id"]);
    clinic.ok(
        "patients.correct",
        json!({ "id": other["id"], "version": 1, "details": details, "reason": "passport" }),
    );
    assert_eq!(pairs(&clinic).len(), 1);
}
