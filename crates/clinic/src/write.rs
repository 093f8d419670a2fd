//! Changing the record: a change and its journal row are one transaction.

use std::{cell::RefCell, collections::BTreeSet};

use basics::{Code, PatientId, Timestamp, UserId};
use rusqlite::{Connection, OptionalExtension, params};
use seal::ContentName;

use crate::{
    Clinic,
    access::{ActiveSession, Ownership, Permission, Permit},
    clinic::lock_of,
    error::{ClinicError, Result},
    journal::{self, Act, Outcome, Subject},
    keys::file::KeyFile,
    record::search,
    store::Store,
};

/// A transaction in progress. What it touches becomes the subjects of its journal row.
pub struct Change<'a> {
    pub(crate) db: &'a Connection,
    pub(crate) clinic: &'a Clinic,
    pub(crate) store: &'a Store,
    pub(crate) permit: &'a Permit,
    pub(crate) now: Timestamp,
    subjects: Vec<Subject>,
    /// What the search has to read again at the end.
    pub(crate) searched: BTreeSet<search::Source>,
    /// Files of the vault that rows of this transaction point at.
    pub(crate) filed: Vec<ContentName>,
    /// `keys.json` as it was, where this change wrote it.
    pub(crate) keys_before: Option<KeyFile>,
}

/// A patient as changes find them: the record that is read, where several were merged.
pub(crate) struct Found {
    pub(crate) key: i64,
    pub(crate) version: u32,
    pub(crate) owned: Ownership,
}

impl Clinic {
    /// Runs a change and writes it into the journal under `verb`, both or neither. The answer is
    /// durable when this returns.
    ///
    /// # Errors
    /// What `change` fails with; [`ClinicError::Locked`]; disk errors.
    pub fn write<T, E: From<ClinicError>>(
        &self,
        permit: &Permit,
        verb: &str,
        change: impl FnOnce(&mut Change<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let store = self.store()?;
        let after: RefCell<(Vec<ContentName>, Option<KeyFile>)> = RefCell::default();
        let done = store.transaction(|db| {
            let mut writer = Change {
                db,
                clinic: self,
                store: &store,
                permit,
                now: self.now(),
                subjects: Vec::new(),
                searched: BTreeSet::new(),
                filed: Vec::new(),
                keys_before: None,
            };
            let out = change(&mut writer);
            mark_opened(permit, &mut writer.subjects);
            let searched = std::mem::take(&mut writer.searched);
            after.replace((std::mem::take(&mut writer.filed), writer.keys_before.take()));
            let act = Act {
                at: writer.now,
                user: Some(permit.user()),
                verb,
                subjects: &writer.subjects,
                outcome: Outcome::Done,
                code: None,
            };
            let out = out?;
            search::refresh(db, searched)?;
            let head = journal::append(db, &store.signing, &act)?;
            Ok((out, head))
        });
        let (filed, keys_before) = after.into_inner();
        if done.is_ok() {
            filed.iter().for_each(|name| store.vault.settled(name));
        } else if let Some(before) = keys_before {
            self.change_keys(|keys| *keys = before)?;
        }
        done
    }

    /// Journals a read of `patient`'s data, once for each session, patient and `verb`. Call it before
    /// the first byte is shown.
    ///
    /// # Errors
    /// [`ClinicError::Locked`]; disk errors: then show nothing.
    pub fn note_read(&self, permit: &Permit, verb: &str, patient: Option<PatientId>) -> Result<()> {
        let id = permit.actor().session;
        let view = view_of(permit, verb, patient);
        let first = {
            let mut sessions = lock_of(&self.inner.sessions);
            sessions.look(id, self.now())?.first_sight(patient, &view)
        };
        if !first {
            return Ok(());
        }
        let subjects: Vec<Subject> = patient.into_iter().map(Subject::from).collect();
        let noted = self.note(permit, verb, &subjects);
        if noted.is_err() {
            let mut sessions = lock_of(&self.inner.sessions);
            if let Ok(state) = sessions.look(id, self.now()) {
                state.forget_sight(patient, &view);
            }
        }
        noted
    }

    /// The same for what shows several patients at once: one row for all of them that are new to this
    /// session and `verb`, so that a list costs one write and not one for each person in it.
    ///
    /// # Errors
    /// As [`Clinic::note_read`].
    pub fn note_reads(
        &self,
        permit: &Permit,
        verb: &str,
        patients: impl IntoIterator<Item = PatientId>,
    ) -> Result<()> {
        let id = permit.actor().session;
        let fresh: BTreeSet<PatientId> = {
            let mut sessions = lock_of(&self.inner.sessions);
            let state = sessions.look(id, self.now())?;
            patients
                .into_iter()
                .filter(|patient| {
                    state.first_sight(Some(*patient), &view_of(permit, verb, Some(*patient)))
                })
                .collect()
        };
        if fresh.is_empty() {
            return Ok(());
        }
        let subjects: Vec<Subject> = fresh.iter().copied().map(Subject::from).collect();
        let noted = self.note(permit, verb, &subjects);
        if noted.is_err() {
            let mut sessions = lock_of(&self.inner.sessions);
            if let Ok(state) = sessions.look(id, self.now()) {
                for patient in fresh {
                    state.forget_sight(Some(patient), &view_of(permit, verb, Some(patient)));
                }
            }
        }
        noted
    }

    /// Journals something done that changes no row, e.g. an export.
    ///
    /// # Errors
    /// [`ClinicError::Locked`]; disk errors.
    pub fn note(&self, permit: &Permit, verb: &str, subjects: &[Subject]) -> Result<()> {
        let store = self.store()?;
        let (user, outcome) = (Some(permit.user()), Outcome::Done);
        let mut subjects = subjects.to_vec();
        mark_opened(permit, &mut subjects);
        self.note_act(
            &store,
            &Act {
                at: self.now(),
                user,
                verb,
                subjects: &subjects,
                outcome,
                code: None,
            },
        )
    }

    /// Journals a refusal ([`Code::Forbidden`] and the like) or a failure. While the record is locked
    /// nothing can be written and nothing was shown.
    ///
    /// # Errors
    /// Disk errors.
    pub fn note_unsuccessful(
        &self,
        session: Option<&ActiveSession>,
        verb: &str,
        subjects: &[Subject],
        code: Code,
    ) -> Result<()> {
        let Ok(store) = self.store() else {
            return Ok(());
        };
        let user: Option<UserId> = session.map(ActiveSession::user);
        let refused = [
            Code::Forbidden,
            Code::SignInNeeded,
            Code::Locked,
            Code::WrongPassword,
            Code::TooManyTries,
            Code::NotFound,
        ];
        let outcome = if refused.contains(&code) {
            Outcome::Refused
        } else {
            Outcome::Failed
        };
        let code = Some(journal::code_key(code));
        let code = code.as_deref();
        self.note_act(
            &store,
            &Act {
                at: self.now(),
                user,
                verb,
                subjects,
                outcome,
                code,
            },
        )
    }
}

impl Change<'_> {
    /// Names something this change is about.
    pub fn subject(&mut self, subject: impl Into<Subject>) {
        let subject = subject.into();
        if !self.subjects.contains(&subject) {
            self.subjects.push(subject);
        }
    }

