//! Pages by cursor: every row once, in order, whatever the filter; counts are true.

use basics::{Coded, PatientId};
use clinic::*;

use crate::support::*;

fn walk(house: &House, permit: &Permit, query: &WorklistQuery) -> Vec<WorklistRow> {
    let mut query = WorklistQuery {
        limit: 3,
        ..query.clone()
    };
    let mut rows = Vec::new();
    loop {
        let page = house.clinic.worklist(permit, &query).unwrap();
        rows.extend(page.rows);
        match page.next {
            None => return rows,
            next => query.cursor = next,
        }
    }
}

#[test]
fn the_worklist_is_sorted_filtered_and_counted() {
    let house = House::new();
    let patients = ["Anna One", "Anna Two", "Bela Three"].map(|name| house.patient("dora", name));
    let judge = house.permit("dora", Permission::RecordVerdicts);
    let mut scans = Vec::new();
    for number in 0..20u64 {
        house.wait(1);
        let doctor = if number % 4 == 0 { "dirk" } else { "dora" };
        let scan = house.scan(
            doctor,
            &patients[(number % 3) as usize],
            &number.to_le_bytes(),
        );
        if number % 2 == 0 {
            house.reading(
                "dora",
                scan.id,
                (number % 6 != 0).then_some(number as f32 / 20.0),
            );
        }
        if number % 5 == 0 {
            let reason = "looks ill";
            house
                .clinic
                .write(&judge, "x", |c| {
                    c.set_priority(scan.id, Priority::Urgent, reason)
                })
                .unwrap();
        }
        if number % 7 == 0 {
            let verdict = NewVerdict {
                scan_id: scan.id,
                reading_id: None,
                agrees: false,
                class: Some(phi("x")),
                region: None,
                comment: phi(""),
            };
            house
                .clinic
                .write(&judge, "x", |c| c.record_verdict(&verdict))
                .unwrap();
        }
        scans.push(scan.id);
    }
    let import = house.permit("dora", Permission::ImportScans);
    house
        .clinic
        .write(&import, "x", |c| c.retract_scan(scans[19], "wrong patient"))
        .unwrap();
    let again = house
        .clinic
        .write(&import, "x", |c| c.retract_scan(scans[19], "again"));
    assert!(matches!(
        again,
        Err(ClinicError::Conflict {
            reason: "retracted"
        })
    ));

    let permit = house.permit("dora", Permission::ReadScans);
    assert!(
        house
            .clinic
            .scan(&permit, scans[19])
            .unwrap()
            .retracted
            .is_some()
    );
    let all = walk(&house, &permit, &WorklistQuery::default());
    assert_eq!(all.len(), 19);
    let urgency = |row: &WorklistRow| match &row.reading {
        Some(Answer::Assessed { urgency, .. }) => urgency.unwrap(),
        _ => 0.5,
    };
    assert!(all.is_sorted_by(|one, two| {
        let key = |row: &WorklistRow| (row.priority, (urgency(row) * 1000.0) as i64);
        key(one) > key(two) || (key(one) == key(two) && one.imported <= two.imported)
    }));
    assert_eq!(
        all.iter()
            .filter(|row| row.priority == Priority::Urgent)
            .count(),
        4
    );
    assert!(
        all.iter()
            .all(|row| row.priority_reason.is_some() == (row.priority == Priority::Urgent))
    );

    let base = WorklistQuery {
        limit: 200,
        ..WorklistQuery::default()
    };
    let queries = [
        base.clone(),
        WorklistQuery {
            text: "anna".into(),
            ..base.clone()
        },
        WorklistQuery {
            text: "MB-000003".into(),
            ..base.clone()
        },
        WorklistQuery {
            patient_id: Some(patients[1].id),
            ..base.clone()
        },
        WorklistQuery {
            modality: Some("DX".into()),
            ..base.clone()
        },
        WorklistQuery {
            modality: Some("CT".into()),
            ..base.clone()
        },
        WorklistQuery {
            only_mine: true,
            ..base.clone()
        },
        WorklistQuery {
            only_mine: true,
            text: "bela".into(),
            ..base
        },
    ];
    for query in queries {
        let rows = walk(&house, &permit, &query);
        let mine = |row: &&WorklistRow| {
            let imported_by_dirk = scans.iter().position(|id| *id == row.scan_id).unwrap() % 4 == 0;
            (query.text.is_empty()
                || row.name.expose().to_lowercase().contains(&query.text)
                || row.number == query.text)
                && query.patient_id.is_none_or(|id| id == row.patient_id)
                && query
                    .modality
                    .as_ref()
                    .is_none_or(|modality| *modality == row.modality)
                && (!query.only_mine || !imported_by_dirk)
        };
        let expected: Vec<_> = all.iter().filter(mine).map(|row| row.scan_id).collect();
        assert_eq!(
            rows.iter().map(|row| row.scan_id).collect::<Vec<_>>(),
            expected,
            "{query:?}"
        );
        let counts = house.clinic.worklist(&permit, &query).unwrap().counts;
        for (status, counted) in [
            (Status::Imported, counts.imported),
            (Status::Read, counts.read),
            (Status::Verified, counts.verified),
        ] {
            let of_status = WorklistQuery {
                status: Some(status),
                ..query.clone()
            };
            let listed = walk(&house, &permit, &of_status);
            assert!(listed.iter().all(|row| row.status == status));
            assert_eq!(listed.len(), counted as usize, "{status:?} {query:?}");
            // The filter by status does not change the counts.
            assert_eq!(
                house.clinic.worklist(&permit, &of_status).unwrap().counts,
                counts
            );
        }
    }
    for (cursor, limit) in [
        ("nonsense", 10),
        ("1.x", 10),
        ("", 10),
        ("1.2", 0),
        ("1.2", 201),
    ] {
        let query = WorklistQuery {
            cursor: Some(cursor.into()),
            limit,
            ..WorklistQuery::default()
        };
        let refused = house.clinic.worklist(&permit, &query).unwrap_err();
        assert_eq!(refused.code(), basics::Code::Invalid, "{cursor} {limit}");
    }
}

