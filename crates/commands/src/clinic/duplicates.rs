//! Handlers of people who may be in the record twice.

use ::clinic::{Candidate, ClinicError, Merge, NewMerge, Pair, PatientDetails as Stored};
use basics::Phi;

use super::{
    CandidateView, CandidatesRequest, DuplicatesPage, DuplicatesRequest, LikenessView,
    MergeRequest, MergeView, OtherRecordView, PairRequest, PairView, PatientRequest, PatientView,
    UnmergeRequest, UnmergedView,
};
use crate::{dispatch::Call, error::CommandError};

pub(super) fn candidates(
    call: &Call<'_>,
    request: CandidatesRequest,
) -> Result<Vec<CandidateView>, CommandError> {
    let (clinic, permit) = (call.clinic()?, call.permit()?);
    let details: Stored = request.details.into();
    let found = clinic.candidates(permit, &details, request.except)?;
    clinic.note_reads(permit, call.verb(), found.iter().map(|one| one.patient.id))?;
    Ok(found.into_iter().map(Into::into).collect())
}

pub(super) fn page(
    call: &Call<'_>,
    request: DuplicatesRequest,
) -> Result<DuplicatesPage, CommandError> {
    let (clinic, permit) = (call.clinic()?, call.permit()?);
    let waiting = clinic.duplicates_waiting(permit)?;
    // Only how many: nobody's data is shown, so nobody's is journalled as seen.
    if request.limit == 0 {
        return Ok(DuplicatesPage {
            rows: Vec::new(),
            next: None,
            waiting,
        });
    }
    let limit = request.limit.min(200);
    let page = clinic.duplicates(permit, request.cursor.as_deref(), limit)?;
    let shown = page
        .rows
        .iter()
        .flat_map(|pair| [pair.older.id, pair.newer.id]);
    clinic.note_reads(permit, call.verb(), shown)?;
    Ok(DuplicatesPage {
        rows: page.rows.into_iter().map(Into::into).collect(),
        next: page.next,
        waiting,
    })
}

pub(super) fn merge(call: &Call<'_>, request: MergeRequest) -> Result<PatientView, CommandError> {
    let new = NewMerge {
        kept: (request.kept, request.kept_version),
        gone: (request.gone, request.gone_version),
        reason: request.reason,
    };
    let patient =
        call.clinic()?
            .write::<_, ClinicError>(call.permit()?, call.verb(), |change| change.merge(&new))?;
    Ok(patient.into())
}

pub(super) fn tell_apart(call: &Call<'_>, request: PairRequest) -> Result<(), CommandError> {
    Ok(call
        .clinic()?
        .write::<_, ClinicError>(call.permit()?, call.verb(), |change| {
            change.tell_apart(
                (request.one, request.one_version),
                (request.other, request.other_version),
                &request.reason,
            )
        })?)
}

pub(super) fn merges(
    call: &Call<'_>,
    request: PatientRequest,
) -> Result<Vec<MergeView>, CommandError> {
    let (clinic, permit) = (call.clinic()?, call.permit()?);
    let merges = clinic.merges(permit, request.id)?;
    clinic.note_read(permit, call.verb(), Some(request.id))?;
    Ok(merges.into_iter().map(Into::into).collect())
}

pub(super) fn unmerge(
    call: &Call<'_>,
    request: UnmergeRequest,
) -> Result<Vec<PatientView>, CommandError> {
    let patients =
        call.clinic()?
            .write::<_, ClinicError>(call.permit()?, call.verb(), |change| {
                change.unmerge(request.merge_id, &request.reason)
            })?;
    Ok(patients.into_iter().map(Into::into).collect())
}

impl From<::clinic::Likeness> for LikenessView {
    fn from(likeness: ::clinic::Likeness) -> Self {
        Self {
            score: likeness.score,
            traits: likeness.traits.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<Candidate> for CandidateView {
    fn from(one: Candidate) -> Self {
        Self {
            patient: one.patient.into(),
            likeness: one.likeness.into(),
        }
    }
}

impl From<Pair> for PairView {
    fn from(pair: Pair) -> Self {
        Self {
            scans: [pair.older.scans, pair.newer.scans],
            accounts: [pair.older.has_account, pair.newer.has_account],
            created: [pair.older.created, pair.newer.created],
            older: pair.older.into(),
            newer: pair.newer.into(),
            likeness: pair.likeness.into(),
        }
    }
}

impl From<::clinic::OtherRecord> for OtherRecordView {
    fn from(other: ::clinic::OtherRecord) -> Self {
        Self {
            number: other.number,
            name: other.details.name,
            birth_date: other.details.birth_date,
        }
    }
}

impl From<Merge> for MergeView {
    fn from(merge: Merge) -> Self {
        let shown = |name: Phi<String>| name.expose().clone();
        Self {
            id: merge.id,
            kept: merge.kept,
            gone: OtherRecordView {
                number: merge.gone,
                name: merge.details.name,
                birth_date: merge.details.birth_date,
            },
            reason: merge.reason,
            by: shown(merge.by_name),
            at: merge.at,
            undone: merge.undone.map(|undone| UnmergedView {
                reason: undone.reason,
                by: shown(undone.by_name),
                at: undone.at,
            }),
        }
    }
}
