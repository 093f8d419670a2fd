//! A workstation and phones over a real relay: TLS, sockets, SQLite.

#![allow(clippy::unwrap_used)]

mod place;
mod proxy;

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use basics::Language;
use live::{
    Error,
    client::{Enrolment, Pass, Relay, Trust, WorkstationKey},
    guest::Over,
};
use place::{Place, until};
use proxy::Proxy;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_phones_and_a_doctor_talk_through_a_real_relay() {
    let place = Place::open().await;
    let doctor = place.doctor().await;
    let ana = place
        .phone(&doctor.invite().await, "Ana", Language::Es)
        .await;
    let omar = place
        .phone(&doctor.invite().await, "Omar", Language::Ar)
        .await;
    for phone in [&ana, &omar] {
        // Both see the same four pictures before anybody is let in.
        let code = until("a code on the phone", || phone.see(|seen| seen.code)).await;
        until("the same code at the desk", || {
            doctor.codes().into_iter().find(|shown| *shown == code)
        })
        .await;
        doctor.admit(code);
    }
    until("both inside", || (doctor.guests() == 2).then_some(())).await;
    for n in 0..20 {
        match n % 3 {
            0 => doctor.say(&format!("Question {n}")),
            1 => ana.say(&format!("Respuesta {n}")),
            _ => omar.say(&format!("Answer {n}")),
        }
    }
    for phone in [&ana, &omar] {
        until("twenty messages", || {
            (phone.see(|seen| seen.messages.len()) == 20).then_some(())
        })
        .await;
        assert_eq!(phone.see(|seen| seen.messages.clone()), doctor.record());
    }
    doctor.end();
    for phone in [&ana, &omar] {
        until("the end", || {
            (phone.see(|seen| seen.over) == Some(Over::Ended)).then_some(())
        })
        .await;
    }
    until("the relay knows the end", || doctor.is_over().then_some(())).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_line_that_breaks_or_goes_silent_is_noticed_and_nothing_is_lost() {
    let place = Place::open().await;
    let proxy = Proxy::to(place.port()).await;
    let doctor = place.doctor_at(proxy.port()).await;
    let ana = place
        .phone(&doctor.invite().await, "Ana", Language::Es)
        .await;
    let code = until("a code", || ana.see(|seen| seen.code)).await;
    until("the same code", || {
        doctor.codes().into_iter().find(|shown| *shown == code)
    })
    .await;
    doctor.admit(code);
    until("inside", || ana.see(|seen| seen.inside).then_some(())).await;

    doctor.say("Before the cut");
    proxy.cut();
    doctor.say("During the cut");
    ana.say("También durante el corte");
    until("three messages", || {
        (ana.see(|seen| seen.messages.len()) == 3).then_some(())
    })
    .await;

    // Half open: bytes go nowhere and nobody says so.
    proxy.freeze(true);
    doctor.say("Into the void");
    let began = tokio::time::Instant::now();
    until("the dead line is noticed", || {
        (!doctor.is_connected()).then_some(())
    })
    .await;
    assert!(
        began.elapsed() < Duration::from_secs(22),
        "{:?}",
        began.elapsed()
    );
    proxy.freeze(false);
    until("four messages", || {
        (ana.see(|seen| seen.messages.len()) == 4).then_some(())
    })
    .await;
    assert_eq!(ana.see(|seen| seen.messages.clone()), doctor.record());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_token_is_renewed_on_the_line_before_it_ends() {
    let place = Place::open_with(|config| config.limits.guest_token_s = 3).await;
    let doctor = place.doctor().await;
    let ana = place
        .phone(&doctor.invite().await, "Ana", Language::Es)
        .await;
    let code = until("a code", || ana.see(|seen| seen.code)).await;
    until("the same code", || {
        doctor.codes().into_iter().find(|shown| *shown == code)
    })
    .await;
    doctor.admit(code);
    // More than twice as long as a token lasts.
    tokio::time::sleep(Duration::from_secs(7)).await;
    doctor.say("Still there?");
    until("the message", || {
        (ana.see(|seen| seen.messages.len()) == 1).then_some(())
    })
    .await;
    assert_eq!(ana.see(|seen| seen.lost), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_relay_that_starts_again_is_found_again_at_once() {
    let place = Place::open().await;
    let doctor = place.doctor().await;
    let ana = place
        .phone(&doctor.invite().await, "Ana", Language::Es)
        .await;
    let code = until("a code", || ana.see(|seen| seen.code)).await;
    until("the same code", || {
        doctor.codes().into_iter().find(|shown| *shown == code)
    })
    .await;
    doctor.admit(code);
    until("inside", || ana.see(|seen| seen.inside).then_some(())).await;
    let place = place.restart().await;
    doctor.say("After the restart");
    ana.say("Después");
    until("two messages", || {
        (ana.see(|seen| seen.messages.len()) == 2).then_some(())
    })
    .await;
    assert_eq!(ana.see(|seen| seen.messages.clone()), doctor.record());
    drop(place);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sealed_bytes_come_back_as_they_were_put_and_nobody_else_gets_them() {
    let place = Place::open().await;
    let doctor = place.doctor().await;
    let ana = place
        .phone(&doctor.invite().await, "Ana", Language::Es)
        .await;
    let code = until("a code", || ana.see(|seen| seen.code)).await;
    until("the same code", || {
        doctor.codes().into_iter().find(|shown| *shown == code)
    })
    .await;
    doctor.admit(code);
    until("inside", || ana.see(|seen| seen.inside).then_some(())).await;

    let wav: Vec<u8> = (0..1_000_000_u32).map(|n| (n * 31) as u8).collect();
    let (relay, pass, stream) = (place.relay(), doctor.pass(), ana.stream());
    let done = Arc::new(AtomicU64::new(0));
    let heard = done.clone();
    let progress: live::client::Progress =
        Arc::new(move |sent, _| heard.store(sent, Ordering::Relaxed));
    let blob = relay
        .put_blob(&pass, stream, &wav, progress.clone())
        .await
        .unwrap();
    assert_eq!(done.load(Ordering::Relaxed), wav.len() as u64 + 16);
    assert_eq!(
        relay
            .fetch_blob(&ana.pass(), stream, &blob, progress.clone())
            .await
            .unwrap(),
        wav
    );

    let stranger = place
        .phone(&doctor.invite().await, "Eve", Language::En)
        .await;
    assert_eq!(
        relay
            .fetch_blob(&stranger.pass(), stream, &blob, progress.clone())
            .await,
        Err(Error::NotFound)
    );
    let mut other = blob.clone();
    other.key = vec![7; 32].into();
    assert_eq!(
        relay
            .fetch_blob(&pass, stream, &other, progress.clone())
            .await,
        Err(Error::Unopenable)
    );
    let too_long = vec![0; 16 * 1024 * 1024];
    assert!(matches!(
        relay.put_blob(&pass, stream, &too_long, progress).await,
        Err(Error::TooLarge { .. })
    ));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_test_of_the_relay_names_what_failed() {
    let place = Place::open().await;
    let (relay, key) = (place.relay(), WorkstationKey::generate().unwrap());
    assert_eq!(
        relay.enrol("WRONG-CODE", &key, "Room 2").await,
        Err(Error::WrongCode)
    );
    let code = place.code();
    let enrolment = relay.enrol(&code, &key, "Room 2").await.unwrap();
    assert_eq!(
        relay.enrol(&code, &key, "Room 2").await,
        Err(Error::WrongCode),
        "a code works once"
    );
    let pass = Pass::Workstation(key.clone(), enrolment.clone());
    relay.test(&pass).await.unwrap();

    let unknown = Pass::Workstation(WorkstationKey::generate().unwrap(), enrolment.clone());
    assert_eq!(relay.test(&unknown).await.err(), Some(Error::NotEnrolled));
    let elsewhere = Enrolment {
        relay: uuid::Uuid::now_v7(),
        ..enrolment.clone()
    };
    assert_eq!(
        relay.test(&Pass::Workstation(key, elsewhere)).await.err(),
        Some(Error::NotEnrolled)
    );

    let address = format!("https://127.0.0.1:{}", place.port());
    let pinned = Relay::new(&address, Trust::Pinned([7; 32])).unwrap();
    assert_eq!(
        pinned.test(&pass).await.err(),
        Some(Error::CertificateChanged)
    );
    let platform = Relay::new(&address, Trust::Platform).unwrap();
    assert_eq!(
        platform.test(&pass).await.err(),
        Some(Error::CertificateNotTrusted)
    );
    let nobody = Relay::new("https://localhost:1", Trust::Platform).unwrap();
    assert_eq!(nobody.test(&pass).await.err(), Some(Error::Unreachable));
    for wrong in [
        "localhost",
        "ftp://localhost",
        "http://relay.example.org",
        "https://relay.example.org/path",
        "https://user@relay.example.org",
    ] {
        assert_eq!(
            Relay::new(wrong, Trust::Platform).err(),
            Some(Error::Address),
            "{wrong}"
        );
    }

    place.revoke(enrolment.workstation);
    assert_eq!(relay.test(&pass).await.err(), Some(Error::NotEnrolled));
}
