//! Fills a record with a million invented rows, for measurements. No screen and no tool reaches it.

use basics::{
    ConsultationId, DeliveryId, MessageId, ParticipantId, PatientId, ReadingId, ReportId, ScanId,
    StudyId, UserId, VerdictId,
};
use rusqlite::{Connection, params};

use crate::{
    Clinic,
    access::{Permission, Permit},
    error::{ClinicError, Result},
    journal::{
        self, Act, Outcome,
        anchor::Head,
        chain::{self, Entry, Hash, START},
    },
    record::{identity::VERSION as COMPARED, patients, verdicts::Priority, words, worklist},
    vault::StoredFile,
};

/// Rows of one transaction.
const BATCH: u64 = 20_000;

const NAMES: [&str; 8] = [
    "Ana", "Bruno", "Chitra", "Dmitri", "Elif", "Farah", "Goran", "Hana",
];
const FAMILIES: [&str; 8] = [
    "Silva", "Okafor", "Rao", "Ivanov", "Kaya", "Haddad", "Novak", "Sato",
];
/// One finds class `a` likelier, the other `b`.
const ANSWERS: [&str; 2] = [
    r#"{"kind":"assessed","classes":[{"id":"a","name":"A","probability":0.75,"lower":null,"upper":null,"band":null,"abnormal":true,"map_empty":false},{"id":"b","name":"B","probability":0.25,"lower":null,"upper":null,"band":null,"abnormal":false,"map_empty":false}],"urgency":0.75,"because":"A"}"#,
    r#"{"kind":"assessed","classes":[{"id":"a","name":"A","probability":0.25,"lower":null,"upper":null,"band":null,"abnormal":true,"map_empty":false},{"id":"b","name":"B","probability":0.75,"lower":null,"upper":null,"band":null,"abnormal":false,"map_empty":false}],"urgency":0.25,"because":"A"}"#,
];
/// Versions of the model, one after another.
const VERSIONS: [&str; 3] = ["1", "2", "3"];
/// What doctors say of a reading; of four, three agree.
const DOCTORS: [(bool, Option<&str>); 4] =
    [(true, None), (true, None), (false, Some("b")), (true, None)];

/// Adds `scans` scans that all point at `file`: one patient and study for every four, a reading for four
/// of five, a verdict for two of five; a minute apart, the last of them now.
///
/// # Errors
/// [`ClinicError::WrongPermit`]; disk errors.
pub fn fill_scans(clinic: &Clinic, permit: &Permit, file: &StoredFile, scans: u64) -> Result<()> {
    permit.needs(Permission::ImportScans)?;
    let store = clinic.store()?;
    let (at, by) = (clinic.now(), permit.user());
    let mut done = 0;
    while done < scans {
        let batch = BATCH.min(scans - done);
        store.transaction(|db| {
            let mut patient = (0, 0);
            for number in done..done + batch {
                let ago = i64::try_from(scans - number).unwrap_or(0) * 60_000;
                let then = at.as_millisecond() - ago;
                if number.is_multiple_of(4) || patient.0 == 0 {
                    patient = add_patient(db, by, number, then)?;
                }
                add_scan(db, by, patient, file, number, then)?;
            }
            let (user, outcome) = (Some(by), Outcome::Done);
            let act = Act {
                at,
                user,
                verb: "bulk",
                subjects: &[],
                outcome,
                code: None,
            };
            Ok::<_, ClinicError>(((), journal::append(db, &store.signing, &act)?))
        })?;
        done += batch;
    }
    Ok(())
}

/// Adds `rows` rows to the journal, each about one patient.
///
/// # Errors
/// [`ClinicError::WrongPermit`]; disk errors.
pub fn fill_journal(clinic: &Clinic, permit: &Permit, rows: u64) -> Result<()> {
    permit.needs(Permission::ManageUsers)?;
    let store = clinic.store()?;
    let (user, workstation) = (permit.user(), store.signing.workstation);
    let subjects: Vec<String> = (0..64)
        .map(|_| chain::join(&[PatientId::new().into()]))
        .collect();
    let mut done = 0;
    while done < rows {
        let batch = BATCH.min(rows - done);
        store.transaction(|db| -> Result<((), Head)> {
            let sql = "SELECT number, hash FROM journal ORDER BY number DESC LIMIT 1";
            let mut last: (i64, Hash) = db
                .query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?)))
                .unwrap_or((0, START));
            for number in 0..batch {
                let entry = Entry {
                    number: last.0 + 1,
                    at: clinic.now().as_millisecond(),
                    workstation: workstation.as_bytes(),
                    user: Some(user.as_bytes()),
                    verb: "scan.open",
                    subjects: &subjects[(number % 64) as usize],
                    outcome: 0,
                    code: None,
                };
                let hash = entry.hash(&last.1);
                journal::insert(db, &entry, &hash)?;
                last = (entry.number, hash);
            }
            Ok(((), journal::sign_head(db, &store.signing, last.0, last.1)?))
        })?;
        done += batch;
    }
    Ok(())
}

