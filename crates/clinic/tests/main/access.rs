//! Role × permission × ownership, over the whole matrix, against a table written apart from the code.

use basics::PatientId;
use clinic::*;

use crate::support::*;

/// The matrix of mission.md again, by hand: permission, then administrator, doctor, patient,
/// pharmacist. `-` no, `c` clinic (no patient's data), `e` every patient, `u` unrestricted records and
/// those that one treats, `t` those that one treats, `o` one's own, `i` ids only, `n` only people named.
const MATRIX: &str = "
ManageUsers            c - - -
ManageSettings         c - - -
ManageBackups          c - - -
ExportClinic           e - - -
ExportRecords          - u - -
ReadStatistics         i - - -
ReadJournal            i - - -
ReadPatients           - u - -
WritePatients          - u - -
MergePatients          - u - -
CreatePatientAccounts  i u - -
RestrictRecords        i t - -
ImportScans            - u - -
ReadScans              - u - -
RunReadings            - u - -
RecordVerdicts         - u - -
ExportFeedback         - u - -
MarkScans              - u - -
ReadReports            - u - -
WriteReports           - u - -
SignReports            - u - -
SendReports            - u - -
HostConsultations      - u - -
ReadOwnConsultations   - - o -
ReadOwnRecord          - - o -
ReadOwnReports         - - o -
ReadOwnAccessLog       - - o -
ReadAccessLog          - t - -
ReadOwnPrescriptions   - - o -
WritePrescriptions     - u - -
ReadPrescriptions      - u - e
DispensePrescriptions  - - - e
BreakGlass             - e - -
ReviewBreakGlass       i - - -
NamePhraseReviewers    c - - -
ApprovePhrases         n n n n
SearchRecords          - u o -
AskAssistant           c c c c
AskAboutChart          - u - -
AskAboutOwnReports     - - o -
";

fn expected() -> Vec<(&'static str, [char; 4])> {
    let line = |line: &'static str| {
        let mut words = line.split_whitespace();
        let name = words.next()?;
        let cells: Vec<char> = words.map(|word| word.chars().next().unwrap()).collect();
        Some((name, cells.try_into().unwrap()))
    };
    MATRIX.lines().filter_map(line).collect()
}

#[test]
fn the_policy_is_the_matrix_and_nothing_more() {
    let expected = expected();
    assert_eq!(expected.len(), Permission::ALL.len());
    for permission in Permission::ALL {
        let cells = expected
            .iter()
            .find(|(name, _)| *name == permission.name())
            .unwrap()
            .1;
        for (role, cell) in Role::ALL.into_iter().zip(cells) {
            let letter = match access::reach(role, *permission) {
                None => '-',
                Some(access::Reach::Clinic) => 'c',
                Some(access::Reach::EveryPatient) => 'e',
                Some(access::Reach::Unrestricted) => 'u',
                Some(access::Reach::Treated) => 't',
                Some(access::Reach::Own) => 'o',
                Some(access::Reach::WithoutNames) => 'i',
                Some(access::Reach::Named) => 'n',
            };
            assert_eq!(letter, cell, "{role:?} {permission:?}");
        }
    }
}

/// Whose record it is, seen from the asker.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Record {
    Open,
    RestrictedToDora,
    OwnOfPatient,
}

