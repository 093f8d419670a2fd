//! Who finds what: exactly what they may read. The oracle is reading itself, over generated records.

use proptest::prelude::*;

use super::*;

/// A thing of the record and whether this person may read it, asked by the row that reads it.
enum Thing {
    Message(MessageId),
    Report(ReportId),
}

impl Thing {
    fn is_read_by(&self, clinic: &Clinic, session: &ActiveSession) -> bool {
        let may = |permission| authorize(session, permission).ok();
        match self {
            Self::Message(id) => [
                Permission::HostConsultations,
                Permission::ReadOwnConsultations,
            ]
            .into_iter()
            .filter_map(may)
            .any(|permit| clinic.message(&permit, *id).is_ok()),
            Self::Report(id) => [Permission::ReadReports, Permission::ReadOwnReports]
                .into_iter()
                .filter_map(may)
                .any(|permit| clinic.report(&permit, *id).is_ok()),
        }
    }

    fn is(&self, row: &SearchRow) -> bool {
        match (self, &row.place) {
            (Self::Message(id), FoundAt::Message { message_id, .. }) => id == message_id,
            (Self::Report(id), FoundAt::Report { report_id, .. }) => id == report_id,
            _ => false,
        }
    }
}

#[derive(Clone, Debug)]
enum Act {
    Say { patient: usize },
    Report { patient: usize, released: bool },
    Restrict { patient: usize, on: bool },
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let patient = 0..3usize;
    let act = prop_oneof![
        3 => patient.clone().prop_map(|patient| Act::Say { patient }),
        2 => (patient.clone(), any::<bool>())
            .prop_map(|(patient, released)| Act::Report { patient, released }),
        2 => (patient, any::<bool>()).prop_map(|(patient, on)| Act::Restrict { patient, on }),
    ];
    prop::collection::vec(act, 4..16)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    /// Role × record, after any history of saying, signing, restricting and opening again.
    #[test]
    fn everybody_finds_exactly_what_they_may_read(acts in acts()) {
        let house = House::new();
        let doctors = ["dora", "dirk", "dora"];
        let patients: Vec<_> = doctors
            .iter()
            .zip(["Ana", "Eva", "Ida"])
            .map(|(doctor, name)| house.patient(doctor, name))
            .collect();
        let accounts = house.permit("dora", Permission::CreatePatientAccounts);
        for (patient, login) in patients.iter().zip(["ana", "eva"]) {
            house.clinic.write(&accounts, "x", |change| {
                change.create_patient_account(patient.id, login, &secret(PASSWORD))
            }).unwrap();
        }
        let sessions: Vec<_> = doctors.iter().map(|doctor| house.active(doctor)).collect();
        let rooms: Vec<_> = patients
            .iter()
            .zip(&sessions)
            .map(|(patient, session)| consultation(&house, session, patient))
            .collect();
        let mut things = Vec::new();
        for act in acts {
            house.wait(1);
            match act {
                Act::Say { patient } => {
                    let (room, guest) = rooms[patient];
                    let id = say(&house, &sessions[patient], room, guest, Language::En, "pain here");
                    things.push(Thing::Message(id));
                }
                Act::Report { patient, released } => {
                    let becomes = if released { ReportState::Final } else { ReportState::Preliminary };
                    let doctor = doctors[patient];
                    let id = report(&house, doctor, &patients[patient], "no pain", becomes);
                    things.push(Thing::Report(id));
                }
                Act::Restrict { patient, on } => {
                    let permit = authorize(&sessions[patient], Permission::RestrictRecords).unwrap();
                    house.clinic.write(&permit, "x", |change| {
                        change.set_restricted(patients[patient].id, on, None, "why")
                    }).unwrap();
                }
            }
        }
        for login in ["ada", "dora", "dirk", "ana", "eva", "pia"] {
            let session = house.active(login);
            let found = match authorize(&session, Permission::SearchRecords) {
                Ok(permit) => house.clinic.search(&permit, &asked("pain"), None, 200).unwrap().rows,
                Err(_) => Vec::new(),
            };
            let readable: Vec<_> = things
                .iter()
                .filter(|thing| thing.is_read_by(&house.clinic, &session))
                .collect();
            prop_assert_eq!(found.len(), readable.len(), "{}", login);
            for thing in readable {
                prop_assert!(found.iter().any(|row| thing.is(row)), "{}", login);
            }
            prop_assert!(!["ada", "pia"].contains(&login) || found.is_empty());
        }
    }
}

#[test]
fn no_other_permit_searches_and_a_patient_cannot_ask_for_another() {
    let desk = Desk::new();
    desk.say(Language::En, "pain");
    let other = desk.house.patient("dora", "Eva Else");
    let accounts = desk.permit(Permission::CreatePatientAccounts);
    desk.clinic()
        .write(&accounts, "x", |change| {
            change.create_patient_account(other.id, "eva", &secret(PASSWORD))
        })
        .unwrap();
    for login in ["ada", "pia"] {
        let refused = authorize(&desk.house.active(login), Permission::SearchRecords);
        assert!(matches!(refused, Err(ClinicError::Forbidden { .. })));
    }
    let wrong = desk.permit(Permission::ReadReports);
    let got = desk.clinic().search(&wrong, &asked("pain"), None, 10);
    assert!(matches!(got, Err(ClinicError::WrongPermit { .. })));
    let eva = desk.house.permit("eva", Permission::SearchRecords);
    let query = SearchQuery {
        patient_id: Some(desk.patient.id),
        ..asked("pain")
    };
    let page = desk.clinic().search(&eva, &query, None, 10).unwrap();
    assert!(page.rows.is_empty() && page.next.is_none());
}

#[test]
fn what_is_out_of_reach_costs_a_page_no_more() {
    let desk = Desk::new();
    desk.say(Language::En, "pain of the one who is found");
    let other = desk.house.patient("dora", "Eva Else");
    // The others' come after it.
    desk.house.wait(7_000);
    let host = desk.permit(Permission::HostConsultations);
    bulk::say_much(desk.clinic(), &host, other.id, 6_000).unwrap();
    let restrict = desk.permit(Permission::RestrictRecords);
    desk.clinic()
        .write(&restrict, "x", |change| {
            change.set_restricted(other.id, true, None, "why")
        })
        .unwrap();
    while desk.clinic().index_older(5_000).unwrap() {}
    let dirk = desk.house.permit("dirk", Permission::SearchRecords);
    let first = desk
        .clinic()
        .search(&dirk, &asked("pain"), None, 50)
        .unwrap();
    // 5,000 were looked at, and none shown; the next page has the one.
    assert!(first.rows.is_empty() && first.next.is_some());
    let next = desk
        .clinic()
        .search(&dirk, &asked("pain"), first.next.as_deref(), 50)
        .unwrap();
    assert_eq!(next.rows.len(), 1);
    assert_eq!(next.next, None);
}
