//! A report is handed over: its sealed file goes to the phones as a message of the doctor's. It is
//! delivered when a phone says that it has it whole. The passphrase is told by the doctor, never sent.

use std::{collections::HashSet, sync::Arc};

use ::clinic::{ClinicError, DeliveryChannel, HandedOver, HandedOverFile, Permission};
use ::live::Error as LiveError;
use basics::{DeliveryId, MessageId, ParticipantId, Secret};
use protocol::limits;
use sha2::{Digest, Sha256};

use super::{HandOverRequest, MessageView, Room, act::room, room::State, views};
use crate::{clinic::confirm_identity, dispatch::Call, error::CommandError};

/// Who holds which message's file.
pub(super) type Held = HashSet<(MessageId, ParticipantId)>;

/// Name of [`Held`] in the record, as long as the consultation lasts.
pub(super) const HELD: &str = "held";

/// Bytes that sealing adds.
const TAG: usize = 16;

/// What the file is called on the phone: no person's data.
pub(super) fn file_name(file: &HandedOverFile) -> String {
    match file.revision {
        1 => format!("{}.pdf", file.number),
        revision => format!("{}-{revision}.pdf", file.number),
    }
}

/// The same however often a phone says that it has the file.
fn delivery_id(message: MessageId, who: ParticipantId) -> DeliveryId {
    let hash = Sha256::new()
        .chain_update(b"medibridge handed over")
        .chain_update(message.as_bytes())
        .chain_update(who.as_bytes())
        .finalize();
    let mut id = [0; 16];
    id.copy_from_slice(&hash[..16]);
    DeliveryId::from_bytes(id)
}

pub(super) fn hand_over(
    call: &Call<'_>,
    request: HandOverRequest,
) -> Result<MessageView, CommandError> {
    // Whoever may speak with a patient may not send reports by that alone.
    call.leave(Permission::SendReports)?;
    let room = room(call, request.consultation_id)?;
    let (clinic, permit) = (call.clinic()?, call.permit()?);
    let patient = clinic
        .consultation(permit, request.consultation_id)?
        .patient
        .id;
    confirm_identity(call, patient, &request.confirmed)?;
    let mut state = room.state();
    let kept = clinic.write::<_, CommandError>(permit, call.verb(), |change| {
        let (id, report) = (request.message_id, request.report_id);
        let kept = change
            .say_report(id, request.consultation_id, report)
            .map_err(refusal)?;
        let bytes = kept.message.handed_over.as_ref().map(|file| file.bytes);
        match bytes.is_some_and(|bytes| bytes > (limits::BLOB - TAG) as u64) {
            true => Err(LiveError::TooLarge {
                limit: limits::BLOB,
            }
            .into()),
            false => Ok(kept),
        }
    })?;
    if kept.fresh {
        room.tell_message(&state, request.message_id);
        state.host.deliver(views::said(kept.message));
        room.carry_out(&mut state);
    }
    let message = clinic.message(permit, request.message_id)?;
    Ok(views::message(message, &state.pending, &state.held))
}

impl Room {
    /// A phone holds the file of a message: the report is delivered. It says so after every hello; the
    /// first word counts.
    pub(super) fn has(
        self: &Arc<Self>,
        state: &mut State,
        who: ParticipantId,
        id: MessageId,
    ) -> Result<(), ClinicError> {
        if state.held.contains(&(id, who)) {
            return Ok(());
        }
        let Some(file) = self.clinic.message(&self.permit, id)?.handed_over else {
            return Ok(());
        };
        let people = self.clinic.participants(&self.permit, self.id)?;
        let Some(person) = people.into_iter().find(|person| person.id == who) else {
            return Ok(());
        };
        let mut held = state.held.clone();
        held.insert((id, who));
        let all = held.iter().collect::<Vec<_>>();
        let all = serde_json::to_vec(&all)?;
        self.clinic
            .write::<_, ClinicError>(&self.permit, "live.handed_over", |change| {
                change
                    .upkeep()
                    .keep_live_state(self.id, HELD, &Secret::new(all))?;
                change.hand_over(&HandedOver {
                    id: delivery_id(id, who),
                    report_id: file.report_id,
                    revision: file.revision,
                    file_id: Some(file.file_id),
                    channel: DeliveryChannel::Consultation,
                    recipient: person.name,
                    language: person.language,
                })
            })?;
        state.held = held;
        self.tell_message(state, id);
        Ok(())
    }
}

/// What a doctor can mend is said in its own words.
fn refusal(error: ClinicError) -> CommandError {
    match error {
        ClinicError::Conflict {
            reason: "not-final",
        } => CommandError::ReportNotFinal,
        ClinicError::Conflict {
            reason: "not-sealed",
        } => CommandError::ReportNotSealed,
        error => error.into(),
    }
}