#[test]
fn every_role_permission_and_ownership_gets_what_the_matrix_says() {
    let house = House::new();
    let open = house.patient("dirk", "Open Record");
    let restricted = house.patient("dora", "Restricted Record");
    let own = house.patient("dirk", "Own Record");
    let permit = house.permit("dora", Permission::RestrictRecords);
    house
        .clinic
        .write(&permit, "patients.set_restricted", |change| {
            change.set_restricted(restricted.id, true, None, "a colleague")
        })
        .unwrap();
    let permit = house.permit("dirk", Permission::CreatePatientAccounts);
    house
        .clinic
        .write(&permit, "patients.create_account", |change| {
            change.create_patient_account(own.id, "otto", &secret(PASSWORD))
        })
        .unwrap();
    let scans: Vec<_> = [("dirk", &open), ("dora", &restricted), ("dirk", &own)]
        .into_iter()
        .map(|(doctor, patient)| {
            let scan = house.scan(doctor, patient, patient.number.as_bytes());
            house.reading(doctor, scan.id, Some(0.5));
            scan.id
        })
        .collect();
    let visits: Vec<_> = [("dirk", &open), ("dora", &restricted), ("dirk", &own)]
        .into_iter()
        .map(|(doctor, patient)| {
            let permit = house.permit(doctor, Permission::HostConsultations);
            let start = |change: &mut Change<'_>| {
                change.start_consultation(patient.id, basics::Language::En)
            };
            house.clinic.write(&permit, "live.start", start).unwrap().id
        })
        .collect();

    let people = [
        ("ada", Role::Administrator),
        ("dora", Role::Doctor),
        ("dirk", Role::Doctor),
        ("otto", Role::Patient),
        ("pia", Role::Pharmacist),
    ];
    let records = [
        (Record::Open, open.id, scans[0], visits[0]),
        (Record::RestrictedToDora, restricted.id, scans[1], visits[1]),
        (Record::OwnOfPatient, own.id, scans[2], visits[2]),
    ];
    let mut checked = 0;
    for (login, role) in people {
        let session = house.active(login);
        assert_eq!(session.role(), role);
        for (name, cells) in expected() {
            let permission = *Permission::ALL
                .iter()
                .find(|permission| permission.name() == name)
                .unwrap();
            let cell = cells[Role::ALL.iter().position(|known| *known == role).unwrap()];
            let permit = match authorize(&session, permission) {
                Err(ClinicError::Forbidden { permission: named }) => {
                    assert!(named == permission && "-n".contains(cell), "{login} {name}");
                    checked += 1;
                    continue;
                }
                permit => permit.unwrap(),
            };
            assert!(!"-n".contains(cell), "{login} {name}");
            for (record, patient, scan, visit) in records {
                let may = match cell {
                    'e' | 'i' => true,
                    'u' => record != Record::RestrictedToDora || login == "dora",
                    // Whoever adds a patient treats them.
                    't' => (record == Record::RestrictedToDora) == (login == "dora"),
                    'o' => record == Record::OwnOfPatient,
                    _ => false,
                };
                probe(
                    &house.clinic,
                    &permit,
                    (patient, scan, visit),
                    may,
                    &format!("{login} {name} {record:?}"),
                );
                checked += 1;
            }
        }
    }
    assert!(checked > 200, "{checked}");
}

/// Tries everything of the record with this permit: what its permission is for must answer exactly when
/// `may`, everything else must refuse the permit.
fn probe(
    clinic: &Clinic,
    permit: &Permit,
    (patient, scan, visit): (PatientId, basics::ScanId, basics::ConsultationId),
    may: bool,
    case: &str,
) {
    use Permission as May;
    let reads: [(&str, &[Permission], Result<()>); 13] = [
        (
            "patient",
            &[
                May::ReadPatients,
                May::WritePatients,
                May::ReadScans,
                May::ImportScans,
                May::ReadOwnRecord,
                May::WritePrescriptions,
                May::ReadPrescriptions,
                May::DispensePrescriptions,
                May::ReadOwnPrescriptions,
            ],
            clinic.patient(permit, patient).map(|_| ()),
        ),
        (
            "prescriptions",
            &PRESCRIPTION_READERS,
            clinic.prescriptions_of(permit, patient, 10).map(|_| ()),
        ),
        (
            "history",
            &[May::ReadPatients],
            clinic.patient_history(permit, patient).map(|_| ()),
        ),
        (
            "studies",
            &[May::ReadPatients, May::ReadScans, May::ReadOwnRecord],
            clinic.studies(permit, patient).map(|_| ()),
        ),
        ("scan", &SCAN_READERS, clinic.scan(permit, scan).map(|_| ())),
        (
            "file",
            &SCAN_READERS,
            clinic.read_file(permit, scan).map(|_| ()),
        ),
        (
            "marks",
            &SCAN_READERS,
            clinic.marks(permit, scan).map(|_| ()),
        ),
        (
            "readings",
            &[May::ReadScans, May::RunReadings, May::RecordVerdicts],
            clinic.readings(permit, scan).map(|_| ()),
        ),
        (
            "verdicts",
            &[May::ReadScans, May::RecordVerdicts, May::ReadOwnRecord],
            clinic.verdicts(permit, scan).map(|_| ()),
        ),
        (
            "priority",
            &[May::ReadScans, May::RecordVerdicts],
            clinic.priority(permit, scan).map(|_| ()),
        ),
        (
            "consultation",
            &VISIT_READERS,
            clinic.consultation(permit, visit).map(|_| ()),
        ),
        (
            "participants",
            &VISIT_READERS,
            clinic.participants(permit, visit).map(|_| ()),
        ),
        (
            "messages",
            &VISIT_READERS,
            clinic.messages(permit, visit, None, 10).map(|_| ()),
        ),
    ];
    for (what, needed, got) in reads {
        let case = format!("{case}: {what}");
        match got {
            Ok(()) => assert!(may && needed.contains(&permit.permission()), "{case}"),
            Err(ClinicError::WrongPermit { .. }) => {
                assert!(!needed.contains(&permit.permission()), "{case}");
            }
            Err(ClinicError::NotFound { .. }) => {
                assert!(!may && needed.contains(&permit.permission()), "{case}");
            }
            Err(error) => panic!("{case}: {error:?}"),
        }
    }
}

