//! Kill, full disk, stop: what was acknowledged is there, once.

use std::collections::BTreeMap;

use protocol::{FromClient, FromRelay, Refusal, close};
use relay::testing::Heard;
use uuid::Uuid;

use crate::house;

#[tokio::test]
async fn killed_while_it_works_it_has_everything_it_acknowledged_once() {
    let data = tempfile::tempdir().unwrap();
    let config = house::configured(data.path(), "host_appends_per_second = 100000\n");
    let mut process = house::process(
        data.path(),
        &["--config", &config, "--plain", "--listen", "127.0.0.1:0"],
    );
    let code = process.first_code();
    let workstation = process.dial().enrol(&code, 1).await;
    let mut pair = house::pair(&process.dial(), workstation.clone()).await;
    let stream = pair.knocked.stream;
    let mut acknowledged: BTreeMap<Uuid, u64> = BTreeMap::new();
    let mut sent: Vec<(Uuid, Vec<u8>)> = Vec::new();

    for round in 0..5_u32 {
        for number in 0..400_u32 {
            let envelope = (1000 * round + number).to_be_bytes().to_vec();
            let key = Uuid::new_v4();
            sent.push((key, envelope.clone()));
            pair.host.push(stream, key, &envelope).await;
        }
        // Killed in the middle: some are acknowledged, some are not.
        let some = 40 * (u64::from(round) + 1);
        let mut heard = 0;
        while heard < some {
            if let Heard::Frame(FromRelay::Stored { key, seq, .. }) = pair.host.hear().await {
                acknowledged.insert(key, seq);
                heard += 1;
            }
        }
        process.kill();
        while let Heard::Frame(frame) = pair.host.hear().await {
            if let FromRelay::Stored { key, seq, .. } = frame {
                acknowledged.insert(key, seq);
            }
        }
        process = process.again();
        pair.host = process.dial().host(&workstation).await;
        // As an outbox does: what was not acknowledged is sent again, in order, under its key.
        for (key, envelope) in sent
            .iter()
            .filter(|(key, _)| !acknowledged.contains_key(key))
            .cloned()
            .collect::<Vec<_>>()
        {
            let seq = pair.host.append(stream, key, &envelope).await;
            acknowledged.insert(key, seq);
        }
    }
    let mut reader = process.dial().host(&workstation).await;
    assert_eq!(
        reader.subscribe(stream, 0).await,
        sent.len() as u64,
        "none lost, none twice"
    );
    for (key, envelope) in &sent {
        let (seq, stored) = reader.entry(stream).await;
        assert_eq!(&stored, envelope, "in order");
        assert_eq!(acknowledged[key], seq, "where it was acknowledged");
    }
}

#[tokio::test]
async fn a_full_disk_acknowledges_nothing_and_what_is_there_is_still_read() {
    let house = house::open_with(|config| {
        config.limits.database_bytes = 1 << 20;
        config.limits.host_appends_per_second = 100_000;
    })
    .await;
    let mut pair = house.pair().await;
    let stream = pair.knocked.stream;
    let envelope = vec![5; 30_000];
    let mut stored = 0;
    loop {
        pair.host.push(stream, Uuid::new_v4(), &envelope).await;
        let why = pair.host.until(|heard| match heard {
            FromRelay::Stored { seq, .. } => Some(Ok(*seq)),
            FromRelay::Refused { why, retry_ms, .. } => Some(Err((*why, *retry_ms))),
            _ => None,
        });
        match why.await {
            Ok(seq) => stored = seq,
            Err((why, retry_ms)) => {
                assert_eq!(why, Refusal::Storage);
                assert!(retry_ms.is_some());
                break;
            }
        }
    }
    assert!(stored > 5, "{stored}");
    let mut reader = house.dial.host(&pair.workstation).await;
    assert_eq!(reader.subscribe(stream, 0).await, stored);
    for place in 1..=stored {
        assert_eq!(reader.entry(stream).await, (place, envelope.clone()));
    }
    // Once there is room again (a small one still fits, or nothing does), places go on without a gap.
    pair.host.push(stream, Uuid::new_v4(), b"small").await;
    let next = pair.host.until(|heard| match heard {
        FromRelay::Stored { seq, .. } => Some(Some(*seq)),
        FromRelay::Refused { why, .. } => Some((*why != Refusal::Storage).then_some(0)),
        _ => None,
    });
    assert!([None, Some(stored + 1)].contains(&next.await));
}