    pub(crate) fn needs(&self, permission: Permission) -> Result<()> {
        self.permit.needs(permission)
    }

    /// The asker's id as the record stores it.
    pub(crate) fn by(&self) -> [u8; 16] {
        *self.permit.user().as_bytes()
    }

    pub(crate) fn at(&self) -> i64 {
        self.now.as_millisecond()
    }

    /// The patient, if the permit reaches them; becomes a subject.
    pub(crate) fn patient_for(&mut self, id: PatientId) -> Result<Found> {
        let found = find(self.db, self.permit, id)?;
        self.subject(id);
        Ok(found)
    }
}

/// What a person reads or does in a record that they broke glass for is about that opening, too.
fn mark_opened(permit: &Permit, subjects: &mut Vec<Subject>) {
    let Some(opened) = &permit.actor().opened else {
        return;
    };
    let about = subjects.iter().any(|subject| subject.is(opened.patient));
    let marked = subjects.iter().any(|subject| subject.is(opened.id));
    if (about || opened.was_used()) && !marked {
        subjects.push(opened.id.into());
    }
}

/// Under an opening the same view is kept anew.
fn view_of(permit: &Permit, verb: &str, patient: Option<PatientId>) -> String {
    match patient.and_then(|patient| permit.opened_for(patient)) {
        Some(opened) => format!("{verb} {}", opened.id),
        None => verb.into(),
    }
}

/// The patient, if the permit reaches them; of a merged record, the one that is read for it.
pub(crate) fn find(db: &Connection, permit: &Permit, id: PatientId) -> Result<Found> {
    let found = db
        .prepare_cached(
            "SELECT p.key, p.version, p.restricted, p.treating, p.id
             FROM patients AS m JOIN patients AS p ON p.key = m.head WHERE m.id = ?1",
        )?
        .query_row(params![id.as_bytes()], |row| {
            let (restricted, treating) = (row.get(2)?, crate::record::sql::optional_id(row, 3)?);
            let owned = Ownership {
                patient: crate::record::sql::id(row, 4)?,
                restricted,
                treating,
            };
            Ok(Found {
                key: row.get(0)?,
                version: row.get(1)?,
                owned,
            })
        })
        .optional()?;
    found
        .filter(|found| permit.covers(&found.owned))
        .ok_or(ClinicError::NotFound { what: "patient" })
}
