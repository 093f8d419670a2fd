//! The words that the checks and the extract go by: `assets/scribe/words.json`.

use std::{
    collections::{HashMap, HashSet},
    sync::OnceLock,
};

use basics::Language;
use rust_embed::RustEmbed;
use serde::Deserialize;

use crate::{
    error::{Error, Result},
    facts::{Facts, Kind},
    fold::{bare, tokens},
    phrasebook::Phrasebook,
};

#[derive(RustEmbed)]
#[folder = "../../assets/scribe"]
struct Assets;

/// The words of one language.
pub(super) struct Words {
    /// Words that say nothing by themselves: "the", "patient", "reports".
    pub(super) quiet: Rows,
    /// Where a denial ends: "but".
    pub(super) but: Rows,
    /// Where it ends if a clause begins so: "I have". In the middle it does not: "I don't think I have".
    pub(super) anew: Rows,
    /// Words of a treatment plan.
    pub(super) plan: Rows,
    /// Words of a diagnosis.
    pub(super) diagnosis: Rows,
    /// Greetings and thanks.
    pub(super) talk: Rows,
    /// "I do not know".
    pub(super) unsure: Rows,
    /// Orders to a program.
    pub(super) orders: Rows,
    /// Names of the facts that deny.
    pub(super) denials: HashSet<String>,
    /// How far a denial reaches.
    pub(super) scope: Scope,
}

/// How far a denial reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Scope {
    /// From itself to the end of the sentence: "no fever, cough or chills".
    Forward,
    /// Over its clause: the denial stands at its end.
    Whole,
    /// Over its clause and those after it.
    WholeAndOn,
}

/// Rows of tokens; a `*` at the end stands for any ending.
pub(super) struct Rows(HashMap<String, Vec<Vec<String>>>, Vec<String>);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    quiet: Vec<String>,
    but: Vec<String>,
    anew: Vec<String>,
    plan: Vec<String>,
    diagnosis: Vec<String>,
    talk: Vec<String>,
    unsure: Vec<String>,
    orders: Vec<String>,
    denials: HashSet<String>,
    scope: Scope,
}

impl Words {
    /// The words of a language.
    ///
    /// # Errors
    /// [`Error::Phrasebook`] where the file is not what it must be; a defect of the build.
    pub(super) fn of(language: Language) -> Result<&'static Self> {
        static ALL: OnceLock<Result<HashMap<Language, Words>>> = OnceLock::new();
        let all = ALL.get_or_init(read).as_ref().map_err(Error::clone)?;
        all.get(&language).ok_or_else(|| broken("a language"))
    }

    /// Whether a denial ends before this token of a clause.
    pub(super) fn ends_denial(&self, tokens: &[String], at: usize) -> bool {
        self.but.at(tokens, at).is_some() || (at == 0 && self.anew.at(tokens, 0).is_some())
    }
}

impl Rows {
    fn new(rows: &[String], language: Language) -> Self {
        let (mut exact, mut heads) = (HashMap::<String, Vec<Vec<String>>>::new(), Vec::new());
        for row in rows {
            let tokens = folded(row.trim_end_matches('*'), language);
            match (tokens.as_slice(), row.ends_with('*')) {
                ([], _) => {}
                ([head], true) => heads.push(head.clone()),
                ([first, ..], _) => exact.entry(first.clone()).or_default().push(tokens),
            }
        }
        (exact.values_mut()).for_each(|rows| rows.sort_by_key(|row| std::cmp::Reverse(row.len())));
        Self(exact, heads)
    }

    /// How many tokens from `at` on are one of these rows: the longest.
    pub(super) fn at(&self, tokens: &[String], at: usize) -> Option<usize> {
        let here = tokens.get(at..)?;
        let first = here.first()?;
        let exact = (self.0.get(first))
            .and_then(|rows| rows.iter().find(|row| here.starts_with(row)))
            .map(Vec::len);
        exact.or_else(|| {
            let headed = self.1.iter().any(|head| first.starts_with(head.as_str()));
            headed.then_some(1)
        })
    }