#[tokio::test]
async fn asked_to_stop_it_says_so_stores_what_was_sent_and_ends_well() {
    let data = tempfile::tempdir().unwrap();
    let mut process = house::process(data.path(), &["--plain", "--listen", "127.0.0.1:0"]);
    let code = process.first_code();
    let workstation = process.dial().enrol(&code, 1).await;
    let mut pair = house::pair(&process.dial(), workstation.clone()).await;
    let stream = pair.knocked.stream;
    for number in 0..200_u8 {
        pair.host.push(stream, Uuid::new_v4(), &[number]).await;
    }
    let stopped = std::process::Command::new("kill")
        .arg(process.id().to_string())
        .status()
        .unwrap();
    assert!(stopped.success());
    let (mut stored, mut told) = (0, false);
    let code = loop {
        match pair.host.hear().await {
            Heard::Frame(FromRelay::Stored { .. }) => stored += 1,
            Heard::Frame(FromRelay::Draining) => told = true,
            Heard::Frame(_) => {}
            Heard::End(code) => break code,
        }
    };
    assert!(told);
    assert_eq!((stored, code), (200, Some(close::GOING_AWAY)));
    assert!(process.wait());
    let again = process.again();
    let mut reader = again.dial().host(&workstation).await;
    assert_eq!(reader.subscribe(stream, 0).await, 200);
}

#[tokio::test]
async fn a_thousand_lost_connections_lose_nothing() {
    let house = house::open_with(|config| {
        config.limits.http_per_minute = 1_000_000;
        config.limits.host_appends_per_second = 100_000;
    })
    .await;
    let mut pair = house.pair().await;
    let stream = pair.knocked.stream;
    let mut cursor = 0;
    for number in 0..1000_u64 {
        pair.host
            .append(stream, Uuid::new_v4(), &number.to_be_bytes())
            .await;
        let mut guest = house.dial.guest(&pair.knocked).await;
        guest
            .say(&FromClient::Subscribe {
                stream,
                after: cursor,
            })
            .await;
        // Every other one is lost before it has heard anything.
        if number % 2 == 1 {
            for place in [number, number + 1] {
                let (seq, envelope) = guest.entry(stream).await;
                assert_eq!((seq, envelope), (place, (place - 1).to_be_bytes().to_vec()));
                cursor = seq;
            }
        }
    }
}

#[tokio::test]
async fn neither_data_nor_log_hold_a_token_or_a_code() {
    let data = tempfile::tempdir().unwrap();
    let mut process = house::process(data.path(), &["--plain", "--listen", "127.0.0.1:0"]);
    let code = process.first_code();
    let workstation = process.dial().enrol(&code, 1).await;
    let mut pair = house::pair(&process.dial(), workstation.clone()).await;
    pair.guest
        .append(pair.knocked.stream, Uuid::new_v4(), b"sealed")
        .await;
    let unused = process.operate(&["enrol-code"]);
    process.kill();
    let token = pair.knocked.token.0.clone();
    let mut secrets: Vec<Vec<u8>> = vec![
        token.clone(),
        relay::testing::text(&token.into()).into_bytes(),
    ];
    for code in [code, unused] {
        secrets.extend([
            code.clone().into_bytes(),
            code.replace('-', "").into_bytes(),
        ]);
    }
    let mut folders = vec![data.path().to_path_buf()];
    while let Some(folder) = folders.pop() {
        for file in std::fs::read_dir(folder).unwrap() {
            let path = file.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let bytes = std::fs::read(&path).unwrap();
            for secret in &secrets {
                let found = bytes.windows(secret.len()).any(|window| window == secret);
                assert!(!found, "{} holds a secret", path.display());
            }
        }
    }
}
