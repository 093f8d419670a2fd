//! The professional sentences, from `../shared/data/phrases` beside the repository.

use std::{collections::BTreeMap, fs, path::Path};

use basics::Language;

/// The languages of the professional translations.
pub(crate) const LANGUAGES: [Language; 7] = [
    Language::Ar,
    Language::Es,
    Language::Fr,
    Language::Hi,
    Language::Pt,
    Language::Ru,
    Language::Zh,
];

/// One sentence.
pub(crate) struct Sentence {
    pub(crate) id: String,
    texts: BTreeMap<String, String>,
}

impl Sentence {
    pub(crate) fn text(&self, language: Language) -> Option<&str> {
        self.texts.get(language.tag()).map(String::as_str)
    }
}

/// The sentences of a file; none where the data is not on this machine.
pub(crate) fn read(file: &str) -> Option<Vec<Sentence>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/phrases");
    let Ok(text) = fs::read_to_string(folder.join(file)) else {
        println!("not run: ../shared/data/phrases/{file} is not here");
        return None;
    };
    let sentences = text.lines().map(|line| {
        let mut texts: BTreeMap<String, String> = serde_json::from_str(line).unwrap();
        let id = texts.remove("id").unwrap();
        Sentence { id, texts }
    });
    Some(sentences.collect())
}
