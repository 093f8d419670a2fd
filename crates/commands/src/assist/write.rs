//! An engine's answer as it is written. The engine gets instructions, question and passages, once; it has
//! no tool and can ask for nothing more. What it says is read statement by statement and told to the one
//! window that asked, as long as the same person sits there.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, Weak},
    time::Duration,
};

use ::language::{
    Chat, ChatRequest, Error,
    assist::{self, About, Ask, Doubt, Given, Reader},
};
use basics::{JobId, PatientId, Phi, SessionId};
use futures_util::StreamExt;
use tokio::task::AbortHandle;

use super::{
    AssistAnswerView, AssistDoubt, AssistEvent, AssistStage, AssistStatementView, PassageView,
    english,
};
use crate::{
    dispatch::Call,
    error::CommandError,
    workstation::{Inner, lock},
};

/// An answer takes no longer than this, whatever the engine's own limit.
const LONGEST: Duration = Duration::from_secs(180);

/// Answers that are being written: one for each window.
#[derive(Default)]
pub(crate) struct Asking(Mutex<HashMap<String, (JobId, Option<AbortHandle>)>>);

impl Asking {
    /// Stops what is written for a window, or only this answer. The request ends with it.
    pub(crate) fn stop(&self, window: &str, only: Option<JobId>) {
        let mut running = lock(&self.0);
        let is_it = |job| only.is_none_or(|only| only == job);
        if running.get(window).is_some_and(|(job, _)| is_it(*job))
            && let Some((_, Some(handle))) = running.remove(window)
        {
            handle.abort();
        }
    }

    fn begin(&self, window: &str, job: JobId) {
        self.stop(window, None);
        lock(&self.0).insert(window.into(), (job, None));
    }

    fn keep(&self, window: &str, job: JobId, handle: AbortHandle) {
        match lock(&self.0).get_mut(window) {
            Some((running, kept)) if *running == job => *kept = Some(handle),
            // It has ended already, or was stopped in between.
            _ => handle.abort(),
        }
    }

    fn is(&self, window: &str, job: JobId) -> bool {
        lock(&self.0)
            .get(window)
            .is_some_and(|(running, _)| *running == job)
    }

    fn ended(&self, window: &str, job: JobId) {
        let mut running = lock(&self.0);
        if running.get(window).is_some_and(|(one, _)| *one == job) {
            running.remove(window);
        }
    }
}

/// Whether a piece speaks to a machine.
pub(super) fn addresses_a_machine(source: &PassageView) -> bool {
    [&source.text, &source.title]
        .into_iter()
        .any(|words| assist::addresses_a_machine(words.expose()))
}

/// Has the engine write from these sources, if one is set. The journal knows before the engine does.
pub(super) fn begin(
    call: &Call<'_>,
    about: About,
    question: &str,
    mut answer: AssistAnswerView,
    patient: Option<PatientId>,
) -> Result<AssistAnswerView, CommandError> {
    let inner = call.inner_arc();
    let Some(chat) = inner.engines.chat() else {
        return Ok(answer);
    };
    if let Some(patient) = patient {
        (call.clinic()?).note(call.permit()?, "assist.sent", &[patient.into()])?;
    }
    let given: Vec<Given> = (answer.sources.iter())
        .map(|source| Given {
            label: Phi::new(english::label(source)),
            text: source.text.clone(),
        })
        .collect();
    let ask = Ask {
        about,
        question,
        given: &given,
    };
    let request = ask.request();
    let listener = Listener {
        inner: Arc::downgrade(inner),
        window: call.window.into(),
        session: call.seat()?.session,
        job: answer.job,
    };
    answer.writing = Some(chat.name().into());
    inner.asking.begin(call.window, answer.job);
    let task = inner
        .runtime()?
        .spawn(write(chat, request, Reader::new(about, given), listener));
    inner
        .asking
        .keep(call.window, answer.job, task.abort_handle());
    Ok(answer)
}

/// The window that asked.
struct Listener {
    inner: Weak<Inner>,
    window: String,
    session: SessionId,
    job: JobId,
}

async fn write(chat: Arc<dyn Chat>, request: ChatRequest, mut reader: Reader, listener: Listener) {
    let reading = read(&*chat, &request, &mut reader, &listener);
    let outcome = tokio::time::timeout(LONGEST, reading).await;
    let stage = match outcome.unwrap_or(Err(Error::TimedOut)) {
        Ok(()) if reader.is_not_found() => AssistStage::NotFound,
        Ok(()) => AssistStage::Done,
        Err(error) => {
            tracing::warn!(%error, "an answer of the assistant broke off");
            AssistStage::Failed {
                problem: CommandError::from(error).into(),
            }
        }
    };
    listener.tell(&reader, stage);
    if let Some(inner) = listener.inner.upgrade() {
        inner.asking.ended(&listener.window, listener.job);
    }
}

async fn read(
    chat: &dyn Chat,
    request: &ChatRequest,
    reader: &mut Reader,
    listener: &Listener,
) -> Result<(), Error> {
    let mut words = chat.stream(request);
    while let Some(some) = words.next().await {
        let is_new = reader.push(&some?);
        if !listener.listens() {
            return Ok(());
        }
        if is_new {
            listener.tell(reader, AssistStage::Writing);
        }
        if reader.is_full() {
            break;
        }
    }
    reader.finish();
    Ok(())
}

impl Listener {
    /// Whether the person who asked still sits there and waits for this answer.
    fn listens(&self) -> bool {
        self.inner.upgrade().is_some_and(|inner| {
            (inner.seat(&self.window)).is_some_and(|seat| seat.session == self.session)
                && inner.asking.is(&self.window, self.job)
        })
    }

    fn tell(&self, reader: &Reader, stage: AssistStage) {
        let Some(inner) = self.inner.upgrade().filter(|_| self.listens()) else {
            return;
        };
        let statements = reader
            .statements()
            .iter()
            .map(|statement| AssistStatementView {
                text: statement.text.clone(),
                rests_on: (statement.rests_on.iter())
                    .filter_map(|&n| n.try_into().ok())
                    .collect(),
            });
        let event = AssistEvent {
            job: self.job,
            statements: statements.collect(),
            withheld: reader
                .withheld()
                .iter()
                .map(|&doubt| doubt.into())
                .collect(),
            stage,
        };
        inner.tell(&self.window, "assist.answer", &event);
    }
}

impl From<Doubt> for AssistDoubt {
    fn from(doubt: Doubt) -> Self {
        match doubt {
            Doubt::Uncited => Self::Uncited,
            Doubt::Unknown => Self::Unknown,
            Doubt::Number => Self::Number,
            Doubt::Drug => Self::Drug,
            Doubt::Side => Self::Side,
            Doubt::Negation => Self::Negation,
            Doubt::Unrelated => Self::Unrelated,
            Doubt::Advice => Self::Advice,
        }
    }
}
