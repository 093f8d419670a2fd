//! What a note says: as the record keeps it, as the scribe drafts it, as plain words.

use ::clinic::{ClinicError, NoteText, NoteVersion};
use ::language::scribe::{self, Draft, Drafter};
use basics::{Language, Phi};

use super::{
    NoteContent, NoteDrafter, NoteHand, NoteKind, NoteLine, NoteReason, NoteSealView, NoteSection,
    NoteSentence, NoteStruck, NoteVersionView, SignedNote,
};
use crate::{error::CommandError, views::mirror};

mirror!(
    NoteKind = ::clinic::NoteKind {
        Drafted,
        Edited,
        Signed
    }
);
mirror!(
    NoteSection = scribe::Section {
        Symptoms,
        Diagnosis,
        Plan
    }
);
mirror!(
    NoteReason = scribe::Reason {
        NoSource,
        UnknownSource,
        NotTranslated,
        Orders,
        NotByDoctor,
        OnlyAsked,
        Number,
        Drug,
        Side,
        Negation,
        NotSaid
    }
);

impl NoteSentence {
    /// Whether it is part of what the note says.
    pub(super) fn counts(&self) -> bool {
        self.struck.is_none() || self.hand == NoteHand::Doctor
    }
}

impl NoteContent {
    /// A note that nobody has begun.
    pub(super) fn empty(language: Language) -> Self {
        Self {
            language,
            drafter: None,
            sentences: Vec::new(),
        }
    }

    /// What the scribe drafted.
    pub(super) fn of(draft: Draft, language: Language) -> Self {
        let (drafter, hand) = match draft.by {
            Drafter::Engine(name) => (NoteDrafter::Engine { name }, NoteHand::Engine),
            Drafter::Extract => (NoteDrafter::Extract, NoteHand::Extract),
        };
        let sentences = (1..).zip(draft.sentences).map(|(id, one)| NoteSentence {
            id,
            section: one.section.into(),
            language: one.language,
            text: one.text,
            hand,
            sources: one.sources,
            struck: one.struck.map(|struck| NoteStruck {
                reason: struck.reason.into(),
                words: struck.words,
            }),
        });
        Self {
            language,
            drafter: Some(drafter),
            sentences: sentences.collect(),
        }
    }

    /// What a version says.
    pub(super) fn read(version: &NoteVersion) -> Result<Self, CommandError> {
        let bytes = version.content.expose();
        let read = match version.kind {
            ::clinic::NoteKind::Signed => {
                serde_json::from_slice(bytes).map(|signed: SignedNote| signed.content)
            }
            _ => serde_json::from_slice(bytes),
        };
        read.map_err(|_| ClinicError::Damaged { part: "database" }.into())
    }

    /// It with the doctor's lines. Words that the doctor changed are the doctor's; what was struck out
    /// stays where it is, unless they took it over.
    pub(super) fn with(self, lines: &[NoteLine]) -> Self {
        let Self {
            language,
            drafter,
            mut sentences,
        } = self;
        let mut next = sentences.iter().map(|one| one.id).max().unwrap_or(0) + 1;
        let mut out: Vec<NoteSentence> = Vec::new();
        for line in lines {
            let at = sentences.iter().position(|one| Some(one.id) == line.id);
            let known = at.map(|at| sentences.remove(at));
            let text = line.text.expose().trim();
            match known {
                Some(known) if known.text.expose().trim() == text => {
                    out.push(kept(known, line, &drafter))
                }
                // Emptied: what was struck out cannot be made to vanish.
                Some(known) if text.is_empty() && !known.counts() => out.push(known),
                _ if text.is_empty() => {}
                known => {
                    let (id, sources) = match known {
                        Some(known) => (known.id, known.sources),
                        None => (next, Vec::new()),
                    };
                    next += u32::from(id == next);
                    out.push(NoteSentence {
                        id,
                        section: line.section,
                        language,
                        text: Phi::new(text.to_owned()),
                        hand: NoteHand::Doctor,
                        sources,
                        struck: None,
                    });
                }
            }
        }
        out.extend(sentences.into_iter().filter(|one| !one.counts()));
        out.sort_by_key(|one| one.section);
        Self {
            language,
            drafter,
            sentences: out,
        }
    }

    /// The sentences that count, one in a line.
    pub(super) fn words(&self, section: Option<NoteSection>) -> String {
        let counts = (self.sentences.iter())
            .filter(|one| one.counts() && section.is_none_or(|section| section == one.section));
        let texts: Vec<&str> = counts.map(|one| one.text.expose().as_str()).collect();
        texts.join("\n")
    }

