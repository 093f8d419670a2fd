//! Every language says what English says: the same files and keys, the plural forms of that language, and the names and
//! numbers that belong in a sentence. (What is left in English is looked for by the screens' own tests.)

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::Text;

const FOLDER: &str = "assets/i18n/";
const FORMS: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

/// The languages of the house with the plural forms that each must have (CLDR; `many` of es, fr and pt is for
/// millions only and falls back to `other`).
const LANGUAGES: [(&str, &[&str]); 11] = [
    ("ar", &FORMS),
    ("de", &["one", "other"]),
    ("en", &["one", "other"]),
    ("es", &["one", "other"]),
    ("fr", &["one", "other"]),
    ("hi", &["one", "other"]),
    ("ja", &["other"]),
    ("pt", &["one", "other"]),
    ("ru", &["one", "few", "many", "other"]),
    ("te", &["one", "other"]),
    ("zh", &["other"]),
];

/// Sentences by key without its plural form, then by form (empty where there is none).
type Sentences = BTreeMap<String, BTreeMap<String, String>>;

/// Compares the words of the screens in each language with the English ones.
pub(crate) fn check(texts: &[Text]) -> Vec<String> {
    let mut findings = Vec::new();
    let mut read = |language: &str| -> BTreeMap<String, Sentences> {
        let folder = format!("{FOLDER}{language}/");
        let files = texts.iter().filter_map(|text| {
            let name = text.path.strip_prefix(&folder)?;
            (name.starts_with("ui.") || name.starts_with("errors.")).then_some((name, text))
        });
        let mut all = BTreeMap::new();
        for (name, text) in files {
            match serde_json::from_str(&text.content) {
                Ok(words) => {
                    all.insert(name.to_owned(), grouped(&words));
                }
                Err(error) => findings.push(format!("{}: {error}", text.path)),
            }
        }
        all
    };
    let english = read("en");
    let others: Vec<_> = (LANGUAGES.iter())
        .filter(|(language, _)| *language != "en")
        .map(|(language, forms)| (*language, *forms, read(language)))
        .collect();
    for (language, forms, files) in &others {
        let names: BTreeSet<_> = english.keys().chain(files.keys()).collect();
        for name in names {
            let place = format!("{FOLDER}{language}/{name}");
            match (english.get(name), files.get(name)) {
                (Some(model), Some(here)) => {
                    let wrong = compare(forms, model, here);
                    findings.extend(wrong.map(|what| format!("{place}: {what}")));
                }
                (Some(_), None) => findings.push(format!("{place} is missing")),
                _ => findings.push(format!("{place}: English has no such file")),
            }
        }
    }
    findings
}

/// What one file of a language lacks or has too much.
fn compare(forms: &[&str], english: &Sentences, here: &Sentences) -> impl Iterator<Item = String> {
    let mut wrong = Vec::new();
    for (key, model) in english {
        let Some(mine) = here.get(key) else {
            wrong.push(format!("{key} is missing"));
            continue;
        };
        let wanted = model.get("other").or_else(|| model.values().next());
        let wanted = wanted.map(|text| places(text)).unwrap_or_default();
        if mine.contains_key("") {
            if !model.contains_key("") {
                wrong.push(format!("{key} lacks its plural forms"));
            }
        } else if !model.contains_key("") || wanted.contains("count") {
            let missing = forms.iter().filter(|form| !mine.contains_key(**form));
            wrong.extend(missing.map(|form| format!("{key}_{form} is missing")));
        } else {
            wrong.push(format!("{key} has plural forms and no number"));
        }
        for (form, text) in mine {
            let found = places(text);
            let lost = wanted.difference(&found).filter(|place| {
                // “One scan” needs no figure; which forms are for one number only the screens' tests know.
                form.is_empty() || form == "other" || **place != "count"
            });
            wrong.extend(lost.map(|place| format!("{key} ({form}) lost {{{{{place}}}}}")));
            let extra = found.difference(&wanted);
            wrong.extend(extra.map(|place| format!("{key} ({form}) has {{{{{place}}}}}")));
        }
    }
    let extra = here.keys().filter(|key| !english.contains_key(*key));
    wrong.extend(extra.map(|key| format!("{key} is not in English")));
    wrong.into_iter()
}

