//! Denials that deny once though two words say so.

use std::ops::Range;

use super::{Kind, read::Read, rules::WITH};

/// Takes out denials that go with another near by, and a French "ne … que", which says only.
pub(super) fn denied_once(read: &mut Read<'_>) {
    const NEAR: usize = 48;
    const ALONE: [&str; 6] = ["peu", "pou", "saur", "sai", "cess", "os"];
    let text = read.text;
    let denials: Vec<(Range<usize>, bool, bool)> = (read.facts.iter())
        .filter(|fact| fact.kind == Kind::Negation)
        .map(|fact| (fact.span.clone(), fact.name == WITH, fact.sure))
        .collect();
    let chars = |from: usize, to: usize| {
        text.get(from..to)
            .map_or(0, |between| between.chars().count())
    };
    let is_ne =
        |span: &Range<usize>| matches!(text.get(span.clone()), Some("ne" | "n" | "Ne" | "N"));
    let mut drop: Vec<Range<usize>> = Vec::new();
    for (span, ..) in denials.iter().filter(|(_, with, _)| *with) {
        let another = denials.iter().any(|(other, also_with, sure)| {
            let near = other.start >= span.end && chars(span.end, other.start) < NEAR
                || other.end <= span.start && chars(other.end, span.start) < NEAR;
            near && *sure
                && !drop.contains(other)
                && (!also_with || is_ne(span) || other.start < span.start)
        });
        let rest: String = text
            .get(span.end..)
            .unwrap_or_default()
            .chars()
            .take(NEAR)
            .collect();
        let only = is_ne(span)
            && rest
                .split([' ', '\u{a0}'])
                .any(|word| word == "que" || word.starts_with("qu’") || word.starts_with("qu'"));
        let name = is_ne(span) && span.len() == 1 && !rest.starts_with(['\'', '’']);
        // "Il ne peut" denies without a second word; no other verb does.
        let alone = is_ne(span)
            && !ALONE.iter().any(|verb| {
                rest.trim_start_matches(['’', '\'', ' ', '\u{a0}'])
                    .starts_with(verb)
            });
        if another || only || name || alone {
            drop.push(span.clone());
        }
    }
    read.facts
        .retain(|fact| fact.kind != Kind::Negation || !drop.contains(&fact.span));
}
