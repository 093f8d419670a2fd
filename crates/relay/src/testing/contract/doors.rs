//! The contract's doors, knocks and tokens.

use protocol::{Closed, Sender, limits};
use uuid::Uuid;

use super::{HOUR, Made, NOW, WEEK, blob, door};
use crate::log::{Door, LogError, Party};

/// Another's and nobody's are answered alike, whatever is asked.
pub async fn nobody_reaches_anothers_stream(made: Made) {
    let (host, stream) = made.admitted().await;
    let (hash, bytes) = blob(1, 10);
    made.log
        .put_blob(Party::Host(host), stream, hash, bytes.clone())
        .await
        .unwrap();
    let other = made.knock("door", 2).await;
    let stranger = Uuid::new_v4();
    for by in [
        Party::Host(stranger),
        Party::Guest(other),
        Party::Guest(Uuid::new_v4()),
    ] {
        for asked in [stream, Uuid::new_v4()] {
            let not_found = Err(LogError::NotFound);
            assert_eq!(made.append(by, asked, b"x").await, not_found);
            assert_eq!(
                made.log.read(by, asked, 0, 1).await,
                Err(LogError::NotFound)
            );
            assert_eq!(
                made.log.blob(by, asked, hash).await,
                Err(LogError::NotFound)
            );
            let put = made.log.put_blob(by, asked, hash, bytes.clone()).await;
            assert_eq!(put, Err(LogError::NotFound));
        }
    }
    for asked in [stream, Uuid::new_v4()] {
        assert_eq!(
            made.log.admit(stranger, asked).await,
            Err(LogError::NotFound)
        );
        assert_eq!(
            made.log.close(stranger, asked).await,
            Err(LogError::NotFound)
        );
    }
    let closed = made.log.close_door(stranger, "door".to_owned()).await;
    assert_eq!(closed, Err(LogError::NotFound));
    assert_eq!(made.entries(stream).len(), 0);
}

/// A code leads to one workstation, until it closes the door or the door's time is over.
pub async fn a_door_is_one_workstations(made: Made) {
    let [host, other] = [Uuid::new_v4(), Uuid::new_v4()];
    let stream = made.door(host, "door").await;
    assert_eq!(made.door(host, "door").await, stream, "one's own again");
    let taken = made.log.open_door(other, door("door"), NOW).await;
    assert_eq!(taken, Err(LogError::Taken));
    assert_eq!(
        made.log.greeting("door".to_owned(), NOW).await,
        Ok(b"door".to_vec())
    );
    let late = made.log.greeting("door".to_owned(), NOW + HOUR).await;
    assert_eq!(late, Err(LogError::NotFound));

    made.log.close_door(host, "door".to_owned()).await.unwrap();
    assert_eq!(made.closings(stream), [Closed::ByHost]);
    let knock = made
        .log
        .knock("door".to_owned(), [1; 32], NOW + HOUR, NOW)
        .await;
    assert_eq!(knock, Err(LogError::NotFound));
    assert_ne!(made.door(other, "door").await, stream);

    let later = Door {
        ends: NOW + 2 * HOUR,
        ..door("door")
    };
    let after = made.log.open_door(host, later, NOW + HOUR).await;
    assert!(after.is_ok(), "its time is over");
}

/// Sizes, lifetimes and counts of doors.
pub async fn a_door_has_its_limits(made: Made) {
    let host = Uuid::new_v4();
    let long = "x".repeat(limits::DOOR.end() + 1);
    for wrong in [
        door("abc"),
        door(&long),
        Door {
            greeting: vec![0; limits::GREETING + 1],
            ..door("door")
        },
        Door {
            ends: NOW,
            ..door("door")
        },
        Door {
            ends: NOW + WEEK + 1,
            ..door("door")
        },
    ] {
        let opened = made.log.open_door(host, wrong, NOW).await;
        assert_eq!(opened, Err(LogError::TooLarge));
    }
    for code in ["one1", "two2", "tri3"] {
        made.door(host, code).await;
    }
    let fourth = made.log.open_door(host, door("four"), NOW).await;
    assert_eq!(fourth, Err(LogError::TooMany));
}

