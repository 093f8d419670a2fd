//! Sealed files of signed reports: kept in the vault, with their passphrase in the encrypted record.

use std::io::Cursor;

use basics::{Id, ReportId, Secret, Timestamp, UserId};
use rusqlite::{Connection, OptionalExtension, Row, params, types::Type};
use seal::ContentName;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use super::{READERS, Signing, find_report, signings};
use crate::{
    Clinic,
    access::{Permission, Permit, Reach},
    error::{ClinicError, Result},
    limits,
    record::sql,
    vault::StoredFile,
    write::Change,
};

#[doc(hidden)]
pub enum ReportFileKind {}
/// A sealed file of a report.
pub type ReportFileId = Id<ReportFileKind>;

/// The largest sealed report: 64 MiB.
const LARGEST: usize = 64 * 1024 * 1024;

/// What a sealed file was made for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FilePurpose {
    /// The first one, made when the report was sealed.
    Original,
    /// Sealed again by staff, under another passphrase.
    Copy,
    /// Sealed again by the patient for themselves: only its hash is kept, so that it is known again.
    Own,
}

/// A sealed file to be kept.
#[derive(Clone, Copy)]
pub struct NewReportFile<'a> {
    /// Of which report.
    pub report_id: ReportId,
    /// Which revision it shows.
    pub revision: u32,
    /// What for.
    pub purpose: FilePurpose,
    /// The sealed file: at most 64 MiB.
    pub bytes: &'a [u8],
    /// What opens it: at most 200 characters; none exactly for [`FilePurpose::Own`].
    pub passphrase: Option<&'a Secret<String>>,
}

/// A sealed file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportFile {
    /// Id.
    pub id: ReportFileId,
    /// Of which report.
    pub report_id: ReportId,
    /// Which revision it shows.
    pub revision: u32,
    /// What for.
    pub purpose: FilePurpose,
    /// Size in bytes.
    pub bytes: u64,
    /// SHA-256 of the whole sealed file.
    pub sha256: [u8; 32],
    /// Who sealed it.
    pub by: UserId,
    /// When.
    pub at: Timestamp,
}

macro_rules! files {
    ($rest:literal) => {
        concat!(
            "SELECT f.id, r.id, f.revision, f.purpose, f.bytes, f.sha256, f.by, f.at, f.vault_name,
                    f.passphrase
             FROM report_files AS f
             JOIN reports AS r ON r.key = f.report
             JOIN signings AS g ON g.report = f.report AND g.revision = f.revision ",
            $rest
        )
    };
}

/// A file and what opens it.
struct Kept {
    file: ReportFile,
    stored: Option<StoredFile>,
    passphrase: Option<Secret<String>>,
}

impl Clinic {
    /// A report's sealed files, newest first; its patient sees those of revisions from final on.
    ///
    /// # Errors
    /// [`ClinicError::NotFound`] for the report.
    pub fn report_files(&self, permit: &Permit, id: ReportId) -> Result<Vec<ReportFile>> {
        permit.needs_one_of(&READERS)?;
        let store = self.store()?;
        let reader = store.readers.borrow()?;
        let db = reader.db()?;
        let found = find_report(db, permit, id)?;
        let mut statement = db.prepare_cached(files!(
            "WHERE f.report = ?1 AND (?2 OR g.state <> 'preliminary') ORDER BY f.key DESC"
        ))?;
        let all = permit.reach() != Reach::Own;
        let files = statement.query_map(params![found.key, all], kept)?;
        files.map(|kept| Ok(kept?.file)).collect()
    }

    /// The sealed bytes of a file.
    ///
    /// # Errors
    /// [`ClinicError::NotFound`] where there is none, the permit does not reach it, or only its hash was
    /// kept; [`ClinicError::Damaged`] (`vault`).
    pub fn report_file_bytes(
        &self,
        permit: &Permit,
        id: ReportFileId,
    ) -> Result<Zeroizing<Vec<u8>>> {
        let kept = self.report_file(permit, id)?;
        let stored = kept.stored.ok_or(MISSING)?;
        self.store()?.vault.get(&stored)
    }

