//! Signing: the password again, the step the table allows, the exact bytes, the clinic's key – and the
//! journal's row in the same transaction.

use basics::{Phi, ReportId, Timestamp, UserId};
use ed25519_dalek::Signer;
use rusqlite::{Connection, params};
use sha2::{Digest, Sha256};

use super::{Draft, ReportState, Signing, draft, number, signings, state::Step};
use crate::{
    Clinic, PasswordProof,
    access::{Permission, Permit},
    error::{ClinicError, Result},
    journal, limits,
    record::{deliveries, search::Source, worklist},
    write::Change,
};

/// Where the journal stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JournalHead {
    /// Number of its newest row.
    pub number: i64,
    /// That row's hash.
    pub hash: [u8; 32],
}

/// Leave to sign one report now, and what the text to be signed has to say of it. It stands only inside
/// the change that gave it.
pub struct Signable {
    /// Which report.
    pub report_id: ReportId,
    /// As people call it, e.g. `R-000123`.
    pub number: String,
    /// The number of this signing, from 1.
    pub revision: u32,
    /// What the report becomes.
    pub becomes: ReportState,
    /// Who signs.
    pub by: UserId,
    /// Shown name of that person.
    pub by_name: Phi<String>,
    /// When.
    pub at: Timestamp,
    /// SHA-256 of what was signed before.
    pub supersedes: Option<[u8; 32]>,
    /// Where the journal stands before this signing.
    pub journal: JournalHead,
    /// What is signed; none for a withdrawal.
    pub draft: Option<Draft>,
    /// What was signed before, oldest first.
    pub signings: Vec<Signing>,
    step: Step,
    row: Option<i64>,
}

/// What is signed.
#[derive(Clone, Debug)]
pub struct NewSigning {
    /// What lists call it: at most 200 characters.
    pub title: Phi<String>,
    /// What the report says, in its canonical form: at most 1 MiB. Kept byte for byte.
    pub content: Phi<Vec<u8>>,
    /// The bytes under the signature: a prefix that names their kind, and the content.
    pub message: Phi<Vec<u8>>,
    /// Why; required for a correction and a withdrawal, at most 1 MiB.
    pub reason: Phi<String>,
}

impl Clinic {
    /// The clinic's public Ed25519 report key, for whoever works here; it is shown to anybody who is to
    /// verify a report.
    ///
    /// # Errors
    /// [`ClinicError::Locked`].
    pub fn report_key(&self, _permit: &Permit) -> Result<[u8; 32]> {
        Ok(self.store()?.reports.verifying_key().to_bytes())
    }

    /// Where the journal stands.
    ///
    /// # Errors
    /// [`ClinicError::Locked`].
    pub fn journal_head(&self, _permit: &Permit) -> Result<JournalHead> {
        let store = self.store()?;
        head(store.readers.borrow()?.db()?)
    }
}

