//! The vectors in `tests/fixtures/seal`, which both languages run. `made-by-rust.json` and `hostile.json` are made here
//! (`MEDIBRIDGE_WRITE_VECTORS=1 cargo test -p seal vectors` writes them anew), `made-by-typescript.json` by
//! `ui/src/seal/vectors.test.ts`.

mod forging;
mod hostile;
mod made;
mod standards;

use std::convert::Infallible;
use std::path::PathBuf;

use hpke::rand_core::{TryCryptoRng, TryRng};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

/// What one language made and the other must be able to read.
#[derive(Serialize, Deserialize, PartialEq, Debug)]
struct Made {
    sessions: Vec<Session>,
    spoken: SpokenRun,
    links: Vec<Link>,
    short_strings: Vec<ShortString>,
    blobs: Vec<Blob>,
}

/// A hello and what was said after it.
#[derive(Clone, Serialize, Deserialize, PartialEq, Debug)]
struct Session {
    host_private: Hex,
    host_public: Hex,
    stream: Hex,
    epoch: u32,
    /// 1 link, 2 spoken, 3 resume.
    psk_id: u8,
    psk: Hex,
    /// The input of DeriveKeyPair (RFC 9180, section 7.1.3) for the guest's ephemeral key.
    ephemeral: Hex,
    hello: String,
    envelope: Hex,
    sas_secret: Hex,
    guest_says: Vec<Said>,
    host_says: Vec<Said>,
}

/// Something said, and its envelope.
#[derive(Clone, Serialize, Deserialize, PartialEq, Debug)]
struct Said {
    content: String,
    envelope: Hex,
}

/// A spoken code from both sides.
#[derive(Clone, Serialize, Deserialize, PartialEq, Debug)]
struct SpokenRun {
    code: String,
    stream: Hex,
    host_public: Hex,
    /// 64 bytes, reduced to the scalar.
    guest_random: Hex,
    host_random: Hex,
    guest_message: Hex,
    host_message: Hex,
    psk: Hex,
}

/// A join link.
#[derive(Serialize, Deserialize, PartialEq, Debug)]
struct Link {
    door: String,
    secret: Hex,
    host_public: Hex,
    fragment: String,
    greeting: Hex,
}

/// A short authentication string.
#[derive(Serialize, Deserialize, PartialEq, Debug)]
struct ShortString {
    secret: Hex,
    guest: Hex,
    host: Hex,
    commitment: Hex,
    places: [usize; 4],
    emoji: String,
}

/// A blob.
#[derive(Serialize, Deserialize, PartialEq, Debug)]
struct Blob {
    key: Hex,
    content: Hex,
    sealed: Hex,
    name: Hex,
}

/// Bytes as hexadecimal.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Hex(Vec<u8>);

impl Hex {
    fn of(bytes: impl AsRef<[u8]>) -> Self {
        Self(bytes.as_ref().to_vec())
    }
    fn array<const N: usize>(&self) -> [u8; N] {
        self.0.as_slice().try_into().unwrap()
    }
    fn key(&self) -> crate::Key {
        crate::Key::from_bytes(self.array())
    }
}
impl Serialize for Hex {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&hex::encode(&self.0))
    }
}
impl<'de> Deserialize<'de> for Hex {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        hex::decode(String::deserialize(deserializer)?)
            .map(Self)
            .map_err(serde::de::Error::custom)
    }
}

/// Bytes that look random and are always the same.
fn pattern<const N: usize>(purpose: &str) -> [u8; N] {
    let mut bytes = [0; N];
    blake3::Hasher::new()
        .update(purpose.as_bytes())
        .finalize_xof()
        .fill(&mut bytes);
    bytes
}

/// A generator that gives these bytes and then has no more.
struct Fixed(Vec<u8>);

impl TryRng for Fixed {
    type Error = Infallible;
    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        unreachable!("nothing here asks for numbers")
    }
    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        unreachable!("nothing here asks for numbers")
    }
    fn try_fill_bytes(&mut self, into: &mut [u8]) -> Result<(), Infallible> {
        into.copy_from_slice(&self.0.drain(..into.len()).collect::<Vec<_>>());
        Ok(())
    }
}
impl TryCryptoRng for Fixed {}

fn path(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../../tests/fixtures/seal")
        .join(name)
}

fn read<T: DeserializeOwned>(name: &str) -> T {
    serde_json::from_str(&std::fs::read_to_string(path(name)).unwrap()).unwrap()
}

/// Checks that the file holds what is made now, or writes it when asked to.
fn same_as_committed<T: Serialize>(name: &str, made: &T) {
    // One case a line.
    let made = serde_json::to_string(made).unwrap().replace("},", "},\n") + "\n";
    if std::env::var_os("MEDIBRIDGE_WRITE_VECTORS").is_some() {
        std::fs::write(path(name), &made).unwrap();
    }
    assert!(
        made == std::fs::read_to_string(path(name)).unwrap(),
        "{name} is not what this program makes"
    );
}
