//! What changed between two versions, word by word.

use basics::Phi;
use similar::{ChangeTag, TextDiff};

use super::{
    CompareNotesRequest, NoteChange, NoteContent, NotePart, NotePartKind, NoteRequest, NoteSection,
    read,
};
use crate::{dispatch::Call, error::CommandError};

pub(super) fn compare(
    call: &Call<'_>,
    request: CompareNotesRequest,
) -> Result<Vec<NoteChange>, CommandError> {
    let (clinic, permit) = (call.clinic()?, call.permit()?);
    let of = NoteRequest {
        note_id: request.note_id,
    };
    read::seen(&clinic, permit, call.verb(), &of)?;
    let content = |version| {
        let version = clinic.note_version(permit, request.note_id, version)?;
        NoteContent::read(&version)
    };
    let (from, to) = (content(request.from)?, content(request.to)?);
    let sections = [
        NoteSection::Symptoms,
        NoteSection::Diagnosis,
        NoteSection::Plan,
    ];
    Ok((sections.into_iter())
        .map(|section| NoteChange {
            section,
            parts: parts(&from.words(Some(section)), &to.words(Some(section))),
        })
        .collect())
}

fn parts(from: &str, to: &str) -> Vec<NotePart> {
    let mut runs: Vec<(NotePartKind, String)> = Vec::new();
    for change in TextDiff::from_unicode_words(from, to).iter_all_changes() {
        let kind = match change.tag() {
            ChangeTag::Equal => NotePartKind::Same,
            ChangeTag::Delete => NotePartKind::Gone,
            ChangeTag::Insert => NotePartKind::New,
        };
        match runs.last_mut() {
            Some((last, run)) if *last == kind => run.push_str(change.value()),
            _ => runs.push((kind, change.value().to_owned())),
        }
    }
    (runs.into_iter())
        .map(|(kind, text)| NotePart {
            kind,
            text: Phi::new(text),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_is_told_by_words_and_both_sides_read_whole() {
        let (from, to) = (
            "Headache for 3 days.\n头痛三天",
            "Headache for 4 days.\n头痛四天",
        );
        let parts = parts(from, to);
        let side = |not: NotePartKind| -> String {
            let texts = parts.iter().filter(|part| part.kind != not);
            texts.map(|part| part.text.expose().as_str()).collect()
        };
        assert_eq!(side(NotePartKind::New), from);
        assert_eq!(side(NotePartKind::Gone), to);
        let new: Vec<_> = (parts.iter())
            .filter(|part| part.kind == NotePartKind::New)
            .map(|part| part.text.expose().as_str())
            .collect();
        assert_eq!(new, ["4", "四"]);
    }
}
