//! What an administrator does with people, figures and the journal.

use basics::Timestamp;
use clinic::*;

use crate::support::*;

fn write<T>(
    house: &House,
    permit: &Permit,
    act: impl FnOnce(&mut Change<'_>) -> Result<T>,
) -> Result<T> {
    house.clinic.write(permit, "test", act)
}

fn user(house: &House, login: &str) -> User {
    let permit = house.permit("ada", Permission::ManageUsers);
    let users = house.clinic.users(&permit).unwrap();
    users
        .into_iter()
        .find(|user| user.login.expose() == login)
        .unwrap()
}

#[test]
fn a_removed_person_is_gone_and_what_they_did_keeps_the_name() {
    let house = House::new();
    let patient = house.patient("dirk", "Anna");
    let scan = house.scan("dirk", &patient, b"film");
    let verdict = house.permit("dirk", Permission::RecordVerdicts);
    let words = NewVerdict {
        scan_id: scan.id,
        reading_id: None,
        agrees: false,
        class: None,
        region: None,
        comment: phi("clear"),
    };
    write(&house, &verdict, |change| change.record_verdict(&words)).unwrap();
    let session = house.sign_in("dirk");
    let id = user(&house, "dirk").id;
    let permit = house.permit("ada", Permission::ManageUsers);
    let removed = write(&house, &permit, |change| change.remove_user(id)).unwrap();
    assert!(removed.removed.is_some() && !removed.enabled);
    assert!(house.clinic.session(session).is_err());
    assert!(matches!(
        house.clinic.sign_in("dirk", &secret(PASSWORD)),
        Err(ClinicError::WrongPassword)
    ));
    // Nothing brings the account back, and the sign-in name is free.
    for done in [
        write(&house, &permit, |change| {
            change.set_user_enabled(id, true).map(|_| ())
        }),
        write(&house, &permit, |change| {
            change.reset_password(id, &secret(PASSWORD))
        }),
        write(&house, &permit, |change| change.remove_user(id).map(|_| ())),
        write(&house, &permit, |change| {
            change.set_user_role(id, Role::Doctor).map(|_| ())
        }),
    ] {
        assert!(
            matches!(done, Err(ClinicError::NotFound { .. })),
            "{done:?}"
        );
    }
    let dora = house.permit("dora", Permission::ReadScans);
    let verdicts = house.clinic.verdicts(&dora, scan.id).unwrap();
    assert_eq!(verdicts[0].by_name.expose(), "Name of dirk");
    let again = NewUser {
        login: "dirk".into(),
        name: phi("Another Dirk"),
        role: Role::Doctor,
        password: secret(PASSWORD),
    };
    let new = write(&house, &permit, |change| change.create_user(&again)).unwrap();
    assert_ne!(new.id, id);
    // It holds over a restart, too.
    let house = house.restart();
    house.sign_in("dirk");
    let names: Vec<_> = house
        .clinic
        .users(&house.permit("ada", Permission::ManageUsers))
        .unwrap()
        .into_iter()
        .filter(|user| user.removed.is_some())
        .map(|user| user.name.expose().clone())
        .collect();
    assert_eq!(names, ["Name of dirk"]);
}

#[test]
fn roles_change_sessions_end_and_the_last_administrator_stays() {
    let house = House::new();
    let (ada, dirk) = (user(&house, "ada").id, user(&house, "dirk").id);
    let session = house.sign_in("dirk");
    let permit = house.permit("ada", Permission::ManageUsers);
    let changed = write(&house, &permit, |change| {
        change.set_user_role(dirk, Role::Pharmacist)
    });
    assert_eq!(changed.unwrap().role, Role::Pharmacist);
    assert!(house.clinic.session(session).is_err());
    let active = house.active("dirk");
    assert!(authorize(&active, Permission::ReadPatients).is_err());
    for done in [
        write(&house, &permit, |change| {
            change.set_user_role(ada, Role::Doctor).map(|_| ())
        }),
        write(&house, &permit, |change| {
            change.remove_user(ada).map(|_| ())
        }),
    ] {
        assert!(
            matches!(done, Err(ClinicError::Conflict { reason: "yourself" })),
            "{done:?}"
        );
    }
    let patient = write(&house, &permit, |change| {
        change.set_user_role(dirk, Role::Patient)
    });
    assert!(matches!(
        patient,
        Err(ClinicError::Invalid { field: "role", .. })
    ));
    // Two administrators: one may go, the last may not.
    write(&house, &permit, |change| {
        change.set_user_role(dirk, Role::Administrator)
    })
    .unwrap();
    let permit = house.permit("dirk", Permission::ManageUsers);
    write(&house, &permit, |change| {
        change.set_user_enabled(ada, false)
    })
    .unwrap();
    let dora = user_by(&house, &permit, "dora");
    write(&house, &permit, |change| change.end_sessions(dora)).unwrap();
}

fn user_by(house: &House, permit: &Permit, login: &str) -> basics::UserId {
    let users = house.clinic.users(permit).unwrap();
    users
        .into_iter()
        .find(|user| user.login.expose() == login)
        .unwrap()
        .id
}

#[test]
fn who_is_signed_in_is_told_and_what_they_would_leave_behind() {
    let house = House::new();
    let patient = house.patient("dora", "Closed");
    let restrict = house.permit("dora", Permission::RestrictRecords);
    write(&house, &restrict, |change| {
        change.set_restricted(patient.id, true, None, "why")
    })
    .unwrap();
    let permit = house.permit("ada", Permission::ManageUsers);
    house.wait(60);
    let here = house.sign_in("pia");
    house.clinic.lock_session(here).unwrap();
    let signed_in = house.clinic.signed_in(&permit).unwrap();
    let pia = signed_in.iter().find(|one| one.session == here).unwrap();
    assert!(pia.locked && pia.since == house.clock_now());
    let duties = house
        .clinic
        .duties(&permit, user(&house, "dora").id)
        .unwrap();
    assert_eq!(
        (duties.restricted, duties.drafts, duties.consultations),
        (1, 0, 0)
    );
}

#[test]
fn every_figure_counts_exactly_the_rows_behind_it() {
    let house = House::new();
    let patient = house.patient("dora", "Anna");
    let start = house.clock_now();
    let mut scans = Vec::new();
    for day in 0..5 {
        house.wait(24 * 3600);
        for number in 0..=day {
            let scan = house.scan("dora", &patient, format!("{day} {number}").as_bytes());
            let reading = house.reading("dora", scan.id, (number > 0).then_some(0.5));
            scans.push((scan.id, reading.id));
        }
    }
    let import = house.permit("dora", Permission::ImportScans);
    write(&house, &import, |change| {
        change.retract_scan(scans[7].0, "wrong patient")
    })
    .unwrap();
    let verdict = house.permit("dora", Permission::RecordVerdicts);
    for (at, (scan_id, reading_id)) in scans.iter().enumerate().filter(|(at, _)| *at != 7).take(6) {
        let words = NewVerdict {
            scan_id: *scan_id,
            reading_id: Some(*reading_id),
            agrees: at % 2 == 0,
            class: None,
            region: None,
            comment: phi(""),
        };
        write(&house, &verdict, |change| change.record_verdict(&words)).unwrap();
    }
    house.wait(1);
    let permit = house.permit("ada", Permission::ReadStatistics);
    let edges: Vec<Timestamp> = (0..=6)
        .map(|day| start + jiff::SignedDuration::from_hours(24 * day + 12))
        .collect();
    let counts = house
        .clinic
        .happened(&permit, Happening::Scans, &edges)
        .unwrap();
    assert_eq!(counts.iter().sum::<u32>(), 14);
    let rows = |what: &Counted, period| {
        // Two at a time, so that the pages are tried, too.
        let (mut all, mut cursor) = (Vec::new(), None);
        loop {
            let clinic = &house.clinic;
            let page = clinic
                .counted(&permit, what, period, cursor.as_deref(), 2)
                .unwrap();
            all.extend(page.rows);
            cursor = page.next;
            if cursor.is_none() {
                break;
            }
        }
        let mut ids: Vec<_> = all.iter().map(|row| row.id).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), all.len(), "{what:?}");
        all.len() as u32
    };
    for (pair, count) in edges.windows(2).zip(&counts) {
        let (from, to) = (pair[0], pair[1]);
        assert_eq!(rows(&Counted::Scans, Period { from, to }), *count);
    }
    let whole = Period {
        from: start,
        to: house.clock_now(),
    };
    let classes = house.clinic.reading_classes(&permit, whole).unwrap();
    assert_eq!(classes.iter().map(|one| one.readings).sum::<u32>(), 15);
    assert_eq!(classes.len(), 2);
    for one in classes {
        let what = Counted::Readings {
            model_id: one.model_id,
            version: one.version,
            class: one.class,
        };
        assert_eq!(rows(&what, whole), one.readings);
    }
    let waiting = house.clinic.waiting_scans(&permit).unwrap();
    assert_eq!((waiting.scans, rows(&Counted::Waiting, whole)), (8, 8));
    let agreement = house.clinic.agreement(&permit).unwrap();
    let [one] = &agreement[..] else { panic!() };
    let verdicts = |agrees| {
        let (model_id, version) = (one.model_id.clone(), one.version.clone());
        rows(
            &Counted::Verdicts {
                model_id,
                version,
                agrees,
            },
            whole,
        )
    };
    assert_eq!(
        (verdicts(true), verdicts(false)),
        (one.agreed, one.verdicts - one.agreed)
    );
    // Rows hold ids and dates, and never a name.
    let page = house
        .clinic
        .counted(&permit, &Counted::Scans, whole, None, 200)
        .unwrap();
    assert!(!format!("{:?}", page.rows).contains("Anna"));
    assert!(
        page.rows
            .iter()
            .all(|row| row.patient_number == patient.number)
    );
    let accounts = house.clinic.account_counts(&permit).unwrap();
    assert_eq!(accounts.iter().map(|one| one.enabled).sum::<u32>(), 4);
}

