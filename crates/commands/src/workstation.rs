//! The one state of the program: the record, who sits at which window, the models, work in hand.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, RwLock, Weak},
    time::Duration,
};

use ::clinic::{Clinic, Keychain, OsKeychain, Session};
use ::language::{Phrasebook, Translator};
use ::reading::{Queue, Shelf};
use basics::{Clock, ConsultationId, JobId, SessionId, UserId};
use serde_json::{Value, json};
use tokio::runtime::Runtime;

use crate::{
    assist::Asking,
    backup::{self, Backups},
    delivery::{self, Outbox},
    error::CommandError,
    export::{self, Exports},
    host::{Host, Options},
    imaging::Import,
    keychain::NoKeychain,
    language::Engines,
    live::{self, Room, Transcribing},
    notes::Scribing,
    pictures::Pictures,
    reading::Running,
    reports::Previews,
    search::{self, Keeper},
    session::SessionView,
    setup::Restoring,
    table::{Row, Tag, table},
};

/// Readings that may wait at once; an import of a whole folder stays below it.
const WAITING_READINGS: usize = 10_000;

/// How often somebody looks whether everybody has gone.
const WATCH: Duration = Duration::from_secs(2);

/// The workstation. Clones share it.
#[derive(Clone)]
pub struct Workstation {
    pub(crate) inner: Arc<Inner>,
}

pub(crate) struct Inner {
    pub(crate) options: Options,
    pub(crate) host: Arc<dyn Host>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) keychain: Arc<dyn Keychain>,
    pub(crate) rows: HashMap<&'static str, Row>,
    clinic: RwLock<Option<Clinic>>,
    windows: Mutex<HashMap<String, Seat>>,
    models: OnceLock<Models>,
    pub(crate) imports: Mutex<HashMap<JobId, Arc<Import>>>,
    pub(crate) running: Mutex<HashMap<JobId, Running>>,
    pub(crate) pictures: Pictures,
    pub(crate) previews: Previews,
    /// Reports on their way to people.
    pub(crate) outbox: Outbox,
    /// Running consultations.
    pub(crate) rooms: Mutex<HashMap<ConsultationId, Arc<Room>>>,
    /// Voice notes on their way to words.
    pub(crate) transcribing: Arc<Transcribing>,
    translator: OnceLock<Translator>,
    /// Notes that an engine is drafting.
    pub(crate) scribing: Scribing,
    /// The engines that are set, beside the translator's.
    pub(crate) engines: Engines,
    /// Answers of the assistant that are being written.
    pub(crate) asking: Asking,
    /// Keeps the search up to date.
    pub(crate) searching: Keeper,
    /// Backups that run, and the look at the clock.
    pub(crate) backups: Backups,
    /// An export that runs.
    pub(crate) exports: Exports,
    /// A backup that is being brought back.
    pub(crate) restoring: Restoring,
    runtime: OnceLock<Runtime>,
}

/// Who sits at a window.
#[derive(Clone)]
pub(crate) struct Seat {
    pub(crate) session: SessionId,
    pub(crate) user: UserId,
    pub(crate) grant: String,
}

/// The model packs and the line in front of them.
pub(crate) struct Models {
    pub(crate) shelf: Arc<Shelf>,
    pub(crate) queue: Queue,
    /// Why ONNX Runtime did not load, where it did not.
    pub(crate) runtime: Result<(), ::reading::Error>,
}

