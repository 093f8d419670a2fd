//! What was said stays: even whoever has the open database changes nothing through it.

use std::{io::Cursor, sync::Arc};

use basics::{FixedClock, InvitationId, Language, MessageId, Phi, Provenance, Secret};

use crate::{
    Clinic, Cost, FileKeychain, InvitationWay, NewAccount, NewMessage, NewSound, NewTranslation,
    PEAKS, PatientDetails, Permission, PhraseLength, Setup, Sex, authorize, record::sql,
};

/// Whoever holds the open database would have to begin so.
const FORGERIES: [&str; 26] = [
    "DELETE FROM consultations",
    "UPDATE consultations SET patient = patient",
    "UPDATE consultations SET doctor = doctor",
    "UPDATE consultations SET started = 0",
    "UPDATE consultations SET ended = NULL",
    "UPDATE consultations SET messages = messages + 2",
    "UPDATE consultations SET messages = 0",
    "DELETE FROM participants",
    "UPDATE participants SET name = 'Eva'",
    "UPDATE participants SET gone = gone + 1",
    "DELETE FROM participant_languages",
    "UPDATE participant_languages SET language = 'fr'",
    "DELETE FROM invitations",
    "UPDATE invitations SET until = 0",
    "UPDATE invitations SET spent = NULL",
    "UPDATE invitations SET withdrawn = withdrawn + 1",
    "DELETE FROM messages",
    "UPDATE messages SET text = 'no'",
    "DELETE FROM sounds",
    "UPDATE sounds SET vault_name = x'00'",
    "DELETE FROM translations",
    "UPDATE translations SET provenance = 'verified_phrase'",
    "DELETE FROM phrase_reviewers",
    "UPDATE phrase_reviewers SET named = 1",
    "DELETE FROM phrase_reviews",
    "UPDATE phrase_reviews SET approved = 1",
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
    let sound = NewSound {
        file: clinic.store_file(&host, &mut Cursor::new(b"RIFF")).unwrap(),
        ms: 1,
        peaks: vec![0; PEAKS],
        relayed: None,
    };
    clinic
        .write::<_, crate::ClinicError>(&host, "x", |change| {
            let id = change.start_consultation(patient.id, Language::De)?.id;
            let sql = "SELECT id FROM participants";
            let doctor = change.db.query_row(sql, [], |row| sql::id(row, 0))?;
            let until = change.now;
            let invitation = InvitationId::new();
            change.add_invitation(id, invitation, InvitationWay::Link, until)?;
            change.invitation_spent(id, invitation)?;
            change.invitation_withdrawn(id, invitation)?;
            let said = NewMessage {
                id: MessageId::new(),
                consultation_id: id,
                participant_id: doctor,
                language: Language::De,
                text: Phi::new("Guten Tag".into()),
                phrase: None,
                sound: Some(sound.clone()),
            };
            change.say(&said)?;
            change.participant_gone(id, doctor)?;
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
        for sql in FORGERIES {
            let error = db.execute(sql, []).expect_err(sql).to_string();
            assert!(error.contains("append-only"), "{sql}: {error}");
        }
    });
}
