//! Break-glass: a doctor opens one restricted record for one hour, with the password and a reason. Each
//! opening is a review task that another person must answer and nobody can take away.

pub(crate) mod clock;
mod open;
mod review;

use basics::{PatientId, Phi, Timestamp, UserId};
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};

use super::{patients, sql};
use crate::{
    Clinic,
    access::{Opened, Permission, Permit},
    clinic::lock_of,
    error::{ClinicError, Result},
    journal::Subject,
};
pub(crate) use clock::Run;
use clock::{Kept, Stand};
pub use open::{SealedPatient, Wanted};
pub use review::{OpeningFilter, OpeningsWaiting};

#[doc(hidden)]
pub enum OpeningKind {}
/// One opening of a restricted record.
pub type OpeningId = basics::Id<OpeningKind>;

impl From<OpeningId> for Subject {
    fn from(id: OpeningId) -> Self {
        Self::of("break_glass", *id.as_bytes())
    }
}

/// Why a record was opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BreakReason {
    /// Danger to life or health.
    Emergency,
    /// The treating doctor cannot be reached.
    TreatingAbsent,
    /// The patient asks this doctor for help.
    PatientAsks,
    /// The law asks for it.
    Law,
    /// As the words say.
    Other,
}

/// How an opening ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum End {
    /// The hour was over.
    Time,
    /// The person ended it.
    Person,
    /// The person opened another record.
    Another,
    /// The computer's clock was put back meanwhile.
    Clock,
}

/// What a review found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReviewOutcome {
    /// It was right to open the record.
    Justified,
    /// It was not.
    NotJustified,
}

/// An administrator's answer.
#[derive(Clone, Debug)]
pub struct Review {
    /// What was found.
    pub outcome: ReviewOutcome,
    /// In words.
    pub words: Phi<String>,
    /// By whom.
    pub by: UserId,
    /// Their shown name.
    pub by_name: Phi<String>,
    /// When.
    pub at: Timestamp,
}

/// An opening, with nothing of the record itself.
#[derive(Clone, Debug)]
pub struct Opening {
    /// Id.
    pub id: OpeningId,
    /// Who opened.
    pub user: UserId,
    /// Their shown name.
    pub user_name: Phi<String>,
    /// Whose record.
    pub patient_id: PatientId,
    /// The clinic's number of that patient.
    pub patient_number: String,
    /// Why, from the list.
    pub reason: BreakReason,
    /// Why, in words.
    pub words: Phi<String>,
    /// When.
    pub opened: Timestamp,
    /// How and when it ended; none while it lasts.
    pub ended: Option<(End, Timestamp)>,
    /// Rows of the journal that were written under it.
    pub acts: u32,
    /// The review; none while it is to be done.
    pub review: Option<Review>,
}

/// The opening that lasts, for whoever opened.
#[derive(Clone, Debug)]
pub struct OwnOpening {
    /// Id.
    pub id: OpeningId,
    /// Whose record.
    pub patient_id: PatientId,
    /// The clinic's number.
    pub patient_number: String,
    /// Shown name.
    pub patient_name: Phi<String>,
    /// What is left of the hour.
    pub left: std::time::Duration,
}

/// An opening that nobody wrote an end of.
struct Lasting {
    key: i64,
    id: OpeningId,
    patient: PatientId,
    patient_key: i64,
    user: UserId,
    kept: Kept,
}

macro_rules! lasting_rows {
    ($rest:literal) => {
        concat!(
            "SELECT b.key, b.id, p.id, p.key, b.user, b.opened, c.spent, c.seen
             FROM break_glass AS b
             JOIN break_glass_clock AS c ON c.opening = b.key
             JOIN patients AS m ON m.key = b.patient JOIN patients AS p ON p.key = m.head
             WHERE NOT EXISTS (SELECT 1 FROM break_glass_ends WHERE opening = b.key) ",
            $rest
        )
    };
}

use lasting_rows;

