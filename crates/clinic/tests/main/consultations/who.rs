//! Who takes part, who may read, and who may not.

use basics::{InvitationId, Language, ParticipantId, Secret};
use clinic::*;

use super::{Visit, conflict, machine, missing, refused, somebody};
use crate::support::*;

#[test]
fn only_its_doctor_speaks_who_may_see_the_patient_reads_and_nobody_else_does() {
    let visit = Visit::new();
    let said = NewMessage {
        sound: Some(visit.sound(b"RIFF a voice")),
        ..visit.says(visit.guest, "")
    };
    visit.keep(&said).unwrap();
    visit
        .upkeep(|upkeep| upkeep.keep_live_state(visit.id, "keys", &Secret::new(vec![1])))
        .unwrap();
    let (house, clinic) = (&visit.house, visit.clinic());
    let other = house.permit("dirk", Permission::HostConsultations);
    assert_eq!(
        clinic
            .messages(&other, visit.id, None, 10)
            .unwrap()
            .rows
            .len(),
        1
    );
    assert_eq!(*clinic.sound(&other, said.id).unwrap(), b"RIFF a voice");
    // What opens the relay's copy is for the doctor who speaks.
    let relayed = |permit: &Permit| {
        clinic
            .message(permit, said.id)
            .unwrap()
            .sound
            .unwrap()
            .relayed
    };
    assert!(relayed(&visit.permit).is_some() && relayed(&other).is_none());
    refused(clinic.live_state(&other, visit.id));
    refused(clinic.recordings(&other, visit.id));
    let hello = NewMessage {
        participant_id: visit.doctor,
        ..visit.says(visit.guest, "Hola")
    };
    refused(clinic.write(&other, "x", |change| change.say(&hello)));
    refused(clinic.write(&other, "x", |change| {
        change.add_translation(said.id, &machine(Language::De, "x"))
    }));
    refused(clinic.write(&other, "x", |change| {
        change.add_participant(visit.id, &somebody(ParticipantId::new(), "X"))
    }));
    refused(clinic.write(&other, "x", |change| {
        change.set_language(visit.id, visit.guest, Language::Fr)
    }));
    refused(clinic.write(&other, "x", |change| {
        change.participant_gone(visit.id, visit.guest)
    }));
    refused(clinic.write(&other, "x", |change| change.end_consultation(visit.id)));
    refused(clinic.upkeep(&other, |upkeep| upkeep.note_seen(visit.id, visit.guest, 1)));
    refused(clinic.upkeep(&other, |upkeep| {
        upkeep.keep_live_state(visit.id, "keys", &Secret::new(vec![2]))
    }));
    refused(clinic.upkeep(&other, |upkeep| {
        upkeep.keep_recorded(visit.id, visit.doctor, &[0, 0])
    }));
    assert!(clinic.open_consultations(&other).unwrap().is_empty());

    let restrict = house.permit("dora", Permission::RestrictRecords);
    clinic
        .write(&restrict, "x", |change| {
            change.set_restricted(visit.patient.id, true, None, "why")
        })
        .unwrap();
    missing(clinic.consultation(&other, visit.id));
    missing(clinic.messages(&other, visit.id, None, 10));
    missing(clinic.message(&other, said.id));
    missing(clinic.sound(&other, said.id));
    let every = ConsultationFilter::default();
    assert!(
        clinic
            .consultations(&other, every, None, 10)
            .unwrap()
            .rows
            .is_empty()
    );
    assert_eq!(
        clinic
            .consultations(&visit.permit, every, None, 10)
            .unwrap()
            .rows
            .len(),
        1
    );
}

#[test]
fn a_patient_reads_the_own_consultations_and_no_others() {
    let visit = Visit::new();
    let other = visit.house.patient("dora", "Somebody Else");
    let clinic = visit.clinic();
    let accounts = visit
        .house
        .permit("dora", Permission::CreatePatientAccounts);
    for (patient, login) in [(visit.patient.id, "ana"), (other.id, "else")] {
        clinic
            .write(&accounts, "x", |change| {
                change.create_patient_account(patient, login, &secret(PASSWORD))
            })
            .unwrap();
    }
    let said = NewMessage {
        sound: Some(visit.sound(b"RIFF")),
        ..visit.says(visit.guest, "")
    };
    visit.keep(&said).unwrap();
    let own = visit.house.permit("ana", Permission::ReadOwnConsultations);
    let foreign = visit.house.permit("else", Permission::ReadOwnConsultations);
    let asked = ConsultationFilter {
        patient_id: Some(visit.patient.id),
        ..Default::default()
    };
    for ended in [false, true] {
        assert_eq!(
            clinic
                .messages(&own, visit.id, None, 10)
                .unwrap()
                .rows
                .len(),
            1
        );
        assert_eq!(clinic.participants(&own, visit.id).unwrap().len(), 2);
        clinic.sound(&own, said.id).unwrap();
        assert_eq!(
            clinic
                .consultations(&own, asked, None, 10)
                .unwrap()
                .rows
                .len(),
            1
        );
        missing(clinic.consultation(&foreign, visit.id));
        missing(clinic.sound(&foreign, said.id));
        assert!(
            clinic
                .consultations(&foreign, asked, None, 10)
                .unwrap()
                .rows
                .is_empty()
        );
        if !ended {
            visit.end();
        }
    }
    let no = |got: Result<()>| {
        assert!(
            matches!(got, Err(ClinicError::WrongPermit { .. })),
            "{got:?}"
        )
    };
    no(clinic.write(&own, "x", |change| change.say(&said).map(|_| ())));
    no(clinic.live_state(&own, visit.id).map(|_| ()));
    no(clinic.invitations(&own, visit.id).map(|_| ()));
}