/// Adds `consultations` consultations, five minutes apart, in which nothing was said.
///
/// # Errors
/// [`ClinicError::WrongPermit`]; disk errors.
pub fn fill_consultations(clinic: &Clinic, permit: &Permit, consultations: u64) -> Result<()> {
    permit.needs(Permission::HostConsultations)?;
    let store = clinic.store()?;
    let (at, by) = (clinic.now().as_millisecond(), *permit.user().as_bytes());
    store.upkeep(|db| -> Result<()> {
        let mut add = db.prepare_cached(
            "INSERT INTO consultations (id, patient, doctor, started, ended)
             VALUES (?1, (SELECT min(key) FROM patients), ?2, ?3, ?3)",
        )?;
        for ago in (0..i64::try_from(consultations).unwrap_or(0)).rev() {
            let id = ConsultationId::new();
            add.execute(params![id.as_bytes(), by, at - ago * 300_000])?;
        }
        Ok(())
    })
}

/// Adds `messages` messages, each with a translation, in consultations of a thousand; the last of them.
///
/// # Errors
/// [`ClinicError::WrongPermit`]; disk errors.
pub fn fill_messages(clinic: &Clinic, permit: &Permit, messages: u64) -> Result<ConsultationId> {
    permit.needs(Permission::HostConsultations)?;
    let store = clinic.store()?;
    let (at, by) = (clinic.now().as_millisecond(), *permit.user().as_bytes());
    let mut last = ConsultationId::new();
    for start in (0..messages).step_by(1_000) {
        let some = i64::try_from(1_000.min(messages - start)).unwrap_or(0);
        last = ConsultationId::new();
        store.upkeep(|db| -> Result<()> {
            db.prepare_cached(
                "INSERT INTO consultations (id, patient, doctor, started, messages)
                 VALUES (?1, (SELECT min(key) FROM patients), ?2, ?3, ?4)",
            )?
            .execute(params![last.as_bytes(), by, at, some])?;
            let consultation = db.last_insert_rowid();
            db.prepare_cached(
                "INSERT INTO participants (id, consultation, kind, name, joined, second_device)
                 VALUES (?1, ?2, 'guest', 'Guest', ?3, 0)",
            )?
            .execute(params![ParticipantId::new().as_bytes(), consultation, at])?;
            let guest = db.last_insert_rowid();
            db.prepare_cached(
                "INSERT INTO participant_languages (participant, language, at) VALUES (?1, 'es', ?2)",
            )?
            .execute(params![guest, at])?;
            for n in 1..=some {
                let text = format!("{n}: me duele aquí desde hace tres días, sobre todo de noche");
                db.prepare_cached(
                    "INSERT INTO messages VALUES (?1, ?2, ?3, ?4, ?5, 'es', ?6, NULL)",
                )?
                .execute(params![
                    consultation,
                    n,
                    MessageId::new().as_bytes(),
                    guest,
                    at,
                    text
                ])?;
                db.prepare_cached(
                    "INSERT INTO translations VALUES (?1, ?2, 1, 'en', ?3, 'machine', 'e', ?4)",
                )?
                .execute(params![consultation, n, text, at])?;
            }
            Ok(())
        })?;
    }
    Ok(last)
}

/// Adds `messages` messages to one new consultation with this patient, a second apart and all before now,
/// past the search: as a record that is older than its index has them.
///
/// # Errors
/// [`ClinicError::WrongPermit`]; disk errors.
pub fn say_much(
    clinic: &Clinic,
    permit: &Permit,
    patient: PatientId,
    messages: i64,
) -> Result<ConsultationId> {
    permit.needs(Permission::HostConsultations)?;
    let store = clinic.store()?;
    let (at, by) = (clinic.now().as_millisecond(), *permit.user().as_bytes());
    let id = ConsultationId::new();
    store.upkeep(|db| -> Result<()> {
        db.prepare_cached(
            "INSERT INTO consultations (id, patient, doctor, started, messages)
             VALUES (?1, (SELECT key FROM patients WHERE id = ?2), ?3, ?4, ?5)",
        )?
        .execute(params![id.as_bytes(), patient.as_bytes(), by, at, messages])?;
        let consultation = db.last_insert_rowid();
        db.prepare_cached(
            "INSERT INTO participants (id, consultation, kind, name, joined, second_device)
             VALUES (?1, ?2, 'guest', 'Guest', ?3, 0)",
        )?
        .execute(params![ParticipantId::new().as_bytes(), consultation, at])?;
        let guest = db.last_insert_rowid();
        let mut say =
            db.prepare_cached("INSERT INTO messages VALUES (?1, ?2, ?3, ?4, ?5, 'en', ?6, NULL)")?;
        for n in 1..=messages {
            let text = search_words(n);
            let id = MessageId::new();
            let at = at - (messages - n) * 1_000;
            say.execute(params![consultation, n, id.as_bytes(), guest, at, text])?;
        }
        Ok(())
    })?;
    Ok(id)
}