#[test]
fn patients_are_listed_once_each_by_name() {
    let house = House::new();
    let mut names = ["bela", "Anna", "anna", "Čedo", "Žofie", "李雷", "Anna"].map(str::to_owned);
    names
        .iter()
        .for_each(|name| drop(house.patient("dora", name)));
    let permit = house.permit("dora", Permission::ReadPatients);
    for (text, expected) in [("", 7), ("anna", 3)] {
        let (mut cursor, mut seen) = (None, Vec::<(String, PatientId)>::new());
        loop {
            let page = house
                .clinic
                .patients(&permit, text, cursor.as_deref(), 2)
                .unwrap();
            seen.extend(
                page.rows
                    .iter()
                    .map(|row| (row.details.name.expose().clone(), row.id)),
            );
            cursor = page.next;
            if cursor.is_none() {
                break;
            }
        }
        assert_eq!(seen.len(), expected);
        let mut ids: Vec<_> = seen.iter().map(|(_, id)| *id).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), expected);
        if text.is_empty() {
            names.sort_by_key(|name| name.to_lowercase());
            let seen: Vec<_> = seen.iter().map(|(name, _)| name.to_lowercase()).collect();
            assert_eq!(seen, names.each_ref().map(|name| name.to_lowercase()));
        }
    }
}

#[test]
fn the_journal_is_paged_filtered_and_shown_to_the_patient() {
    let house = House::new();
    let patient = house.patient("dora", "Maria Silva");
    let other = house.patient("dora", "Another");
    let create = house.permit("dirk", Permission::CreatePatientAccounts);
    house
        .clinic
        .write(&create, "patients.create_account", |c| {
            c.create_patient_account(patient.id, "maria", &secret(PASSWORD))
        })
        .unwrap();
    let read = house.permit("dirk", Permission::ReadPatients);
    for _ in 0..3 {
        // Once for each session, patient and view.
        house
            .clinic
            .note_read(&read, "patients.open", Some(patient.id))
            .unwrap();
        house
            .clinic
            .note_read(&read, "patients.open", Some(other.id))
            .unwrap();
        house
            .clinic
            .note_read(&read, "patients.page", None)
            .unwrap();
    }
    let own = house.permit("maria", Permission::ReadOwnAccessLog);
    let seen = house.clinic.who_saw_own_record(&own).unwrap();
    let verbs: Vec<_> = seen
        .iter()
        .map(|row| (row.verb.as_str(), row.who.expose().as_str()))
        .collect();
    assert_eq!(
        verbs,
        [
            ("patients.open", "Name of dirk"),
            ("patients.create_account", "Name of dirk"),
            ("patients.create", "Name of dora"),
        ]
    );

    let admin = house.permit("ada", Permission::ReadJournal);
    let walk = |query: &JournalQuery| {
        let mut query = JournalQuery {
            limit: 2,
            ..query.clone()
        };
        let mut rows = Vec::new();
        loop {
            let page = house.clinic.journal_page(&admin, &query).unwrap();
            rows.extend(page.rows);
            match page.next {
                None => return rows,
                next => query.cursor = next,
            }
        }
    };
    let all = walk(&JournalQuery::default());
    assert_eq!(
        all.len() as u64,
        house.clinic.verify_journal(&admin).unwrap().rows
    );
    assert!(all.is_sorted_by(|one, two| one.number == two.number + 1));
    let subject = format!("patient:{}", patient.id);
    let about = JournalQuery {
        subject: Some(uuid::Uuid::from_bytes(*patient.id.as_bytes())),
        ..JournalQuery::default()
    };
    let numbers = |rows: &[JournalRow]| rows.iter().map(|row| row.number).collect::<Vec<_>>();
    let expected: Vec<_> = all
        .iter()
        .filter(|row| row.subjects.contains(&subject))
        .map(|row| row.number)
        .collect();
    assert_eq!(numbers(&walk(&about)), expected);
    assert_eq!(expected.len(), 3);
    let dirk = read.user();
    let by = JournalQuery {
        user_id: Some(dirk),
        verb: Some("patients.".into()),
        outcome: Some(Outcome::Done),
        ..JournalQuery::default()
    };
    let expected: Vec<_> = all
        .iter()
        .filter(|row| row.user_id == Some(dirk) && row.verb.starts_with("patients."))
        .map(|row| row.number)
        .collect();
    assert_eq!(numbers(&walk(&by)), expected);
    assert_eq!(expected.len(), 4);
    // A patient's account is shown by its id, not by name.
    let maria = own.user();
    assert!(all.iter().any(|row| row.user_id == Some(maria)));
    assert!(
        all.iter()
            .filter(|row| row.user_id == Some(maria))
            .all(|row| row.who.is_none())
    );
}
