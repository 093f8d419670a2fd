//! Break-glass: one restricted record, one hour, everything kept, and a review by somebody else.

use basics::{PatientId, ScanId};
use clinic::*;

use crate::support::*;

/// A record that only `dora` opens, with a scan.
fn sealed(house: &House) -> (Patient, ScanId) {
    let patient = house.patient("dora", "Greta Sealed");
    let scan = house.scan("dora", &patient, b"one").id;
    let permit = house.permit("dora", Permission::RestrictRecords);
    house
        .clinic
        .write::<_, ClinicError>(&permit, "patients.set_restricted", |change| {
            change.set_restricted(patient.id, true, None, "a colleague")
        })
        .unwrap();
    (patient, scan)
}

fn open(house: &House, session: &ActiveSession, patient: PatientId) -> Result<OpeningId> {
    let proof = house.clinic.check_password(session, &secret(PASSWORD))?;
    let permit = authorize(session, Permission::BreakGlass)?;
    house.clinic.write(&permit, "break_glass.open", |change| {
        let words = phi("Collapsed in the hall");
        change.break_glass(proof, patient, BreakReason::Emergency, &words)
    })
}

/// Whether a person's chart, scan and file open now.
fn sees(house: &House, session: basics::SessionId, patient: PatientId, scan: ScanId) -> bool {
    let active = house.clinic.session(session).unwrap();
    let chart = authorize(&active, Permission::ReadPatients).unwrap();
    let scans = authorize(&active, Permission::ReadScans).unwrap();
    let answers = [
        house.clinic.patient(&chart, patient).is_ok(),
        house.clinic.studies(&chart, patient).is_ok(),
        house.clinic.scan(&scans, scan).is_ok(),
        house.clinic.read_file(&scans, scan).is_ok(),
    ];
    assert!(
        answers.iter().all(|answer| *answer == answers[0]),
        "{answers:?}"
    );
    answers[0]
}

fn journal(house: &House, subject: OpeningId) -> Vec<JournalRow> {
    let permit = house.permit("ada", Permission::ReadJournal);
    let query = JournalQuery {
        subject: Some(subject.to_string().parse().unwrap()),
        limit: 100,
        ..JournalQuery::default()
    };
    house.clinic.journal_page(&permit, &query).unwrap().rows
}

fn waiting(house: &House) -> Vec<Opening> {
    let permit = house.permit("ada", Permission::ReviewBreakGlass);
    let filter = OpeningFilter::Waiting;
    house
        .clinic
        .openings(&permit, filter, None, 10)
        .unwrap()
        .rows
}

#[test]
fn it_opens_one_record_for_one_person_and_one_hour() {
    let house = House::new();
    let (patient, scan) = sealed(&house);
    let (other, other_scan) = sealed(&house);
    let dirk = house.sign_in("dirk");
    assert!(!sees(&house, dirk, patient.id, scan));
    open(&house, &house.clinic.session(dirk).unwrap(), patient.id).unwrap();
    assert!(sees(&house, dirk, patient.id, scan));
    // One patient, and nobody else.
    assert!(!sees(&house, dirk, other.id, other_scan));
    house.wait(59 * 60);
    assert!(sees(&house, dirk_again(&house), patient.id, scan));
    house.wait(61);
    assert!(!sees(&house, dirk_again(&house), patient.id, scan));
    assert!(house.clinic.settle_break_glass().unwrap());
    assert!(matches!(waiting(&house)[0].ended, Some((End::Time, _))));
}

/// A fresh session, because the old one locked itself meanwhile.
fn dirk_again(house: &House) -> basics::SessionId {
    house.sign_in("dirk")
}

#[test]
fn without_password_reason_or_need_nothing_opens() {
    let house = House::new();
    let (patient, _) = sealed(&house);
    let dirk = house.active("dirk");
    let wrong = house
        .clinic
        .check_password(&dirk, &secret("not the password"));
    assert!(matches!(wrong, Err(ClinicError::WrongPassword)));
    let permit = authorize(&dirk, Permission::BreakGlass).unwrap();
    let try_open = |proof, patient, words: &str| {
        house
            .clinic
            .write::<_, ClinicError>(&permit, "break_glass.open", |change| {
                change.break_glass(proof, patient, BreakReason::Other, &phi(words))
            })
    };
    let proof = || {
        house
            .clinic
            .check_password(&dirk, &secret(PASSWORD))
            .unwrap()
    };
    let silent = try_open(proof(), patient.id, "  ");
    assert!(matches!(
        silent,
        Err(ClinicError::Invalid { field: "words", .. })
    ));
    // Somebody else's proof, and one that is too old.
    let doras = house.active("dora");
    let stolen = house
        .clinic
        .check_password(&doras, &secret(PASSWORD))
        .unwrap();
    let stolen = try_open(stolen, patient.id, "why");
    assert!(matches!(stolen, Err(ClinicError::PasswordNeeded)));
    let old = proof();
    house.wait(121);
    assert!(matches!(
        try_open(old, patient.id, "why"),
        Err(ClinicError::PasswordNeeded)
    ));
    // Open records and one's own patients need no glass broken.
    let plain = house.patient("dora", "Plain");
    let needless = try_open(proof(), plain.id, "why");
    assert!(matches!(
        needless,
        Err(ClinicError::Conflict {
            reason: "glass-not-needed"
        })
    ));
    assert!(open(&house, &doras, patient.id).is_err());
    assert!(waiting(&house).is_empty());
}

