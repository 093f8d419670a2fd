//! The phrasebook as it ships: whole, in eleven languages, and honest about who stands behind it.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::collections::{BTreeMap, BTreeSet, HashMap};

use basics::{Language, PhraseUse, Provenance};
use language::{
    Approval, Approvals, Phrase, Phrasebook, Standing,
    phrasebook::{Kind, SlotKind},
};

fn book() -> &'static Phrasebook {
    Phrasebook::embedded().unwrap()
}

/// Every way to fill a phrase's slots: each list's values in turn, the numbers 7 and 2.5.
fn uses(phrase: &Phrase) -> Vec<PhraseUse> {
    let most = (phrase
        .slots
        .iter()
        .map(|(_, kind)| book().values(kind).len().max(2)))
    .max()
    .unwrap_or(1);
    let fill = |at: usize, kind: &SlotKind| match book().values(kind) {
        [] => ["7", "2.5"][at % 2].to_owned(),
        values => values[at % values.len()].0.clone(),
    };
    (0..most)
        .map(|at| PhraseUse {
            phrase: phrase.key.clone(),
            slots: (phrase.slots.iter())
                .map(|(name, kind)| (name.clone(), fill(at, kind)))
                .collect(),
        })
        .collect()
}

fn is_own_script(c: char, language: Language) -> bool {
    let range = match language {
        Language::Ar => '\u{600}'..='\u{6ff}',
        Language::Hi => '\u{900}'..='\u{97f}',
        Language::Te => '\u{c00}'..='\u{c7f}',
        Language::Ru => '\u{400}'..='\u{4ff}',
        Language::Ja => '\u{3040}'..='\u{9fff}',
        Language::Zh => '\u{4e00}'..='\u{9fff}',
        _ => 'A'..='\u{17f}',
    };
    range.contains(&c)
}

#[test]
fn there_are_three_hundred_phrases_in_eleven_languages() {
    assert!(book().phrases().len() >= 300, "{}", book().phrases().len());
    let kinds: BTreeSet<_> = (book().phrases().iter())
        .map(|phrase| format!("{:?}", phrase.kind))
        .collect();
    assert_eq!(kinds.len(), 6, "{kinds:?}");
    assert!(book().situations().len() >= 10);
    for situation in book().situations() {
        assert!(
            Language::ALL
                .iter()
                .all(|language| !situation.title[language].is_empty())
        );
        assert!(
            book()
                .phrases()
                .iter()
                .any(|phrase| phrase.situation == situation.key)
        );
    }
}

#[test]
fn every_text_is_written_in_its_own_script() {
    for phrase in book().phrases() {
        for language in Language::ALL {
            let text = phrase.text(language);
            let words = without_slots(&text);
            let letters = words.chars().filter(|c| c.is_alphabetic());
            let (own, all) = letters.fold((0, 0), |(own, all), c| {
                (own + usize::from(is_own_script(c, language)), all + 1)
            });
            assert!(
                own * 10 >= all * 7 && own > 0,
                "{}/{}: {text}",
                phrase.key,
                language.tag()
            );
        }
    }
}

#[test]
fn no_text_equals_its_english_unless_it_is_listed() {
    let mut listed: BTreeSet<&str> = book()
        .same_as_english()
        .iter()
        .map(String::as_str)
        .collect();
    let mut found = Vec::new();
    let mut compare = |name: String, text: &str, english: &str| {
        if text.to_lowercase() == english.to_lowercase() && !listed.remove(name.as_str()) {
            found.push(name);
        }
    };
    for language in Language::ALL
        .into_iter()
        .filter(|language| *language != Language::En)
    {
        for phrase in book().phrases() {
            let name = format!("{}/{}", phrase.key, language.tag());
            compare(name, &phrase.text(language), &phrase.text(Language::En));
        }
        for (kind, values) in lists() {
            for (value, texts) in values {
                let name = format!("slots/{kind}/{value}/{}", language.tag());
                compare(name, &texts[&language], &texts[&Language::En]);
            }
        }
    }
    assert_eq!(found, [""; 0]);
    assert!(listed.is_empty(), "listed, but not the same: {listed:?}");
}

/// The lists of values that any phrase uses.
fn lists() -> BTreeMap<String, &'static [(String, language::phrasebook::Texts)]> {
    let slots = book().phrases().iter().flat_map(|phrase| &phrase.slots);
    slots
        .filter_map(|(_, kind)| match kind {
            SlotKind::Listed(name) => Some((name.clone(), book().values(kind))),
            SlotKind::Number => None,
        })
        .collect()
}