    /// Whether any of these rows stands in them.
    pub(super) fn any(&self, tokens: &[String]) -> bool {
        (0..tokens.len()).any(|at| self.at(tokens, at).is_some())
    }

    /// Which tokens belong to a row.
    pub(super) fn cover(&self, tokens: &[String]) -> Vec<bool> {
        let mut covered = vec![false; tokens.len()];
        let mut at = 0;
        while at < tokens.len() {
            let length = self.at(tokens, at).unwrap_or(0);
            covered[at..at + length].fill(true);
            at += length.max(1);
        }
        covered
    }
}

/// The tokens of a text without accents.
pub(super) fn folded(text: &str, language: Language) -> Vec<String> {
    (tokens(text, language).iter())
        .map(|token| bare(token, language))
        .collect()
}

/// What stands in a text.
pub(super) fn facts(text: &str, language: Language) -> Facts {
    let book = Phrasebook::embedded().ok();
    book.and_then(|book| book.facts(text, language))
        .unwrap_or_default()
}

/// The fact that a token is, if it is one.
pub(super) fn fact(token: &str, language: Language) -> Option<(Kind, String)> {
    const KINDS: [Kind; 5] = [
        Kind::Negation,
        Kind::Number,
        Kind::Side,
        Kind::Drug,
        Kind::Opposite,
    ];
    let facts = facts(token, language);
    KINDS.into_iter().find_map(|kind| {
        let name = facts.of(kind).next()?.to_owned();
        Some((kind, name))
    })
}

/// Whether two tokens are forms of one word. Rather no than yes: a word wrongly taken for another would
/// carry a sentence that nobody said.
pub(super) fn same_word(one: &str, other: &str, language: Language) -> bool {
    if one == other {
        return true;
    }
    match (fact(one, language), fact(other, language)) {
        (Some(one), Some(other)) => return one == other,
        // A drug is this drug or another one, however alike their names are.
        (Some((Kind::Drug, _)), None) | (None, Some((Kind::Drug, _))) => return false,
        _ => {}
    }
    match language {
        Language::Zh | Language::Ja => false,
        Language::Ar => {
            let (one, other) = (without_article(one), without_article(other));
            one == other || alike(one, other, 3)
        }
        Language::Te => alike(one, other, 5),
        _ => alike(one, other, 3),
    }
}

/// Whether they begin alike and only their endings differ, each by at most `ending` letters.
fn alike(one: &str, other: &str, ending: usize) -> bool {
    let head = (one.chars().zip(other.chars()))
        .take_while(|(one, other)| one == other)
        .count();
    let tails = [one.chars().count() - head, other.chars().count() - head];
    let longest = tails[0].max(tails[1]);
    let one_is_head = tails[0].min(tails[1]) == 0;
    (head >= 5 && longest <= ending) || (head >= 3 && one_is_head && longest <= ending)
}

fn without_article(token: &str) -> &str {
    let heads = ["وال", "بال", "كال", "فال", "لل", "ال", "و", "ب", "ل", "ف"];
    (heads.iter())
        .find_map(|head| {
            token
                .strip_prefix(head)
                .filter(|rest| rest.chars().count() > 2)
        })
        .unwrap_or(token)
}

fn read() -> Result<HashMap<Language, Words>> {
    let file = Assets::get("words.json").ok_or_else(|| broken("no file"))?;
    let files: HashMap<Language, File> =
        serde_json::from_slice(&file.data).map_err(|_| broken("no JSON of this shape"))?;
    let words = |(language, file): (Language, File)| {
        let rows = |rows: &[String]| Rows::new(rows, language);
        let words = Words {
            quiet: rows(&file.quiet),
            but: rows(&file.but),
            anew: rows(&file.anew),
            plan: rows(&file.plan),
            diagnosis: rows(&file.diagnosis),
            talk: rows(&file.talk),
            unsure: rows(&file.unsure),
            orders: rows(&file.orders),
            denials: file.denials,
            scope: file.scope,
        };
        (language, words)
    };
    Ok(files.into_iter().map(words).collect())
}

fn broken(what: &str) -> Error {
    Error::Phrasebook {
        what: format!("scribe/words.json: {what}"),
    }
}
