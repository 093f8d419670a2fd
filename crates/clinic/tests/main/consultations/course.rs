//! The course of a consultation: bookkeeping, a locked window, a restart, the end.

use std::sync::Arc;

use basics::{ConsultationId, Secret};
use clinic::*;

use super::{Visit, conflict};

#[test]
fn the_end_leaves_the_facts_and_no_key() {
    let visit = Visit::new();
    let said = NewMessage {
        sound: Some(visit.sound(b"RIFF")),
        ..visit.says(visit.guest, "")
    };
    visit.keep(&said).unwrap();
    visit
        .upkeep(|upkeep| {
            upkeep.keep_live_state(visit.id, "doors", &Secret::new(vec![1; 32]))?;
            upkeep.keep_live_state(visit.id, "doors", &Secret::new(vec![2; 32]))?;
            upkeep.keep_recorded(visit.id, visit.doctor, &[1, 0])?;
            upkeep.keep_recorded(visit.id, visit.doctor, &[2, 0])
        })
        .unwrap();
    let (clinic, permit) = (visit.clinic(), &visit.permit);
    let state = clinic.live_state(permit, visit.id).unwrap();
    assert_eq!((state.len(), state[0].1.expose()[0]), (1, 2));
    let left = clinic.recordings(permit, visit.id).unwrap();
    assert_eq!(
        (left.len(), left[0].sound.as_slice()),
        (1, &[1, 0, 2, 0][..])
    );
    let ended = visit.end();
    assert!(ended.ended.is_some() && visit.end().ended == ended.ended);
    assert!(clinic.live_state(permit, visit.id).unwrap().is_empty());
    assert!(clinic.recordings(permit, visit.id).unwrap().is_empty());
    let sound = clinic.message(permit, said.id).unwrap().sound.unwrap();
    assert!(sound.relayed.is_none());
    assert_eq!(*clinic.sound(permit, said.id).unwrap(), b"RIFF");
    let keep =
        visit.upkeep(|upkeep| upkeep.keep_live_state(visit.id, "doors", &Secret::new(vec![1])));
    assert_eq!(conflict(keep), "consultation-ended");
}

#[test]
fn locking_the_window_does_not_interrupt_a_consultation_and_shows_nothing() {
    let visit = Visit::new();
    let session = visit.house.sign_in("dora");
    let hold = visit.clinic().hold().unwrap();
    visit.clinic().lock_session(session).unwrap();
    visit.house.wait(11 * 60);
    visit.clinic().lock_if_idle();
    // A phone goes on speaking.
    let said = visit.says(visit.guest, "¿Está ahí?");
    assert_eq!(visit.keep(&said).unwrap().message.n, 1);
    visit
        .upkeep(|upkeep| upkeep.note_seen(visit.id, visit.guest, 1))
        .unwrap();
    assert!(matches!(
        visit.clinic().session(session),
        Err(ClinicError::SessionLocked)
    ));
    drop(hold);
    assert!(!visit.clinic().is_unlocked());
    assert!(matches!(visit.keep(&said), Err(ClinicError::Locked)));
    assert!(matches!(visit.upkeep(|_| Ok(())), Err(ClinicError::Locked)));
}

#[test]
fn after_a_restart_it_is_taken_up_where_it_was() {
    let visit = Visit::new();
    let said = NewMessage {
        sound: Some(visit.sound(b"RIFF kept")),
        ..visit.says(visit.guest, "")
    };
    visit.keep(&said).unwrap();
    visit.sound(b"RIFF never said");
    visit
        .upkeep(|upkeep| {
            upkeep.keep_live_state(visit.id, "keys", &Secret::new(vec![9; 40]))?;
            upkeep.keep_recorded(visit.id, visit.doctor, &[5, 0])
        })
        .unwrap();
    let Visit { house, id, .. } = visit;
    let house = house.restart();
    let permit = house.permit("dora", Permission::HostConsultations);
    let open = house.clinic.open_consultations(&permit).unwrap();
    assert_eq!((open.len(), open[0].id, open[0].messages), (1, id, 1));
    assert_eq!(
        house.clinic.live_state(&permit, id).unwrap()[0].1.expose(),
        &vec![9; 40]
    );
    assert_eq!(house.clinic.recordings(&permit, id).unwrap().len(), 1);
    assert_eq!(*house.clinic.sound(&permit, said.id).unwrap(), b"RIFF kept");
    let running = ConsultationFilter {
        only_running: true,
        ..Default::default()
    };
    let listed = |filter| {
        house
            .clinic
            .consultations(&permit, filter, None, 10)
            .unwrap()
            .rows
            .len()
    };
    assert_eq!(listed(running), 1);
    house
        .clinic
        .write(&permit, "live.end", |change| change.end_consultation(id))
        .unwrap();
    assert_eq!(
        (listed(running), listed(ConsultationFilter::default())),
        (0, 1)
    );
    assert!(house.clinic.open_consultations(&permit).unwrap().is_empty());
}

#[test]
fn bookkeeping_is_no_act_in_the_journal_and_what_is_said_is_one() {
    let visit = Visit::new();
    let admin = visit.house.permit("ada", Permission::ReadJournal);
    let rows = || visit.clinic().verify_journal(&admin).unwrap().rows;
    let before = rows();
    visit
        .upkeep(|upkeep| {
            upkeep.note_seen(visit.id, visit.guest, 1)?;
            upkeep.keep_recorded(visit.id, visit.doctor, &[0, 0])
        })
        .unwrap();
    assert_eq!(rows(), before);
    visit.keep(&visit.says(visit.guest, "Hola")).unwrap();
    assert_eq!(rows(), before + 1);
    let of_it = JournalQuery {
        subject: Some(uuid_of(visit.id)),
        limit: 50,
        ..Default::default()
    };
    assert_eq!(
        visit
            .clinic()
            .journal_page(&admin, &of_it)
            .unwrap()
            .rows
            .len(),
        2
    );
}

fn uuid_of(id: ConsultationId) -> uuid::Uuid {
    uuid::Uuid::from_bytes(*id.as_bytes())
}

/// Keeps the compiler's eye on it: a consultation is driven from other threads.
#[test]
fn what_a_driver_holds_may_cross_threads() {
    fn crosses<T: Send + Sync + 'static>() {}
    crosses::<Permit>();
    crosses::<Hold>();
    crosses::<Arc<Clinic>>();
}
