//! Who is signed in: sessions that lock when idle, are renewed in silence while somebody works, and end whatever happens.

use std::{
    collections::{HashMap, HashSet},
    sync::TryLockError,
};

use basics::{PatientId, Phi, SessionId, Timestamp, UserId};
use jiff::SignedDuration;

use crate::{
    Clinic,
    access::{ActiveSession, Actor, Role},
    accounts::{NewFactor, pin::PinWrap},
    clinic::lock_of,
    error::{ClinicError, Result},
    record::{break_glass, identity, phrases, settings::Settings, staff::SignedIn, users::User},
};

/// A session ends after this long: 12 hours, one long shift.
const SHIFT: SignedDuration = SignedDuration::from_hours(12);
/// Whoever is at work in its last hour gets another, in silence …
const RENEWAL: SignedDuration = SignedDuration::from_hours(1);
/// … but no more than this since the password was given; then the password is due, whatever happens.
const LONGEST: SignedDuration = SignedDuration::from_hours(16);
/// A clock may step back this far, when the network sets it. Further is taken for somebody's doing: it locks.
const STEP_BACK: SignedDuration = SignedDuration::from_mins(2);

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
    /// A PIN unlocks it, as long as there are tries left.
    pub pin: bool,
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
    since: Timestamp,
    pin: Option<PinWrap>,
    /// A second factor that is being set up.
    pub(crate) new_factor: Option<NewFactor>,
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
            pin: false,
            idle_minutes: settings.idle_minutes(user.role),
            expires: now.saturating_add(SHIFT).unwrap_or(Timestamp::MAX),
            preferences: user.preferences,
        };
        self.all.retain(|_, state| state.session.expires > now);
        let state = State {
            session: session.clone(),
            active: now,
            since: now,
            pin: None,
            new_factor: None,
            seen: HashSet::new(),
        };
        self.all.insert(session.id, state);
        session
    }

    /// The session as it stands now: ended ones are gone, idle ones are locked, and so is every one when the clock was
    /// set back, with its PIN gone: how long nobody was there, and how long the shift lasts, is not known any more.
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
        let away = now.duration_since(state.active);
        if away >= idle {
            state.session.locked = true;
        }
        if away < -STEP_BACK {
            state.session.locked = true;
            drop(state.take_pin());
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

    /// Ends every other session of a person.
    pub(crate) fn end_others_of(&mut self, user: UserId, but: SessionId) {
        self.all
            .retain(|id, state| *id == but || state.session.user_id != user);
    }

    /// Those of one person.
    pub(crate) fn of(&mut self, user: UserId) -> impl Iterator<Item = &mut State> {
        let all = self.all.values_mut();
        all.filter(move |state| state.session.user_id == user)
    }

    /// Those that stand now.
    pub(crate) fn standing(&mut self, now: Timestamp) -> Vec<SignedIn> {
        let ids: Vec<_> = self.all.keys().copied().collect();
        let one = |state: &mut State| SignedIn {
            session: state.session.id,
            user_id: state.session.user_id,
            name: state.session.name.clone(),
            role: state.session.role,
            locked: state.session.locked,
            since: state.since,
            active: state.active,
        };
        ids.into_iter()
            .filter_map(|id| self.look(id, now).ok().map(one))
            .collect()
    }

    /// Ends every session: the record is another one now.
    pub(crate) fn end_all(&mut self) {
        self.all.clear();
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

    /// Somebody is there. In the last hour of a session that moves its end; says whether it did.
    fn renew(&mut self, now: Timestamp) -> bool {
        self.active = now;
        let later = |from: Timestamp, by| from.saturating_add(by).unwrap_or(Timestamp::MAX);
        let expires = later(now, RENEWAL).min(later(self.since, LONGEST));
        let renewed = expires > self.session.expires;
        if renewed {
            self.session.expires = expires;
        }
        renewed
    }

    pub(crate) fn give_pin(&mut self, pin: PinWrap) {
        self.pin = Some(pin);
        self.session.pin = true;
    }

    pub(crate) fn take_pin(&mut self) -> Option<PinWrap> {
        self.session.pin = false;
        self.pin.take()
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
                opened: None,
            };
            (actor, store)
        };
        // Asked each time, so that a name taken back takes effect at once.
        let reader = store.readers.borrow()?;
        actor.named = phrases::reviews_any(reader.db()?, actor.user)?;
        // So is where a patient's record is read since it was merged.
        if let Some(bound) = actor.patient {
            actor.patient = Some(identity::head_of(reader.db()?, bound)?);
        }
        if actor.role == Role::Doctor {
            actor.opened = break_glass::opened_by(self, reader.db()?, actor.user)?;
        }
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

    /// A person touched key or pointer: the idle time starts anew. Says whether the session's end was moved.
    ///
    /// # Errors
    /// [`ClinicError::SessionEnded`]; [`ClinicError::SessionLocked`].
    pub fn touch(&self, id: SessionId) -> Result<bool> {
        let now = self.now();
        let mut sessions = lock_of(&self.inner.sessions);
        let state = sessions.look(id, now)?;
        if state.session.locked {
            return Err(ClinicError::SessionLocked);
        }
        Ok(state.renew(now))
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