#[test]
fn no_two_phrases_read_alike_in_any_language() {
    let mut alike = Vec::new();
    for language in Language::ALL {
        for phrase in book().phrases() {
            for used in uses(phrase).iter().take(2) {
                let text = book().render(used, language).unwrap();
                match book().exact(&text, language) {
                    Some(found) if found.phrase == phrase.key => {}
                    other => alike.push((
                        language.tag(),
                        phrase.key.clone(),
                        other.map(|used| used.phrase),
                    )),
                }
            }
        }
    }
    assert!(alike.is_empty(), "{alike:#?}");
}

#[test]
fn what_is_rendered_is_recognised_with_the_same_slots() {
    for phrase in book().phrases() {
        for language in Language::ALL {
            for used in uses(phrase) {
                let text = book().render(&used, language).unwrap();
                let found = book().exact(&text.to_lowercase(), language);
                let names: Option<Vec<_>> = found.map(|found| found.slots.into_keys().collect());
                assert_eq!(names, Some(used.slots.keys().cloned().collect()), "{text}");
            }
        }
    }
}

#[test]
fn what_states_something_asks_nothing_in_any_language() {
    let states = |kind| matches!(kind, Kind::Answer | Kind::Emergency);
    for phrase in book().phrases() {
        let asks: Vec<Language> = (Language::ALL.into_iter())
            .filter(|language| phrase.text(*language).contains(['?', '？', '؟']))
            .collect();
        let english = asks.contains(&Language::En);
        assert!(
            english || !states(phrase.kind) || asks.is_empty(),
            "{}: {asks:?}",
            phrase.key
        );
    }
}

/// Whether no professional sentence is in it.
fn is_ours(phrase: &Phrase) -> bool {
    let approvals = Approvals::default();
    Language::ALL.iter().all(|&language| {
        !matches!(
            book().standing(&phrase.key, language, &approvals),
            Ok(Standing::Professional { .. })
        )
    })
}

/// Given names that stand in the source's utterances, and common ones of each language.
const NAMES: [&str; 42] = [
    "mary",
    "porter",
    "john",
    "jane",
    "smith",
    "anna",
    "maria",
    "josé",
    "jose",
    "pedro",
    "carlos",
    "juan",
    "ahmed",
    "mohammed",
    "fatima",
    "ali",
    "hans",
    "peter",
    "thomas",
    "müller",
    "pierre",
    "marie",
    "jean",
    "dupont",
    "raj",
    "priya",
    "sharma",
    "kumar",
    "ivan",
    "ольга",
    "иван",
    "мария",
    "анна",
    "محمد",
    "فاطمة",
    "أحمد",
    "张伟",
    "王芳",
    "田中",
    "佐藤",
    "राज",
    "मैरी",
];

#[test]
fn nobody_is_named() {
    for phrase in book().phrases() {
        for language in Language::ALL {
            let text = phrase.text(language).to_lowercase();
            let mut words = text.split(|c: char| !c.is_alphanumeric());
            let by_character = matches!(language, Language::Zh | Language::Ja);
            let named = NAMES.iter().find(|name| {
                if by_character && name.chars().count() == 2 {
                    text.contains(*name)
                } else {
                    words.any(|word| word == **name)
                }
            });
            assert_eq!(named, None, "{}/{}", phrase.key, language.tag());
        }
        // In English a name would begin with a capital inside the sentence.
        let english = phrase.text(Language::En);
        let capitals: Vec<&str> = (without_slots(&english).split(['.', '?', '!', ':']))
            .flat_map(|sentence| sentence.split_whitespace().skip(1).collect::<Vec<_>>())
            .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned())
            .filter(|word| word.starts_with(char::is_uppercase) && !is_known_capital(word))
            .map(|word| Box::leak(word.into_boxed_str()) as &str)
            .collect();
        assert_eq!(capitals, [""; 0], "{}", phrase.key);
    }
}

/// Words that English writes with a capital and that name nobody.
fn is_known_capital(word: &str) -> bool {
    let word = word.split(['\'', '’']).next().unwrap_or(word);
    word == "I"
        || word.len() >= 2
            && word
                .chars()
                .all(|c| c.is_uppercase() || c.is_ascii_digit() || c == '-')
        || ["X-ray", "Celsius", "English"].contains(&word)
}

fn without_slots(text: &str) -> String {
    let mut inside = false;
    text.chars()
        .filter(|c| {
            inside = (inside || *c == '{') && *c != '}';
            !inside && *c != '}'
        })
        .collect()
}