    /// As the record keeps it.
    pub(super) fn text(&self) -> Result<NoteText, CommandError> {
        text(self, self)
    }
}

/// As the record keeps it: the bytes of `whole`, the words of `content`.
pub(super) fn text(
    content: &NoteContent,
    whole: &impl serde::Serialize,
) -> Result<NoteText, CommandError> {
    Ok(NoteText {
        content: Phi::new(serde_json::to_vec(whole).map_err(|_| CommandError::Defect)?),
        words: Phi::new(content.words(None)),
    })
}

/// A version as the screens show it.
pub(super) fn view(version: &NoteVersion) -> Result<NoteVersionView, CommandError> {
    Ok(NoteVersionView {
        version: version.version,
        kind: version.kind.into(),
        by: version.by_name.clone(),
        at: version.at,
        reason: version.reason.clone(),
        content: NoteContent::read(version)?,
        seal: version.seal.as_ref().map(|seal| NoteSealView {
            sha256: hex::encode(seal.sha256),
            holds: seal.holds(version.content.expose()),
        }),
    })
}

/// A sentence whose words stay: what was struck out is taken over, or given back.
fn kept(known: NoteSentence, line: &NoteLine, drafter: &Option<NoteDrafter>) -> NoteSentence {
    let hand = match (&known.struck, line.taken_over, drafter) {
        (None, _, _) => known.hand,
        (Some(_), true, _) => NoteHand::Doctor,
        (Some(_), false, Some(NoteDrafter::Extract)) => NoteHand::Extract,
        (Some(_), false, _) => NoteHand::Engine,
    };
    NoteSentence {
        hand,
        section: line.section,
        ..known
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sentence(id: u32, text: &str, struck: bool) -> NoteSentence {
        NoteSentence {
            id,
            section: NoteSection::Symptoms,
            language: Language::En,
            text: Phi::new(text.into()),
            hand: NoteHand::Engine,
            sources: vec![basics::MessageId::new()],
            struck: struck.then(|| NoteStruck {
                reason: NoteReason::Number,
                words: vec![Phi::new("4".into())],
            }),
        }
    }

    fn line(id: Option<u32>, text: &str, taken_over: bool) -> NoteLine {
        NoteLine {
            id,
            section: NoteSection::Symptoms,
            text: Phi::new(text.into()),
            taken_over,
        }
    }

    fn note() -> NoteContent {
        NoteContent {
            language: Language::En,
            drafter: Some(NoteDrafter::Engine { name: "x".into() }),
            sentences: vec![
                sentence(1, "Headache.", false),
                sentence(2, "4 days.", true),
            ],
        }
    }

    #[test]
    fn changed_words_are_the_doctors_and_keep_their_sources() {
        let before = note();
        let after = note().with(&[
            line(Some(1), "Bad headache.", false),
            line(None, "Tired.", false),
        ]);
        let hands: Vec<_> = after
            .sentences
            .iter()
            .map(|one| (one.id, one.hand))
            .collect();
        let expected = [
            (1, NoteHand::Doctor),
            (3, NoteHand::Doctor),
            (2, NoteHand::Engine),
        ];
        assert_eq!(hands, expected);
        assert_eq!(
            after.sentences[0].sources.len(),
            before.sentences[0].sources.len()
        );
        assert_eq!(after.words(None), "Bad headache.\nTired.");
    }

    #[test]
    fn what_was_struck_out_does_not_vanish_and_counts_only_when_taken_over() {
        assert_eq!(note().words(None), "Headache.");
        let gone = note().with(&[]);
        assert_eq!(gone.sentences.len(), 1, "the struck one stays");
        let emptied = note().with(&[line(Some(2), "", true)]);
        assert!(emptied.sentences.iter().any(|one| one.id == 2));
        let taken = note().with(&[
            line(Some(1), "Headache.", false),
            line(Some(2), "4 days.", true),
        ]);
        assert_eq!(taken.words(None), "Headache.\n4 days.");
        assert!(
            taken.sentences[1].struck.is_some(),
            "the reason stays in sight"
        );
        let back = taken.with(&[
            line(Some(1), "Headache.", false),
            line(Some(2), "4 days.", false),
        ]);
        assert_eq!(back.words(None), "Headache.");
    }
}
