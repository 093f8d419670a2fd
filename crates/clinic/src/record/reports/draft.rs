//! Drafts: begun, written, thrown away, opened again. Only a report's author writes in its draft.

use std::fmt;

use basics::{Language, Phi, ReportId, ScanId};
use rusqlite::{Connection, OptionalExtension, params};
use serde_json::Value;

use super::{Draft, DraftKind, find_report};
use crate::{
    access::Permission,
    error::{ClinicError, Result},
    limits,
    record::{consultations::Upkeep, sql},
    write::Change,
};

/// What a draft says.
#[derive(Clone, PartialEq)]
pub struct DraftText {
    /// What lists call it: at most 200 characters.
    pub title: Phi<String>,
    /// All of it: at most 1 MiB as JSON.
    pub value: Value,
}

/// A report to be begun; the asker is its author.
#[derive(Clone, Debug)]
pub struct NewReport {
    /// About which scan.
    pub scan_id: ScanId,
    /// Language of its headings.
    pub language: Language,
    /// Its first draft.
    pub draft: DraftText,
}

impl fmt::Debug for DraftText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // It says what the patient has.
        f.write_str("DraftText(…)")
    }
}

impl Change<'_> {
    /// Begins a report with its first draft, of kind [`DraftKind::Text`] and edit 1.
    ///
    /// # Errors
    /// [`ClinicError::NotFound`] for the scan; [`ClinicError::Conflict`] (`retracted`);
    /// [`ClinicError::TooLong`].
    pub fn start_report(&mut self, new: &NewReport) -> Result<ReportId> {
        self.needs(Permission::WriteReports)?;
        let value = check(&new.draft)?;
        let scan = self.scan_for(new.scan_id)?;
        let id = ReportId::new();
        self.db
            .prepare_cached(
                "INSERT INTO reports (id, patient, scan, author, language, created)
                 SELECT ?1, patient, key, ?3, ?4, ?5 FROM scans WHERE key = ?2",
            )?
            .execute(params![
                id.as_bytes(),
                scan.key,
                self.by(),
                new.language.tag(),
                self.at()
            ])?;
        let key = self.db.last_insert_rowid();
        self.insert_draft(key, DraftKind::Text, &new.draft.title, &value)?;
        self.subject(id);
        Ok(id)
    }

    /// Opens a draft of a signed report; what was signed stays as it is and stays in sight.
    ///
    /// # Errors
    /// [`ClinicError::NotYours`] where the asker is not its author; [`ClinicError::Conflict`]:
    /// `report-state` where no such draft may be opened as the report stands, `draft-open` where one is;
    /// [`ClinicError::NotFound`]; [`ClinicError::TooLong`].
    pub fn reopen_report(
        &mut self,
        id: ReportId,
        kind: DraftKind,
        draft: &DraftText,
    ) -> Result<()> {
        // An addendum may be written and signed in one change.
        self.permit
            .needs_one_of(&[Permission::WriteReports, Permission::SignReports])?;
        let value = check(draft)?;
        let found = self.report_for(id)?.own(self.permit)?;
        let conflict = |reason| Err(ClinicError::Conflict { reason });
        if open(self.db, found.key)?.is_some() {
            return conflict("draft-open");
        }
        if !found.state.may_open(kind) {
            return conflict("report-state");
        }
        self.insert_draft(found.key, kind, &draft.title, &value)
    }

    /// Throws the open draft away. A report of which nothing was signed goes with it; what was signed
    /// stays.
    ///
    /// # Errors
    /// [`ClinicError::NotYours`] where the asker is not its author; [`ClinicError::Conflict`]
    /// (`no-draft`); [`ClinicError::NotFound`].
    pub fn discard_draft(&mut self, id: ReportId) -> Result<()> {
        self.needs(Permission::WriteReports)?;
        let found = self.report_for(id)?.own(self.permit)?;
        close(self.db, found.key)?;
        if found.revision == 0 {
            self.db
                .prepare_cached("DELETE FROM reports WHERE key = ?1")?
                .execute([found.key])?;
        }
        Ok(())
    }

    /// Chooses the language of the headings, while a draft is open.
    ///
    /// # Errors
    /// As [`Change::discard_draft`].
    pub fn set_report_language(&mut self, id: ReportId, language: Language) -> Result<()> {
        self.needs(Permission::WriteReports)?;
        let found = self.report_for(id)?.own(self.permit)?;
        open(self.db, found.key)?.ok_or(NO_DRAFT)?;
        self.db
            .prepare_cached("UPDATE reports SET language = ?2 WHERE key = ?1")?
            .execute(params![found.key, language.tag()])?;
        Ok(())
    }

    fn insert_draft(
        &self,
        report: i64,
        kind: DraftKind,
        title: &Phi<String>,
        value: &str,
    ) -> Result<()> {
        self.db
            .prepare_cached("INSERT INTO drafts VALUES (?1, ?2, ?3, ?4, 1, ?5)")?
            .execute(params![
                report,
                sql::key_of(&kind)?,
                title.expose(),
                value,
                self.at()
            ])?;
        Ok(())
    }
}

