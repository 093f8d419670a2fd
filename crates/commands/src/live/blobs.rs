//! What a message carries besides words – a sound, a report – is sealed and put where a guest fetches it.

use std::sync::Arc;

use ::live::{
    client::{Pass, Relay},
    content::Blob,
};
use basics::{MessageId, ParticipantId};
use protocol::StreamId;

use super::Room;
use crate::error::CommandError;

/// Between two tries that only the network hinders.
const PAUSE: std::time::Duration = std::time::Duration::from_secs(3);

/// Seals it and puts it into the guest's stream, without the lock.
pub(super) fn put(
    room: &Arc<Room>,
    relay: &Relay,
    pass: &Pass,
    to: ParticipantId,
    stream: StreamId,
    message: MessageId,
) {
    let (relay, pass, weak) = (relay.clone(), pass.clone(), Arc::downgrade(room));
    let Ok(inner) = room.inner() else { return };
    let Ok(runtime) = inner.runtime() else { return };
    runtime.spawn(async move {
        // Until it is there, or the relay says that it never will be, or the consultation is over.
        loop {
            let Some(room) = weak.upgrade() else { return };
            let Ok(bytes) = tokio::task::block_in_place(|| carried(&room, message)) else {
                return done(&room, to, message, None);
            };
            drop(room);
            let put = relay
                .put_blob(&pass, stream, &bytes, Arc::new(|_, _| {}))
                .await;
            let Some(room) = weak.upgrade() else { return };
            match put {
                Ok(blob) => return done(&room, to, message, Some(blob)),
                Err(error) if error.may_pass() => {}
                Err(error) => {
                    tracing::warn!(%error, "what a message carries cannot be put at the relay");
                    return done(&room, to, message, None);
                }
            }
            drop(room);
            tokio::time::sleep(PAUSE).await;
        }
    });
}

fn carried(room: &Room, id: MessageId) -> Result<zeroize::Zeroizing<Vec<u8>>, CommandError> {
    match room.clinic.message(&room.permit, id)?.handed_over {
        Some(file) => Ok(room.clinic.report_file_bytes(&room.permit, file.file_id)?),
        None => Ok(room.clinic.sound(&room.permit, id)?),
    }
}

fn done(room: &Arc<Room>, to: ParticipantId, message: MessageId, blob: Option<Blob>) {
    tokio::task::block_in_place(|| {
        let mut state = room.state();
        state.host.blob_put(to, message, blob);
        room.carry_out(&mut state);
    });
}
