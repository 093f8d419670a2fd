//! Which of some passages a question is about: Okapi BM25 (Robertson and Zaragoza, 2009) over terms. It
//! needs no model and no network, and what it finds is found by words that one can point at.

use std::collections::{HashMap, HashSet};

use super::words::terms;

/// How soon a term that is repeated counts no more, and how much a passage's length counts.
const K1: f32 = 1.2;
const B: f32 = 0.6;
/// A term in the heading over a passage, against one in the passage.
const HEADING: f32 = 0.6;

/// Some passages, ready to be asked. It holds their terms, not their words.
#[derive(Default)]
pub struct Index {
    passages: Vec<Indexed>,
    mean: f32,
    rarity: HashMap<String, f32>,
}

struct Indexed {
    weights: HashMap<String, f32>,
    length: f32,
}

/// A passage that has to do with a question.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hit {
    /// Which, by the order in which they were given.
    pub at: usize,
    /// Higher is nearer; comparable within one question only.
    pub score: f32,
    /// How much of the question it holds, 0 to 1: rare words count more.
    pub covered: f32,
}

impl Index {
    /// Reads passages, each with the headings over it.
    pub fn new<'a>(passages: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let passages: Vec<Indexed> = passages.into_iter().map(indexed).collect();
        let mut in_how_many: HashMap<&str, f32> = HashMap::new();
        for term in passages.iter().flat_map(|passage| passage.weights.keys()) {
            *in_how_many.entry(term).or_default() += 1.0;
        }
        let all = passages.len() as f32;
        let rarity = (in_how_many.into_iter())
            .map(|(term, count)| (term.to_owned(), rarity(all, count)))
            .collect();
        let mean = passages.iter().map(|one| one.length).sum::<f32>() / all.max(1.0);
        Self {
            passages,
            mean,
            rarity,
        }
    }

    /// The passages that have any word of the question, the nearest first.
    pub fn rank(&self, question: &str) -> Vec<Hit> {
        let asked: HashSet<String> = terms(question).into_iter().collect();
        let unseen = rarity(self.passages.len() as f32, 0.0);
        let weight = |term: &String| self.rarity.get(term).copied().unwrap_or(unseen);
        let whole: f32 = asked.iter().map(weight).sum();
        let mut hits: Vec<Hit> = (self.passages.iter().enumerate())
            .filter_map(|(at, passage)| {
                let (mut score, mut covered) = (0.0, 0.0);
                for term in &asked {
                    let Some(&times) = passage.weights.get(term) else {
                        continue;
                    };
                    let length = 1.0 - B + B * passage.length / self.mean.max(1.0);
                    score += weight(term) * times * (K1 + 1.0) / (times + K1 * length);
                    covered += weight(term);
                }
                (score > 0.0).then(|| Hit {
                    at,
                    score,
                    covered: covered / whole,
                })
            })
            .collect();
        hits.sort_by(|one, other| {
            other
                .score
                .total_cmp(&one.score)
                .then(one.at.cmp(&other.at))
        });
        hits
    }
}

fn indexed((heading, text): (&str, &str)) -> Indexed {
    let mut weights: HashMap<String, f32> = HashMap::new();
    let words = terms(text);
    let length = words.len() as f32;
    for term in words {
        *weights.entry(term).or_default() += 1.0;
    }
    for term in terms(heading).into_iter().collect::<HashSet<_>>() {
        *weights.entry(term).or_default() += HEADING;
    }
    Indexed { weights, length }
}

/// Inverse document frequency, never below zero.
fn rarity(all: f32, having: f32) -> f32 {
    (1.0 + (all - having + 0.5) / (having + 0.5)).ln()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_passage_with_the_rare_word_comes_first_and_unknown_words_are_missed() {
        let index = Index::new([
            ("Allergies", "Penicillin: rash"),
            (
                "Consultation",
                "The chest hurts since Monday, mostly the chest wall",
            ),
            ("Consultation", "No fever, no cough, the chest is clear"),
        ]);
        let hits = index.rank("Since when does the chest hurt?");
        assert_eq!(hits[0].at, 1);
        assert!(hits[0].covered > 0.9);
        assert_eq!(index.rank("allergic to anything?")[0].at, 0);
        assert!(index.rank("insulin").is_empty());
        let half = index.rank("chest surgery");
        assert!(half[0].covered < 0.5, "{half:?}");
    }

    #[test]
    fn nothing_asked_and_nothing_there_find_nothing() {
        assert!(Index::default().rank("chest").is_empty());
        assert!(Index::new([("", "")]).rank("chest").is_empty());
        assert!(Index::new([("", "chest")]).rank("what is this?").is_empty());
    }
}
