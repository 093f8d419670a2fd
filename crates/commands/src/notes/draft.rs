//! Drafting: by rules at once, by the engine in the background, with progress and cancel. What the
//! engine is sent leaves this machine, so that the journal knows before it goes.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, Weak},
};

use ::clinic::{Clinic, ClinicError, Hold, NewNoteVersion, Permit};
use ::language::{
    Chat, Error,
    scribe::{self, Conversation, Draft},
};
use basics::{ConsultationId, JobId, UserId};
use tokio::task::AbortHandle;

use super::{DraftNoteRequest, NoteContent, NoteDesk, NoteProgress, NoteStage, heard, read};
use crate::{
    dispatch::Call,
    error::CommandError,
    imaging::JobRequest,
    table::Tag,
    workstation::{Inner, lock},
};

/// Drafts in hand, one for each consultation.
#[derive(Default)]
pub(crate) struct Scribing(Mutex<HashMap<ConsultationId, Running>>);

struct Running {
    user: UserId,
    progress: NoteProgress,
    task: Option<AbortHandle>,
}

impl Scribing {
    /// How the draft of a consultation's note goes on, if one does.
    pub(super) fn of(&self, id: ConsultationId) -> Option<NoteProgress> {
        lock(&self.0)
            .get(&id)
            .map(|running| running.progress.clone())
    }

    /// Takes a draft off, if it is still this one: it is done, or it is cancelled, never both.
    fn take(&self, id: ConsultationId, job: JobId) -> Option<Running> {
        let mut all = lock(&self.0);
        let is = all
            .get(&id)
            .is_some_and(|running| running.progress.job == job);
        is.then(|| all.remove(&id)).flatten()
    }
}

pub(super) fn start(call: &Call<'_>, request: DraftNoteRequest) -> Result<NoteDesk, CommandError> {
    let (clinic, permit) = (call.clinic()?, call.permit()?);
    let id = request.consultation_id;
    let consultation = read::own(call, id)?;
    let conversation = heard::conversation(&clinic, permit, id)?.conversation;
    conversation.is_enough()?;
    let over = clinic.note_of(permit, id)?.map(|note| note.newest.version);
    if !request.by_engine {
        let draft = scribe::extract(&conversation)?;
        keep(&clinic, permit, id, over, draft, &conversation)?;
        return read::desk(call, id);
    }
    let chat = call.inner().engines.chat().ok_or(Error::NoEngine)?;
    let progress = NoteProgress {
        job: request.job,
        consultation_id: id,
        stage: NoteStage::Asking { part: 1, of: 1 },
    };
    {
        let mut all = lock(&call.inner().scribing.0);
        if all.contains_key(&id) {
            return Err(CommandError::Drafting);
        }
        let running = Running {
            user: permit.user(),
            progress,
            task: None,
        };
        all.insert(id, running);
    }
    let begun = (|| {
        let work = Work {
            inner: Arc::downgrade(call.inner_arc()),
            clinic: clinic.clone(),
            permit: permit.clone(),
            _hold: clinic.hold()?,
            job: request.job,
            id,
            over,
            conversation,
        };
        clinic.note(
            permit,
            "note.ask_engine",
            &[consultation.patient.id.into(), id.into()],
        )?;
        let task = call.inner().runtime()?.spawn(work.run(chat));
        Ok::<_, CommandError>(task.abort_handle())
    })();
    match begun {
        Ok(task) => {
            if let Some(running) = lock(&call.inner().scribing.0).get_mut(&id) {
                running.task = Some(task);
            }
            read::desk(call, id)
        }
        Err(error) => {
            call.inner().scribing.take(id, request.job);
            Err(error)
        }
    }
}

pub(super) fn cancel(call: &Call<'_>, request: JobRequest) -> Result<(), CommandError> {
    let user = call.permit()?.user();
    let scribing = &call.inner().scribing;
    let own = (lock(&scribing.0).iter())
        .find(|(_, running)| running.progress.job == request.job && running.user == user)
        .map(|(id, _)| *id);
    if let Some(running) = own.and_then(|id| scribing.take(id, request.job)) {
        if let Some(task) = &running.task {
            task.abort();
        }
        tell(call.inner(), running, NoteStage::Cancelled);
    }
    Ok(())
}

/// One draft by the engine.
struct Work {
    inner: Weak<Inner>,
    clinic: Clinic,
    permit: Permit,
    /// The record stays open for it although everybody locks.
    _hold: Hold,
    job: JobId,
    id: ConsultationId,
    over: Option<u32>,
    conversation: Conversation,
}

impl Work {
    async fn run(self, chat: Arc<dyn Chat>) {
        let told = |part, of| self.part(part, of);
        let drafted = scribe::draft(&*chat, &self.conversation, told).await;
        let Some(inner) = self.inner.upgrade() else {
            return;
        };
        // Whoever cancelled meanwhile was first, and nothing is kept.
        let Some(running) = inner.scribing.take(self.id, self.job) else {
            return;
        };
        let kept = tokio::task::block_in_place(|| {
            drafted.map_err(CommandError::NotDrafted).and_then(|draft| {
                let Self { id, over, .. } = self;
                keep(
                    &self.clinic,
                    &self.permit,
                    id,
                    over,
                    draft,
                    &self.conversation,
                )
            })
        });
        let stage = match kept {
            Ok(()) => NoteStage::Done,
            Err(error) => {
                tracing::warn!(%error, "a note was not drafted");
                NoteStage::Failed {
                    problem: error.into(),
                }
            }
        };
        tell(&inner, running, stage);
    }

    fn part(&self, part: usize, of: usize) {
        let Some(inner) = self.inner.upgrade() else {
            return;
        };
        let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        let stage = NoteStage::Asking {
            part: count(part),
            of: count(of),
        };
        let now = (lock(&inner.scribing.0).get_mut(&self.id))
            .filter(|running| running.progress.job == self.job)
            .map(|running| {
                running.progress.stage = stage;
                (running.user, running.progress.clone())
            });
        if let Some((user, progress)) = now {
            inner.tell_user(user, "notes.progress", &progress);
        }
    }
}

/// Tells how a draft ended.
fn tell(inner: &Inner, running: Running, stage: NoteStage) {
    let progress = NoteProgress {
        stage,
        ..running.progress
    };
    inner.changed(&[Tag::Notes]);
    inner.tell_user(running.user, "notes.progress", &progress);
}

fn keep(
    clinic: &Clinic,
    permit: &Permit,
    id: ConsultationId,
    over: Option<u32>,
    draft: Draft,
    conversation: &Conversation,
) -> Result<(), CommandError> {
    let new = NewNoteVersion {
        drafted: true,
        over,
        text: NoteContent::of(draft, conversation.language).text()?,
    };
    clinic.write::<_, ClinicError>(permit, "note.draft", |change| change.write_note(id, &new))?;
    Ok(())
}
