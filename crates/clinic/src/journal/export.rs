//! The journal as a file that can be checked without the record: JSON lines, signed as a whole.
//!
//! The first line says whose journal it is and which hash stands before the first row; each following line
//! is a row with its hash; the last line is the number and hash of the newest row and a signature of both,
//! of the workstation and of the first line. Whoever knows the key's fingerprint knows the rest is true.

use std::io::{BufRead, Write};

use basics::Timestamp;
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use rusqlite::{Connection, OptionalExtension};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::chain::{Entry, Hash, START};
use crate::{
    Clinic,
    access::{Permission, Permit},
    error::{ClinicError, Result},
};

const FORMAT: &str = "medibridge journal 1";

/// What was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JournalExport {
    /// Rows.
    pub rows: u64,
    /// Number of the first row; 0 where there is none.
    pub first: u64,
    /// Number of the last.
    pub last: u64,
    /// SHA-256 of the key that signed, in hex: compare it with the one that the workstation shows.
    pub fingerprint: String,
}

/// Why a file is not what it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ExportProblem {
    /// It is no exported journal, or a part of it is missing.
    #[error("this is no whole exported journal")]
    NotOne,
    /// A row's content does not give its hash.
    #[error("a row was changed (line {line})")]
    RowChanged {
        /// Counted from 1.
        line: u64,
    },
    /// A number is missing.
    #[error("a row is missing (line {line})")]
    Gap {
        /// Counted from 1.
        line: u64,
    },
    /// The last line is not signed by the key that the first one names, or signs something else.
    #[error("the signature does not hold")]
    Unsigned,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Head {
    format: String,
    workstation: Uuid,
    #[serde(with = "hex")]
    public_key: [u8; 32],
    exported: Timestamp,
    #[serde(with = "hex")]
    before: Hash,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    number: i64,
    at: i64,
    workstation: Uuid,
    user: Option<Uuid>,
    verb: String,
    subjects: String,
    outcome: i64,
    code: Option<String>,
    #[serde(with = "hex")]
    hash: Hash,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Tail {
    rows: u64,
    last: i64,
    #[serde(with = "hex")]
    hash: Hash,
    #[serde(with = "hex")]
    signature: [u8; 64],
}

impl Clinic {
    /// Writes the rows of a stretch of time, whole and in order; the stretch is widened to rows that stand
    /// side by side.
    ///
    /// # Errors
    /// [`ClinicError::WrongPermit`]; [`ClinicError::Locked`]; what writing fails with.
    pub fn export_journal(
        &self,
        permit: &Permit,
        from: Option<Timestamp>,
        to: Option<Timestamp>,
        out: &mut dyn Write,
    ) -> Result<JournalExport> {
        permit.needs(Permission::ReadJournal)?;
        let store = self.store()?;
        let reader = store.readers.borrow()?;
        let db = reader.db()?.unchecked_transaction()?;
        let (first, last): (Option<i64>, Option<i64>) = db.query_row(
            "SELECT min(number), max(number) FROM journal WHERE at >= ?1 AND at < ?2",
            [
                from.unwrap_or(Timestamp::MIN).as_millisecond(),
                to.unwrap_or(Timestamp::MAX).as_millisecond(),
            ],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        let (first, last) = (first.unwrap_or(0), last.unwrap_or(-1));
        write_rows(&db, &store.signing, self.now(), (first, last), out)
    }

    /// SHA-256 of the journal's public key, in hex.
    ///
    /// # Errors
    /// [`ClinicError::WrongPermit`]; [`ClinicError::Locked`].
    pub fn journal_fingerprint(&self, permit: &Permit) -> Result<String> {
        permit.needs(Permission::ReadJournal)?;
        Ok(fingerprint(&self.store()?.signing.key.verifying_key()))
    }
}

fn write_rows(
    db: &Connection,
    signing: &super::Signing,
    now: Timestamp,
    (first, last): (i64, i64),
    out: &mut dyn Write,
) -> Result<JournalExport> {
    let before: Option<Hash> = db
        .query_row(
            "SELECT hash FROM journal WHERE number = ?1",
            [first - 1],
            |row| row.get(0),
        )
        .optional()?;
    let key = signing.key.verifying_key();
    let head = Head {
        format: FORMAT.into(),
        workstation: signing.workstation,
        public_key: key.to_bytes(),
        exported: now,
        before: before.unwrap_or(START),
    };
    let head_line = line(&head)?;
    out.write_all(&head_line)?;
    let mut statement = db.prepare(
        "SELECT number, at, workstation, user, verb, subjects, outcome, code, hash FROM journal
         WHERE number BETWEEN ?1 AND ?2 ORDER BY number",
    )?;
    let mut rows = statement.query([first, last])?;
    let (mut count, mut newest) = (0, (0, head.before));
    while let Some(row) = rows.next()? {
        let written = Line {
            number: row.get(0)?,
            at: row.get(1)?,
            workstation: Uuid::from_bytes(row.get(2)?),
            user: row.get::<_, Option<[u8; 16]>>(3)?.map(Uuid::from_bytes),
            verb: row.get(4)?,
            subjects: row.get(5)?,
            outcome: row.get(6)?,
            code: row.get(7)?,
            hash: row.get(8)?,
        };
        out.write_all(&line(&written)?)?;
        newest = (written.number, written.hash);
        count += 1;
    }
    let tail = Tail {
        rows: count,
        last: newest.0,
        hash: newest.1,
        signature: sign(&signing.key, &head_line, count, newest),
    };
    out.write_all(&line(&tail)?)?;
    out.flush()?;
    Ok(JournalExport {
        rows: count,
        first: if count == 0 { 0 } else { first.unsigned_abs() },
        last: newest.0.unsigned_abs(),
        fingerprint: fingerprint(&key),
    })
}

/// Checks a file that [`Clinic::export_journal`] wrote: every row, every link, the signature. Compare the
/// fingerprint with the one that the workstation shows.
///
/// # Errors
/// [`ExportProblem`]: the first that is found.
pub fn check_export(file: impl BufRead) -> Result<JournalExport, ExportProblem> {
    let mut lines = file.lines();
    let mut next = || lines.next().transpose().map_err(|_| ExportProblem::NotOne);
    let first_line = next()?.ok_or(ExportProblem::NotOne)?;
    let head: Head = serde_json::from_str(&first_line).map_err(|_| ExportProblem::NotOne)?;
    if head.format != FORMAT {
        return Err(ExportProblem::NotOne);
    }
    let (mut rows, mut first, mut newest) = (0, 0, (0, head.before));
    let mut held = next()?.ok_or(ExportProblem::NotOne)?;
    while let Some(following) = next()? {
        rows += 1;
        let problem_line = rows + 1;
        let row: Line = serde_json::from_str(&held)
            .map_err(|_| ExportProblem::RowChanged { line: problem_line })?;
        if rows == 1 {
            first = row.number;
        } else if row.number != newest.0 + 1 {
            return Err(ExportProblem::Gap { line: problem_line });
        }
        let entry = Entry {
            number: row.number,
            at: row.at,
            workstation: row.workstation.as_bytes(),
            user: row.user.as_ref().map(|user| &user.as_bytes()[..]),
            verb: &row.verb,
            subjects: &row.subjects,
            outcome: row.outcome,
            code: row.code.as_deref(),
        };
        if entry.hash(&newest.1) != row.hash {
            return Err(ExportProblem::RowChanged { line: problem_line });
        }
        newest = (row.number, row.hash);
        held = following;
    }
    let tail: Tail = serde_json::from_str(&held).map_err(|_| ExportProblem::NotOne)?;
    if (tail.rows, tail.last, tail.hash) != (rows, newest.0, newest.1) {
        return Err(ExportProblem::Unsigned);
    }
    let key = VerifyingKey::from_bytes(&head.public_key).map_err(|_| ExportProblem::Unsigned)?;
    let mut head_line = first_line.into_bytes();
    head_line.push(b'\n');
    let signed = signed_bytes(&head_line, rows, newest);
    key.verify_strict(&signed, &Signature::from_bytes(&tail.signature))
        .map_err(|_| ExportProblem::Unsigned)?;
    Ok(JournalExport {
        rows,
        first: first.unsigned_abs(),
        last: newest.0.unsigned_abs(),
        fingerprint: fingerprint(&key),
    })
}

fn sign(key: &SigningKey, head: &[u8], rows: u64, newest: (i64, Hash)) -> [u8; 64] {
    key.sign(&signed_bytes(head, rows, newest)).to_bytes()
}

fn signed_bytes(head: &[u8], rows: u64, (number, hash): (i64, Hash)) -> Vec<u8> {
    let mut bytes = b"medibridge journal export v1".to_vec();
    bytes.extend(blake3::hash(head).as_bytes());
    bytes.extend(rows.to_le_bytes());
    bytes.extend(number.to_le_bytes());
    bytes.extend(hash);
    bytes
}

fn fingerprint(key: &VerifyingKey) -> String {
    use sha2::{Digest, Sha256};
    hex::encode(Sha256::digest(key.as_bytes()))
}

fn line(value: &impl Serialize) -> Result<Vec<u8>> {
    let mut bytes =
        serde_json::to_vec(value).map_err(|_| ClinicError::Internal("a line of the journal"))?;
    bytes.push(b'\n');
    Ok(bytes)
}
