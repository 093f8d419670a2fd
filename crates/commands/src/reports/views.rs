//! The record's reports as the screens' reports.

use std::collections::HashMap;

use ::clinic::{DeliveryChannel, DeliveryFilter, DeliveryState, Permission, Reading, Report};
use basics::UserId;

use super::{
    AddendumView, DeliverySummary, DraftPurpose, RecipientView, ReportAi, ReportFilePurpose,
    ReportFileView, ReportPatient, ReportRow, ReportState, SigningView,
};
use crate::{dispatch::Call, error::CommandError, reading::ReadingView, views::mirror};

mirror!(
    ReportState = ::clinic::ReportState {
        Draft,
        Preliminary,
        Final,
        Amended,
        Appended,
        EnteredInError
    }
);
mirror!(
    ReportState = ::reports::State {
        Draft,
        Preliminary,
        Final,
        Amended,
        Appended,
        EnteredInError
    }
);
mirror!(
    DraftPurpose = ::clinic::DraftKind {
        Text,
        Correction,
        Addendum
    }
);
mirror!(
    ReportFilePurpose = ::clinic::FilePurpose {
        Original,
        Copy,
        Own
    }
);

/// Deliveries of a report that are read at once.
const DELIVERIES: u32 = 200;

/// The document's name of a state of the record.
pub(super) fn state(state: ::clinic::ReportState) -> ::reports::State {
    ReportState::from(state).into()
}

pub(crate) fn row(row: ::clinic::ReportRow, me: UserId) -> ReportRow {
    ReportRow {
        id: row.id,
        number: row.number,
        patient: ReportPatient {
            id: row.patient_id,
            number: row.patient_number,
            name: row.patient_name,
            birth_date: row.birth_date,
            sex: row.sex.into(),
            restricted: row.restricted,
        },
        scan_id: row.scan_id,
        exam: row.title,
        modality: row.modality,
        study_date: row.study_date,
        state: row.state.into(),
        revision: row.revision,
        open: row.open.is_some(),
        author: row.author_name.expose().clone(),
        mine: row.author == me,
        language: row.language,
        changed: row.changed,
        deliveries: DeliverySummary {
            delivered: row.deliveries.delivered,
            waiting: row.deliveries.waiting + row.deliveries.sending,
            uncertain: row.deliveries.uncertain,
            failed: row.deliveries.failed,
        },
    }
}

pub(super) fn signing(signing: &::clinic::Signing) -> SigningView {
    SigningView {
        revision: signing.revision,
        becomes: signing.becomes.into(),
        by: signing.by_name.expose().clone(),
        at: signing.at,
        reason: signing.reason.clone(),
        sha256: hex::encode(signing.sha256),
        key: hex::encode(signing.key),
    }
}

/// Who got an earlier revision and neither got the newest nor has it on the way: an amendment is due to
/// everybody who acted on the text before.
pub(super) fn not_told(
    call: &Call<'_>,
    report: &Report,
) -> Result<Vec<RecipientView>, CommandError> {
    if !report.state.is_released() {
        return Ok(Vec::new());
    }
    let filter = DeliveryFilter {
        report_id: Some(report.id),
        ..DeliveryFilter::default()
    };
    let (clinic, permit) = (call.clinic()?, call.leave(Permission::ReadReports)?);
    let mut deliveries = Vec::new();
    let mut cursor = None;
    loop {
        let page = clinic.deliveries(&permit, &filter, cursor.as_deref(), DELIVERIES)?;
        deliveries.extend(page.rows);
        cursor = page.next;
        if cursor.is_none() {
            break;
        }
    }
    let mut reached: HashMap<(&str, &str), RecipientView> = HashMap::new();
    let mut told = Vec::new();
    for delivery in &deliveries {
        let who = (
            channel(delivery.channel),
            delivery.address.expose().as_str(),
        );
        let took = matches!(
            delivery.state,
            DeliveryState::Delivered | DeliveryState::Uncertain
        );
        let on_the_way = matches!(
            delivery.state,
            DeliveryState::Waiting | DeliveryState::Sending
        );
        match delivery.revision == report.revision {
            true if took || on_the_way => told.push(who),
            false if took => {
                let newest = reached.get(&who).map_or(0, |known| known.revision);
                if delivery.revision > newest {
                    let view = RecipientView {
                        channel: who.0.into(),
                        address: delivery.address.clone(),
                        language: delivery.language,
                        revision: delivery.revision,
                    };
                    reached.insert(who, view);
                }
            }
            _ => {}
        }
    }
    let mut waiting: Vec<RecipientView> = reached
        .into_iter()
        .filter(|(who, _)| !told.contains(who))
        .map(|(_, view)| view)
        .collect();
    waiting.sort_by(|a, b| (&a.channel, &a.address).cmp(&(&b.channel, &b.address)));
    Ok(waiting)
}

/// A channel's key.
fn channel(channel: DeliveryChannel) -> &'static str {
    match channel {
        DeliveryChannel::Email => "email",
        DeliveryChannel::WhatsApp => "whats_app",
        DeliveryChannel::Consultation => "consultation",
        DeliveryChannel::Print => "print",
        DeliveryChannel::Fhir => "fhir",
    }
}

impl From<::reports::Addendum> for AddendumView {
    fn from(added: ::reports::Addendum) -> Self {
        Self {
            kind: added.kind.into(),
            reason: added.reason,
            text: added.text,
            by: added.by.name,
            at: added.at,
        }
    }
}

impl From<::clinic::ReportFile> for ReportFileView {
    fn from(file: ::clinic::ReportFile) -> Self {
        Self {
            id: file.id.to_string(),
            revision: file.revision,
            purpose: file.purpose.into(),
            sealed: file.at,
            bytes: file.bytes,
        }
    }
}

impl From<Reading> for ReportAi {
    fn from(reading: Reading) -> Self {
        let view = ReadingView::from(reading);
        Self {
            reading_id: view.id,
            at: view.at,
            model_id: view.model.id,
            model_name: view.model.name,
            version: view.model.version,
            sha256: view.model.sha256,
            research_only: view.model.research_only,
            answer: view.answer,
        }
    }
}
