//! The index keeps up: with the fact or not at all, and with what is older than itself.

use super::*;

#[test]
fn what_was_not_kept_is_not_found() {
    let desk = Desk::new();
    let permit = desk.permit(Permission::HostConsultations);
    let new = NewMessage {
        id: MessageId::new(),
        consultation_id: desk.id,
        participant_id: desk.guest,
        language: Language::En,
        text: phi("taken back"),
        phrase: None,
        sound: None,
    };
    let refused = desk
        .clinic()
        .write::<(), ClinicError>(&permit, "x", |change| {
            change.say(&new)?;
            Err(ClinicError::NotYours)
        });
    assert!(refused.is_err());
    assert!(desk.find("taken").is_empty());
}

#[test]
fn older_texts_are_added_in_steps_that_a_restart_takes_up() {
    let desk = Desk::new();
    let host = desk.permit(Permission::HostConsultations);
    // Said before there was an index: written past it.
    bulk::say_much(desk.clinic(), &host, desk.patient.id, 700).unwrap();
    let search = desk.permit(Permission::SearchRecords);
    assert!(desk.clinic().search_is_behind(&search).unwrap());
    assert!(desk.clinic().index_older(300).unwrap());
    // What is said meanwhile is found at once, and newest.
    desk.house.wait(1);
    let fresh = desk.say(Language::En, "pain now");
    assert_eq!(desk.find("pain").len(), 200);
    assert_eq!(desk.messages("pain")[0], fresh);
    let Desk {
        house,
        patient,
        id,
        guest,
        ..
    } = desk;
    let house = house.restart();
    let session = house.active("dora");
    let desk = Desk {
        house,
        session,
        patient,
        id,
        guest,
    };
    let mut steps = 0;
    while desk.clinic().index_older(300).unwrap() {
        steps += 1;
    }
    assert!(steps >= 2, "{steps}");
    let search = desk.permit(Permission::SearchRecords);
    assert!(!desk.clinic().search_is_behind(&search).unwrap());
    let (mut all, mut cursor) = (0, None);
    loop {
        let page = desk
            .clinic()
            .search(&search, &asked("pain"), cursor.as_deref(), 200)
            .unwrap();
        all += page.rows.len();
        cursor = page.next;
        if cursor.is_none() {
            break;
        }
    }
    assert_eq!(all, 701);
    // Nothing is left to do, and nothing is done twice.
    assert!(!desk.clinic().index_older(300).unwrap());
}

#[test]
fn the_journal_keeps_whose_data_was_shown_once_and_in_one_row() {
    let desk = Desk::new();
    let other = desk.house.patient("dora", "Eva Else");
    let permit = desk.permit(Permission::SearchRecords);
    let rows = || {
        let admin = desk.house.permit("ada", Permission::ReadJournal);
        let query = JournalQuery {
            verb: Some("search.page".into()),
            limit: 50,
            ..JournalQuery::default()
        };
        desk.clinic().journal_page(&admin, &query).unwrap().rows
    };
    let note = |patients: &[basics::PatientId]| {
        desk.clinic()
            .note_reads(&permit, "search.page", patients.iter().copied())
            .unwrap();
    };
    note(&[]);
    assert_eq!(rows().len(), 0);
    note(&[desk.patient.id, desk.patient.id]);
    note(&[desk.patient.id, other.id]);
    note(&[other.id]);
    let rows = rows();
    let subjects: Vec<_> = rows.iter().map(|row| row.subjects.clone()).collect();
    assert_eq!(
        subjects,
        [
            vec![format!("patient:{}", other.id)],
            vec![format!("patient:{}", desk.patient.id)]
        ]
    );
}
