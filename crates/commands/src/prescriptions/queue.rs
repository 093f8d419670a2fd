//! Handlers: the queue, one prescription, a patient's prescriptions.

use ::clinic::{Permission, PrescriptionId, PrescriptionQueue};
use basics::Phi;

use super::{
    PrescribeRequest, PrescriptionQueuePage, PrescriptionQueueRequest, PrescriptionQueueRow,
    PrescriptionRequest, PrescriptionShelf, PrescriptionView,
    content::{Noted, Signed},
    order::MANY,
    views,
};
use crate::{dispatch::Call, error::CommandError};

/// A look is a look, also where it comes before an act that is refused afterwards.
const OPENED: &str = "prescription.open";

pub(super) fn page(
    call: &Call<'_>,
    request: PrescriptionQueueRequest,
) -> Result<PrescriptionQueuePage, CommandError> {
    let (clinic, permit) = (call.clinic()?, call.permit()?);
    let queue = match request.shelf {
        PrescriptionShelf::Waiting => PrescriptionQueue::Waiting,
        PrescriptionShelf::Asked => PrescriptionQueue::Asked,
        PrescriptionShelf::Done => PrescriptionQueue::Done,
    };
    let limit = request.limit.clamp(1, 200);
    let cursor = request.cursor.as_deref();
    let page = clinic.prescription_queue(permit, queue, &request.query, cursor, limit)?;
    clinic.note_reads(
        permit,
        call.verb(),
        page.rows.iter().map(|row| row.patient_id),
    )?;
    let counts = clinic.prescription_counts(permit)?;
    let rows = page.rows.into_iter().map(|row| {
        let signed = Signed::read(row.content.expose())?;
        Ok(PrescriptionQueueRow {
            id: row.id,
            number: row.number,
            patient: row.patient_name,
            birth_date: row.birth_date,
            medicine: Phi::new(signed.order.medicine()),
            strength: signed.order.strength.to_string(),
            form: signed.order.form,
            author: row.author_name,
            at: row.at,
            state: row.state.into(),
            overridden: u32::try_from(signed.overrides.len()).unwrap_or(u32::MAX),
        })
    });
    Ok(PrescriptionQueuePage {
        rows: rows.collect::<Result<_, CommandError>>()?,
        next: page.next,
        waiting: counts.waiting,
        asked: counts.asked,
    })
}

pub(super) fn of_patient(
    call: &Call<'_>,
    request: PrescribeRequest,
) -> Result<Vec<PrescriptionView>, CommandError> {
    let (clinic, permit) = (call.clinic()?, call.permit()?);
    let patient = clinic.patient(permit, request.patient_id)?;
    clinic.note_read(permit, call.verb(), Some(patient.id))?;
    let all = clinic.prescriptions_of(permit, patient.id, MANY)?;
    let now = call.inner().clock.now();
    all.iter()
        .map(|one| views::whole(one, &patient, &all, now))
        .collect()
}

pub(super) fn view(
    call: &Call<'_>,
    request: PrescriptionRequest,
) -> Result<PrescriptionView, CommandError> {
    show(call, request.prescription_id)
}

/// One prescription with everything; the journal knows that it was looked at.
pub(super) fn show(call: &Call<'_>, id: PrescriptionId) -> Result<PrescriptionView, CommandError> {
    let (clinic, permit) = (call.clinic()?, call.permit()?);
    let prescription = clinic.prescription(permit, id)?;
    clinic.note_read(permit, OPENED, Some(prescription.patient_id))?;
    let patient = clinic.patient(permit, prescription.patient_id)?;
    let all = clinic.prescriptions_of(permit, patient.id, MANY)?;
    let mut view = views::whole(&prescription, &patient, &all, call.inner().clock.now())?;
    if let Ok(dispenses) = call.leave(Permission::DispensePrescriptions) {
        let order = Signed::of(&prescription)?.order;
        let last = clinic.last_dispensed(&dispenses, &views::product(&order)?)?;
        view.last_batch = last
            .map(|last| Noted::read(&last))
            .transpose()?
            .and_then(|last| last.batch);
    }
    Ok(view)
}
