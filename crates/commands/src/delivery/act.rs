//! Handlers: send, list, take back, try again; the outbox in short.

use ::clinic::{ClinicError, DeliveryFilter, FilePurpose, NewDelivery, Report, ReportFile};
use ::reports::delivery::{is_email_address, is_telephone_number};
use basics::{DeliveryId, Phi};

use super::{
    DeliveriesPage, DeliveriesRequest, DeliveryChannel, DeliveryEventView, DeliveryRequest,
    DeliveryView, OutboxView, Recipient, SendReportRequest, outbox as worker,
};
use crate::{clinic::confirm_identity, dispatch::Call, error::CommandError};

/// Recipients of one report at once; more is a mistake.
const RECIPIENTS: usize = 20;

pub(super) fn send(
    call: &Call<'_>,
    request: SendReportRequest,
) -> Result<Vec<DeliveryView>, CommandError> {
    let (clinic, permit) = (call.clinic()?, call.permit()?);
    let report = clinic.report(permit, request.report_id)?;
    confirm_identity(call, report.patient_id, &request.confirmed)?;
    let file = sealed(call, &report)?;
    let services = clinic.services(permit)?;
    if !(1..=RECIPIENTS).contains(&request.recipients.len()) {
        return Err(CommandError::Invalid {
            field: "recipients",
        });
    }
    for recipient in &request.recipients {
        check(recipient)?;
        let set_up = match recipient.channel {
            DeliveryChannel::Email => services.smtp.is_some(),
            DeliveryChannel::WhatsApp => services.whatsapp.is_some(),
            _ => return Err(CommandError::Invalid { field: "channel" }),
        };
        if !set_up {
            return Err(CommandError::NotSetUp);
        }
    }
    let domain = services
        .smtp
        .as_ref()
        .and_then(|smtp| smtp.from.rsplit_once('@'))
        .map_or("medibridge.invalid", |(_, domain)| domain);
    let sent = clinic.write::<_, ClinicError>(permit, call.verb(), |change| {
        let send = |recipient: Recipient| {
            let id = DeliveryId::new();
            change.send_report(&NewDelivery {
                id,
                report_id: report.id,
                revision: file.revision,
                file_id: file.id,
                channel: recipient.channel.into(),
                recipient: Phi::default(),
                address: Phi::new(recipient.address.expose().trim().to_owned()),
                language: recipient.language,
                // Fixed here, before the first try, and never again.
                message_id: format!("{id}@{domain}"),
            })
        };
        request
            .recipients
            .into_iter()
            .map(send)
            .collect::<Result<Vec<_>, _>>()
    })?;
    worker::wake(call.inner());
    Ok(sent.into_iter().map(Into::into).collect())
}

pub(super) fn page(
    call: &Call<'_>,
    request: DeliveriesRequest,
) -> Result<DeliveriesPage, CommandError> {
    let (clinic, permit) = (call.clinic()?, call.permit()?);
    let patient = match request.report_id {
        Some(id) => Some(clinic.report(permit, id)?.patient_id),
        None => None,
    };
    clinic.note_read(permit, call.verb(), patient)?;
    let filter = DeliveryFilter {
        report_id: request.report_id,
        states: request.state.into_iter().map(Into::into).collect(),
        ..DeliveryFilter::default()
    };
    let page = clinic.deliveries(permit, &filter, request.cursor.as_deref(), request.limit)?;
    Ok(DeliveriesPage {
        rows: page.rows.into_iter().map(Into::into).collect(),
        next: page.next,
    })
}

pub(super) fn history(
    call: &Call<'_>,
    request: DeliveryRequest,
) -> Result<Vec<DeliveryEventView>, CommandError> {
    let (clinic, permit) = (call.clinic()?, call.permit()?);
    let delivery = clinic.delivery(permit, request.id)?;
    clinic.note_read(permit, call.verb(), Some(delivery.patient_id))?;
    let events = clinic.delivery_events(permit, request.id)?;
    Ok(events.into_iter().map(Into::into).collect())
}

pub(super) fn cancel(
    call: &Call<'_>,
    request: DeliveryRequest,
) -> Result<DeliveryView, CommandError> {
    let (clinic, permit) = (call.clinic()?, call.permit()?);
    let cancelled = clinic.write::<_, ClinicError>(permit, call.verb(), |change| {
        change.cancel_delivery(request.id)
    })?;
    Ok(cancelled.into())
}

pub(super) fn retry(
    call: &Call<'_>,
    request: DeliveryRequest,
) -> Result<DeliveryView, CommandError> {
    let (clinic, permit) = (call.clinic()?, call.permit()?);
    let waiting = clinic.write::<_, ClinicError>(permit, call.verb(), |change| {
        change.retry_delivery(request.id)
    })?;
    worker::wake(call.inner());
    Ok(waiting.into())
}

pub(super) fn confirm(
    call: &Call<'_>,
    request: DeliveryRequest,
) -> Result<DeliveryView, CommandError> {
    let (clinic, permit) = (call.clinic()?, call.permit()?);
    let arrived = clinic.write::<_, ClinicError>(permit, call.verb(), |change| {
        change.confirm_delivery(request.id)
    })?;
    Ok(arrived.into())
}

pub(super) fn outbox(call: &Call<'_>, (): ()) -> Result<OutboxView, CommandError> {
    worker::view(call.inner(), &call.clinic()?, call.permit()?)
}

/// The newest sealed file of the newest revision.
fn sealed(call: &Call<'_>, report: &Report) -> Result<ReportFile, CommandError> {
    let newest = (report.signings.last())
        .filter(|signing| signing.becomes.is_released())
        .ok_or(CommandError::ReportNotFinal)?;
    let files = call.clinic()?.report_files(call.permit()?, report.id)?;
    files
        .into_iter()
        .find(|file| file.revision == newest.revision && file.purpose != FilePurpose::Own)
        .ok_or(CommandError::ReportNotSealed)
}

/// An address that could never be sent to is told now, while the person still looks at it.
fn check(recipient: &Recipient) -> Result<(), CommandError> {
    let address = recipient.address.expose();
    let good = match recipient.channel {
        DeliveryChannel::WhatsApp => is_telephone_number(address),
        _ => is_email_address(address),
    };
    match good {
        true => Ok(()),
        false => Err(CommandError::Invalid { field: "address" }),
    }
}
