//! Names of medicines as people write them: without accents, in the spellings of several languages.
//!
//! INN stems differ by little from language to language (amoxicillin, amoxicilline, amoxicilina), so what
//! differs is folded away. A test holds that no two ingredients of the table fold to the same.

use unicode_normalization::UnicodeNormalization;

/// Spellings of one sound.
const SOUNDS: [(&str, &str); 11] = [
    ("ph", "f"),
    ("th", "t"),
    ("ch", "c"),
    ("rh", "r"),
    ("ae", "e"),
    ("oe", "e"),
    ("qu", "c"),
    ("y", "i"),
    ("k", "c"),
    ("z", "s"),
    ("j", "i"),
];

/// What is compared.
pub(crate) fn fold(name: &str) -> String {
    name.split(|c: char| c.is_whitespace() || matches!(c, '-' | '\'' | '’' | '.'))
        .map(word)
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// Runs of words that may be a name: the whole text, its parts, then single words.
pub(crate) fn parts(text: &str) -> Vec<String> {
    let mut out = vec![text.to_owned()];
    let pieces = text.split([',', ';', '/', '+', '(', ')', '&', '、', '，', '،']);
    for piece in pieces {
        out.push(piece.to_owned());
        let words: Vec<&str> = piece.split_whitespace().collect();
        out.extend(words.windows(2).map(|two| two.join(" ")));
        out.extend(words.iter().map(|word| (*word).to_owned()));
    }
    out.retain(|part| !part.trim().is_empty());
    out
}

fn word(word: &str) -> String {
    // Accents of Latin letters only: in other scripts marks are letters.
    let plain: String = word
        .to_lowercase()
        .nfd()
        .filter(|c| !('\u{300}'..='\u{36f}').contains(c))
        .nfc()
        .collect();
    if !plain.is_ascii() {
        return plain;
    }
    let letters: String = plain.chars().filter(char::is_ascii_alphanumeric).collect();
    let sounded = SOUNDS
        .iter()
        .fold(letters, |text, (spelt, sound)| text.replace(spelt, sound));
    let mut single = String::with_capacity(sounded.len());
    for c in sounded.chars() {
        if !(c.is_ascii_alphabetic() && single.ends_with(c)) {
            single.push(c);
        }
    }
    // The ending is the language's: -e, -a, -o, -s.
    let stem = single.trim_end_matches('s');
    let stem = stem.strip_suffix(['e', 'a', 'o']).unwrap_or(stem);
    if stem.len() >= 3 {
        stem.to_owned()
    } else {
        single
    }
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn spellings_of_one_name_are_one() {
        for names in [
            &["amoxicillin", "Amoxicilline", "AMOXICILINA", "amoxicillina"][..],
            &["ibuprofen", "Ibuprofène", "ibuprofeno"],
            &["cefalexin", "cephalexin", "Céfalexine"],
            &["azithromycin", "azitromicina", "Azithromycine"],
            &["phenytoin", "fenitoína", "Phénytoïne"],
            &["penicillin", "Penicillins", "penicilinas"],
            &["warfarin", "warfarine", "Warfarina"],
        ] {
            let first = fold(names[0]);
            for name in names {
                assert_eq!(fold(name), first, "{name}");
            }
        }
        assert_ne!(fold("prednisone"), fold("prednisolone"));
        assert_ne!(fold("cefuroxime"), fold("cefotaxime"));
        assert_eq!(fold("пенициллин"), "пенициллин");
    }
}