impl Workstation {
    /// Opens the record in `options.data_dir` if there is one; the window's wizard makes it otherwise.
    ///
    /// # Errors
    /// [`CommandError::Clinic`]: `Busy` where another program has the record open, disk errors,
    /// a damaged `keys.json`.
    pub fn open(
        options: Options,
        host: Arc<dyn Host>,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, CommandError> {
        let keychain: Arc<dyn Keychain> = if options.use_keychain {
            Arc::new(OsKeychain)
        } else {
            Arc::new(NoKeychain)
        };
        let clinic = match Clinic::status_of(&options.data_dir)? {
            None => None,
            Some(_) => Some(Clinic::open(
                &options.data_dir,
                keychain.clone(),
                clock.clone(),
            )?),
        };
        crate::export::sweep(&options.data_dir);
        let rows = table().into_iter().map(|row| (row.name, row)).collect();
        let inner = Inner {
            options,
            host,
            clock,
            keychain,
            rows,
            clinic: RwLock::new(clinic),
            windows: Mutex::default(),
            models: OnceLock::new(),
            imports: Mutex::default(),
            running: Mutex::default(),
            pictures: Pictures::default(),
            previews: Previews::default(),
            outbox: Outbox::default(),
            rooms: Mutex::default(),
            transcribing: Arc::default(),
            translator: OnceLock::new(),
            scribing: Scribing::default(),
            engines: Engines::default(),
            asking: Asking::default(),
            searching: Keeper::default(),
            backups: Backups::default(),
            exports: Exports::default(),
            restoring: Restoring::default(),
            runtime: OnceLock::new(),
        };
        let inner = Arc::new(inner);
        keep_watch(Arc::downgrade(&inner))?;
        Ok(Self { inner })
    }

    /// A window has gone: its session ends.
    pub fn window_closed(&self, window: &str) {
        self.inner.asking.stop(window, None);
        if let Some(seat) = self.inner.leave(window)
            && let Ok(clinic) = self.inner.clinic()
            && let Err(error) = clinic.sign_out(seat.session)
        {
            tracing::warn!(%error, "signing out of a closed window");
        }
        live::rest(&self.inner);
        delivery::rest(&self.inner);
        search::rest(&self.inner);
    }

    /// Locks every window: the machine is about to sleep, or the desktop was locked. Consultations go on.
    pub fn lock_windows(&self) {
        for window in self.inner.windows() {
            self.lock_window(&window);
        }
    }

    /// Locks a window, e.g. before another takes its place; says whether somebody is signed in at it.
    pub fn lock_window(&self, window: &str) -> bool {
        let (seat, clinic) = (self.inner.seat(window), self.inner.clinic().ok());
        let session = seat.and_then(|seat| clinic?.session_view(seat.session).ok());
        if session.as_ref().is_some_and(|session| !session.locked)
            && let Err(error) = self.call(window, "session.lock", Value::Null)
        {
            tracing::warn!(message_id = error.message_id, "a window was not locked");
        }
        session.is_some()
    }

    /// Stops imports and readings, ends every session and drops the key.
    pub fn shutdown(&self) {
        for import in lock(&self.inner.imports).values() {
            import.cancel();
        }
        self.inner.backups.stop();
        self.inner.exports.stop();
        lock(&self.inner.rooms).clear();
        self.inner.host.close_room();
        let windows: Vec<String> = lock(&self.inner.windows).keys().cloned().collect();
        for window in windows {
            self.window_closed(&window);
        }
        if let Ok(clinic) = self.inner.clinic() {
            clinic.lock();
        }
    }
}

impl Inner {
    /// The record, open or locked.
    pub(crate) fn clinic(&self) -> Result<Clinic, CommandError> {
        let clinic = self.clinic.read().unwrap_or_else(PoisonError::into_inner);
        Ok(clinic.clone().ok_or(::clinic::ClinicError::NoClinic)?)
    }

    pub(crate) fn set_clinic(&self, clinic: Clinic) {
        *self.clinic.write().unwrap_or_else(PoisonError::into_inner) = Some(clinic);
    }

    /// Who sits at this window.
    pub(crate) fn seat(&self, window: &str) -> Option<Seat> {
        lock(&self.windows).get(window).cloned()
    }

    /// Whose images this grant may show at this window.
    pub(crate) fn seat_of_grant(&self, window: &str, grant: &str) -> Option<Seat> {
        self.seat(window).filter(|seat| {
            // Of equal length always, and compared without an early exit.
            seat.grant.len() == grant.len()
                && seat
                    .grant
                    .bytes()
                    .zip(grant.bytes())
                    .fold(0, |diff, (a, b)| diff | (a ^ b))
                    == 0
        })
    }

    /// Binds a session to a window, with a new grant.
    pub(crate) fn sit(&self, window: &str, session: &Session) -> Result<Seat, CommandError> {
        let seat = Seat {
            session: session.id,
            user: session.user_id,
            grant: new_grant()?,
        };
        lock(&self.windows).insert(window.into(), seat.clone());
        Ok(seat)
    }

    /// The window at which a session sits.
    pub(crate) fn window_of(&self, session: SessionId) -> Option<String> {
        let windows = lock(&self.windows);
        let mut seats = windows.iter();
        let (window, _) = seats.find(|(_, seat)| seat.session == session)?;
        Some(window.clone())
    }

    /// Windows at which somebody sits.
    pub(crate) fn windows(&self) -> Vec<String> {
        lock(&self.windows).keys().cloned().collect()
    }

    pub(crate) fn leave(&self, window: &str) -> Option<Seat> {
        lock(&self.windows).remove(window)
    }

    /// Whether a person sits at any window with a session that stands, locked or not.
    pub(crate) fn sits(&self, user: UserId) -> bool {
        let seats: Vec<Seat> = lock(&self.windows).values().cloned().collect();
        let Ok(clinic) = self.clinic() else {
            return false;
        };
        seats
            .iter()
            .any(|seat| seat.user == user && clinic.session_view(seat.session).is_ok())
    }

