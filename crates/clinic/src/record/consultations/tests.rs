//! What was said stays: even whoever has the open database changes nothing through it.

use std::sync::Arc;

use basics::{FixedClock, InvitationId, Language, MessageId, Phi, Provenance, Secret};
use rusqlite::Connection;

use crate::{
    Clinic, Cost, FileKeychain, InvitationWay, NewAccount, NewMessage, NewTranslation,
    PatientDetails, Permission, PhraseLength, Setup, Sex, authorize, record::sql,
};

const FACTS: [&str; 8] = [
    "consultations",
    "participants",
    "participant_languages",
    "invitations",
    "messages",
    "translations",
    "phrase_reviewers",
    "phrase_reviews",
];

#[test]
fn facts_are_neither_changed_nor_deleted() {
    let dir = tempfile::tempdir().unwrap();
    let account = |login: &str| NewAccount {
        login: login.into(),
        name: Phi::new(login.into()),
        password: Secret::new("a long enough password".into()),
    };
    let setup = Setup {
        clinic_name: "Clinic".into(),
        administrator: account("ada"),
        doctor: Some(account("dora")),
        device_passphrase: None,
        phrase: PhraseLength::Twelve,
        demo: false,
        cost: Cost::for_tests(),
    };
    let clock = FixedClock::at("2026-11-21T08:00:00Z".parse().unwrap());
    let keychain = Arc::new(FileKeychain::at(dir.path().join("keychain")));
    let created = Clinic::create(&dir.path().join("record"), setup, keychain, Arc::new(clock));
    let clinic = created.unwrap().clinic;
    let permit = |login: &str, permission| {
        let session = clinic.sign_in(login, &Secret::new("a long enough password".into()));
        authorize(&clinic.session(session.unwrap().id).unwrap(), permission).unwrap()
    };
    let (write, host) = (
        permit("dora", Permission::WritePatients),
        permit("dora", Permission::HostConsultations),
    );
    let admin = permit("ada", Permission::NamePhraseReviewers);
    let who = PatientDetails {
        name: Phi::new("Ana".into()),
        birth_date: None,
        sex: Sex::Female,
        external_id: None,
        issuer: None,
    };
    let patient = clinic
        .write(&write, "x", |c| c.create_patient(&who, false))
        .unwrap();
    clinic
        .write::<_, crate::ClinicError>(&host, "x", |change| {
            let id = change.start_consultation(patient.id, Language::De)?.id;
            let sql = "SELECT id FROM participants";
            let doctor = change.db.query_row(sql, [], |row| sql::id(row, 0))?;
            let until = change.now;
            let invitation = InvitationId::new();
            change.add_invitation(id, invitation, InvitationWay::Link, until)?;
            change.invitation_spent(id, invitation)?;
            let said = NewMessage {
                id: MessageId::new(),
                consultation_id: id,
                participant_id: doctor,
                language: Language::De,
                text: Phi::new("Guten Tag".into()),
                phrase: None,
                sound: None,
            };
            change.say(&said)?;
            let new = NewTranslation {
                language: Language::Es,
                text: Phi::new("Buenos días".into()),
                provenance: Provenance::Machine,
                engine: None,
            };
            change.add_translation(said.id, &new)?;
            change.end_consultation(id)
        })
        .unwrap();
    let dora = host.user();
    clinic
        .write(&admin, "x", |c| {
            c.name_phrase_reviewer(dora, Language::Es, true)
        })
        .unwrap();
    let approve = permit("dora", Permission::ApprovePhrases);
    clinic
        .write(&approve, "x", |c| {
            c.review_phrase("pain-where", Language::Es, "hash", true)
        })
        .unwrap();

    clinic.store().unwrap().with_writer(|db| {
        for table in FACTS {
            let rows: u32 = db
                .query_row(&format!("SELECT count(*) FROM {table}"), [], |row| {
                    row.get(0)
                })
                .unwrap();
            assert!(rows > 0, "{table}");
            refused(db, &format!("DELETE FROM {table}"));
            for column in columns(db, table) {
                // These count, or are filled in once: see below.
                if !["messages", "gone", "spent", "withdrawn"].contains(&column.as_str()) {
                    refused(db, &format!("UPDATE {table} SET {column} = {column}"));
                }
            }
        }
        refused(db, "UPDATE consultations SET messages = messages + 2");
        refused(db, "UPDATE consultations SET messages = 0");
        refused(db, "UPDATE invitations SET spent = spent + 1");
        db.execute("UPDATE participants SET gone = 5", []).unwrap();
        refused(db, "UPDATE participants SET gone = 6");
        db.execute("UPDATE invitations SET withdrawn = 5", [])
            .unwrap();
        refused(db, "UPDATE invitations SET withdrawn = 6");
    });
}

fn refused(db: &Connection, sql: &str) {
    let error = db.execute(sql, []).expect_err(sql).to_string();
    assert!(error.contains("append-only"), "{sql}: {error}");
}

fn columns(db: &Connection, table: &str) -> Vec<String> {
    let mut statement = db.prepare(&format!("PRAGMA table_info({table})")).unwrap();
    let names = statement.query_map([], |row| row.get(1)).unwrap();
    names.map(Result::unwrap).collect()
}
