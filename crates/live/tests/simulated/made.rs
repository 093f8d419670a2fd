//! What the tests make up: frames that mean nothing, files, counts.

use std::collections::BTreeMap;

use basics::MessageId;
use live::{content::Blob, host::Said};
use protocol::{FromRelay, Sender, StreamId};
use uuid::Uuid;

/// A frame about a stream that may or may not exist, with bytes that mean nothing.
pub(crate) fn garbage(stream: StreamId, choice: usize, bytes: &[u8]) -> FromRelay {
    let envelope = match choice % 4 {
        0 => seal::live::rekey_envelope(),
        1 => bytes.to_vec(),
        2 => [&[1, 2, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1][..], bytes].concat(),
        _ => [&[1, 1, 0, 0, 0, 99, 0, 0, 0, 0, 0, 0, 0, 0][..], bytes].concat(),
    };
    let key = Uuid::now_v7();
    match choice % 7 {
        0 => FromRelay::Stored {
            stream,
            key,
            seq: choice as u64,
        },
        1 => FromRelay::Subscribed {
            stream,
            head: choice as u64,
        },
        2 => FromRelay::Presence {
            stream,
            host: choice.is_multiple_of(2),
            guest: choice.is_multiple_of(3),
        },
        3 => FromRelay::DoorOpened {
            door: "1234".into(),
            stream,
        },
        _ => {
            let from = [Sender::Host, Sender::Guest, Sender::Relay][choice % 3];
            FromRelay::Entry {
                stream,
                seq: (choice % 40) as u64,
                key,
                from,
                at: i64::MAX,
                envelope: envelope.into(),
            }
        }
    }
}

/// Where the test's relay has what this message carries.
pub(crate) fn blob(message: MessageId) -> Blob {
    Blob {
        sha256: hex::encode([message.as_bytes().as_slice(); 2].concat()),
        key: vec![1; 32].into(),
    }
}

/// How often each of these was said by this phone, by the record.
pub(crate) fn count(record: &[Said]) -> BTreeMap<MessageId, usize> {
    let mut count = BTreeMap::new();
    for said in record {
        *count.entry(said.id).or_default() += 1;
    }
    count
}