impl Change<'_> {
    /// Asks for leave to sign a report so that it becomes `becomes`: edit number `edit` of its draft, or
    /// nothing for a withdrawal. Nothing is written yet.
    ///
    /// # Errors
    /// [`ClinicError::NotYours`] where the asker is not its author; [`ClinicError::PasswordNeeded`] where
    /// `proof` is too old or another person's; [`ClinicError::Conflict`]: `report-state` where the
    /// report may not become that, or not with this draft; `no-draft`, `draft-changed`; `draft-open`
    /// where a report is to be withdrawn while its author writes in it; [`ClinicError::NotFound`].
    pub fn begin_signing(
        &mut self,
        proof: PasswordProof,
        id: ReportId,
        becomes: ReportState,
        edit: Option<u32>,
    ) -> Result<Signable> {
        self.needs(Permission::SignReports)?;
        proof.check(self.permit, self.now)?;
        let found = self.report_for(id)?.own(self.permit)?;
        let conflict = |reason| Err(ClinicError::Conflict { reason });
        let open = draft::open(self.db, found.key)?;
        let (key, revision) = (found.key, found.revision);
        let Some(step) = found.step(becomes) else {
            return conflict("report-state");
        };
        match (&open, edit) {
            (Some(_), _) if becomes == ReportState::EnteredInError => {
                return conflict("draft-open");
            }
            (None, _) if becomes == ReportState::EnteredInError => {}
            (None, _) | (_, None) => return Err(draft::NO_DRAFT),
            (Some(open), Some(edit)) => {
                draft::expect(open, edit)?;
                if !open.kind.signs_as().contains(&becomes) {
                    return conflict("report-state");
                }
            }
        }
        let signings = signings(self.db, key)?;
        let (row, text) = self.number_of(key)?;
        Ok(Signable {
            report_id: id,
            number: text,
            revision: revision + 1,
            becomes,
            by: self.permit.user(),
            by_name: self.own_name()?,
            at: self.now,
            supersedes: signings.last().map(|last| last.sha256),
            journal: head(self.db)?,
            draft: open,
            signings,
            step,
            row,
        })
    }

    /// Signs: keeps the exact bytes with the clinic's signature, closes the draft, moves the report on,
    /// and cancels what of its older revisions still waits to be sent.
    ///
    /// # Errors
    /// [`ClinicError::Invalid`] where the message does not end with the content, or a reason is missing;
    /// the limits.
    pub fn sign_report(&mut self, leave: Signable, new: &NewSigning) -> Result<Signing> {
        check(&leave, new)?;
        let Step { found, next } = leave.step;
        let content = new.content.expose();
        let signing = Signing {
            revision: leave.revision,
            becomes: next,
            title: new.title.clone(),
            content: new.content.clone(),
            sha256: Sha256::digest(content).into(),
            signature: self.store.reports.sign(new.message.expose()).to_bytes(),
            key: self.store.reports.verifying_key().to_bytes(),
            reason: new.reason.clone(),
            by: leave.by,
            by_name: leave.by_name,
            at: leave.at,
        };
        self.db
            .prepare_cached(
                "INSERT INTO signings VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
            )?
            .execute(params![
                found.key,
                signing.revision,
                next.key(),
                signing.sha256,
                signing.signature,
                signing.key,
                self.by(),
                self.at(),
                new.title.expose(),
                new.reason.expose(),
                content
            ])?;
        let title = new.title.expose();
        match leave.row {
            Some(row) => self
                .db
                .prepare_cached(
                    "UPDATE reports SET state = ?2, revision = ?3, title = ?4, signed = ?5, number = ?6
                     WHERE key = ?1",
                )?
                .execute(params![
                    found.key,
                    next.key(),
                    signing.revision,
                    title,
                    self.at(),
                    row
                ])?,
            None => self
                .db
                .prepare_cached(
                    "UPDATE reports SET state = ?2, revision = ?3, title = ?4, signed = ?5
                     WHERE key = ?1",
                )?
                .execute(params![found.key, next.key(), signing.revision, title, self.at()])?,
        };
        if leave.draft.is_some() {
            draft::close(self.db, found.key)?;
        }
        self.searched(Source::Report { key: found.key });
        deliveries::supersede(self, found.key, signing.revision)?;
        worklist::refresh(self.db, found.scan_key)?;
        Ok(signing)
    }

    /// The report's number; with it the row's value where this signing gives it.
    fn number_of(&self, report: i64) -> Result<(Option<i64>, String)> {
        let (known, next): (Option<i64>, i64) = self
            .db
            .prepare_cached(
                "SELECT number, (SELECT coalesce(max(number), 0) + 1 FROM reports)
                 FROM reports WHERE key = ?1",
            )?
            .query_row([report], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(match known {
            Some(known) => (None, number(known)),
            None => (Some(next), number(next)),
        })
    }
}

fn check(leave: &Signable, new: &NewSigning) -> Result<()> {
    limits::short("title", new.title.expose())?;
    limits::long("reason", new.reason.expose())?;
    let (content, message) = (new.content.expose(), new.message.expose());
    if content.len() > limits::TEXT {
        return Err(ClinicError::TooLong {
            field: "content",
            limit: limits::TEXT as u64,
        });
    }
    let invalid = |field, rule| Err(ClinicError::Invalid { field, rule });
    if content.is_empty() {
        return invalid("content", "required");
    }
    if message.len() <= content.len() || !message.ends_with(content) {
        return invalid("message", "ends-with-content");
    }
    let asks_why = [ReportState::Amended, ReportState::EnteredInError];
    match asks_why.contains(&leave.becomes) && new.reason.expose().trim().is_empty() {
        true => invalid("reason", "required"),
        false => Ok(()),
    }
}

fn head(db: &Connection) -> Result<JournalHead> {
    let (number, hash) = journal::head(db)?;
    Ok(JournalHead { number, hash })
}
