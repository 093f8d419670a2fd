//! The contract's envelopes, blobs and ends.

use protocol::{Closed, Sender, limits};
use uuid::Uuid;

use super::{HOUR, LIMITS, Made, NOW, WEEK, append, blob};
use crate::log::{Append, LogError, Party};

/// Many at once, from both sides: 1, 2, 3… on every stream, told in that order, read in that order.
pub async fn places_are_without_gaps_and_told_in_order(made: Made) {
    let (host, stream) = made.admitted().await;
    let answers: Vec<_> = (0..100_u8)
        .map(|number| {
            let by = [Party::Host(host), Party::Guest(stream)][usize::from(number % 2)];
            made.log
                .append(append(by, stream, Uuid::new_v4(), &[number]))
        })
        .collect();
    for (place, answer) in (1..).zip(answers) {
        assert_eq!(answer.await, Ok(place));
    }
    let read = made
        .log
        .read(Party::Guest(stream), stream, 0, 1000)
        .await
        .unwrap();
    assert_eq!(read.head, 100);
    assert_eq!(read.entries, made.entries(stream));
    for (entry, number) in read.entries.iter().zip(0..100_u8) {
        assert_eq!(entry.seq, u64::from(number) + 1);
        assert_eq!(entry.envelope, [number]);
        assert_eq!(
            entry.from,
            [Sender::Host, Sender::Guest][usize::from(number % 2)]
        );
    }
}

/// A retry is acknowledged with the first place, stored once, told once.
pub async fn the_same_key_is_stored_once(made: Made) {
    let (host, stream) = made.admitted().await;
    let by = Party::Host(host);
    let key = Uuid::new_v4();
    assert_eq!(made.log.append(append(by, stream, key, b"a")).await, Ok(1));
    assert_eq!(made.append(by, stream, b"b").await, Ok(2));
    let twice = [0, 1].map(|_| made.log.append(append(by, stream, key, b"a")));
    for again in twice {
        assert_eq!(again.await, Ok(1));
    }
    assert_eq!(made.entries(stream).len(), 2);
    made.log.close(host, stream).await.unwrap();
    let late = made.log.append(append(by, stream, key, b"a")).await;
    assert_eq!(
        late,
        Ok(1),
        "what was stored before the end stays acknowledged"
    );
}

/// A key belongs to its bytes, its sender and its stream.
pub async fn a_key_with_other_bytes_is_refused(made: Made) {
    let (host, stream) = made.admitted().await;
    let key = Uuid::new_v4();
    let first = append(Party::Host(host), stream, key, b"a");
    assert_eq!(made.log.append(first).await, Ok(1));
    for (by, bytes) in [(Party::Host(host), b"b"), (Party::Guest(stream), b"a")] {
        let again = made.log.append(append(by, stream, key, bytes)).await;
        assert_eq!(again, Err(LogError::KeyReused));
    }
    let other = made.knock("door", 2).await;
    let there = append(Party::Host(host), other, key, b"b");
    assert_eq!(made.log.append(there).await, Ok(1));
}

/// From any cursor, in pieces of any size, exactly what comes after.
pub async fn a_cursor_finds_exactly_what_comes_after(made: Made) {
    let (host, stream) = made.admitted().await;
    for number in 0..20_u8 {
        made.append(Party::Host(host), stream, &[number])
            .await
            .unwrap();
    }
    for after in 0..=20 {
        for most in [1, 7, 100] {
            let (mut cursor, mut found) = (after, Vec::new());
            loop {
                let piece = made
                    .log
                    .read(Party::Host(host), stream, cursor, most)
                    .await
                    .unwrap();
                let Some(last) = piece.entries.last() else {
                    break;
                };
                cursor = last.seq;
                found.extend(piece.entries.into_iter().map(|entry| entry.seq));
            }
            assert_eq!(found, (after + 1..=20).collect::<Vec<_>>());
        }
    }
    let beyond = made
        .log
        .read(Party::Host(host), stream, u64::MAX, 1)
        .await
        .unwrap();
    assert_eq!((beyond.head, beyond.entries.len()), (20, 0));
}