    /// Tells every window at which this person sits, also while it is locked.
    pub(crate) fn tell_user(&self, user: UserId, event: &str, payload: &impl serde::Serialize) {
        let windows: Vec<String> = lock(&self.windows)
            .iter()
            .filter(|(_, seat)| seat.user == user)
            .map(|(window, _)| window.clone())
            .collect();
        for window in windows {
            self.tell(&window, event, payload);
        }
    }

    /// Where sockets and timers live; started by the first consultation.
    pub(crate) fn runtime(&self) -> Result<&Runtime, CommandError> {
        if let Some(runtime) = self.runtime.get() {
            return Ok(runtime);
        }
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .thread_name("network")
            .enable_all()
            .build()
            .map_err(|_| CommandError::Defect)?;
        Ok(self.runtime.get_or_init(|| runtime))
    }

    /// The phrasebook, and the engine that is set.
    pub(crate) fn translator(&self) -> Result<&Translator, CommandError> {
        if let Some(translator) = self.translator.get() {
            return Ok(translator);
        }
        let translator = Translator::new(Phrasebook::embedded()?);
        Ok(self.translator.get_or_init(|| translator))
    }

    /// The model packs; loads ONNX Runtime on the first call.
    pub(crate) fn models(&self) -> Result<&Models, CommandError> {
        if let Some(models) = self.models.get() {
            return Ok(models);
        }
        let runtime = onnx::load(&self.options.onnx_library).map_err(::reading::Error::from);
        if let Err(error) = &runtime {
            tracing::error!(%error, "ONNX Runtime");
        }
        let shelf = Arc::new(Shelf::open(&self.options.models_dir)?);
        // One thread a run is the fastest for these networks (`cargo xtask bench reading`).
        let queue = Queue::start(&shelf, 1, WAITING_READINGS);
        Ok(self.models.get_or_init(|| Models {
            shelf,
            queue,
            runtime,
        }))
    }

    /// Tells every window that cached answers with these tags are stale.
    pub(crate) fn changed(&self, tags: &[Tag]) {
        if !tags.is_empty() {
            self.host
                .emit(None, "record.changed", json!({ "tags": tags }));
        }
    }

    pub(crate) fn tell(&self, window: &str, event: &str, payload: &impl serde::Serialize) {
        match serde_json::to_value(payload) {
            Ok(payload) => self.host.emit(Some(window), event, payload),
            Err(error) => tracing::error!(event, %error, "an event could not be written"),
        }
    }

    /// Tells a window who is signed in at it now.
    pub(crate) fn session_changed(&self, window: &str, session: Option<&SessionView>) {
        match session {
            Some(session) => self.tell(window, "session.changed", session),
            None => self.host.emit(Some(window), "session.changed", Value::Null),
        }
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        // The last clone may be dropped on one of the runtime's own threads.
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

/// Drops the key when everybody has gone away, also where no window is left to say so (the screen
/// crashed, the machine slept). Ends with the workstation.
fn keep_watch(inner: Weak<Inner>) -> Result<(), CommandError> {
    let watch = move || {
        while let Some(inner) = inner.upgrade() {
            // Sessions also end by themselves, and accounts are switched off.
            live::rest(&inner);
            delivery::rest(&inner);
            search::rest(&inner);
            backup::look(&inner);
            export::look(&inner);
            if let Ok(clinic) = inner.clinic()
                && clinic.is_unlocked()
            {
                settle_break_glass(&inner, &clinic);
                clinic.lock_if_idle();
                if !clinic.is_unlocked() {
                    inner.pictures.clear();
                    inner.previews.clear();
                }
            }
            drop(inner);
            std::thread::sleep(WATCH);
        }
    };
    let started = std::thread::Builder::new()
        .name("watch".into())
        .spawn(watch);
    started.map(drop).map_err(|_| CommandError::Defect)
}

/// Emergency accesses end by themselves; windows that show such a record look anew.
fn settle_break_glass(inner: &Inner, clinic: &Clinic) {
    match clinic.settle_break_glass() {
        Ok(true) => {
            inner.pictures.clear();
            inner.previews.clear();
            inner.changed(&[Tag::BreakGlass, Tag::Chart, Tag::Scan, Tag::Reports]);
        }
        Ok(false) | Err(::clinic::ClinicError::Locked) => {}
        Err(error) => tracing::error!(%error, "the end of an emergency access"),
    }
}

/// Locks a mutex; a panic elsewhere leaves its value as it was, which is whole.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// 256 random bits, URL-safe.
fn new_grant() -> Result<String, CommandError> {
    use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(|_| CommandError::Defect)?;
    Ok(URL_SAFE_NO_PAD.encode(bytes))
}