/// The opening that a session of this person carries now.
pub(crate) fn opened_by(clinic: &Clinic, db: &Connection, user: UserId) -> Result<Option<Opened>> {
    let Some((lasting, left)) = lasting_of(clinic, db, user)? else {
        return Ok(None);
    };
    let until = std::time::Instant::now() + left;
    Ok(Some(Opened::new(lasting.id, lasting.patient, until)))
}

fn lasting_of(
    clinic: &Clinic,
    db: &Connection,
    user: UserId,
) -> Result<Option<(Lasting, std::time::Duration)>> {
    let newest = db
        .prepare_cached(lasting_rows!("AND b.user = ?1 ORDER BY b.key DESC LIMIT 1"))?
        .query_row([user.as_bytes()], lasting)
        .optional()?;
    Ok(newest.and_then(|one| {
        let left = clinic.stand_of(&one).left()?;
        Some((one, left))
    }))
}

impl Clinic {
    /// How an opening stands; what this process counts goes on from here.
    fn stand_of(&self, lasting: &Lasting) -> Stand {
        let mut runs = lock_of(&self.inner.openings);
        let run = runs.get(&lasting.id).map(Run::spent);
        let stand = clock::stand(lasting.kept, self.now().as_millisecond(), run);
        if let Stand::Open(spent) = stand {
            runs.insert(lasting.id, Run::new(spent));
        }
        stand
    }

    /// The asker's own opening, while it lasts.
    ///
    /// # Errors
    /// [`ClinicError::WrongPermit`]; [`ClinicError::Locked`].
    pub fn own_opening(&self, permit: &Permit) -> Result<Option<OwnOpening>> {
        permit.needs(Permission::BreakGlass)?;
        let store = self.store()?;
        let reader = store.readers.borrow()?;
        let db = reader.db()?;
        let Some((lasting, left)) = lasting_of(self, db, permit.user())? else {
            return Ok(None);
        };
        let patient = patients::load(db, lasting.patient)?;
        Ok(Some(OwnOpening {
            id: lasting.id,
            patient_id: lasting.patient,
            patient_number: patients::number(lasting.patient_key),
            patient_name: patient.details.name,
            left,
        }))
    }

    /// Writes down which openings are over and how much of the others is spent; says whether any ended.
    /// Call it every few seconds; a permit ends by itself and waits for nobody.
    ///
    /// # Errors
    /// [`ClinicError::Locked`]; disk errors.
    pub fn settle_break_glass(&self) -> Result<bool> {
        let store = self.store()?;
        let all = {
            let reader = store.readers.borrow()?;
            let mut statement = reader
                .db()?
                .prepare_cached(lasting_rows!("ORDER BY b.key"))?;
            let rows = statement.query_map([], lasting)?;
            rows.collect::<rusqlite::Result<Vec<_>>>()?
        };
        let mut ended = false;
        for one in all {
            match self.stand_of(&one) {
                Stand::Over(how) => {
                    ended |= open::end_by_itself(self, &store, &one, how)?;
                }
                Stand::Open(spent) if one.kept.is_old(spent) => {
                    let now = self.now().as_millisecond();
                    store.upkeep(|db| {
                        // What was seen only goes on, too: it is how a clock that was put back shows.
                        let sql = "UPDATE break_glass_clock SET spent = max(spent, ?2), seen = max(seen, ?3)
                                   WHERE opening = ?1";
                        db.execute(sql, params![one.key, spent, now])?;
                        Ok::<_, ClinicError>(())
                    })?;
                }
                Stand::Open(_) => {}
            }
        }
        Ok(ended)
    }
}

fn lasting(row: &Row<'_>) -> rusqlite::Result<Lasting> {
    Ok(Lasting {
        key: row.get(0)?,
        id: sql::id(row, 1)?,
        patient: sql::id(row, 2)?,
        patient_key: row.get(3)?,
        user: sql::id(row, 4)?,
        kept: Kept {
            opened: row.get(5)?,
            spent: row.get(6)?,
            seen: row.get(7)?,
        },
    })
}
