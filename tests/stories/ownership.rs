//! Whose record it is, at every row of the table: who does not reach a record gets `not_found` and nothing
//! else, changes nothing and reads no word of it in any list; who reaches it is let through.

use std::{cell::RefCell, fs};

use acceptance::Desk;
use basics::Code;
use commands::{ErrorView, RowView, describe};
use serde_json::{Value, json};

use crate::{
    ownership_clinic::{House, Record},
    ownership_requests::{Ask, NO_SUBJECT, ask},
};

const PEOPLE: [(&str, &str); 5] = [
    ("admin", "administrator"),
    ("doctor", "doctor"),
    ("second", "doctor"),
    ("patient", "patient"),
    ("pharmacist", "pharmacist"),
];

/// Rows after which others no longer find what they ask about; in this order, when everything else was asked.
const LAST: [&str; 11] = [
    "notes.sign",
    "live.end",
    "prescriptions.stop",
    "reports.sign",
    "reports.discard",
    "reports.reopen",
    "reports.retract",
    "imaging.retract_scan",
    "patients.unmerge",
    "patients.merge",
    "break_glass.open",
];

/// What is not there for its own doctor either: nobody waits at the door, nothing was said into a microphone,
/// no engine places texts by meaning.
const ABSENT: &[(&str, &str)] = &[
    ("live.withdraw", "invitation"),
    ("live.admit", "live-no-such-person"),
    ("live.decline", "live-no-such-person"),
    ("live.record", "voice-no-microphone"),
    ("live.write_down", "sound"),
    ("live.correct", "sound"),
    ("search.meaning", "engine"),
];

/// Whether a person's reach, by the matrix of mission.md, takes in this record.
fn reaches(login: &str, permission: &str, record: &Record) -> bool {
    match (login, permission) {
        ("admin" | "pharmacist", _) | (_, "BreakGlass") => true,
        ("patient", _) => record.own,
        (_, "ReadAccessLog" | "RestrictRecords") => record.doctor == login,
        _ => !record.restricted || record.doctor == login,
    }
}

/// The clinic, and everything that did not go as it must.
struct Story {
    house: House,
    faults: RefCell<Vec<String>>,
    asked: RefCell<usize>,
}

impl Story {
    fn fault(&self, text: String) {
        self.faults.borrow_mut().push(text);
    }

    fn request(&self, row: &RowView, login: &str, record: &Record) -> Ask {
        let job = self.house.records.iter().find(|one| one.doctor == login);
        let job = job.map_or_else(String::new, |one| one.id("job").as_str().unwrap().into());
        let out = self.house.clinic.folder.path().join("out");
        ask(
            row.name,
            record,
            &job,
            &self.house.extra,
            out.to_str().unwrap(),
        )
    }

    /// Calls a row as `login` and reads the answer for words of records that are out of reach.
    fn call(&self, row: &RowView, login: &str, request: Value) -> Result<Value, ErrorView> {
        *self.asked.borrow_mut() += 1;
        let answer = self.house.clinic.call(row.name, request.clone());
        let case = format!("{login} {}", row.name);
        if let Err(error) = &answer
            && error.message_id == "request-malformed"
        {
            self.fault(format!("{case}: does not parse: {request}"));
        }
        let text = format!("{answer:?}");
        for record in &self.house.records {
            let [name, number] = record.words();
            // Ids and numbers without names are what an administrator works with.
            let hidden = match login {
                "admin" => true,
                _ => !reaches(login, row.permission, record),
            };
            if hidden && (text.contains(name) || (login != "admin" && text.contains(number))) {
                self.fault(format!("{case}: tells of {name}: {text}"));
            }
        }
        answer
    }