/// Keys with their plural forms together. Without an `_other` beside it an ending is just a word.
fn grouped(words: &Value) -> Sentences {
    let mut texts = BTreeMap::new();
    flatten("", words, &mut texts);
    let mut sentences = Sentences::new();
    for (path, text) in &texts {
        let form = path.rsplit_once('_').filter(|(base, form)| {
            FORMS.contains(form) && texts.contains_key(&format!("{base}_other"))
        });
        let (base, form) = form.unwrap_or((path, ""));
        let forms = sentences.entry(base.to_owned()).or_default();
        forms.insert(form.to_owned(), (*text).to_owned());
    }
    sentences
}

/// `{ "a": { "b_one": "x" } }` → `a.b_one` → `x`.
fn flatten<'a>(before: &str, words: &'a Value, into: &mut BTreeMap<String, &'a str>) {
    let Value::Object(entries) = words else {
        return;
    };
    for (key, value) in entries {
        let path = if before.is_empty() {
            key.clone()
        } else {
            format!("{before}.{key}")
        };
        match value {
            Value::String(text) => {
                into.insert(path, text);
            }
            nested => flatten(&path, nested, into),
        }
    }
}

/// The names between `{{` and `}}`.
fn places(text: &str) -> BTreeSet<&str> {
    let parts = text.split("{{").skip(1);
    let names = parts.filter_map(|part| part.split_once("}}"));
    names.map(|(name, _)| name.trim()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::text;

    const ENGLISH: &str = r#"{"sign": "Sign {{name}}", "list": {"scans_one": "{{count}} scan", "scans_other": "{{count}} scans"}, "trailing_zero": "0"}"#;
    const OTHERS: [&str; 10] = ["ar", "de", "es", "fr", "hi", "ja", "pt", "ru", "te", "zh"];

    /// The findings for German, the others being whole.
    fn found(german: &str) -> Vec<String> {
        let mut texts = vec![text("assets/i18n/en/ui.common.json", ENGLISH)];
        for (language, forms) in LANGUAGES.iter().filter(|(one, _)| OTHERS.contains(one)) {
            let forms: Vec<_> = (forms.iter())
                .map(|form| format!(r#""scans_{form}": "{{{{count}}}} x""#))
                .collect();
            let whole = format!(
                r#"{{"sign": "{{{{name}}}}", "trailing_zero": "0", "list": {{{}}}}}"#,
                forms.join(",")
            );
            let content = if *language == "de" { german } else { &whole };
            texts.push(text(
                &format!("assets/i18n/{language}/ui.common.json"),
                content,
            ));
        }
        check(&texts)
    }

    #[test]
    fn a_whole_language_has_no_finding() {
        assert_eq!(
            found(
                r#"{"sign": "{{name}} signieren", "trailing_zero": "0", "list": {"scans_one": "Ein Bild", "scans_other": "{{count}} Bilder"}}"#
            ),
            [""; 0]
        );
    }

    #[test]
    fn what_is_missing_lost_or_too_much_is_found() {
        let wrong = found(
            r#"{"sign": "signieren {{of}}", "trailing_zero": "0", "more": "mehr", "list": {"scans_other": "Bilder"}}"#,
        );
        let said = |what: &str| wrong.iter().any(|finding| finding.ends_with(what));
        for what in [
            "sign () lost {{name}}",
            "sign () has {{of}}",
            "more is not in English",
            "list.scans_one is missing",
            "list.scans (other) lost {{count}}",
        ] {
            assert!(said(what), "{what}: {wrong:?}");
        }
        assert_eq!(wrong.len(), 5);
        assert_eq!(found("{").len(), 2);
        assert_eq!(found(r#"{"sign": "{{name}}"}"#).len(), 2);
    }
}
