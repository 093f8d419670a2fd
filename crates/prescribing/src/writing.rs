//! Free text on a prescription holds no abbreviation that has harmed people.
//!
//! Sources: The Joint Commission, official "Do Not Use" list; ISMP, list of error-prone abbreviations,
//! symbols, and dose designations. Facts of both: what is misread, and what to write.

use crate::error::{Fault, Rule};

/// As whole words, in capitals or as they are usually typed: what is typed, what to write.
const WORDS: [(&[&str], &str); 24] = [
    (&["U", "u"], "units"),
    (&["IU", "iu"], "units"),
    (&["QD", "Q.D.", "qd", "q.d."], "daily"),
    (&["QOD", "Q.O.D.", "qod", "q.o.d."], "every other day"),
    (&["BID", "bid", "b.i.d."], "twice a day"),
    (&["TID", "tid", "t.i.d."], "3 times a day"),
    (&["QID", "qid", "q.i.d."], "4 times a day"),
    (&["QHS", "qhs"], "at bedtime"),
    (&["HS", "h.s."], "at bedtime"),
    (&["MS", "MSO4"], "morphine sulfate"),
    (&["MgSO4"], "magnesium sulfate"),
    (&["µg", "μg", "mcg", "ug"], "microgram"),
    (&["cc"], "mL"),
    (&["SC", "SQ", "sc", "sq"], "subcutaneously"),
    (&["D/C", "d/c"], "stop"),
    (&["AD", "AS", "AU"], "right ear, left ear or each ear"),
    (&["OD", "OS", "OU"], "right eye, left eye or each eye"),
    (&["BT"], "bedtime"),
    (&["HCl"], "hydrochloride"),
    (&["AZT"], "zidovudine"),
    (&["MTX"], "methotrexate"),
    (&["HCTZ"], "hydrochlorothiazide"),
    (&["PRN", "prn", "p.r.n."], "as needed"),
    (&["PO", "p.o."], "by mouth"),
];

/// The text, if nothing in it is dangerous and it is not too long.
pub(crate) fn plain(field: &'static str, text: &str, limit: usize) -> Result<String, Fault> {
    let text = text.trim();
    if text.chars().count() > limit {
        return Err(Fault::new(field, Rule::TooLong));
    }
    for word in text
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '(' | ')' | ':' | '!' | '?'))
    {
        word_is_safe(field, word)?;
    }
    Ok(text.into())
}

fn word_is_safe(field: &'static str, word: &str) -> Result<(), Fault> {
    let bare = word.trim_end_matches('.');
    // A number may stand before it without a space: 10U has been read as 100.
    let behind = bare.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    for (wrong, write) in WORDS {
        if let Some(wrong) = wrong
            .iter()
            .find(|wrong| [word, bare, behind].contains(*wrong))
        {
            return Err(Fault::instead(field, Rule::Abbreviation, wrong, write));
        }
    }
    let number: String = bare
        .chars()
        .take_while(|c| c.is_ascii_digit() || *c == '.')
        .collect();
    let one_point = number.matches('.').count() == 1;
    if number.starts_with('.') && number.len() > 1 && one_point {
        return Err(Fault::instead(
            field,
            Rule::LeadingZero,
            &number,
            &format!("0{number}"),
        ));
    }
    if one_point && number.ends_with('0') {
        let write = number.trim_end_matches('0').trim_end_matches('.');
        return Err(Fault::instead(field, Rule::TrailingZero, &number, write));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn abbreviations_of_the_lists_are_refused_and_their_words_named() {
        for (typed, write) in [
            ("give 10U at night", "units"),
            ("10 U", "units"),
            ("take QD", "daily"),
            ("QOD.", "every other day"),
            ("100 mcg (morning)", "microgram"),
            ("MSO4 if needed", "morphine sulfate"),
            ("2 drops OD", "right eye, left eye or each eye"),
            ("D/C after a week", "stop"),
            ("inject SC", "subcutaneously"),
            ("5 cc with food", "mL"),
        ] {
            let fault = plain("instructions", typed, 500).unwrap_err();
            assert_eq!(
                (fault.rule, fault.write.as_str()),
                (Rule::Abbreviation, write),
                "{typed}"
            );
        }
        assert_eq!(
            plain("x", "take .5 tablet", 99).unwrap_err().rule,
            Rule::LeadingZero
        );
        assert_eq!(plain("x", "take 1.0 tablet", 99).unwrap_err().write, "1");
    }

    #[test]
    fn ordinary_sentences_pass_as_they_are() {
        for text in [
            "With food, and a full glass of water.",
            "Until 10.12.; then see Dr Diallo.",
            "Type 2 diabetes mellitus",
            "Stop if a rash appears. Come back in 1.5 weeks.",
            "Bei Fieber über 38.5 Grad",
            "食後に服用",
            "Us as a family; I use it under supervision",
        ] {
            assert_eq!(
                plain("instructions", text, 500).as_deref(),
                Ok(text),
                "{text}"
            );
        }
        assert_eq!(plain("x", "abc", 2).unwrap_err().rule, Rule::TooLong);
    }

    proptest! {
        #[test]
        fn nothing_typed_makes_it_panic_and_what_passes_is_unchanged(text in "\\PC{0,60}") {
            if let Ok(kept) = plain("instructions", &text, 500) {
                prop_assert_eq!(kept, text.trim());
            }
        }
    }
}