    /// What opens a file.
    ///
    /// # Errors
    /// [`ClinicError::NotFound`] where there is none, the permit does not reach it, or its patient chose
    /// the passphrase for themselves.
    pub fn report_passphrase(&self, permit: &Permit, id: ReportFileId) -> Result<Secret<String>> {
        self.report_file(permit, id)?.passphrase.ok_or(MISSING)
    }

    /// The file with this hash, if the clinic sealed it and the permit reaches its report.
    ///
    /// # Errors
    /// [`ClinicError::WrongPermit`]; [`ClinicError::Locked`].
    pub fn find_report_file(
        &self,
        permit: &Permit,
        sha256: &[u8; 32],
    ) -> Result<Option<ReportFile>> {
        permit.needs_one_of(&READERS)?;
        let store = self.store()?;
        let reader = store.readers.borrow()?;
        let db = reader.db()?;
        let found = db
            .prepare_cached(files!("WHERE f.sha256 = ?1 ORDER BY f.key LIMIT 1"))?
            .query_row([sha256], kept)
            .optional()?;
        match found {
            None => Ok(None),
            Some(kept) => match reached(db, permit, &kept.file) {
                Err(ClinicError::NotFound { .. }) => Ok(None),
                reached => reached.map(|()| Some(kept.file)),
            },
        }
    }

    /// The owner's passphrase of a report's files: it follows from the record's key, so that the clinic
    /// can open each of its files, and is never shown.
    ///
    /// # Errors
    /// [`ClinicError::NotFound`] for the report.
    pub fn owner_passphrase(&self, permit: &Permit, id: ReportId) -> Result<Secret<String>> {
        permit.needs_one_of(&READERS)?;
        let store = self.store()?;
        find_report(store.readers.borrow()?.db()?, permit, id)?;
        let key = store.root.derive(OWNER, id.as_bytes());
        Ok(Secret::new(hex::encode(key.expose())))
    }

    /// The clinic's secret for exports without identity: the same person gets the same invented ids in
    /// each export. It follows from the record's key.
    ///
    /// # Errors
    /// [`ClinicError::WrongPermit`]; [`ClinicError::Locked`].
    pub fn export_salt(&self, permit: &Permit) -> Result<Secret<[u8; 32]>> {
        permit.needs_one_of(&[
            Permission::ReadScans,
            Permission::ReadReports,
            Permission::SendReports,
        ])?;
        Ok(Secret::new(*self.store()?.root.derive(SALT, b"").expose()))
    }

    fn report_file(&self, permit: &Permit, id: ReportFileId) -> Result<Kept> {
        permit.needs_one_of(&READERS)?;
        let store = self.store()?;
        let reader = store.readers.borrow()?;
        let db = reader.db()?;
        let kept = db
            .prepare_cached(files!("WHERE f.id = ?1"))?
            .query_row([id.as_bytes()], kept)
            .optional()?
            .ok_or(MISSING)?;
        reached(db, permit, &kept.file)?;
        Ok(kept)
    }
}