#[test]
fn whatever_is_read_or_written_inside_says_so_in_the_journal() {
    let house = House::new();
    let (patient, scan) = sealed(&house);
    let session = house.sign_in("dirk");
    let id = open(&house, &house.clinic.session(session).unwrap(), patient.id).unwrap();
    let active = house.clinic.session(session).unwrap();
    let read = authorize(&active, Permission::ReadPatients).unwrap();
    for _ in 0..2 {
        house
            .clinic
            .note_read(&read, "patients.open", Some(patient.id))
            .unwrap();
    }
    let verdict = authorize(&active, Permission::RecordVerdicts).unwrap();
    house
        .clinic
        .write::<_, ClinicError>(&verdict, "scan.set_priority", |change| {
            change.set_priority(scan, Priority::Urgent, "now")
        })
        .unwrap();
    // Another patient's chart is no part of it.
    let plain = house.patient("dirk", "Plain");
    let read = authorize(
        &house.clinic.session(session).unwrap(),
        Permission::ReadPatients,
    )
    .unwrap();
    house
        .clinic
        .note_read(&read, "patients.open", Some(plain.id))
        .unwrap();
    let verbs: Vec<_> = journal(&house, id)
        .into_iter()
        .map(|row| row.verb)
        .collect();
    assert_eq!(
        verbs,
        ["scan.set_priority", "patients.open", "break_glass.open"]
    );
    assert_eq!(waiting(&house)[0].acts, 3);

    // The treating doctor sees it, and the next opening is kept anew.
    let permit = house.permit("dora", Permission::ReadAccessLog);
    let saw = house.clinic.who_saw_record(&permit, patient.id).unwrap();
    let marked: Vec<_> = saw.iter().filter(|row| row.broke_glass).collect();
    assert_eq!(marked.len(), 3);
    assert!(marked.iter().all(|row| row.who.expose() == "Name of dirk"));
    let dirks = house.permit("dirk", Permission::ReadAccessLog);
    assert!(house.clinic.who_saw_record(&dirks, patient.id).is_err());

    let permit = authorize(&active, Permission::BreakGlass).unwrap();
    house
        .clinic
        .write::<_, ClinicError>(&permit, "break_glass.end", |change| {
            change.end_break_glass()
        })
        .unwrap();
    assert!(!sees(&house, session, patient.id, scan));
    let again = open(&house, &house.clinic.session(session).unwrap(), patient.id).unwrap();
    let read = authorize(
        &house.clinic.session(session).unwrap(),
        Permission::ReadPatients,
    )
    .unwrap();
    house
        .clinic
        .note_read(&read, "patients.open", Some(patient.id))
        .unwrap();
    assert_eq!(journal(&house, again).len(), 2);
}

#[test]
fn lists_of_the_opened_patient_are_whole_and_other_lists_stay_as_they_were() {
    let house = House::new();
    let (patient, _) = sealed(&house);
    let session = house.sign_in("dirk");
    open(&house, &house.clinic.session(session).unwrap(), patient.id).unwrap();
    let active = house.clinic.session(session).unwrap();
    let scans = authorize(&active, Permission::ReadScans).unwrap();
    let rows = |patient_id| {
        let query = WorklistQuery {
            patient_id,
            limit: 10,
            ..WorklistQuery::default()
        };
        house.clinic.worklist(&scans, &query).unwrap().rows.len()
    };
    assert_eq!((rows(Some(patient.id)), rows(None)), (1, 0));
    let read = authorize(&active, Permission::ReadPatients).unwrap();
    assert!(
        house
            .clinic
            .patients(&read, "", None, 10)
            .unwrap()
            .rows
            .is_empty()
    );
}

