//! The record's types as the screens'.

use ::clinic::{FoundAt as Stored, SearchKind as StoredKind, SearchQuery};
use basics::Phi;

use super::{FoundAt, SearchKind, SearchLimits, SearchPiece, SearchRow};

pub(super) fn query(words: Phi<String>, limits: SearchLimits) -> SearchQuery {
    SearchQuery {
        words,
        kinds: limits.kinds.into_iter().map(StoredKind::from).collect(),
        patient_id: limits.patient_id,
        from: limits.from,
        to: limits.to,
    }
}

impl From<SearchKind> for StoredKind {
    fn from(kind: SearchKind) -> Self {
        match kind {
            SearchKind::Message => Self::Message,
            SearchKind::Note => Self::Note,
            SearchKind::Report => Self::Report,
        }
    }
}

impl From<::clinic::SearchRow> for SearchRow {
    fn from(row: ::clinic::SearchRow) -> Self {
        Self {
            place: row.place.into(),
            patient_id: row.patient_id,
            patient_number: row.patient_number,
            patient_name: row.patient_name,
            birth_date: row.birth_date,
            sex: row.sex.into(),
            restricted: row.restricted,
            at: row.at,
            language: row.language,
            provenance: row.provenance,
            cut_before: row.excerpt.cut_before,
            pieces: row
                .excerpt
                .pieces
                .into_iter()
                .map(|piece| SearchPiece {
                    text: piece.text,
                    found: piece.found,
                })
                .collect(),
            cut_after: row.excerpt.cut_after,
        }
    }
}

impl From<Stored> for FoundAt {
    fn from(place: Stored) -> Self {
        match place {
            Stored::Message {
                consultation_id,
                message_id,
                n,
                by,
                kind,
                spoken,
            } => Self::Message {
                consultation_id,
                message_id,
                n,
                by,
                person: kind.into(),
                spoken,
            },
            Stored::Note {
                consultation_id,
                by,
                ..
            } => Self::Note {
                consultation_id,
                by,
            },
            Stored::Report {
                report_id,
                number,
                title,
                state,
                by,
            } => Self::Report {
                report_id,
                number,
                title,
                state: state.into(),
                by,
            },
        }
    }
}
