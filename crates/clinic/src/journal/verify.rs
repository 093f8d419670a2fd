//! Is the journal whole? Recomputes every hash, then asks the signed head and the anchor.

use std::time::Instant;

use ed25519_dalek::VerifyingKey;
use rusqlite::{Connection, OptionalExtension};

use super::{
    anchor::{Anchor, Head},
    chain::{self, Entry, Hash, START},
};
use crate::error::Result;

/// What is wrong with a journal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    /// A row's content does not give its hash.
    RowChanged,
    /// A number is missing, or rows stand in another order.
    Gap,
    /// The head is not signed by this record's key.
    HeadUnsigned,
    /// The head is not the last row: the tail was dropped or rewritten.
    HeadDiffers,
    /// The list of subjects does not match the rows.
    SubjectsDiffer,
    /// There is no anchor that this record's key signed.
    AnchorMissing,
    /// The anchor knows later rows: the database was put back to an older copy.
    RolledBack,
    /// The anchored row has another hash: the journal was rewritten.
    AnchorDiffers,
}

impl Problem {
    /// Key of the sentence in the catalogue (`journal.<key>`).
    pub fn key(self) -> &'static str {
        match self {
            Self::RowChanged => "row-changed",
            Self::Gap => "gap",
            Self::HeadUnsigned => "head-unsigned",
            Self::HeadDiffers => "head-differs",
            Self::SubjectsDiffer => "subjects-differ",
            Self::AnchorMissing => "anchor-missing",
            Self::RolledBack => "rolled-back",
            Self::AnchorDiffers => "anchor-differs",
        }
    }
}

/// The result of a check.
#[derive(Clone, Debug)]
pub struct JournalReport {
    /// Rows checked.
    pub rows: u64,
    /// What is wrong, first found; none where everything holds.
    pub problem: Option<Problem>,
    /// First row in doubt.
    pub first_bad: Option<u64>,
    /// Milliseconds taken.
    pub ms: f64,
}

impl JournalReport {
    /// Every row, every link, the signed head and the anchor hold.
    pub fn is_intact(&self) -> bool {
        self.problem.is_none()
    }
}

/// Rows between two words about how far it is.
const TOLD_EVERY: u64 = 20_000;

/// Checks everything.
pub(crate) fn verify(
    db: &Connection,
    key: &VerifyingKey,
    anchor: &Anchor,
) -> Result<JournalReport> {
    verify_with(db, key, anchor, &mut |_, _| {})
}

/// Checks everything, and says how far it is.
pub(crate) fn verify_with(
    db: &Connection,
    key: &VerifyingKey,
    anchor: &Anchor,
    told: &mut dyn FnMut(u64, u64),
) -> Result<JournalReport> {
    let started = Instant::now();
    // Read before the rows: it is then never ahead of them on a healthy record.
    let anchored = anchor.read(key)?;
    // One snapshot for rows, subjects and head, whatever is written meanwhile.
    let snapshot = db.unchecked_transaction()?;
    let mut walk = Walk::new(anchored);
    let found = match walk.rows(&snapshot, told)? {
        None => walk.ends(&snapshot, key)?,
        found => found,
    };
    Ok(JournalReport {
        rows: walk.rows,
        problem: found.map(|(problem, _)| problem),
        first_bad: found.and_then(|(_, row)| u64::try_from(row).ok()),
        ms: started.elapsed().as_secs_f64() * 1000.0,
    })
}

/// Whether head and anchor fit the last rows; cheap, for each opening.
pub(crate) fn verify_ends(
    db: &Connection,
    key: &VerifyingKey,
    anchor: &Anchor,
) -> Result<Option<Problem>> {
    let Some(anchored) = anchor.read(key)? else {
        return Ok(Some(Problem::AnchorMissing));
    };
    let Some(head) = head(db)? else {
        return Ok(Some(Problem::HeadDiffers));
    };
    if !head.signed(key, &anchored.workstation) {
        return Ok(Some(Problem::HeadUnsigned));
    }
    if head.number < anchored.number {
        return Ok(Some(Problem::RolledBack));
    }
    let hash_of = |number: i64| {
        db.query_row(
            "SELECT hash FROM journal WHERE number = ?1",
            [number],
            |row| row.get::<_, Hash>(0),
        )
        .optional()
    };
    if hash_of(head.number)? != Some(head.hash) {
        return Ok(Some(Problem::HeadDiffers));
    }
    Ok((hash_of(anchored.number)? != Some(anchored.hash)).then_some(Problem::AnchorDiffers))
}

struct Walk {
    anchored: Option<Head>,
    anchored_hash: Option<Hash>,
    rows: u64,
    last: Hash,
    last_number: i64,
    workstation: [u8; 16],
    subjects: Multiset,
}

type Found = Option<(Problem, i64)>;

impl Walk {
    fn new(anchored: Option<Head>) -> Self {
        Self {
            anchored,
            anchored_hash: None,
            rows: 0,
            last: START,
            last_number: 0,
            workstation: [0; 16],
            subjects: Multiset::default(),
        }
    }