/// After its end a stream is read by its host, and written by nobody.
pub async fn a_closed_stream_takes_nothing_more(made: Made) {
    let (host, stream) = made.admitted().await;
    made.append(Party::Guest(stream), stream, b"last")
        .await
        .unwrap();
    for _ in 0..2 {
        made.log.close(host, stream).await.unwrap();
    }
    assert_eq!(made.closings(stream), [Closed::ByHost], "told once");
    for by in [Party::Host(host), Party::Guest(stream)] {
        assert_eq!(made.append(by, stream, b"x").await, Err(LogError::Closed));
    }
    let read = made
        .log
        .read(Party::Host(host), stream, 0, 10)
        .await
        .unwrap();
    assert_eq!((read.head, read.closed), (1, Some(Closed::ByHost)));
    assert_eq!(made.log.admit(host, stream).await, Err(LogError::Closed));
}

/// One envelope and one stream hold so much; a retry of what is stored is still acknowledged.
pub async fn envelopes_have_their_limits(made: Made) {
    let (host, stream) = made.admitted().await;
    let by = Party::Host(host);
    let large = vec![0; limits::ENVELOPE + 1];
    assert_eq!(
        made.append(by, stream, &large).await,
        Err(LogError::TooLarge)
    );
    let key = Uuid::new_v4();
    let full = &large[1..];
    assert_eq!(made.log.append(append(by, stream, key, full)).await, Ok(1));
    for _ in 1..LIMITS.stream_bytes / limits::ENVELOPE as u64 {
        made.append(by, stream, full).await.unwrap();
    }
    assert_eq!(made.append(by, stream, b"x").await, Err(LogError::TooMany));
    assert_eq!(made.log.append(append(by, stream, key, full)).await, Ok(1));
}

/// A blob is reached through a stream that has it, and no further; a stream holds so much.
pub async fn a_blob_is_reached_through_its_stream(made: Made) {
    let (host, stream) = made.admitted().await;
    let other = made.knock("door", 2).await;
    let (hash, bytes) = blob(1, 1000);
    let by = Party::Guest(stream);
    for _ in 0..2 {
        made.log
            .put_blob(by, stream, hash, bytes.clone())
            .await
            .unwrap();
    }
    assert_eq!(
        made.log.blob(Party::Host(host), stream, hash).await,
        Ok(bytes)
    );
    let elsewhere = made.log.blob(Party::Host(host), other, hash).await;
    assert_eq!(elsewhere, Err(LogError::NotFound));
    let (more, bytes) = blob(2, 25);
    let put = made.log.put_blob(by, stream, more, bytes).await;
    assert_eq!(put, Err(LogError::TooLarge));
    assert_eq!(
        made.log.blob(by, stream, more).await,
        Err(LogError::NotFound)
    );
}

/// Doors end at their time; streams when nothing was said for a week; what both had goes with them.
pub async fn what_has_had_its_time_is_removed(made: Made) {
    let (host, stream) = made.admitted().await;
    let quiet = made.knock("door", 2).await;
    let (hash, bytes) = blob(1, 10);
    for of in [stream, quiet] {
        made.log
            .put_blob(Party::Host(host), of, hash, bytes.clone())
            .await
            .unwrap();
    }
    let spoken = Append {
        at: NOW + HOUR,
        ..append(Party::Host(host), stream, Uuid::new_v4(), b"x")
    };
    made.log.append(spoken).await.unwrap();
    let expire = async |now| while made.log.expire(now).await.unwrap() > 0 {};
    expire(NOW + HOUR).await;
    assert_eq!(
        made.log.greeting("door".to_owned(), NOW).await,
        Err(LogError::NotFound)
    );
    assert!(
        made.log.read(Party::Host(host), quiet, 0, 1).await.is_ok(),
        "a guest outlives the door"
    );

    expire(NOW + WEEK).await;
    assert_eq!(made.closings(quiet), [Closed::Expired]);
    assert_eq!(
        made.log.read(Party::Host(host), quiet, 0, 1).await,
        Err(LogError::NotFound)
    );
    let read = made
        .log
        .read(Party::Host(host), stream, 0, 1)
        .await
        .unwrap();
    assert_eq!(read.entries.len(), 1, "it was in use");
    assert_eq!(
        made.log.blob(Party::Host(host), stream, hash).await,
        Ok(bytes),
        "another's went"
    );

    expire(NOW + HOUR + WEEK).await;
    assert_eq!(made.closings(stream), [Closed::Expired]);
    let gone = made.log.blob(Party::Host(host), stream, hash).await;
    assert_eq!(gone, Err(LogError::NotFound));
    assert_eq!(made.log.guest([1; 32], NOW).await, Err(LogError::NotFound));
}
