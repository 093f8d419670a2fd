//! The doctor's words in a DiagnosticReport, which has fields for the conclusion alone: the narrative holds
//! every section, what was added or withdrawn later first.

use super::types::Narrative;
use crate::{Addendum, Document, State, words};

/// Every section, as XHTML.
pub(super) fn of(document: &Document) -> Narrative {
    let mut div = format!(
        "<div xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"{0}\" xml:lang=\"{0}\">",
        document.language.tag()
    );
    for addendum in &document.addenda {
        div += &paragraph(&later(addendum));
    }
    let (headings, text) = (&words(document.language).sections, &document.text);
    for (key, text) in [
        ("indication", &text.indication),
        ("technique", &text.technique),
        ("comparison", &text.comparison),
        ("findings", &text.findings),
        ("impression", &text.impression),
        ("recommendation", &text.recommendation),
    ] {
        if !text.expose().trim().is_empty() {
            let heading = headings.get(key).map_or(key, |heading| heading);
            div += &format!("<h3>{}</h3>", escaped(heading));
            div += &paragraph(text.expose());
        }
    }
    div += &paragraph(&document.number);
    div += "</div>";
    Narrative {
        status: "additional".into(),
        div: div.into(),
    }
}

/// What it means, with what was said later before it.
pub(super) fn conclusion(document: &Document) -> String {
    let mut parts: Vec<String> = document.addenda.iter().map(later).collect();
    parts.push(document.text.impression.expose().trim().to_owned());
    parts.retain(|part| !part.is_empty());
    parts.join("\n\n")
}

fn later(addendum: &Addendum) -> String {
    let kind = match addendum.kind {
        State::EnteredInError => "Withdrawn, entered in error",
        State::Amended => "Corrected",
        _ => "Added",
    };
    let mut text = format!("{kind} ({}, {})", addendum.at, addendum.by.name);
    for part in [addendum.reason.expose(), addendum.text.expose()] {
        if !part.trim().is_empty() {
            text = format!("{text}: {}", part.trim());
        }
    }
    text
}

fn paragraph(text: &str) -> String {
    format!("<p>{}</p>", escaped(text.trim()).replace('\n', "<br/>"))
}

/// As text in XML, without what XML 1.0 forbids.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c if c.is_control() && c != '\n' => {}
            '\u{fffe}' | '\u{ffff}' => {}
            c => out.push(c),
        }
    }
    out
}
