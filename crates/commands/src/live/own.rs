//! What a patient sees of the own consultations at the kiosk.

use ::clinic::ConsultationFilter;
use basics::Phi;

use super::{
    ConsultationRequest, ConsultationView, ConsultationsPage, MessagesPage, MessagesRequest, say,
    views,
};
use crate::{dispatch::Call, error::CommandError, own::OwnConsultationsRequest};

pub(crate) fn page(
    call: &Call<'_>,
    request: OwnConsultationsRequest,
) -> Result<ConsultationsPage, CommandError> {
    let (clinic, permit) = (call.clinic()?, call.permit()?);
    clinic.note_read(permit, call.verb(), permit.patient())?;
    let filter = ConsultationFilter::default();
    let page = clinic.consultations(permit, filter, request.cursor.as_deref(), request.limit)?;
    Ok(page.into())
}

pub(crate) fn consultation(
    call: &Call<'_>,
    request: ConsultationRequest,
) -> Result<ConsultationView, CommandError> {
    let (clinic, permit) = (call.clinic()?, call.permit()?);
    let consultation = clinic.consultation(permit, request.consultation_id)?;
    clinic.note_read(permit, call.verb(), permit.patient())?;
    let people = clinic.participants(permit, consultation.id)?;
    Ok(views::consultation(consultation, people))
}

/// Without the words of translations that the doctor has not confirmed yet.
pub(crate) fn messages(
    call: &Call<'_>,
    request: MessagesRequest,
) -> Result<MessagesPage, CommandError> {
    let mut page = say::messages(call, request)?;
    for message in &mut page.messages {
        for translation in &mut message.translations {
            if let Some(check) = &mut translation.check
                && !check.confirmed
            {
                translation.text = Phi::new(String::new());
                check.findings.clear();
            }
        }
    }
    Ok(page)
}