const VISIT_READERS: [Permission; 2] = [
    Permission::HostConsultations,
    Permission::ReadOwnConsultations,
];

const PRESCRIPTION_READERS: [Permission; 4] = [
    Permission::WritePrescriptions,
    Permission::ReadPrescriptions,
    Permission::DispensePrescriptions,
    Permission::ReadOwnPrescriptions,
];

const SCAN_READERS: [Permission; 5] = [
    Permission::ReadScans,
    Permission::RunReadings,
    Permission::RecordVerdicts,
    Permission::MarkScans,
    Permission::ReadOwnRecord,
];

#[test]
fn lists_leave_out_restricted_records_of_others_and_counts_agree() {
    let house = House::new();
    let open = house.patient("dora", "Anna Open");
    let closed = house.patient("dora", "Anna Closed");
    house.scan("dora", &open, b"one");
    house.scan("dora", &closed, b"two");
    let permit = house.permit("dora", Permission::RestrictRecords);
    house
        .clinic
        .write(&permit, "x", |change| {
            change.set_restricted(closed.id, true, None, "why")
        })
        .unwrap();
    for (doctor, seen) in [("dora", 2), ("dirk", 1)] {
        let permit = house.permit(doctor, Permission::ReadPatients);
        for text in ["", "anna"] {
            let page = house.clinic.patients(&permit, text, None, 10).unwrap();
            assert_eq!(page.rows.len(), seen, "{doctor} {text}");
        }
        let similar = house
            .clinic
            .similar_patients(&permit, &who("anna  CLOSED"))
            .unwrap();
        assert_eq!(similar.len(), seen - 1);
        let permit = house.permit(doctor, Permission::ReadScans);
        for text in ["", "anna"] {
            let query = WorklistQuery {
                text: text.into(),
                limit: 10,
                ..WorklistQuery::default()
            };
            let page = house.clinic.worklist(&permit, &query).unwrap();
            assert_eq!(
                (page.rows.len(), page.counts.imported as usize),
                (seen, seen),
                "{doctor}"
            );
        }
    }
}

#[test]
fn writes_do_not_reach_records_of_others_either() {
    let house = House::new();
    let closed = house.patient("dora", "Closed");
    let scan = house.scan("dora", &closed, b"two");
    let permit = house.permit("dora", Permission::RestrictRecords);
    house
        .clinic
        .write(&permit, "x", |change| {
            change.set_restricted(closed.id, true, None, "why")
        })
        .unwrap();
    let rows = |house: &House| {
        let permit = house.permit("ada", Permission::ReadJournal);
        house.clinic.verify_journal(&permit).unwrap().rows
    };
    let refused = |done: Result<()>| {
        assert!(
            matches!(done, Err(ClinicError::NotFound { .. })),
            "{done:?}"
        );
    };
    let write = house.permit("dirk", Permission::WritePatients);
    let verdict = house.permit("dirk", Permission::RecordVerdicts);
    let run = house.permit("dirk", Permission::RunReadings);
    let import = house.permit("dirk", Permission::ImportScans);
    let restrict = house.permit("dirk", Permission::RestrictRecords);
    let before = rows(&house);
    let clinic = &house.clinic;
    refused(clinic.write(&write, "x", |c| {
        c.correct_patient(closed.id, 1, &who("Other"), "")
            .map(|_| ())
    }));
    refused(clinic.write(&write, "x", |c| {
        c.set_allergies(closed.id, &Allergies::NoneKnown)
            .map(|_| ())
    }));
    refused(clinic.write(&verdict, "x", |c| {
        c.set_priority(scan.id, Priority::Urgent, "why")
    }));
    refused(clinic.write(&run, "x", |c| {
        c.add_reading(&new_reading(scan.id, None)).map(|_| ())
    }));
    refused(clinic.write(&import, "x", |c| c.retract_scan(scan.id, "why")));
    refused(clinic.write(&restrict, "x", |c| {
        c.set_restricted(closed.id, false, None, "why")
    }));
    // Refused changes leave no row of their own: one for ada's sign-in, nothing else.
    assert_eq!(rows(&house), before + 1);
}