/// A message of some twenty words as people use them: few of them often, most of them seldom (after
/// Zipf), and in every one `pain`, which is the worst case of a search.
fn search_words(n: i64) -> String {
    let mut seed = n.unsigned_abs().wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let mut words = String::from("pain");
    for _ in 0..20 {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        // The share of a word falls with its rank.
        let spread = 1 + seed % 20_000;
        let rank = (seed >> 32) % spread;
        words.push_str(&format!(" w{}", radix(rank)));
    }
    words
}

/// A number as letters, so that it is a word.
fn radix(mut number: u64) -> String {
    let mut word = String::new();
    loop {
        word.push(char::from(b'a' + (number % 26) as u8));
        number /= 26;
        if number == 0 {
            return word;
        }
    }
}

/// Adds `reports` reports of the asker over the scans that are there, each signed once or twice and sent
/// once; one of a thousand is still a draft.
///
/// # Errors
/// [`ClinicError::WrongPermit`]; disk errors.
pub fn fill_reports(clinic: &Clinic, permit: &Permit, reports: u64) -> Result<()> {
    permit.needs(Permission::SignReports)?;
    let store = clinic.store()?;
    let (at, by) = (clinic.now().as_millisecond(), *permit.user().as_bytes());
    let content = vec![b'x'; 4_096];
    let mut done = 0;
    while done < reports {
        let batch = BATCH.min(reports - done);
        store.upkeep(|db| -> Result<()> {
            let (scans, numbered): (i64, i64) = db.query_row(
                "SELECT (SELECT max(key) FROM scans),
                        (SELECT coalesce(max(number), 0) FROM reports)",
                [],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )?;
            let mut number = numbered;
            for report in done..done + batch {
                let scan = 1 + i64::try_from(report).unwrap_or(0) % scans;
                db.prepare_cached(
                    "INSERT INTO reports (id, patient, scan, author, language, created)
                     SELECT ?1, patient, key, ?3, 'en', ?4 FROM scans WHERE key = ?2",
                )?
                .execute(params![ReportId::new().as_bytes(), scan, by, at])?;
                let key = db.last_insert_rowid();
                if report.is_multiple_of(1_000) {
                    db.prepare_cached(
                        "INSERT INTO drafts VALUES (?1, 'text', 'Chest', '{}', 1, ?2)",
                    )?
                    .execute(params![key, at])?;
                    continue;
                }
                number += 1;
                add_signing(db, key, 1, "final", &content, (by, at))?;
                db.prepare_cached(
                    "UPDATE reports SET number = ?2, state = 'final', revision = 1, title = 'Chest',
                                        signed = created
                     WHERE key = ?1",
                )?
                .execute([key, number])?;
                if report.is_multiple_of(5) {
                    add_signing(db, key, 2, "amended", &content, (by, at))?;
                    db.prepare_cached(
                        "UPDATE reports SET state = 'amended', revision = 2, title = 'Chest'
                         WHERE key = ?1",
                    )?
                    .execute([key])?;
                }
                add_delivery(db, key, (by, at))?;
            }
            Ok(())
        })?;
        done += batch;
    }
    Ok(())
}

fn add_signing(
    db: &Connection,
    report: i64,
    revision: u32,
    state: &str,
    content: &[u8],
    (by, at): ([u8; 16], i64),
) -> Result<()> {
    db.prepare_cached(
        "INSERT INTO signings VALUES (?1, ?2, ?3, zeroblob(32), zeroblob(64), zeroblob(32), ?4, ?5,
                                      'Chest', '', ?6)",
    )?
    .execute(params![report, revision, state, by, at, content])?;
    Ok(())
}

fn add_delivery(db: &Connection, report: i64, (by, at): ([u8; 16], i64)) -> Result<()> {
    let id = DeliveryId::new();
    db.prepare_cached(
        "INSERT INTO deliveries (id, report, revision, channel, recipient, address, language, message_id,
                                 by, created, state, attempts)
         VALUES (?1, ?2, 1, 'email', '', 'a@b.example', 'en', ?3, ?4, ?5, 'delivered', 1)",
    )?
    .execute(params![id.as_bytes(), report, id.to_string(), by, at])?;
    db.prepare_cached(
        "INSERT INTO delivery_events (delivery, state, attempt, code, answer, at)
         VALUES (?1, 'delivered', 1, '', '250 ok', ?2)",
    )?
    .execute(params![db.last_insert_rowid(), at])?;
    Ok(())
}