#[test]
fn the_journal_is_filtered_by_time_and_outcome() {
    let house = House::new();
    let start = house.clock_now();
    house.wait(3600);
    let wrong = house.clinic.sign_in("dora", &secret("wrong wrong wrong"));
    assert!(wrong.is_err());
    house.wait(3600);
    let permit = house.permit("ada", Permission::ReadJournal);
    let rows = |from, to, unsuccessful| {
        let query = JournalQuery {
            from,
            to,
            unsuccessful,
            limit: 200,
            ..JournalQuery::default()
        };
        house.clinic.journal_page(&permit, &query).unwrap().rows
    };
    let hour = |hours| Some(start + jiff::SignedDuration::from_hours(hours));
    assert_eq!(rows(hour(1), hour(2), false).len(), 1);
    assert_eq!(rows(None, None, true).len(), 1);
    assert_eq!(rows(hour(0), hour(1), true).len(), 0);
    let all = rows(None, None, false).len();
    assert_eq!(
        rows(hour(0), hour(1), false).len() + 1 + rows(hour(2), None, false).len(),
        all
    );
    let statistics = house.permit("ada", Permission::ReadStatistics);
    let to = house.clock_now() + jiff::SignedDuration::from_secs(1);
    let period = Period { from: start, to };
    assert_eq!(
        house.clinic.unsuccessful(&statistics, period).unwrap(),
        (1, 0)
    );
}

