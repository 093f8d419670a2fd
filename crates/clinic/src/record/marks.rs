//! Measurements and notes on a scan. Taking one away leaves it in the history.

use basics::{MarkId, Phi, ScanId, Timestamp, UserId};
use rusqlite::{OptionalExtension, params};

use super::{
    scans::{READERS, find_scan},
    sql,
    verdicts::check_points,
};
use crate::{
    Clinic,
    access::{Permission, Permit},
    error::{ClinicError, Result},
    limits,
    write::Change,
};

/// A mark to be kept.
#[derive(Clone, Debug)]
pub struct NewMark {
    /// On which scan.
    pub scan_id: ScanId,
    /// The mark it takes the place of.
    pub replaces: Option<MarkId>,
    /// Frame, from 0.
    pub frame: u32,
    /// Key of the tool, e.g. `length`; 1–40 characters.
    pub tool: String,
    /// `[column, row]` in pixels of the stored image.
    pub points: Vec<[f64; 2]>,
    /// Text; at most 1 MiB.
    pub text: Phi<String>,
}

/// A mark.
#[derive(Clone, Debug)]
pub struct Mark {
    /// Id.
    pub id: MarkId,
    /// As kept.
    pub mark: NewMark,
    /// Who drew it.
    pub by: UserId,
    /// Shown name of that person.
    pub by_name: Phi<String>,
    /// When.
    pub at: Timestamp,
}

impl Clinic {
    /// The marks on a scan that were neither taken away nor replaced, oldest first.
    ///
    /// # Errors
    /// [`ClinicError::NotFound`].
    pub fn marks(&self, permit: &Permit, scan: ScanId) -> Result<Vec<Mark>> {
        permit.needs_one_of(&READERS)?;
        let store = self.store()?;
        let reader = store.readers.borrow()?;
        let db = reader.db()?;
        let found = find_scan(db, permit, scan)?;
        let mut statement = db.prepare_cached(
            "SELECT m.id, m.frame, m.tool, m.points, m.text, m.replaces, m.by, u.name, m.at
             FROM marks AS m
             JOIN users AS u ON u.id = m.by
             LEFT JOIN mark_ends AS e ON e.mark = m.key
             WHERE m.scan = ?1 AND e.mark IS NULL ORDER BY m.key",
        )?;
        let marks = statement.query_map([found.key], |row| {
            let mark = NewMark {
                scan_id: scan,
                replaces: sql::optional_id(row, 5)?,
                frame: row.get(1)?,
                tool: row.get(2)?,
                points: sql::json(row, 3)?,
                text: sql::phi(row, 4)?,
            };
            Ok(Mark {
                id: sql::id(row, 0)?,
                mark,
                by: sql::id(row, 6)?,
                by_name: sql::phi(row, 7)?,
                at: sql::moment(row, 8)?,
            })
        })?;
        Ok(marks.collect::<rusqlite::Result<_>>()?)
    }

    /// On which scan a mark is.
    ///
    /// # Errors
    /// [`ClinicError::NotFound`] where there is none or the permit does not reach its patient.
    pub fn scan_of_mark(&self, permit: &Permit, id: MarkId) -> Result<ScanId> {
        permit.needs_one_of(&READERS)?;
        let store = self.store()?;
        let reader = store.readers.borrow()?;
        let db = reader.db()?;
        let missing = || ClinicError::NotFound { what: "mark" };
        let scan = db
            .prepare_cached(
                "SELECT s.id FROM marks AS m JOIN scans AS s ON s.key = m.scan WHERE m.id = ?1",
            )?
            .query_row([id.as_bytes()], |row| sql::id(row, 0))
            .optional()?
            .ok_or_else(missing)?;
        find_scan(db, permit, scan).map_err(|_| missing())?;
        Ok(scan)
    }
}

impl Change<'_> {
    /// Keeps a mark; one that it replaces stays in the history.
    ///
    /// # Errors
    /// [`ClinicError::NotFound`]; [`ClinicError::Conflict`] (`mark-gone`) where the replaced one is no
    /// longer there; [`ClinicError::Invalid`]; the limits.
    pub fn save_mark(&mut self, new: &NewMark) -> Result<Mark> {
        self.needs(Permission::MarkScans)?;
        limits::name("tool", &new.tool)?;
        limits::long("text", new.text.expose())?;
        check_points("points", &new.points)?;
        let found = self.scan_for(new.scan_id)?;
        if new.frame >= found.frames {
            return Err(ClinicError::Invalid {
                field: "frame",
                rule: "range",
            });
        }
        if let Some(old) = new.replaces {
            self.end_mark(old, found.key)?;
        }
        let id = MarkId::new();
        self.db
            .prepare_cached(
                "INSERT INTO marks (id, scan, frame, tool, points, text, replaces, by, at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            )?
            .execute(params![
                id.as_bytes(),
                found.key,
                new.frame,
                new.tool,
                serde_json::to_string(&new.points)?,
                new.text.expose(),
                new.replaces.map(|id| *id.as_bytes()),
                self.by(),
                self.at()
            ])?;
        self.subject(id);
        Ok(Mark {
            id,
            mark: new.clone(),
            by: self.permit.user(),
            by_name: self.own_name()?,
            at: self.now,
        })
    }

    /// Takes a mark away; it stays in the history.
    ///
    /// # Errors
    /// [`ClinicError::NotFound`]; [`ClinicError::Conflict`] (`mark-gone`).
    pub fn remove_mark(&mut self, id: MarkId) -> Result<()> {
        self.needs(Permission::MarkScans)?;
        let missing = || ClinicError::NotFound { what: "mark" };
        let scan = self
            .db
            .prepare_cached(
                "SELECT s.id FROM marks AS m JOIN scans AS s ON s.key = m.scan WHERE m.id = ?1",
            )?
            .query_row([id.as_bytes()], |row| sql::id(row, 0))
            .optional()?
            .ok_or_else(missing)?;
        let found = self.scan_for(scan).map_err(|error| match error {
            ClinicError::NotFound { .. } => missing(),
            error => error,
        })?;
        self.end_mark(id, found.key)
    }

    fn end_mark(&mut self, id: MarkId, scan: i64) -> Result<()> {
        let key: i64 = self
            .db
            .prepare_cached("SELECT key FROM marks WHERE id = ?1 AND scan = ?2")?
            .query_row(params![id.as_bytes(), scan], |row| row.get(0))
            .optional()?
            .ok_or(ClinicError::NotFound { what: "mark" })?;
        let ended = self
            .db
            .prepare_cached("INSERT OR IGNORE INTO mark_ends VALUES (?1, ?2, ?3)")?
            .execute(params![key, self.by(), self.at()])?;
        self.subject(id);
        match ended {
            0 => Err(ClinicError::Conflict {
                reason: "mark-gone",
            }),
            _ => Ok(()),
        }
    }
}
