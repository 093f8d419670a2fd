//! Handler of a doctor's first screen.

use ::clinic::{
    ConsultationFilter, DeliveryFilter, DeliveryState, Permission, ReportFilter, WorklistQuery,
};

use super::{DoctorHome, DoctorHomeRequest, TroubleRow, UnsignedNote};
use crate::{dispatch::Call, error::CommandError, reports};

/// Rows of each list; the rest is one click away.
const FIRST: u32 = 5;

pub(super) fn home(
    call: &Call<'_>,
    request: DoctorHomeRequest,
) -> Result<DoctorHome, CommandError> {
    let (clinic, permit) = (call.clinic()?, call.permit()?);
    let day = clinic.day(permit, request.since)?;
    let host = call.leave(Permission::HostConsultations)?;
    let filter = ConsultationFilter {
        only_mine: true,
        ..ConsultationFilter::default()
    };
    let mut talks = clinic.consultations(&host, filter, None, FIRST)?.rows;
    talks.retain(|talk| talk.ended.is_none() || talk.started >= request.since);
    let query = WorklistQuery {
        only_above: true,
        limit: FIRST,
        ..WorklistQuery::default()
    };
    let above = clinic.worklist(permit, &query)?.rows;
    let reads = call.leave(Permission::ReadReports)?;
    let filter = ReportFilter {
        author_me: true,
        open: Some(true),
        ..ReportFilter::default()
    };
    let drafts = clinic.reports(&reads, &filter, None, FIRST)?.rows;
    let to_do = clinic.reports_to_do(&reads)?;
    let notes = clinic.unsigned_notes(&host, FIRST)?;
    let filter = DeliveryFilter {
        only_mine: true,
        states: vec![DeliveryState::Failed, DeliveryState::Uncertain],
        ..DeliveryFilter::default()
    };
    let trouble = clinic.deliveries(&reads, &filter, None, FIRST)?.rows;
    let shown = talks.iter().map(|talk| talk.patient.id);
    let shown = shown
        .chain(above.iter().map(|row| row.patient_id))
        .chain(drafts.iter().map(|row| row.patient_id))
        .chain(notes.iter().map(|note| note.patient_id))
        .chain(trouble.iter().map(|one| one.patient_id));
    clinic.note_reads(permit, call.verb(), shown)?;
    Ok(DoctorHome {
        consultations: day.consultations,
        running: day.running,
        consultation_rows: talks.into_iter().map(Into::into).collect(),
        above: day.above,
        above_rows: above.into_iter().map(Into::into).collect(),
        drafts: to_do.drafts,
        draft_rows: drafts
            .into_iter()
            .map(|row| reports::shown_row(row, permit.user()))
            .collect(),
        notes: day.notes,
        note_rows: notes.into_iter().map(Into::into).collect(),
        trouble: to_do.failed + to_do.uncertain,
        trouble_rows: trouble.into_iter().map(Into::into).collect(),
        duplicates: clinic.duplicates_waiting(&call.leave(Permission::MergePatients)?)?,
    })
}

impl From<::clinic::UnsignedNote> for UnsignedNote {
    fn from(note: ::clinic::UnsignedNote) -> Self {
        Self {
            id: note.id,
            consultation_id: note.consultation_id,
            patient_id: note.patient_id,
            patient_number: note.patient_number,
            patient_name: note.patient_name,
            again: note.again,
            at: note.at,
        }
    }
}

impl From<::clinic::Delivery> for TroubleRow {
    fn from(delivery: ::clinic::Delivery) -> Self {
        Self {
            patient_name: delivery.patient_name.clone(),
            delivery: delivery.into(),
        }
    }
}