    /// Signs each person in and goes through those of the rows that this person may call.
    fn everybody(&self, wanted: impl Fn(&RowView) -> bool, act: impl Fn(&RowView, &str)) {
        for (login, role) in PEOPLE {
            let mut rows = describe();
            rows.retain(|row| wanted(row) && row.roles.contains(&role));
            // Whoever is signed in may call these; of phrases only people named may.
            rows.retain(|row| !["signed_in", "ApprovePhrases"].contains(&row.permission));
            if !rows.is_empty() {
                self.house.clinic.sign_in(login);
            }
            for row in rows {
                act(&row, login);
            }
        }
    }

    /// Who does not reach a record: `not_found`, for its own ids and for those of a reachable one mixed with them.
    fn refused(&self, row: &RowView, login: &str) {
        for record in &self.house.records {
            let (asked, mine) = match self.request(row, login, record) {
                Ask::Of(asked) => (asked, false),
                Ask::Mine(asked) => (asked, true),
                _ => return,
            };
            let in_reach = reaches(login, row.permission, record);
            if in_reach && (!mine || record.doctor == login) {
                continue;
            }
            let case = format!("{login} {} {}", row.name, record.name);
            match self.call(row, login, asked.clone()) {
                Err(error) if !in_reach && error.code == Code::NotFound => {
                    self.as_of_nobody(row, login, &error)
                }
                Err(error) if !in_reach && error.code == Code::Forbidden => {}
                // Colleagues who reach the record are refused what only its doctor does, for whatever reason.
                Err(_) if in_reach => {}
                answer => self.fault(format!("{case}: {answer:?}")),
            }
            self.mixed(row, login, record, &asked);
        }
    }

    /// The refusal does not tell that there is such a record.
    fn as_of_nobody(&self, row: &RowView, login: &str, refusal: &ErrorView) {
        let (Ask::Of(asked) | Ask::Mine(asked)) = self.request(row, login, &self.house.nobody)
        else {
            return;
        };
        let unknown = self.call(row, login, asked);
        if unknown.as_ref().err() != Some(refusal) {
            self.fault(format!(
                "{login} {}: {refusal:?}, of nobody {unknown:?}",
                row.name
            ));
        }
    }

    /// One's own request with one id of a record out of reach in it.
    fn mixed(&self, row: &RowView, login: &str, foreign: &Record, asked: &Value) {
        let mine =
            |one: &&Record| reaches(login, row.permission, one) && (one.own || one.doctor == login);
        let own = self
            .house
            .records
            .iter()
            .find(|one| mine(one) && one.name != foreign.name);
        let Some(own) = own else { return };
        let (Ask::Of(base) | Ask::Mine(base)) = self.request(row, login, own) else {
            return;
        };
        let ids = foreign.ids.as_object().unwrap();
        let is_id = |key: &&String| {
            asked[*key]
                .as_str()
                .is_some_and(|_| ids.values().any(|id| *id == asked[*key]))
        };
        let keys: Vec<_> = asked.as_object().unwrap().keys().filter(is_id).collect();
        let different = keys
            .iter()
            .filter(|key| base[**key] != asked[**key])
            .count();
        for key in keys.iter().filter(|_| different > 1) {
            let mut mixed = base.clone();
            mixed[*key] = asked[*key].clone();
            if let Ok(answer) = self.call(row, login, mixed) {
                self.fault(format!(
                    "{login} {} of {} with {key} of {}: {answer}",
                    row.name, own.name, foreign.name
                ));
            }
        }
    }
}

impl Story {
    /// Lists: narrowed to a record out of reach they are those of nobody; every one that one may see answers.
    fn listed(&self, row: &RowView, login: &str) {
        for record in &self.house.records {
            match self.request(row, login, record) {
                Ask::Narrowed(asked) if !reaches(login, row.permission, record) => {
                    let Ask::Narrowed(of_nobody) = self.request(row, login, &self.house.nobody)
                    else {
                        unreachable!()
                    };
                    let answer = self.call(row, login, asked);
                    let nothing = self.call(row, login, of_nobody);
                    if told(&answer) != told(&nothing) {
                        self.fault(format!(
                            "{login} {} {}: {answer:?}, of nobody {nothing:?}",
                            row.name, record.name
                        ));
                    }
                }
                Ask::Narrowed(asked) => self.through(row, login, record, asked),
                Ask::Shows(all) => all
                    .into_iter()
                    .for_each(|asked| self.through(row, login, record, asked)),
                _ => {}
            }
        }
    }

