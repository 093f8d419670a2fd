//! The SQLite log keeps the contract, and what it acknowledged.

use std::sync::Arc;

use proptest::prelude::*;
use relay::{
    log::{
        Append, Door, Log, Party,
        sqlite::{Options, SqliteLog},
    },
    testing::contract::{LIMITS, Made},
};
use uuid::Uuid;

fn options(folder: &std::path::Path) -> Options {
    Options {
        folder: folder.to_path_buf(),
        tell: Arc::new(|_| {}),
        committed: Arc::new(|_, _| {}),
        stream_bytes: LIMITS.stream_bytes,
        blob_bytes: LIMITS.blob_bytes,
        doors_per_host: LIMITS.doors_per_host,
        database_bytes: 0,
    }
}

fn make() -> Made {
    let folder = tempfile::tempdir().unwrap();
    let options = options(folder.path());
    Made::new(folder, |tell| {
        Arc::new(SqliteLog::open(Options { tell, ..options }).unwrap())
    })
}

relay::log_contract!(make);

#[tokio::test]
async fn a_file_that_no_stream_names_is_removed_at_the_next_start() {
    let folder = tempfile::tempdir().unwrap();
    drop(SqliteLog::open(options(folder.path())).unwrap());
    let stray = folder.path().join("blobs").join("0".repeat(64));
    std::fs::write(&stray, "left by a crash").unwrap();
    SqliteLog::open(options(folder.path())).unwrap();
    assert!(!stray.exists());
}

#[test]
fn a_file_of_a_newer_relay_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    drop(SqliteLog::open(options(folder.path())).unwrap());
    let file = rusqlite::Connection::open(folder.path().join("streams.db")).unwrap();
    file.pragma_update(None, "user_version", 99).unwrap();
    assert!(SqliteLog::open(options(folder.path())).is_err());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// However often and in whatever order keys come again: each is there once, in the order of the
    /// first, over a restart as well.
    #[test]
    fn retries_change_nothing(sent in prop::collection::vec(0_u8..12, 1..60), stop in 0_usize..60) {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        runtime.block_on(async {
            let folder = tempfile::tempdir().unwrap();
            let mut log = SqliteLog::open(options(folder.path())).unwrap();
            let host = Uuid::new_v4();
            let door = Door { code: "door".to_owned(), greeting: vec![], ends: 1000 };
            log.open_door(host, door, 0).await.unwrap();
            let stream = log.knock("door".to_owned(), [1; 32], 1000, 0).await.unwrap();
            let mut firsts: Vec<u8> = Vec::new();
            for (at, &number) in sent.iter().enumerate() {
                if at == stop {
                    drop(log);
                    log = SqliteLog::open(options(folder.path())).unwrap();
                }
                if !firsts.contains(&number) {
                    firsts.push(number);
                }
                let place = log.append(Append {
                    by: Party::Host(host),
                    stream,
                    key: Uuid::from_u128(u128::from(number)),
                    envelope: vec![number],
                    at: 0,
                }).await.unwrap();
                let first = firsts.iter().position(|one| *one == number).unwrap();
                prop_assert_eq!(place, first as u64 + 1);
            }
            let read = log.read(Party::Host(host), stream, 0, 100).await.unwrap();
            let kept: Vec<u8> = read.entries.iter().map(|entry| entry.envelope[0]).collect();
            prop_assert_eq!(kept, firsts);
            Ok(())
        })?;
    }
}
