//! What a snapshot is made of, with the size and BLAKE3 of everything, sealed under a key of the record:
//! nobody without that key can change a part or put an older one in its place.

use std::{fs, io::Cursor, path::Path};

use basics::Timestamp;
use seal::{ContentName, Key};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use uuid::Uuid;

use super::{
    copy::{Copied, Hash},
    place::{KEYS, MANIFEST, Place, SnapshotName, VERIFIED},
    problem::{damaged, of_part},
};
use crate::{
    durable,
    error::{ClinicError, Result},
};

const VERSION: u32 = 1;
const KEY: &str = "medibridge 2026-11 backup manifest";
/// The largest manifest that is read: some three million files.
const LARGEST: u64 = 512 * 1024 * 1024;

/// Everything of a snapshot.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Manifest {
    version: u32,
    pub(super) clinic: Uuid,
    pub(super) workstation: Uuid,
    pub(super) made: Timestamp,
    /// Counts the snapshots of a clinic in this place.
    pub(super) sequence: u64,
    /// The one before, where there was one.
    pub(super) before: Option<String>,
    /// The program's version.
    pub(super) program: String,
    pub(super) database: Part,
    pub(super) keys: Part,
    pub(super) journal: JournalHead,
    pub(super) files: Vec<Filed>,
}

/// A file of the snapshot itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Part {
    pub(super) bytes: u64,
    #[serde(with = "hex")]
    pub(super) hash: Hash,
}

/// The journal's newest row in the snapshot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct JournalHead {
    pub(super) number: i64,
    #[serde(with = "hex")]
    pub(super) hash: Hash,
}

/// A file of the vault, as it lies there: sealed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Filed {
    #[serde(with = "hex", rename = "n")]
    name: [u8; 32],
    #[serde(rename = "b")]
    pub(super) bytes: u64,
    #[serde(with = "hex", rename = "h")]
    pub(super) hash: Hash,
}

/// That a restore of a snapshot succeeded.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
struct Verified {
    at: Timestamp,
    /// Of the sealed manifest.
    #[serde(with = "hex")]
    manifest: Hash,
}

/// What a new manifest says.
pub(super) struct NewManifest {
    pub(super) clinic: Uuid,
    pub(super) workstation: Uuid,
    pub(super) made: Timestamp,
    pub(super) sequence: u64,
    pub(super) before: Option<SnapshotName>,
    pub(super) database: Copied,
    pub(super) keys: Copied,
    pub(super) journal: JournalHead,
    pub(super) files: Vec<Filed>,
}

impl From<Copied> for Part {
    fn from(copied: Copied) -> Self {
        Self {
            bytes: copied.bytes,
            hash: copied.hash,
        }
    }
}

impl Filed {
    pub(super) fn new(name: &ContentName, copied: Copied) -> Self {
        Self {
            name: *name.as_bytes(),
            bytes: copied.bytes,
            hash: copied.hash,
        }
    }

    pub(super) fn name(&self) -> Result<ContentName> {
        ContentName::from_slice(&self.name).ok_or_else(|| damaged("header"))
    }
}

impl Manifest {
    pub(super) fn new(new: NewManifest) -> Self {
        Self {
            version: VERSION,
            clinic: new.clinic,
            workstation: new.workstation,
            made: new.made,
            sequence: new.sequence,
            before: new.before.map(|name| name.to_string()),
            program: env!("CARGO_PKG_VERSION").into(),
            database: new.database.into(),
            keys: new.keys.into(),
            journal: new.journal,
            files: new.files,
        }
    }

    /// Seals it into the folder of a snapshot that is being made.
    pub(super) fn write(&self, folder: &Path, name: SnapshotName, root: &Key) -> Result<()> {
        seal_into(&folder.join(MANIFEST), &bound("manifest", name), root, self)
    }

    /// Opens the manifest of a snapshot. What it says of `keys.json` is checked, too.
    pub(super) fn read(place: &Place, name: SnapshotName, root: &Key) -> Result<Self> {
        let folder = place.snapshot(name);
        let manifest: Self = open(
            &folder.join(MANIFEST),
            &bound("manifest", name),
            root,
            "header",
        )?;
        if manifest.version != VERSION {
            return Err(ClinicError::NewerSchema {
                found: manifest.version,
                known: VERSION,
            });
        }
        let keys = fs::read(folder.join(KEYS)).map_err(of_part("keys"))?;
        let same = keys.len() as u64 == manifest.keys.bytes
            && *blake3::hash(&keys).as_bytes() == manifest.keys.hash;
        match same {
            true => Ok(manifest),
            false => Err(damaged("keys")),
        }
    }

    /// Bytes of the database and every file.
    pub(super) fn bytes(&self) -> u64 {
        self.database.bytes + self.files.iter().map(|file| file.bytes).sum::<u64>()
    }
}

/// Writes down that a restore of this snapshot succeeded.
pub(super) fn set_verified(
    place: &Place,
    name: SnapshotName,
    root: &Key,
    at: Timestamp,
) -> Result<()> {
    let folder = place.snapshot(name);
    let verified = Verified {
        at,
        manifest: hash_of(&folder.join(MANIFEST))?,
    };
    seal_into(
        &folder.join(VERIFIED),
        &bound("verified", name),
        root,
        &verified,
    )
}

/// When a restore of this very snapshot succeeded.
pub(super) fn verified(place: &Place, name: SnapshotName, root: &Key) -> Result<Option<Timestamp>> {
    let folder = place.snapshot(name);
    let path = folder.join(VERIFIED);
    if !path.try_exists().map_err(of_part("header"))? {
        return Ok(None);
    }
    let verified: Verified = open(&path, &bound("verified", name), root, "header")?;
    match verified.manifest == hash_of(&folder.join(MANIFEST))? {
        true => Ok(Some(verified.at)),
        false => Err(damaged("header")),
    }
}

fn hash_of(path: &Path) -> Result<Hash> {
    let bytes = fs::read(path).map_err(of_part("header"))?;
    Ok(*blake3::hash(&bytes).as_bytes())
}

/// What a sealed file is bound to: its kind and its snapshot.
fn bound(kind: &str, name: SnapshotName) -> Vec<u8> {
    format!("{kind}:{name}").into_bytes()
}

fn seal_into(path: &Path, bound: &[u8], root: &Key, value: &impl Serialize) -> Result<()> {
    let json = serde_json::to_vec(value).map_err(|_| ClinicError::Internal("manifest"))?;
    let mut sealed = Vec::new();
    seal::seal(
        &root.derive(KEY, b""),
        bound,
        &mut Cursor::new(json),
        &mut sealed,
    )?;
    durable::replace(path, &sealed).map_err(super::problem::at_target)
}

fn open<T: DeserializeOwned>(
    path: &Path,
    bound: &[u8],
    root: &Key,
    part: &'static str,
) -> Result<T> {
    let long = fs::metadata(path).map_err(of_part(part))?.len();
    if long > LARGEST {
        return Err(damaged(part));
    }
    let sealed = fs::read(path).map_err(of_part(part))?;
    let mut json = Vec::new();
    seal::open(&root.derive(KEY, b""), bound, &mut &sealed[..], &mut json)
        .map_err(|_| damaged(part))?;
    serde_json::from_slice(&json).map_err(|_| damaged(part))
}
