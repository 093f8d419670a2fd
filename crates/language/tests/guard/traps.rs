//! The committed trap set: what of it the guard finds, and that the edits still make it.

use std::{collections::BTreeMap, env, fs, path::Path};

use basics::Language;
use language::guard::{Flag, Guard, Kind};
use serde::{Deserialize, Serialize};

use super::{
    edits::{Edit, edits},
    sentences::{LANGUAGES, read},
};

/// A line of `tests/fixtures/guard/traps.jsonl`.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Trap {
    sentence: String,
    edit: String,
    kind: Kind,
    source: String,
    source_lang: Language,
    target: String,
    target_lang: Language,
}

const FILE: &str = "../../tests/fixtures/guard/traps.jsonl";
/// Traps of one edit in one language.
const EACH: usize = 4;
/// A trap's sentence is one that people say: at most so many words.
const LONGEST: usize = 30;

#[test]
fn what_the_red_team_changed_is_found() {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(FILE)).unwrap();
    let traps: Vec<Trap> = text
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert!(traps.len() >= 200, "{}", traps.len());
    let mut found: BTreeMap<(Kind, &str), [usize; 2]> = BTreeMap::new();
    for trap in &traps {
        let flags = Guard::shared().compare(
            &trap.source,
            trap.source_lang,
            &trap.target,
            trap.target_lang,
        );
        // Turned round, it is what a patient says and a doctor reads.
        let back = Guard::shared().compare(
            &trap.target,
            trap.target_lang,
            &trap.source,
            trap.source_lang,
        );
        for flags in [flags, back] {
            let count = found
                .entry((trap.kind, trap.target_lang.tag()))
                .or_default();
            count[0] += 1;
            let caught = flags.iter().any(|flag| names(flag, trap.kind));
            count[1] += usize::from(caught);
            if !caught {
                println!(
                    "missed: {} · {} · {}",
                    trap.sentence,
                    trap.edit,
                    trap.target_lang.tag()
                );
            }
        }
    }
    for kind in Kind::ALL {
        let of: Vec<_> = found.iter().filter(|((one, _), _)| *one == kind).collect();
        let [all, caught] = of.iter().fold([0, 0], |sum, (_, count)| {
            [sum[0] + count[0], sum[1] + count[1]]
        });
        if all == 0 {
            continue;
        }
        let languages: Vec<String> = of
            .iter()
            .map(|((_, tag), count)| format!("{tag} {}/{}", count[1], count[0]))
            .collect();
        println!(
            "{}: {caught} of {all} ({})",
            kind.key(),
            languages.join(", ")
        );
        let least = match kind {
            Kind::Number | Kind::Unit | Kind::Dose => 100,
            _ => 95,
        };
        assert!(
            caught * 100 >= all * least,
            "{}: {caught} of {all}",
            kind.key()
        );
    }
}

/// Whether a flag says what was changed; a dose is a number with a unit.
fn names(flag: &Flag, kind: Kind) -> bool {
    let amount = |kind| matches!(kind, Kind::Number | Kind::Dose | Kind::Unit);
    flag.kind == kind || (amount(flag.kind) && amount(kind))
}

/// Written anew with `MEDIBRIDGE_WRITE_TRAPS=1`.
#[test]
fn the_edits_make_the_committed_set() {
    let (Some(talk), Some(memory)) = (read("consultation.jsonl"), read("translation-memory.jsonl"))
    else {
        return;
    };
    let mut made: BTreeMap<(&'static str, Language), usize> = BTreeMap::new();
    let mut lines = String::new();
    for language in LANGUAGES {
        for sentence in talk.iter().chain(&memory) {
            let (Some(source), Some(target)) =
                (sentence.text(Language::En), sentence.text(language))
            else {
                continue;
            };
            // An edit is a trap only where nothing was wrong before.
            let clean = || {
                Guard::shared()
                    .compare(source, Language::En, target, language)
                    .is_empty()
            };
            if source.split_whitespace().count() > LONGEST {
                continue;
            }
            let wanted: Vec<Edit> = (edits(source, target, language).into_iter())
                .filter(|edit| {
                    made.get(&(edit.name, language))
                        .is_none_or(|count| *count < EACH)
                })
                .collect();
            if wanted.is_empty() || !clean() {
                continue;
            }
            for Edit {
                name,
                kind,
                source,
                target,
            } in wanted
            {
                let count = made.entry((name, language)).or_default();
                if *count == EACH {
                    continue;
                }
                *count += 1;
                let trap = Trap {
                    sentence: sentence.id.clone(),
                    edit: name.into(),
                    kind,
                    source,
                    source_lang: Language::En,
                    target,
                    target_lang: language,
                };
                lines.push_str(&serde_json::to_string(&trap).unwrap());
                lines.push('\n');
            }
        }
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(FILE);
    if env::var_os("MEDIBRIDGE_WRITE_TRAPS").is_some() {
        fs::write(&path, &lines).unwrap();
    }
    assert!(
        fs::read_to_string(path).unwrap() == lines,
        "write it anew with MEDIBRIDGE_WRITE_TRAPS=1"
    );
}