impl Upkeep<'_> {
    /// Saves what the author wrote in place of edit number `edit`; answers the new number. Saving the
    /// same again, because the answer was lost, changes nothing.
    ///
    /// # Errors
    /// [`ClinicError::Conflict`]: `draft-changed` where another window saved meanwhile (nothing is lost:
    /// both texts are still there), `no-draft`; [`ClinicError::NotYours`] where the asker is not its
    /// author; [`ClinicError::NotFound`]; [`ClinicError::TooLong`].
    pub fn save_draft(&self, id: ReportId, edit: u32, draft: &DraftText) -> Result<u32> {
        self.permit.needs(Permission::WriteReports)?;
        let value = check(draft)?;
        let found = find_report(self.db, self.permit, id)?.own(self.permit)?;
        let kept = open(self.db, found.key)?.ok_or(NO_DRAFT)?;
        if kept.edit == edit.saturating_add(1) && kept.text == *draft {
            return Ok(kept.edit);
        }
        expect(&kept, edit)?;
        self.db
            .prepare_cached(
                "UPDATE drafts SET title = ?2, value = ?3, edit = edit + 1, saved = ?4
                 WHERE report = ?1",
            )?
            .execute(params![found.key, draft.title.expose(), value, self.at])?;
        Ok(edit + 1)
    }
}

pub(super) const NO_DRAFT: ClinicError = ClinicError::Conflict { reason: "no-draft" };

/// The open draft.
pub(super) fn open(db: &Connection, report: i64) -> Result<Option<Draft>> {
    Ok(db
        .prepare_cached("SELECT kind, title, value, edit, saved FROM drafts WHERE report = ?1")?
        .query_row([report], |row| {
            Ok(Draft {
                kind: sql::from_key(row, 0)?,
                text: DraftText {
                    title: sql::phi(row, 1)?,
                    value: sql::json(row, 2)?,
                },
                edit: row.get(3)?,
                saved: sql::moment(row, 4)?,
            })
        })
        .optional()?)
}

/// Takes the open draft away.
pub(super) fn close(db: &Connection, report: i64) -> Result<()> {
    match db
        .prepare_cached("DELETE FROM drafts WHERE report = ?1")?
        .execute([report])?
    {
        0 => Err(NO_DRAFT),
        _ => Ok(()),
    }
}

/// Checks that nobody saved since.
pub(super) fn expect(draft: &Draft, edit: u32) -> Result<()> {
    match draft.edit == edit {
        true => Ok(()),
        false => Err(ClinicError::Conflict {
            reason: "draft-changed",
        }),
    }
}

/// The limits; answers the value as it is stored.
fn check(draft: &DraftText) -> Result<String> {
    limits::short("title", draft.title.expose())?;
    let value = draft.value.to_string();
    limits::long("draft", &value)?;
    Ok(value)
}