#[test]
fn professional_is_only_what_stands_so_in_the_source() {
    let source: Vec<HashMap<String, String>> =
        serde_json::from_str(include_str!("../../../tests/fixtures/phrases/tico-19.json")).unwrap();
    let by_english: HashMap<&str, &HashMap<String, String>> =
        source.iter().map(|row| (row["en"].as_str(), row)).collect();
    let approvals = Approvals::default();
    let mut checked = 0;
    let mut departures = Vec::new();
    for phrase in book().phrases() {
        let row = by_english.get(phrase.text(Language::En).as_str());
        for language in Language::ALL {
            let text = phrase.text(language);
            match book().standing(&phrase.key, language, &approvals).unwrap() {
                Standing::Professional { source } => {
                    assert_eq!(source, "tico-19", "{}", phrase.key);
                    let row = row.unwrap_or_else(|| panic!("{}: no such sentence", phrase.key));
                    assert_eq!(row.get(language.tag()), Some(&text), "{}", phrase.key);
                    checked += 1;
                }
                _ => {
                    let theirs = row.and_then(|row| row.get(language.tag()));
                    if language != Language::En && theirs.is_some_and(|theirs| *theirs != text) {
                        departures.push(format!("{}/{}", phrase.key, language.tag()));
                    }
                }
            }
        }
    }
    println!("{checked} texts are the source's, word for word");
    // Where our English is the source's, our translation is too, but for those that were judged wrong there.
    let judged: Vec<String> = serde_json::from_str(include_str!(
        "../../../tests/fixtures/phrases/departures.json"
    ))
    .unwrap();
    assert_eq!(departures, judged);
}

#[test]
fn the_verified_phrases_of_each_language_are_counted() {
    let approvals = Approvals::default();
    let all = book().phrases().len();
    println!("language  phrases  verified  not yet reviewed");
    for language in Language::ALL {
        let verified = (book().phrases().iter())
            .filter(|phrase| {
                let provenance = book().provenance(&phrase.key, Language::En, language, &approvals);
                provenance == Ok(Provenance::VerifiedPhrase)
            })
            .count();
        println!(
            "{:<10}{all:>7}{verified:>10}{:>18}",
            language.tag(),
            all - verified
        );
        // No professional translator stands behind any of these three yet.
        let none = matches!(
            language,
            Language::En | Language::De | Language::Ja | Language::Te
        );
        assert_eq!(verified == 0, none, "{}", language.tag());
    }
}

#[test]
fn an_approval_counts_for_the_text_that_was_approved_and_no_other() {
    let (phrase, language) = (&book().phrases()[0].key, Language::De);
    let approval = |hash: String| {
        Approvals::from_iter([Approval {
            phrase: phrase.clone(),
            language,
            hash,
        }])
    };
    let hash = book().hash(phrase, language).unwrap();
    let standing =
        |approvals: &Approvals, language| book().standing(phrase, language, approvals).unwrap();
    assert_eq!(
        standing(&Approvals::default(), language),
        Standing::Unreviewed
    );
    assert_eq!(
        standing(&approval(hash.clone()), language),
        Standing::Approved
    );
    assert_eq!(
        standing(&approval(hash), Language::Te),
        Standing::Unreviewed
    );
    let another = book().hash(phrase, Language::Ja).unwrap();
    assert_eq!(standing(&approval(another), language), Standing::Unreviewed);
}

#[test]
fn between_two_languages_somebody_stands_behind_both() {
    let phrase = &book()
        .phrases()
        .iter()
        .find(|phrase| is_ours(phrase))
        .unwrap()
        .key;
    let approve = |languages: &[Language]| -> Approvals {
        (languages.iter())
            .map(|&language| Approval {
                phrase: phrase.clone(),
                language,
                hash: book().hash(phrase, language).unwrap(),
            })
            .collect()
    };
    let told = |from, to, approvals| book().provenance(phrase, from, to, &approvals).unwrap();
    let one = approve(&[Language::De]);
    assert_eq!(
        told(Language::En, Language::De, one.clone()),
        Provenance::VerifiedPhrase
    );
    assert_eq!(
        told(Language::De, Language::En, one.clone()),
        Provenance::VerifiedPhrase
    );
    assert_eq!(
        told(Language::De, Language::Te, one.clone()),
        Provenance::UnreviewedPhrase
    );
    assert_eq!(
        told(Language::Te, Language::De, one),
        Provenance::UnreviewedPhrase
    );
    let both = approve(&[Language::De, Language::Te]);
    assert_eq!(
        told(Language::Te, Language::De, both),
        Provenance::VerifiedPhrase
    );
}
