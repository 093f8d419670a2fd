//! Whether the messages that a sentence names carry it: each of its words, with what it affirms or
//! denies, its numbers with what they count, its sides with what they are of, its drugs.

use super::{
    Conversation, Reason, Section, Struck, Teller,
    listen::{Clause, Listened, clauses, is_hiragana, is_kanji},
    words::{Words, fact, facts, same_word},
};
use crate::{error::Result, facts::Kind, fold::is_number};
use basics::Language;

/// What is checked against.
pub(super) struct Checker<'a> {
    pub(super) conversation: &'a Conversation,
    pub(super) heard: &'a [Listened],
}

/// A word of a sentence, found in a message.
struct Found {
    /// Denied there; none where it was only asked.
    denied: Option<bool>,
    /// The doctor said it, or affirmed it.
    by_doctor: bool,
    /// The doctor asked it, and the patient agreed.
    agreed: bool,
}

impl Checker<'_> {
    /// Why this sentence does not count; `sources` are places in the conversation, none for one that is
    /// not there.
    pub(super) fn check(
        &self,
        section: Section,
        text: &str,
        sources: &[Option<usize>],
    ) -> Result<Option<Struck>> {
        let language = self.conversation.language;
        let none = std::iter::empty::<String>;
        let cited: Vec<usize> = sources.iter().copied().flatten().collect();
        if sources.is_empty() {
            return Ok(Struck::new(Reason::NoSource, none()));
        }
        if cited.len() < sources.len() {
            return Ok(Struck::new(Reason::UnknownSource, none()));
        }
        if cited.iter().any(|at| self.heard[*at].orders) {
            return Ok(Struck::new(Reason::Orders, none()));
        }
        if cited.iter().all(|at| self.heard[*at].clauses.is_none()) {
            return Ok(Struck::new(Reason::NotTranslated, none()));
        }
        let by_doctor = |at: &usize| self.heard[*at].by == Teller::Doctor;
        if section != Section::Symptoms && !cited.iter().any(by_doctor) {
            return Ok(Struck::new(Reason::NotByDoctor, none()));
        }
        let sentence = clauses(text, language, Words::of(language)?);
        Ok(self
            .facts(Kind::Drug, Reason::Drug, text, &cited)
            .or_else(|| self.facts(Kind::Number, Reason::Number, text, &cited))
            .or_else(|| self.facts(Kind::Side, Reason::Side, text, &cited))
            .or_else(|| self.counts(&sentence, &cited))
            .or_else(|| self.sides(&sentence, &cited))
            .or_else(|| self.words(section, &sentence, &cited)))
    }

    fn clauses<'a>(&'a self, cited: &'a [usize]) -> impl Iterator<Item = (usize, &'a Clause)> {
        (cited.iter()).flat_map(|at| {
            let clauses = self.heard[*at].clauses.iter().flatten();
            clauses.map(move |clause| (*at, clause))
        })
    }

    /// Every fact of this kind stands in a message, too.
    fn facts(&self, kind: Kind, reason: Reason, text: &str, cited: &[usize]) -> Option<Struck> {
        let language = self.conversation.language;
        let said: Vec<_> = (cited.iter())
            .filter_map(|at| self.conversation.heard[*at].wording(language))
            .map(|wording| facts(wording.text.expose(), language))
            .collect();
        let new: Vec<String> = (facts(text, language).of(kind))
            .filter(|name| {
                !said
                    .iter()
                    .any(|facts| facts.of(kind).any(|said| said == *name))
            })
            .map(String::from)
            .collect();
        match new.is_empty() {
            true => None,
            false => Struck::new(reason, new),
        }
    }

    /// A number counts what it counted: "3 days" is not "3 tablets". A dose is of the drug it was said of.
    fn counts(&self, sentence: &[Clause], cited: &[usize]) -> Option<Struck> {
        let language = self.conversation.language;
        let drugs = |tokens: &[String]| -> Vec<String> {
            (tokens.iter().filter_map(|token| fact(token, language)))
                .filter_map(|(kind, name)| (kind == Kind::Drug).then_some(name))
                .collect()
        };
        let wanted: Vec<String> = sentence.iter().flat_map(|one| drugs(&one.tokens)).collect();
        for clause in sentence {
            for (at, number) in clause.tokens.iter().enumerate() {
                let (Some(value), Some(unit)) =
                    (value(number, language), clause.tokens.get(at + 1))
                else {
                    continue;
                };
                let counted = clause.content[at + 1] || fact(unit, language).is_some();
                if !counted || value_of_pair(unit, language) {
                    continue;
                }
                let fits = |at: &usize| {
                    let said: Vec<&Clause> = self.heard[*at].clauses.iter().flatten().collect();
                    let there = said.iter().any(|clause| {
                        clause.tokens.windows(2).any(|pair| {
                            self::value(&pair[0], language).as_ref() == Some(&value)
                                && same_word(unit, &pair[1], language)
                        })
                    });
                    let named: Vec<String> =
                        said.iter().flat_map(|one| drugs(&one.tokens)).collect();
                    there
                        && (named.is_empty()
                            || wanted.is_empty()
                            || wanted.iter().any(|drug| named.contains(drug)))
                };
                if !cited.iter().any(fits) {
                    return Struck::new(Reason::Number, [format!("{number} {unit}")]);
                }
            }
        }
        None
    }

    /// A side is of what it was of: beside "right" stands a word that stood beside it when it was said.
    fn sides(&self, sentence: &[Clause], cited: &[usize]) -> Option<Struck> {
        let language = self.conversation.language;
        for clause in sentence {
            for (at, token) in clause.tokens.iter().enumerate() {
                let Some(side) = fact(token, language).filter(|(kind, _)| *kind == Kind::Side)
                else {
                    continue;
                };
                let beside = neighbours(clause, at, language);
                let said = self.clauses(cited).any(|(of, said)| {
                    (0..said.tokens.len())
                        .filter(|at| fact(&said.tokens[*at], language).as_ref() == Some(&side))
                        .any(|at| {
                            let mut there = neighbours(said, at, language);
                            if there.is_empty() {
                                there = self.asked_before(of, cited);
                            }
                            let same = |one: &&String| {
                                there.iter().any(|other| same_word(one, other, language))
                            };
                            beside.is_empty() || beside.iter().any(same)
                        })
                });
                if !said {
                    let words = std::iter::once(token).chain(beside);
                    return Struck::new(Reason::Side, words.cloned());
                }
            }
        }
        None
    }

    /// The words of the question that a message answers.
    fn asked_before(&self, of: usize, cited: &[usize]) -> Vec<&String> {
        let Some(asked) = self.heard[of].answers.filter(|at| cited.contains(at)) else {
            return Vec::new();
        };
        (self.heard[asked].clauses.iter().flatten())
            .flat_map(|clause| clause.tokens.iter().zip(&clause.content))
            .filter_map(|(token, content)| content.then_some(token))
            .collect()
    }

    /// Every word was said, by whom it must be, and affirmed or denied as here.
    fn words(&self, section: Section, sentence: &[Clause], cited: &[usize]) -> Option<Struck> {
        let (mut unsaid, mut others, mut asked, mut turned) = (vec![], vec![], vec![], vec![]);
        let mut any = false;
        for clause in sentence {
            for (at, token) in clause.tokens.iter().enumerate() {
                any |= clause.content[at] || is_number(token);
                if !clause.content[at] {
                    continue;
                }
                let found = self.find(clause, at, cited);
                let counts = |one: &&Found| match section {
                    Section::Symptoms => true,
                    Section::Diagnosis => one.by_doctor,
                    Section::Plan => one.by_doctor || one.agreed,
                };
                let counted: Vec<&Found> = found.iter().filter(counts).collect();
                let denied = clause.denied[at];
                let word = token.clone();
                if found.is_empty() {
                    unsaid.push(word);
                } else if counted.is_empty() {
                    others.push(word);
                } else if counted.iter().all(|one| one.denied.is_none()) {
                    asked.push(word);
                } else if !counted.iter().any(|one| one.denied == Some(denied)) {
                    turned.push(word);
                }
            }
        }
        if !any {
            return Struck::new(Reason::NotSaid, []);
        }
        let wrong = [
            (Reason::NotSaid, unsaid),
            (Reason::NotByDoctor, others),
            (Reason::Negation, turned),
            (Reason::OnlyAsked, asked),
        ];
        let first = wrong.into_iter().find(|(_, words)| !words.is_empty());
        first.and_then(|(reason, words)| Struck::new(reason, words))
    }

    /// Where a word of a sentence stands in the messages.
    fn find(&self, clause: &Clause, at: usize, cited: &[usize]) -> Vec<Found> {
        let language = self.conversation.language;
        let mut found = Vec::new();
        for (of, said) in self.clauses(cited) {
            let heard = &self.heard[of];
            for place in 0..said.tokens.len() {
                if !occurs(clause, at, said, place, language) {
                    continue;
                }
                let doctor = heard.by == Teller::Doctor;
                let answer = heard.answer.filter(|answer| cited.contains(&answer.at));
                found.push(match said.question {
                    false => Found {
                        denied: Some(said.denied[place]),
                        by_doctor: doctor,
                        agreed: false,
                    },
                    true => Found {
                        denied: answer.and_then(|answer| answer.yes).map(|yes| !yes),
                        by_doctor: !doctor,
                        agreed: doctor,
                    },
                });
            }
        }
        found
    }
}