    fn rows(&mut self, db: &Connection, told: &mut dyn FnMut(u64, u64)) -> Result<Found> {
        let all = head(db)?.map_or(0, |head| head.number.unsigned_abs());
        let mut statement = db.prepare(
            "SELECT number, at, workstation, user, verb, subjects, outcome, code, hash
             FROM journal ORDER BY number",
        )?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let number: i64 = row.get(0)?;
            if number != self.last_number + 1 {
                return Ok(Some((Problem::Gap, self.last_number + 1)));
            }
            let bad = Ok(Some((Problem::RowChanged, number)));
            // A column of another type was changed, too.
            let (Ok(workstation), Ok(user), Ok(verb), Ok(subjects), Ok(code), Ok(hash)) = (
                row.get_ref(2)?.as_blob(),
                row.get_ref(3)?.as_blob_or_null(),
                row.get_ref(4)?.as_str(),
                row.get_ref(5)?.as_str(),
                row.get_ref(7)?.as_str_or_null(),
                row.get_ref(8)?.as_blob(),
            ) else {
                return bad;
            };
            let (at, outcome) = (row.get(1)?, row.get(6)?);
            let entry = Entry {
                number,
                at,
                workstation,
                user,
                verb,
                subjects,
                outcome,
                code,
            };
            let computed = entry.hash(&self.last);
            if hash != computed {
                return bad;
            }
            let mut ids: Vec<_> = chain::ids(subjects).collect();
            ids.sort_unstable();
            ids.dedup();
            ids.iter().for_each(|id| self.subjects.add(id, number));
            if self
                .anchored
                .is_some_and(|anchored| anchored.number == number)
            {
                self.anchored_hash = Some(computed);
            }
            self.workstation = workstation.try_into().unwrap_or_default();
            (self.last, self.last_number) = (computed, number);
            self.rows += 1;
            if self.rows.is_multiple_of(TOLD_EVERY) {
                told(self.rows, all);
            }
        }
        Ok(None)
    }

    fn ends(&self, db: &Connection, key: &VerifyingKey) -> Result<Found> {
        let after = self.last_number + 1;
        let Some(head) = head(db)? else {
            return Ok(Some((Problem::HeadDiffers, after)));
        };
        if !head.signed(key, &self.workstation) {
            return Ok(Some((Problem::HeadUnsigned, head.number)));
        }
        if (head.number, head.hash) != (self.last_number, self.last) {
            return Ok(Some((Problem::HeadDiffers, after.min(head.number))));
        }
        let Some(anchored) = self.anchored else {
            return Ok(Some((Problem::AnchorMissing, after)));
        };
        if anchored.number > self.last_number {
            return Ok(Some((Problem::RolledBack, after)));
        }
        if self.anchored_hash != Some(anchored.hash) {
            return Ok(Some((Problem::AnchorDiffers, anchored.number)));
        }
        let mut listed = Multiset::default();
        let mut statement = db.prepare("SELECT subject, number FROM journal_subjects")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            listed.add(row.get_ref(0)?.as_blob().unwrap_or_default(), row.get(1)?);
        }
        Ok((listed != self.subjects).then_some((Problem::SubjectsDiffer, 1)))
    }
}

/// A sum of hashes: the same for the same pairs in any order.
#[derive(Default, PartialEq, Eq)]
struct Multiset(u128, u64);

impl Multiset {
    fn add(&mut self, subject: &[u8], number: i64) {
        let mut bytes = [0; 24];
        let len = subject.len().min(16);
        bytes[..len].copy_from_slice(&subject[..len]);
        bytes[16..].copy_from_slice(&number.to_le_bytes());
        let hash = blake3::hash(&bytes);
        let half: [u8; 16] = std::array::from_fn(|at| hash.as_bytes()[at]);
        self.0 = self.0.wrapping_add(u128::from_le_bytes(half));
        self.1 += 1;
    }
}

struct StoredHead {
    number: i64,
    hash: Hash,
    signature: [u8; 64],
}

impl StoredHead {
    fn signed(&self, key: &VerifyingKey, workstation: &[u8; 16]) -> bool {
        let (number, hash, signature) = (self.number, self.hash, self.signature);
        Head {
            workstation: *workstation,
            number,
            hash,
            signature,
        }
        .is_signed_by(key)
    }
}

fn head(db: &Connection) -> Result<Option<StoredHead>> {
    let sql = "SELECT number, hash, signature FROM journal_head WHERE id = 1";
    let row = db.query_row(sql, [], |row| {
        Ok((
            row.get(0)?,
            row.get::<_, Vec<u8>>(1)?,
            row.get::<_, Vec<u8>>(2)?,
        ))
    });
    let Some((number, hash, signature)) = row.optional()? else {
        return Ok(None);
    };
    let (Ok(hash), Ok(signature)) = (hash.try_into(), signature.try_into()) else {
        return Ok(None);
    };
    Ok(Some(StoredHead {
        number,
        hash,
        signature,
    }))
}