#[test]
fn an_exported_journal_is_checked_without_the_record_and_no_change_passes() {
    let house = House::new();
    house.patient("dora", "Anna Silva");
    house.wait(3600);
    let later = house.clock_now();
    house.patient("dora", "Bruno");
    let permit = house.permit("ada", Permission::ReadJournal);
    let export = |from| {
        let mut bytes = Vec::new();
        let done = house
            .clinic
            .export_journal(&permit, from, None, &mut bytes)
            .unwrap();
        (done, bytes)
    };
    let (whole, bytes) = export(None);
    assert_eq!(check_export(&bytes[..]).unwrap(), whole);
    assert_eq!(
        whole.fingerprint,
        house.clinic.journal_fingerprint(&permit).unwrap()
    );
    let text = String::from_utf8(bytes.clone()).unwrap();
    assert!(!text.contains("Silva"));
    let (part, part_bytes) = export(Some(later));
    assert!(part.rows < whole.rows && check_export(&part_bytes[..]).unwrap() == part);

    // Every line left out, and every byte turned over, is noticed.
    let lines: Vec<&str> = text.lines().collect();
    for left_out in 0..lines.len() {
        let rest = lines.iter().enumerate().filter(|(at, _)| *at != left_out);
        let rest: Vec<_> = rest.map(|(_, line)| *line).collect();
        let rest = format!("{}\n", rest.join("\n"));
        assert!(
            check_export(rest.as_bytes()).is_err(),
            "without line {left_out}"
        );
    }
    for at in (0..bytes.len()).filter(|at| bytes[*at] != b'\n') {
        let mut changed = bytes.clone();
        changed[at] ^= 1;
        if let Ok(done) = check_export(&changed[..]) {
            panic!("byte {at} passed: {done:?}");
        }
    }
}

#[test]
fn checking_a_journal_says_how_far_it_is() {
    let house = House::new();
    bulk::fill_journal(
        &house.clinic,
        &house.permit("ada", Permission::ManageUsers),
        45_000,
    )
    .unwrap();
    let permit = house.permit("ada", Permission::ReadJournal);
    let mut told = Vec::new();
    let report = house
        .clinic
        .verify_journal_with(&permit, &mut |done, of| told.push((done, of)))
        .unwrap();
    assert!(report.is_intact());
    assert_eq!(
        told.iter().map(|(done, _)| *done).collect::<Vec<_>>(),
        [20_000, 40_000]
    );
    assert!(told.iter().all(|(_, of)| *of == report.rows));
}