impl Change<'_> {
    /// Keeps a sealed file of a signed revision.
    ///
    /// # Errors
    /// [`ClinicError::Conflict`] (`revision`) where that was never signed, or, for a patient, not final;
    /// [`ClinicError::Forbidden`] where a patient seals anything but [`FilePurpose::Own`];
    /// [`ClinicError::Invalid`] for an empty file or a passphrase where none belongs;
    /// [`ClinicError::NotFound`]; the limits; disk errors.
    pub fn keep_report_file(&mut self, new: &NewReportFile<'_>) -> Result<ReportFile> {
        self.permit.needs_one_of(&[
            Permission::WriteReports,
            Permission::SignReports,
            Permission::SendReports,
            Permission::HostConsultations,
            Permission::ReadOwnReports,
        ])?;
        check(new)?;
        let found = self.report_for(new.report_id)?;
        let own = self.permit.reach() == Reach::Own;
        if own && new.purpose != FilePurpose::Own {
            return Err(ClinicError::Forbidden {
                permission: self.permit.permission(),
            });
        }
        let signed = signings(self.db, found.key)?;
        let may = |signing: &Signing| {
            signing.revision == new.revision && (!own || signing.becomes.is_released())
        };
        if !signed.iter().any(may) {
            return Err(ClinicError::Conflict { reason: "revision" });
        }
        let stored = match new.purpose {
            FilePurpose::Own => None,
            FilePurpose::Original | FilePurpose::Copy => {
                let stored = self.store.vault.put(&mut Cursor::new(new.bytes))?;
                self.filed.push(stored.name);
                Some(stored)
            }
        };
        let file = ReportFile {
            id: ReportFileId::new(),
            report_id: new.report_id,
            revision: new.revision,
            purpose: new.purpose,
            bytes: new.bytes.len() as u64,
            sha256: Sha256::digest(new.bytes).into(),
            by: self.permit.user(),
            at: self.now,
        };
        self.db
            .prepare_cached(
                "INSERT INTO report_files (id, report, revision, purpose, vault_name, bytes, sha256,
                                           passphrase, by, at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
            )?
            .execute(params![
                file.id.as_bytes(),
                found.key,
                new.revision,
                sql::key_of(&new.purpose)?,
                stored.as_ref().map(|stored| stored.name.as_bytes()),
                i64::try_from(file.bytes).unwrap_or(i64::MAX),
                file.sha256,
                new.passphrase.map(|passphrase| passphrase.expose().as_str()),
                self.by(),
                self.at()
            ])?;
        Ok(file)
    }
}

const OWNER: &str = "medibridge 2026-11 report owner passphrase";
const SALT: &str = "medibridge 2026-11 export salt";
const MISSING: ClinicError = ClinicError::NotFound { what: "file" };

/// Whether the permit reaches a file's report, and its revision.
fn reached(db: &Connection, permit: &Permit, file: &ReportFile) -> Result<()> {
    let found = find_report(db, permit, file.report_id).map_err(|error| match error {
        ClinicError::NotFound { .. } => MISSING,
        error => error,
    })?;
    let released =
        |signing: &Signing| signing.revision == file.revision && signing.becomes.is_released();
    match permit.reach() != Reach::Own || signings(db, found.key)?.iter().any(released) {
        true => Ok(()),
        false => Err(MISSING),
    }
}

fn check(new: &NewReportFile<'_>) -> Result<()> {
    let invalid = |field, rule| Err(ClinicError::Invalid { field, rule });
    if new.bytes.is_empty() {
        return invalid("file", "required");
    }
    if new.bytes.len() > LARGEST {
        return Err(ClinicError::TooLong {
            field: "file",
            limit: LARGEST as u64,
        });
    }
    match (new.purpose, new.passphrase) {
        (FilePurpose::Own, None) => Ok(()),
        (FilePurpose::Original | FilePurpose::Copy, Some(passphrase)) => {
            limits::name("passphrase", passphrase.expose())
        }
        (FilePurpose::Own, Some(_)) => invalid("passphrase", "stays-with-the-patient"),
        (FilePurpose::Original | FilePurpose::Copy, None) => invalid("passphrase", "required"),
    }
}

fn kept(row: &Row<'_>) -> rusqlite::Result<Kept> {
    let bytes = sql::size(row, 4)?;
    let stored = match row.get::<_, Option<Vec<u8>>>(8)? {
        None => None,
        Some(name) => Some(StoredFile {
            name: ContentName::from_slice(&name)
                .ok_or_else(|| sql::wrong(8, Type::Blob, "name"))?,
            bytes,
        }),
    };
    Ok(Kept {
        file: ReportFile {
            id: sql::id(row, 0)?,
            report_id: sql::id(row, 1)?,
            revision: row.get(2)?,
            purpose: sql::from_key(row, 3)?,
            bytes,
            sha256: row.get(5)?,
            by: sql::id(row, 6)?,
            at: sql::moment(row, 7)?,
        },
        stored,
        passphrase: row.get::<_, Option<String>>(9)?.map(Secret::new),
    })
}