/// The patient's key and the study's.
fn add_patient(db: &Connection, by: UserId, number: u64, at: i64) -> Result<(i64, i64)> {
    let pick = |names: [&'static str; 8], by: u64| names[((number / by) % 8) as usize];
    let name = format!("{} {} {number}", pick(FAMILIES, 32), pick(NAMES, 4));
    db.prepare_cached(
        "INSERT INTO patients (id, version, sort_name, treating, demo, scans, created, compared_by)
         VALUES (?1, 1, ?2, ?3, 1, 4, ?4, ?5)",
    )?
    .execute(params![
        PatientId::new().as_bytes(),
        words::sort_name(&name),
        by.as_bytes(),
        at,
        COMPARED
    ])?;
    let key = db.last_insert_rowid();
    db.prepare_cached(
        "INSERT INTO patient_versions VALUES (?1, 1, ?2, '1970-01-01', 'unknown', NULL, NULL, '', ?3, ?4)",
    )?
    .execute(params![key, name, by.as_bytes(), at])?;
    db.prepare_cached("INSERT INTO patient_words (rowid, words) VALUES (?1, ?2)")?
        .execute(params![
            key,
            words::indexed(&[&name, &patients::number(key)])
        ])?;
    db.prepare_cached(
        "INSERT INTO studies (id, patient, date, modality, by, created)
         VALUES (?1, ?2, '2026-01-01', 'DX', ?3, ?4)",
    )?
    .execute(params![StudyId::new().as_bytes(), key, by.as_bytes(), at])?;
    Ok((key, db.last_insert_rowid()))
}

fn add_scan(
    db: &Connection,
    by: UserId,
    (patient, study): (i64, i64),
    file: &StoredFile,
    number: u64,
    at: i64,
) -> Result<()> {
    let modality = ["DX", "CR", "CT", "MR"][(number % 4) as usize];
    let bytes = i64::try_from(file.bytes).unwrap_or(i64::MAX);
    let by = by.as_bytes();
    db.prepare_cached(
        "INSERT INTO scans (id, study, patient, vault_name, bytes, format, modality, frames, header,
                            quality, by, at)
         VALUES (?1, ?2, ?3, ?4, ?5, 'dicom', ?6, 1, '{}', '[]', ?7, ?8)",
    )?
    .execute(params![
        ScanId::new().as_bytes(), study, patient, file.name.as_bytes(), bytes, modality, by, at
    ])?;
    let scan = db.last_insert_rowid();
    let (mut reading, mut verdict, mut status) = (None, None, 0);
    if !number.is_multiple_of(5) {
        db.prepare_cached(
            "INSERT INTO readings (id, scan, frame, model_id, model_name, version, sha256, research_only,
                                   gate, answer, assessed, ms, by, at)
             VALUES (?1, ?2, 0, 'm', 'M', ?6, 'x', 0,
                     '{\"kind\":\"other\",\"confidence\":1.0,\"quality\":[]}', ?3, 1,
                     '{\"decode\":1.0,\"model\":1.0,\"total\":2.0}', ?4, ?5)",
        )?
        .execute(params![
            ReadingId::new().as_bytes(), scan, turn(&ANSWERS, number / 5), by, at,
            turn(&VERSIONS, number / 20)
        ])?;
        (reading, status) = (Some(db.last_insert_rowid()), 1);
    }
    if number % 5 > 2 {
        let (agrees, class) = turn(&DOCTORS, number / 3);
        db.prepare_cached(
            "INSERT INTO verdicts (id, scan, reading, agrees, class, comment, by, at)
             VALUES (?1, ?2, ?3, ?6, ?7, '', ?4, ?5)",
        )?
        .execute(params![
            VerdictId::new().as_bytes(),
            scan,
            reading,
            by,
            at,
            agrees,
            class
        ])?;
        (verdict, status) = (Some(db.last_insert_rowid()), 2);
    }
    let urgency = reading.map(|_| (number % 1000) as f32 / 1000.0);
    let rank = worklist::rank(Priority::Routine, urgency, at);
    db.prepare_cached(
        "INSERT INTO worklist (scan, patient, status, modality, rank, importer, reading, verdict)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?
    .execute(params![
        scan, patient, status, modality, rank, by, reading, verdict
    ])?;
    Ok(())
}

/// One after the other, and from the beginning again.
fn turn<T: Copy, const N: usize>(of: &[T; N], number: u64) -> T {
    of[(number % N as u64) as usize]
}
