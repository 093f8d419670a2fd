//! What every [`Log`] keeps. An implementation's tests say
//! `relay::log_contract!(make)`, where `make` makes an empty one with [`LIMITS`].

use std::{
    any::Any,
    sync::{Arc, Mutex},
};

use protocol::{Closed, Sender, StreamId, limits};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::log::{Append, Door, Entry, Hash, Log, LogError, News, Party, Tell};

/// The limits that the contract is checked with.
pub const LIMITS: Quotas = Quotas {
    stream_bytes: 256 * 1024,
    blob_bytes: 1024,
    doors_per_host: 3,
};

/// A log's own limits.
#[derive(Clone, Copy, Debug)]
pub struct Quotas {
    /// Bytes of envelopes in one stream.
    pub stream_bytes: u64,
    /// Bytes of blobs in one stream.
    pub blob_bytes: u64,
    /// Open doors of one workstation.
    pub doors_per_host: u32,
}

/// A log, what it has told, and whatever must live as long.
pub struct Made {
    log: Arc<dyn Log>,
    news: Arc<Mutex<Vec<News>>>,
    _keep: Box<dyn Any + Send>,
}

impl Made {
    /// Opens a log with a listener.
    pub fn new(keep: impl Any + Send, open: impl FnOnce(Tell) -> Arc<dyn Log>) -> Self {
        let news = Arc::<Mutex<Vec<News>>>::default();
        let heard = Arc::clone(&news);
        Self {
            log: open(Arc::new(move |told| heard.lock().unwrap().extend(told))),
            news,
            _keep: Box::new(keep),
        }
    }

    fn entries(&self, of: StreamId) -> Vec<Entry> {
        let news = self.news.lock().unwrap();
        let entry = |news: &News| match news {
            News::Entry(entry) if entry.stream == of => Some(entry.clone()),
            _ => None,
        };
        news.iter().filter_map(entry).collect()
    }

    fn closings(&self, of: StreamId) -> Vec<Closed> {
        let news = self.news.lock().unwrap();
        let closed = |news: &News| match news {
            News::Closed(stream, why) if *stream == of => Some(*why),
            _ => None,
        };
        news.iter().filter_map(closed).collect()
    }

    async fn door(&self, host: Uuid, code: &str) -> StreamId {
        self.log.open_door(host, door(code), NOW).await.unwrap()
    }

    async fn knock(&self, code: &str, token: u8) -> StreamId {
        let knock = self
            .log
            .knock(code.to_owned(), [token; 32], NOW + HOUR, NOW);
        knock.await.unwrap()
    }

    /// A workstation with a guest whom it admitted.
    async fn admitted(&self) -> (Uuid, StreamId) {
        let host = Uuid::new_v4();
        self.door(host, "door").await;
        let stream = self.knock("door", 1).await;
        self.log.admit(host, stream).await.unwrap();
        (host, stream)
    }

    async fn append(&self, by: Party, stream: StreamId, bytes: &[u8]) -> Result<u64, LogError> {
        self.log
            .append(append(by, stream, Uuid::new_v4(), bytes))
            .await
    }
}

const NOW: i64 = 1_700_000_000_000;
const HOUR: i64 = 3_600_000;
const WEEK: i64 = 7 * 24 * HOUR;

fn door(code: &str) -> Door {
    Door {
        code: code.to_owned(),
        greeting: code.as_bytes().to_vec(),
        ends: NOW + HOUR,
    }
}

fn append(by: Party, stream: StreamId, key: Uuid, bytes: &[u8]) -> Append {
    Append {
        by,
        stream,
        key,
        envelope: bytes.to_vec(),
        at: NOW,
    }
}

fn blob(byte: u8, size: usize) -> (Hash, Vec<u8>) {
    let bytes = vec![byte; size];
    (Sha256::digest(&bytes).into(), bytes)
}

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

/// Makes one test of each part of the contract.
#[macro_export]
macro_rules! log_contract {
    ($make:expr) => {
        $crate::log_contract!(@each $make;
            places_are_without_gaps_and_told_in_order
            the_same_key_is_stored_once
            a_key_with_other_bytes_is_refused
            a_cursor_finds_exactly_what_comes_after
            nobody_reaches_anothers_stream
            a_door_is_one_workstations
            a_door_has_its_limits
            a_knock_is_told_at_the_door
            a_knock_has_its_limits
            a_guests_token_ends
            a_closed_stream_takes_nothing_more
            envelopes_have_their_limits
            a_blob_is_reached_through_its_stream
            what_has_had_its_time_is_removed
        );
    };
    (@each $make:expr; $($name:ident)*) => {
        $(#[tokio::test]
        async fn $name() {
            $crate::testing::contract::$name($make()).await;
        })*
    };
}