    /// Who reaches a record is let through; the act itself may not be possible now.
    fn reached(&self, row: &RowView, login: &str) {
        for record in &self.house.records {
            match self.request(row, login, record) {
                Ask::Mine(_) if record.doctor != login => {}
                Ask::Of(asked) | Ask::Mine(asked) if reaches(login, row.permission, record) => {
                    self.through(row, login, record, asked);
                }
                _ => {}
            }
        }
    }

    fn through(&self, row: &RowView, login: &str, record: &Record, asked: Value) {
        if let Err(error) = self.call(row, login, asked)
            && matches!(error.code, Code::NotFound | Code::Forbidden)
            && !ABSENT.contains(&(
                row.name,
                error.args.get("what").unwrap_or(&error.message_id).as_str(),
            ))
        {
            self.fault(format!(
                "{login} {} {}: let in, yet {error:?}",
                row.name, record.name
            ));
        }
    }

    /// Everything of the three records, as the doctor of each sees it.
    fn owners_view(&self) -> Vec<Value> {
        let view = |record: &Record| {
            self.house.clinic.sign_in(record.doctor);
            let of = |row: &str, key: &str, what: &str| {
                self.house.clinic.ok(row, json!({ key: record.id(what) }))
            };
            let talk = json!({ "consultation_id": record.id("consultation"), "before": null, "limit": 50 });
            json!([
                of("patients.open", "id", "patient"),
                of("patients.merges", "id", "patient"),
                of("imaging.open_scan", "id", "scan"),
                of("imaging.open_scan", "id", "film"),
                of("imaging.import_state", "job", "job"),
                of("live.view", "consultation_id", "consultation"),
                self.house.clinic.ok("live.messages", talk),
                of("notes.of", "consultation_id", "consultation"),
                of("notes.history", "note_id", "note"),
                of("reports.view", "report_id", "report"),
                of("reports.history", "report_id", "report"),
                of("reports.view", "report_id", "draft"),
                of("delivery.history", "id", "delivery"),
                of("prescriptions.of_patient", "patient_id", "patient"),
            ])
        };
        self.house.records.iter().map(view).collect()
    }

    /// The acts that the journal holds, beside people coming and going and this story's own reading, newest first.
    fn acts(&self) -> Vec<String> {
        self.house.clinic.sign_in("admin");
        let (mut acts, mut cursor) = (Vec::new(), Value::Null);
        loop {
            let page = self.house.clinic.ok(
                "journal.page",
                json!({ "user_id": null, "verb": null, "subject": null, "outcome": "done", "unsuccessful": false,
                        "from": null, "to": null, "cursor": cursor, "limit": 200 }),
            );
            let rows = page["rows"].as_array().unwrap();
            let act = |row: &Value| format!("{} by {}", row["verb"], row["who"]);
            let beside =
                |act: &String| act.starts_with("\"session.") || act.starts_with("\"journal.");
            acts.extend(rows.iter().map(act).filter(|act| !beside(act)));
            cursor = page["next"].clone();
            if cursor.is_null() {
                return acts;
            }
        }
    }

    /// Frames, thumbnails, maps and pages of the restricted record, for whoever is signed in.
    fn pictures(&self, login: &str, stamp: &str) -> [bool; 4] {
        let grant = self.house.clinic.sign_in(login)["grant"]
            .as_str()
            .unwrap()
            .to_owned();
        let id = |what: &str| self.house.records[1].id(what).as_str().unwrap().to_owned();
        [
            format!("frame/{grant}/{}/0", id("scan")),
            format!("thumb/{grant}/{}", id("scan")),
            format!("map/{grant}/{}/0", id("reading")),
            format!("page/{grant}/{}/{stamp}/0", id("report")),
        ]
        .map(|path| self.house.clinic.workstation.serve("main", &path).is_ok())
    }
}