/// Whether this word of a sentence is that word of a message. Where no words are written apart, a
/// character alone says little: the one beside it must be the same, too.
fn occurs(clause: &Clause, at: usize, said: &Clause, place: usize, language: Language) -> bool {
    let (word, there) = (&clause.tokens[at], &said.tokens[place]);
    if !matches!(language, Language::Zh | Language::Ja) {
        return same_word(word, there, language);
    }
    if word != there {
        return false;
    }
    let one =
        |at: Option<usize>| at.and_then(|at| clause.tokens.get(at).filter(|_| clause.content[at]));
    let other = |place: Option<usize>| place.and_then(|place| said.tokens.get(place));
    let (before, after) = (one(at.checked_sub(1)), one(Some(at + 1)));
    let inflected = clause
        .tokens
        .get(at + 1)
        .is_some_and(|next| is_hiragana(next))
        && said
            .tokens
            .get(place + 1)
            .is_some_and(|next| is_hiragana(next));
    let alone = before.is_none() && after.is_none();
    alone
        || (is_kanji(word) && inflected)
        || (before.is_some() && before == other(place.checked_sub(1)))
        || (after.is_some() && after == other(Some(place + 1)))
}

/// The words beside one: the nearest before and after it that mean something and are no side.
fn neighbours(clause: &Clause, at: usize, language: Language) -> Vec<&String> {
    let side = |token: &String| matches!(fact(token, language), Some((Kind::Side, _)));
    let counts = |at: &usize| clause.content[*at] && !side(&clause.tokens[*at]);
    let before = (0..at).rev().find(counts);
    let after = (at + 1..clause.tokens.len()).find(counts);
    (before.into_iter().chain(after))
        .map(|at| &clause.tokens[at])
        .collect()
}

/// The number that a token is.
fn value(token: &str, language: Language) -> Option<String> {
    if is_number(token) {
        return Some(token.replace(',', "."));
    }
    fact(token, language).and_then(|(kind, name)| (kind == Kind::Number).then_some(name))
}

fn value_of_pair(token: &str, language: Language) -> bool {
    value(token, language).is_some()
}