/// A knock makes a stream and says so on the door's; only the relay writes there.
pub async fn a_knock_is_told_at_the_door(made: Made) {
    let host = Uuid::new_v4();
    let at = made.door(host, "door").await;
    let guests = [made.knock("door", 1).await, made.knock("door", 2).await];
    let told = made.entries(at);
    for (place, (entry, guest)) in (1..).zip(told.iter().zip(guests)) {
        assert_eq!((entry.seq, entry.from), (place, Sender::Relay));
        assert_eq!(entry.envelope, guest.as_bytes());
    }
    let read = made.log.read(Party::Host(host), at, 0, 10).await.unwrap();
    assert_eq!(read.entries, told);
    assert_eq!(
        made.append(Party::Host(host), at, b"x").await,
        Err(LogError::NotFound)
    );
    assert_eq!(made.log.admit(host, at).await, Err(LogError::NotFound));
    assert_eq!(made.log.close(host, at).await, Err(LogError::NotFound));
}

/// So many stand at a door, and each leaves so much; admission ends that.
pub async fn a_knock_has_its_limits(made: Made) {
    let host = Uuid::new_v4();
    made.door(host, "door").await;
    let mut guests = Vec::new();
    for token in 0..limits::KNOCKS {
        guests.push(made.knock("door", u8::try_from(token).unwrap()).await);
    }
    let knock = || made.log.knock("door".to_owned(), [99; 32], NOW + HOUR, NOW);
    assert_eq!(knock().await, Err(LogError::TooMany));
    assert_eq!(
        made.log.standing("door".to_owned(), NOW + 1).await,
        Ok(guests.clone())
    );
    assert_eq!(made.log.standing("door".to_owned(), NOW).await, Ok(vec![]));

    let guest = guests[0];
    for _ in 0..limits::KNOCK_ENVELOPES {
        made.append(Party::Guest(guest), guest, b"x").await.unwrap();
    }
    let more = made.append(Party::Guest(guest), guest, b"x").await;
    assert_eq!(more, Err(LogError::TooMany));
    made.append(Party::Host(host), guest, b"the host may answer")
        .await
        .unwrap();
    let (hash, bytes) = blob(1, 10);
    let put = || {
        made.log
            .put_blob(Party::Guest(guest), guest, hash, bytes.clone())
    };
    assert_eq!(put().await, Err(LogError::TooMany));

    made.log.admit(host, guest).await.unwrap();
    made.append(Party::Guest(guest), guest, b"x").await.unwrap();
    assert_eq!(put().await, Ok(()));
    assert!(knock().await.is_ok(), "an admitted guest stands no longer");
    made.log.give_up(guests[1]).await.unwrap();
    assert_eq!(made.closings(guests[1]), [Closed::Expired]);
}

/// A token ends by time, or with its stream; it lasts on when renewed before.
pub async fn a_guests_token_ends(made: Made) {
    let (host, stream) = made.admitted().await;
    let at = |now| made.log.guest([1; 32], now);
    assert_eq!(at(NOW).await.unwrap().stream, stream);
    assert_eq!(made.log.guest([7; 32], NOW).await, Err(LogError::NotFound));
    let renewed = made
        .log
        .renew([1; 32], NOW + 2 * HOUR, NOW + 1)
        .await
        .unwrap();
    assert_eq!(renewed.ends, NOW + 2 * HOUR);
    assert_eq!(at(NOW + 2 * HOUR - 1).await.unwrap(), renewed);
    assert_eq!(at(NOW + 2 * HOUR).await, Err(LogError::NotFound));
    let late = made
        .log
        .renew([1; 32], NOW + 9 * HOUR, NOW + 3 * HOUR)
        .await;
    assert_eq!(late, Err(LogError::NotFound));
    made.log.close(host, stream).await.unwrap();
    assert_eq!(at(NOW).await, Err(LogError::NotFound));
}