#[test]
fn people_come_go_and_change_their_language_and_who_is_gone_says_nothing() {
    let visit = Visit::new();
    let (way, until) = (InvitationId::new(), visit.house.clock_now());
    visit
        .write(|change| {
            change.add_participant(visit.id, &somebody(visit.guest, "Ana"))?;
            change.add_invitation(visit.id, way, InvitationWay::Link, until)?;
            change.add_invitation(visit.id, way, InvitationWay::Link, until)?;
            change.invitation_spent(visit.id, way)?;
            change.invitation_spent(visit.id, way)?;
            change.invitation_withdrawn(visit.id, way)?;
            change.set_language(visit.id, visit.guest, Language::Pt)
        })
        .unwrap();
    let invitations = visit.clinic().invitations(&visit.permit, visit.id).unwrap();
    assert!(
        invitations.len() == 1
            && invitations[0].spent.is_some()
            && invitations[0].withdrawn.is_some()
    );
    visit.keep(&visit.says(visit.guest, "Oi")).unwrap();
    visit
        .upkeep(|upkeep| upkeep.note_seen(visit.id, visit.guest, 99))
        .unwrap();
    visit
        .upkeep(|upkeep| upkeep.note_seen(visit.id, visit.guest, 0))
        .unwrap();
    let people = visit
        .clinic()
        .participants(&visit.permit, visit.id)
        .unwrap();
    assert_eq!(people.len(), 2);
    assert_eq!(
        (people[0].kind, people[0].name.expose().as_str()),
        (ParticipantKind::Doctor, "Name of dora")
    );
    assert_eq!((people[1].language, people[1].seen), (Language::Pt, 1));
    let languages = visit
        .clinic()
        .consultation(&visit.permit, visit.id)
        .unwrap()
        .languages;
    assert_eq!(languages, [Language::De, Language::Es, Language::Pt]);
    visit
        .write(|change| change.participant_gone(visit.id, visit.guest))
        .unwrap();
    assert_eq!(
        conflict(visit.keep(&visit.says(visit.guest, "Oi"))),
        "participant-gone"
    );
    let differs =
        visit.write(|change| change.add_participant(visit.id, &somebody(visit.guest, "Eva")));
    assert_eq!(conflict(differs), "participant-differs");
}

#[test]
fn consultations_are_listed_newest_first_by_patient_and_doctor() {
    let house = House::new();
    let patients = ["One", "Two"].map(|name| house.patient("dora", name));
    let permits = ["dora", "dirk"].map(|login| house.permit(login, Permission::HostConsultations));
    let mut started = Vec::new();
    for number in 0..12 {
        let (patient, permit) = (&patients[number % 2], &permits[number / 2 % 2]);
        let visit = house
            .clinic
            .write(permit, "live.start", |change| {
                change.start_consultation(patient.id, Language::En)
            })
            .unwrap();
        started.push((visit.id, number % 2, number / 2 % 2));
    }
    started.reverse();
    let (all, one) = (None, Some(patients[1].id));
    for (patient_id, only_mine) in [(all, false), (one, false), (all, true), (one, true)] {
        let filter = ConsultationFilter {
            patient_id,
            only_mine,
            only_running: true,
        };
        let (mut found, mut cursor) = (Vec::new(), None::<String>);
        loop {
            let page = house
                .clinic
                .consultations(&permits[0], filter, cursor.as_deref(), 2)
                .unwrap();
            found.extend(page.rows.iter().map(|row| row.id));
            cursor = page.next;
            if cursor.is_none() {
                break;
            }
        }
        let expected: Vec<_> = started
            .iter()
            .filter(|(_, patient, doctor)| {
                (patient_id.is_none() || *patient == 1) && (!only_mine || *doctor == 0)
            })
            .map(|(id, ..)| *id)
            .collect();
        assert_eq!(found, expected, "{filter:?}");
    }
}
