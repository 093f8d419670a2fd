//! The folder of packs: what is there, and what of it can be used.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, OnceLock, PoisonError},
};

use crate::{
    card::{Card, Role},
    error::{Error, Result},
    outcome::Kind,
    pack::{Loaded, Verified},
};

/// Whether a pack can be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// Yes.
    Ready,
    /// No: a file is missing, newer, altered, or the self-test failed.
    Unusable(Error),
}

/// One folder.
pub struct Shelved {
    id: String,
    folder: PathBuf,
    card: Result<Card>,
    verified: OnceLock<Result<Arc<Verified>>>,
    /// Whether a session has opened and passed its self-test.
    tested: OnceLock<Result<()>>,
    testing: Mutex<()>,
}

/// All packs of a folder. Cards are read at once, model files when first needed.
pub struct Shelf {
    packs: BTreeMap<String, Shelved>,
}

impl Shelf {
    /// Lists the sub-folders that hold a `card.toml`. A pack that cannot be used is listed too.
    pub fn open(models: &Path) -> Result<Self> {
        let folder = |error: std::io::Error| Error::Folder(error.kind());
        let mut packs = BTreeMap::new();
        for entry in std::fs::read_dir(models).map_err(folder)? {
            let path = entry.map_err(folder)?.path();
            let Some(id) = path
                .file_name()
                .and_then(|name| name.to_str())
                .map(str::to_owned)
            else {
                continue;
            };
            if path.join("card.toml").is_file() {
                packs.insert(id.clone(), Shelved::new(id, path));
            }
        }
        Ok(Self { packs })
    }

    /// Every pack, by id.
    pub fn packs(&self) -> impl Iterator<Item = &Shelved> {
        self.packs.values()
    }

    /// The pack with this id.
    pub fn pack(&self, id: &str) -> Result<&Shelved> {
        self.packs
            .get(id)
            .ok_or_else(|| Error::NoSuchPack { id: id.to_owned() })
    }

    /// Ids of the packs that are read unless somebody chooses otherwise.
    pub fn defaults(&self) -> Vec<String> {
        self.cards(|role| role != Role::Gate)
            .filter(|card| card.default && !card.research_only)
            .map(|card| card.id.clone())
            .collect()
    }

    /// The gate in front of these packs. One with a research licence is asked only where a pack with one is
    /// read, which somebody accepted; it knows the kinds of scan that such packs read.
    pub(crate) fn gate(&self, wanted: &[String]) -> Result<&Shelved> {
        let mut cards = wanted
            .iter()
            .filter_map(|id| self.packs.get(id)?.card.as_ref().ok());
        let research = cards.any(|card| card.research_only);
        let gate = self
            .cards(|role| role == Role::Gate)
            .filter(|card| research || !card.research_only)
            .max_by_key(|card| card.research_only);
        self.pack(gate.map_or("gate", |card| card.id.as_str()))
    }

    /// The first of these packs that reads this kind of scan.
    pub(crate) fn reading(&self, kind: Kind, wanted: &[String]) -> Option<&Shelved> {
        wanted
            .iter()
            .filter_map(|id| self.packs.get(id))
            .find(|pack| {
                pack.card
                    .as_ref()
                    .is_ok_and(|c| c.role != Role::Gate && c.reads == kind)
            })
    }

    fn cards(&self, wanted: fn(Role) -> bool) -> impl Iterator<Item = &Card> {
        self.packs
            .values()
            .filter_map(|pack| pack.card.as_ref().ok())
            .filter(move |card| wanted(card.role))
    }
}

impl Shelved {
    fn new(id: String, folder: PathBuf) -> Self {
        let card = std::fs::read_to_string(folder.join("card.toml"))
            .map_err(|_| Error::FileMissing {
                id: id.clone(),
                file: "card.toml".into(),
            })
            .and_then(|text| Card::parse(&id, &text));
        Self {
            id,
            folder,
            card,
            verified: OnceLock::new(),
            tested: OnceLock::new(),
            testing: Mutex::new(()),
        }
    }

    /// The folder's name, which is the pack's id.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The card, or why it cannot be read.
    pub fn card(&self) -> Result<&Card> {
        self.card.as_ref().map_err(Clone::clone)
    }

    /// MODEL_CARD.md, for people; empty if there is none.
    pub fn model_card(&self) -> String {
        std::fs::read_to_string(self.folder.join("MODEL_CARD.md")).unwrap_or_default()
    }

    /// Whether the files are whole: reads and hashes them on the first call.
    ///
    /// Where ONNX Runtime is loaded, the self-test counts too.
    pub fn state(&self) -> State {
        let result = if onnx::loaded() {
            self.tested()
        } else {
            self.verified().map(|_| ())
        };
        match result {
            Ok(()) => State::Ready,
            Err(error) => State::Unusable(error),
        }
    }

    /// A session of this pack; the first one decides for all whether the self-test passes.
    pub(crate) fn load(&self, threads: usize) -> Result<Loaded> {
        let loaded = Loaded::open(&self.verified()?, threads);
        if let Ok(_) | Err(Error::SelfTest { .. }) = &loaded {
            let _ = self
                .tested
                .set(loaded.as_ref().map(|_| ()).map_err(Clone::clone));
        }
        loaded
    }

    fn tested(&self) -> Result<()> {
        let _one_at_a_time = self.testing.lock().unwrap_or_else(PoisonError::into_inner);
        match self.tested.get() {
            Some(result) => result.clone(),
            None => self.load(1).map(|_| ()),
        }
    }

    fn verified(&self) -> Result<Arc<Verified>> {
        let card = self.card()?;
        self.verified
            .get_or_init(|| Verified::read(&self.folder, card).map(Arc::new))
            .clone()
    }
}

impl std::fmt::Debug for Shelf {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_set().entries(self.packs.keys()).finish()
    }
}