#[test]
fn neither_a_restart_nor_a_changed_clock_gives_time() {
    let house = House::new();
    let (patient, scan) = sealed(&house);
    let session = house.sign_in("dirk");
    open(&house, &house.clinic.session(session).unwrap(), patient.id).unwrap();
    house.wait(40 * 60);
    assert!(!house.clinic.settle_break_glass().unwrap());
    // A restart keeps it, with what is left.
    let house = house.restart();
    let left = |house: &House| {
        let permit = house.permit("dirk", Permission::BreakGlass);
        house
            .clinic
            .own_opening(&permit)
            .unwrap()
            .map(|own| own.left.as_secs() / 60)
    };
    assert!(matches!(left(&house), Some(19 | 20)));
    // Back while the program runs: it counts on by itself.
    let before = house.clock_now();
    house
        .clock
        .set(before - jiff::SignedDuration::from_mins(30));
    assert!(matches!(left(&house), Some(19 | 20)));
    // Back over a restart: it ends, and says why.
    let house = house.restart();
    assert!(!sees(&house, house.sign_in("dirk"), patient.id, scan));
    assert!(house.clinic.settle_break_glass().unwrap());
    assert!(matches!(waiting(&house)[0].ended, Some((End::Clock, _))));
    // Setting it right again brings nothing back.
    house.clock.set(before);
    assert!(!sees(&house, house.sign_in("dirk"), patient.id, scan));
}

#[test]
fn a_new_opening_ends_the_one_before() {
    let house = House::new();
    let (first, first_scan) = sealed(&house);
    let (second, second_scan) = sealed(&house);
    let session = house.sign_in("dirk");
    open(&house, &house.clinic.session(session).unwrap(), first.id).unwrap();
    open(&house, &house.clinic.session(session).unwrap(), second.id).unwrap();
    assert!(!sees(&house, session, first.id, first_scan));
    assert!(sees(&house, session, second.id, second_scan));
    let ends: Vec<_> = waiting(&house)
        .iter()
        .map(|one| one.ended.map(|(how, _)| how))
        .collect();
    assert_eq!(ends, [Some(End::Another), None]);
}

#[test]
fn a_review_is_somebody_elses_once_and_for_good() {
    let house = House::new();
    let (patient, _) = sealed(&house);
    let session = house.sign_in("dirk");
    let id = open(&house, &house.clinic.session(session).unwrap(), patient.id).unwrap();
    let review = |login: &str, words: &str| {
        let permit = house.permit(login, Permission::ReviewBreakGlass);
        house
            .clinic
            .write::<_, ClinicError>(&permit, "break_glass.review", |change| {
                change.review_break_glass(id, ReviewOutcome::Justified, &phi(words))
            })
    };
    let reason = |done: Result<Opening>| match done {
        Err(ClinicError::Conflict { reason }) => reason,
        other => panic!("{other:?}"),
    };
    assert_eq!(reason(review("ada", "while it lasts")), "glass-open");
    house.wait(3601);
    house.clinic.settle_break_glass().unwrap();
    assert!(matches!(
        review("ada", " "),
        Err(ClinicError::Invalid { .. })
    ));
    // Whoever used it may become an administrator, but never judge it.
    let permit = house.permit("ada", Permission::ManageUsers);
    let dirk = waiting(&house)[0].user;
    house
        .clinic
        .write::<_, ClinicError>(&permit, "users.set_role", |change| {
            change.set_user_role(dirk, Role::Administrator)
        })
        .unwrap();
    assert_eq!(reason(review("dirk", "I was right")), "own-opening");
    let permit = house.permit("ada", Permission::ReviewBreakGlass);
    house.wait(72 * 3600);
    let counts = house.clinic.openings_waiting(&permit).unwrap();
    assert_eq!((counts.waiting, counts.overdue), (1, 1));
    let done = review("ada", "Rang the treating doctor afterwards").unwrap();
    assert_eq!(done.review.unwrap().outcome, ReviewOutcome::Justified);
    assert_eq!(reason(review("ada", "Once more")), "reviewed");
    assert!(waiting(&house).is_empty());
    let permit = house.permit("ada", Permission::ReviewBreakGlass);
    let filter = OpeningFilter::Reviewed;
    assert_eq!(
        house
            .clinic
            .openings(&permit, filter, None, 10)
            .unwrap()
            .rows
            .len(),
        1
    );
}

#[test]
fn a_sealed_record_is_found_exactly_or_not_at_all() {
    let house = House::new();
    let (patient, _) = sealed(&house);
    let find = |login: &str, wanted: Wanted| {
        let permit = house.permit(login, Permission::BreakGlass);
        house.clinic.find_sealed(&permit, &wanted).unwrap().len()
    };
    let number = |text: &str| Wanted::Number(phi(text));
    let person = |name: &str, date: &str| Wanted::Person {
        name: phi(name),
        birth_date: phi(date),
    };
    assert_eq!(find("dirk", number(&patient.number)), 1);
    assert_eq!(find("dirk", person("greta  SEALED", "1980-02-29")), 1);
    assert_eq!(find("dirk", person("greta", "1980-02-29")), 0);
    assert_eq!(find("dirk", person("greta sealed", "1980-03-01")), 0);
    assert_eq!(find("dirk", number("Greta")), 0);
    // Whoever treats the patient needs no emergency.
    assert_eq!(find("dora", number(&patient.number)), 0);
}