/// An answer without what differs each time; an error by its sentence.
fn told(answer: &Result<Value, ErrorView>) -> String {
    match answer {
        Ok(answer) => answer.to_string(),
        Err(error) => error.message_id.clone(),
    }
}

#[test]
fn ownership_holds_at_every_row_of_the_table() {
    let story = Story {
        house: House::new(),
        faults: RefCell::default(),
        asked: RefCell::default(),
    };
    let clinic = &story.house.clinic;
    let preview = json!({ "report_id": story.house.records[1].id("report"), "revision": null });
    clinic.sign_in("doctor");
    let stamp = clinic.ok("reports.preview", preview)["stamp"]
        .as_str()
        .unwrap()
        .to_owned();
    assert_eq!(story.pictures("doctor", &stamp), [true; 4]);
    for login in ["admin", "second", "patient", "pharmacist"] {
        assert_eq!(story.pictures(login, &stamp), [false; 4], "{login}");
    }

    let before = (story.owners_view(), story.acts());
    let heard = clinic.heard.text().len() - 1;
    story.everybody(|_| true, |row, login| story.refused(row, login));
    let refused = *story.asked.borrow();
    let told = clinic.heard.text()[heard..].to_owned();
    for record in story.house.records.iter().filter(|record| !record.own) {
        assert!(
            !told.contains(record.name.as_str()),
            "an event tells of {}",
            record.name
        );
    }
    let acts = story.acts();
    for act in &acts[..acts.len() - before.1.len()] {
        story.fault(format!("somebody who was refused did {act}"));
    }
    for (now, before) in story.owners_view().iter().zip(&before.0) {
        for (now, before) in now
            .as_array()
            .unwrap()
            .iter()
            .zip(before.as_array().unwrap())
        {
            if now != before {
                story.fault(format!(
                    "somebody who was refused changed {before} to {now}"
                ));
            }
        }
    }
    assert_eq!(
        fs::read_dir(clinic.folder.path().join("out"))
            .unwrap()
            .count(),
        0
    );

    // Adding somebody comes after everything else, since it shows up in lists.
    let lists = |row: &RowView| row.name != "patients.create";
    story.everybody(lists, |row, login| story.listed(row, login));
    let not_last = |row: &RowView| !LAST.contains(&row.name);
    story.everybody(not_last, |row, login| story.reached(row, login));
    for last in LAST {
        story.everybody(
            |row| row.name == last,
            |row, login| story.reached(row, login),
        );
    }
    clinic.sign_in("second");
    clinic.ok("break_glass.end", json!(null));
    story.everybody(lists, |row, login| story.listed(row, login));
    story.everybody(|row| !lists(row), |row, login| story.listed(row, login));

    let faults = story.faults.borrow();
    assert!(
        faults.is_empty(),
        "{} faults\n{}",
        faults.len(),
        faults.join("\n")
    );
    println!(
        "{refused} requests out of reach, {} in all",
        story.asked.borrow()
    );
    assert!(refused > 300, "{refused}");
}

#[test]
fn ownership_lists_name_every_row_once() {
    let rows = describe();
    let listed: Vec<&str> = NO_SUBJECT
        .iter()
        .flat_map(|(_, rows)| rows.split_whitespace())
        .collect();
    for (n, row) in listed.iter().enumerate() {
        assert!(rows.iter().any(|one| one.name == *row), "{row} is gone");
        assert!(!listed[..n].contains(row), "{row} is there twice");
    }
    for row in LAST {
        assert!(rows.iter().any(|one| one.name == row), "{row} is gone");
    }
}
