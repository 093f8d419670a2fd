//! Who is signed in: sessions that lock when idle and end whatever happens.

use std::{
    collections::{HashMap, HashSet},
    sync::TryLockError,
};

use basics::{PatientId, Phi, SessionId, Timestamp, UserId};
use jiff::SignedDuration;

use crate::{
    Clinic,
    access::{ActiveSession, Actor, Role},
    clinic::lock_of,
    error::{ClinicError, Result},
    record::{phrases, settings::Settings, users::User},
};

/// A session ends after this long, whatever happens: 12 hours, one long shift.
const LONGEST: SignedDuration = SignedDuration::from_hours(12);

/// A signed-in person, as their window may know it; also while locked.
#[derive(Clone, Debug)]
pub struct Session {
    /// The session.
    pub id: SessionId,
    /// Who.
    pub user_id: UserId,
    /// Sign-in name.
    pub login: Phi<String>,
    /// Shown name.
    pub name: Phi<String>,
    /// Role.
    pub role: Role,
    /// For a patient's account: whose record it is bound to.
    pub patient_id: Option<PatientId>,
    /// Nothing is shown until the password is given again.
    pub locked: bool,
    /// Minutes without activity until it locks.
    pub idle_minutes: u32,
    /// When it ends.
    pub expires: Timestamp,
    /// The person's preferences, JSON.
    pub preferences: serde_json::Value,
}

/// Every session of this process.
#[derive(Default)]
pub(crate) struct Sessions {
    all: HashMap<SessionId, State>,
}

pub(crate) struct State {
    pub(crate) session: Session,
    active: Timestamp,
    /// What this session has read already, so that it is journalled once.
    seen: HashSet<(Option<PatientId>, String)>,
}

/// Keeps the record's key while a background job needs it, although everybody locked.
pub struct Hold {
    clinic: Clinic,
}

impl Sessions {
    /// Starts a session.
    pub(crate) fn start(&mut self, user: User, settings: &Settings, now: Timestamp) -> Session {
        let session = Session {
            id: SessionId::new(),
            user_id: user.id,
            login: user.login,
            name: user.name,
            role: user.role,
            patient_id: user.patient_id,
            locked: false,
            idle_minutes: settings.idle_minutes(user.role),
            expires: now.saturating_add(LONGEST).unwrap_or(Timestamp::MAX),
            preferences: user.preferences,
        };
        self.all.retain(|_, state| state.session.expires > now);
        let state = State {
            session: session.clone(),
            active: now,
            seen: HashSet::new(),
        };
        self.all.insert(session.id, state);
        session
    }

    /// The session as it stands now: ended ones are gone, idle ones are locked.
    pub(crate) fn look(&mut self, id: SessionId, now: Timestamp) -> Result<&mut State> {
        if self
            .all
            .get(&id)
            .is_some_and(|state| state.session.expires <= now)
        {
            self.all.remove(&id);
        }
        let state = self.all.get_mut(&id).ok_or(ClinicError::SessionEnded)?;
        let idle = SignedDuration::from_mins(state.session.idle_minutes.into());
        if now.duration_since(state.active) >= idle {
            state.session.locked = true;
        }
        Ok(state)
    }

    pub(crate) fn end(&mut self, id: SessionId) -> Option<Session> {
        self.all.remove(&id).map(|state| state.session)
    }

    /// Ends every session of a person.
    pub(crate) fn end_all_of(&mut self, user: UserId) {
        self.all.retain(|_, state| state.session.user_id != user);
    }

    pub(crate) fn lock_all(&mut self) {
        self.all
            .values_mut()
            .for_each(|state| state.session.locked = true);
    }

    /// Whether anybody works.
    fn anybody(&mut self, now: Timestamp) -> bool {
        let ids: Vec<_> = self.all.keys().copied().collect();
        ids.into_iter()
            .any(|id| self.look(id, now).is_ok_and(|state| !state.session.locked))
    }
}

impl State {
    pub(crate) fn unlock(&mut self, now: Timestamp) {
        self.session.locked = false;
        self.active = now;
    }

    /// Remembers a view; says whether it is new.
    pub(crate) fn first_sight(&mut self, patient: Option<PatientId>, view: &str) -> bool {
        self.seen.insert((patient, view.into()))
    }

    pub(crate) fn forget_sight(&mut self, patient: Option<PatientId>, view: &str) {
        self.seen.remove(&(patient, view.into()));
    }
}

impl Clinic {
    /// The session, if it may act now. It does not count as activity: see [`Clinic::touch`].
    ///
    /// # Errors
    /// [`ClinicError::SessionEnded`]; [`ClinicError::SessionLocked`].
    pub fn session(&self, id: SessionId) -> Result<ActiveSession> {
        let (mut actor, store) = {
            let mut sessions = lock_of(&self.inner.sessions);
            let session = &sessions.look(id, self.now())?.session;
            let store = self.store().map_err(|_| ClinicError::SessionLocked)?;
            if session.locked {
                return Err(ClinicError::SessionLocked);
            }
            let actor = Actor {
                session: id,
                user: session.user_id,
                role: session.role,
                patient: session.patient_id,
                named: false,
            };
            (actor, store)
        };
        // Asked each time, so that a name taken back takes effect at once.
        actor.named = phrases::reviews_any(store.readers.borrow()?.db()?, actor.user)?;
        Ok(ActiveSession { actor })
    }

    /// The session as its window may show it, also while locked.
    ///
    /// # Errors
    /// [`ClinicError::SessionEnded`].
    pub fn session_view(&self, id: SessionId) -> Result<Session> {
        let mut sessions = lock_of(&self.inner.sessions);
        Ok(sessions.look(id, self.now())?.session.clone())
    }

    /// A person touched key or pointer: the idle time starts anew.
    ///
    /// # Errors
    /// [`ClinicError::SessionEnded`]; [`ClinicError::SessionLocked`].
    pub fn touch(&self, id: SessionId) -> Result<()> {
        let now = self.now();
        let mut sessions = lock_of(&self.inner.sessions);
        let state = sessions.look(id, now)?;
        if state.session.locked {
            return Err(ClinicError::SessionLocked);
        }
        state.active = now;
        Ok(())
    }

    /// Keeps the key for a background job, e.g. an import, until the hold is dropped.
    ///
    /// # Errors
    /// [`ClinicError::Locked`].
    pub fn hold(&self) -> Result<Hold> {
        let mut holds = lock_of(&self.inner.holds);
        self.store()?;
        *holds += 1;
        Ok(Hold {
            clinic: self.clone(),
        })
    }

    /// Drops the key where nobody works and no job holds it. Call it now and then, so that a window left
    /// alone does not keep the key.
    pub fn lock_if_idle(&self) {
        // Whoever is signing in has opened the record and has no session yet.
        let _nobody_signs_in = match self.inner.guess.try_lock() {
            Err(TryLockError::WouldBlock) => return,
            Err(TryLockError::Poisoned(poisoned)) => poisoned.into_inner(),
            Ok(guard) => guard,
        };
        let holds = lock_of(&self.inner.holds);
        let anybody = lock_of(&self.inner.sessions).anybody(self.inner.clock.now());
        if *holds == 0 && !anybody {
            self.lock();
        }
    }
}

impl Drop for Hold {
    fn drop(&mut self) {
        *lock_of(&self.clinic.inner.holds) -= 1;
        self.clinic.lock_if_idle();
    }
}
