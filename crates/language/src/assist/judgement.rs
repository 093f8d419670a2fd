//! Questions that only a doctor answers: what a finding means for the person who asks, whether it is
//! serious, what to do. For these no engine is asked; the report's own words are shown.
//!
//! The rule is made of English words and rather refuses once too often: what is refused still shows the
//! passages. A question in another language is one that the rule cannot read, and no engine gets it either.

use basics::Language;

use super::words::is_english;
use crate::fold::tokens;

/// What sort of question it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Judgement {
    /// It asks what stands in the reports.
    Plain,
    /// It asks for a judgement about the person.
    ForTheDoctor,
    /// It is in no language that the rule reads.
    Unreadable,
}

/// Rows of words that ask for a judgement.
const ROWS: &[&[&str]] = &[
    &["do", "i", "have"],
    &["have", "i", "got"],
    &["did", "i", "have"],
    &["am", "i"],
    &["will", "i"],
    &["should", "i"],
    &["must", "i"],
    &["shall", "i"],
    &["can", "i"],
    &["could", "i"],
    &["may", "i"],
    &["do", "i", "need"],
    &["what", "do", "i", "do"],
    &["what", "to", "do"],
    &["what", "now"],
    &["what", "next"],
    &["wrong", "with", "me"],
    &["how", "long"],
    &["right", "with", "me"],
];

/// Words that do so by themselves.
const WORDS: &[&str] = &[
    "serious",
    "severe",
    "dangerous",
    "danger",
    "bad",
    "badly",
    "worse",
    "better",
    "good",
    "normal",
    "abnormal",
    "ok",
    "okay",
    "fine",
    "alright",
    "healthy",
    "sick",
    "ill",
    "illness",
    "disease",
    "worry",
    "worried",
    "worrying",
    "scared",
    "afraid",
    "panic",
    "die",
    "dying",
    "death",
    "fatal",
    "deadly",
    "survive",
    "survival",
    "live",
    "cancer",
    "tumour",
    "tumor",
    "malignant",
    "benign",
    "cure",
    "cured",
    "curable",
    "heal",
    "prognosis",
    "outlook",
    "mean",
    "means",
    "meaning",
    "explain",
    "interpret",
    "interpretation",
    "understand",
    "diagnose",
    "diagnosis",
    "treatment",
    "treat",
    "treated",
    "therapy",
    "medicine",
    "medication",
    "tablet",
    "tablets",
    "pill",
    "pills",
    "dose",
    "surgery",
    "operation",
    "take",
    "stop",
    "why",
    "cause",
    "caused",
    "causes",
    "contagious",
    "infectious",
    "risk",
    "risks",
    "chance",
    "chances",
    "likely",
    "probability",
    "advice",
    "advise",
    "opinion",
    "think",
    "recommend",
    "suggest",
    "emergency",
    "urgent",
    "hospital",
    "pregnant",
    "pregnancy",
    "work",
    "drive",
    "exercise",
];

/// Judges a patient's question.
pub fn asks_for_judgement(question: &str) -> Judgement {
    if !is_english(question) {
        return Judgement::Unreadable;
    }
    let words = tokens(question, Language::En);
    let single = words.iter().any(|word| WORDS.contains(&&**word));
    let row = ROWS.iter().any(|row| {
        (words.windows(row.len())).any(|window| window.iter().zip(*row).all(|(a, b)| a == b))
    });
    match single || row {
        true => Judgement::ForTheDoctor,
        false => Judgement::Plain,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_finding_means_is_for_the_doctor() {
        for question in [
            "Do I have pneumonia?",
            "Is it serious?",
            "Should I go to the hospital?",
            "What does opacity mean?",
            "Am I healthy?",
            "Is this cancer?",
            "Why is there a shadow on my lung?",
            "Can I stop the tablets?",
            "What is wrong with me?",
            "How long will it last?",
            "Is the result normal?",
        ] {
            assert_eq!(
                asks_for_judgement(question),
                Judgement::ForTheDoctor,
                "{question}"
            );
        }
    }

    #[test]
    fn what_stands_in_a_report_is_not() {
        for question in [
            "When was my chest X-ray made?",
            "Who signed the report?",
            "What was found in the left lung?",
            "Which part of the body was examined?",
            "What does the impression say?",
        ] {
            assert_eq!(asks_for_judgement(question), Judgement::Plain, "{question}");
        }
    }

    #[test]
    fn other_languages_are_not_read() {
        for question in [
            "¿Tengo cáncer?",
            "Ist das schlimm?",
            "これは癌ですか",
            "Pneumonia?",
            "",
        ] {
            assert_eq!(
                asks_for_judgement(question),
                Judgement::Unreadable,
                "{question}"
            );
        }
    }
}
