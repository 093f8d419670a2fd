//! The outbox: reports on their way to people. Nothing is lost and nothing is silently sent twice.
//!
//! The rule: `sending` is durable before the first byte goes out, and `data_begun` before the first byte
//! of the content. Whoever crashes between them has sent nothing; whoever crashes later may have, and
//! that is said, not guessed. The Message-ID is fixed when the delivery is made and the same at each try.

// Everything of a delivery in one row; the index that leads and the clauses after it differ.
macro_rules! deliveries {
    ($from:literal, $($rest:literal),+ $(,)?) => {
        concat!(
            "SELECT e.key, e.id, r.id, r.number, p.id, v.name, e.revision, f.id, e.channel, e.recipient,
                    e.address, e.language, e.message_id, e.by, u.name, e.created, e.state, e.attempts,
                    e.data_begun, e.next_try, x.at, x.code
             FROM deliveries AS e ",
            $from,
            "
             CROSS JOIN reports AS r ON r.key = e.report
             CROSS JOIN heads AS p ON p.member = r.patient
             CROSS JOIN patient_versions AS v ON v.patient = p.key AND v.version = p.version
             CROSS JOIN users AS u ON u.id = e.by
             CROSS JOIN delivery_events AS x ON x.key =
                (SELECT max(key) FROM delivery_events WHERE delivery = e.key)
             LEFT JOIN report_files AS f ON f.key = e.file ",
            $($rest),+
        )
    };
}

mod attempt;
mod page;
mod send;

use std::fmt;

use basics::{DeliveryId, Language, PatientId, Phi, ReportId, Timestamp, UserId};
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};

pub use attempt::{AttemptEnd, BACK_OFF_S};
pub use page::{DeliveryFilter, Outbox};
pub use send::{HandedOver, NewDelivery};

pub(crate) use attempt::settle;
pub(crate) use send::supersede;

use super::{
    reports::{ReportFileId, number},
    services, sql,
};
use crate::{
    access::{Permission, Permit},
    error::{ClinicError, Result},
    write::find,
};

/// By what a report travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeliveryChannel {
    /// E-mail.
    Email,
    /// WhatsApp, through a provider.
    WhatsApp,
    /// A FHIR server.
    Fhir,
    /// Handed over in a live consultation.
    Consultation,
    /// On paper.
    Print,
}

/// Where a delivery stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeliveryState {
    /// To be sent, now or at the next try.
    Waiting,
    /// Being sent.
    Sending,
    /// The other side took it.
    Delivered,
    /// The content went out and the answer was lost: it may have arrived.
    Uncertain,
    /// It will not be tried again by itself.
    Failed,
    /// Somebody called it off.
    Cancelled,
}

/// A report on its way to one person by one channel.
#[derive(Clone, Debug)]
pub struct Delivery {
    /// Id.
    pub id: DeliveryId,
    /// Which report.
    pub report_id: ReportId,
    /// As people call it.
    pub report_number: String,
    /// Whose.
    pub patient_id: PatientId,
    /// The patient's name.
    pub patient_name: Phi<String>,
    /// Which revision.
    pub revision: u32,
    /// The sealed file.
    pub file_id: Option<ReportFileId>,
    /// By what.
    pub channel: DeliveryChannel,
    /// Shown name of whom it goes to; may be empty.
    pub recipient: Phi<String>,
    /// Where to: an e-mail address, a telephone number; may be empty where it was handed over.
    pub address: Phi<String>,
    /// Language of the covering text.
    pub language: Language,
    /// The same at each try.
    pub message_id: String,
    /// Who sends it.
    pub by: UserId,
    /// Shown name of that person.
    pub by_name: Phi<String>,
    /// When it was asked for.
    pub created: Timestamp,
    /// Where it stands.
    pub state: DeliveryState,
    /// Tries so far; also the number of the one that runs.
    pub attempts: u32,
    /// The content began to go out in the newest try.
    pub data_begun: bool,
    /// When it is tried next; none where it is not.
    pub next_try: Option<Timestamp>,
    /// When its state was last written.
    pub changed: Timestamp,
    /// Key of what happened last; empty where there is nothing to say.
    pub code: String,
}

/// Something that happened to a delivery.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeliveryEvent {
    /// Where it stood then.
    pub state: DeliveryState,
    /// Tries so far.
    pub attempt: u32,
    /// Key of why, e.g. `superseded`; empty where there is nothing to say.
    pub code: String,
    /// What the other side answered; it may name the address.
    pub answer: Phi<String>,
    /// Who did it; none where the program did.
    pub by: Option<UserId>,
    /// When.
    pub at: Timestamp,
}

/// How many deliveries stand where.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DeliveryCounts {
    /// To be sent.
    pub waiting: u32,
    /// Being sent.
    pub sending: u32,
    /// Delivered.
    pub delivered: u32,
    /// May have arrived.
    pub uncertain: u32,
    /// Failed.
    pub failed: u32,
}

impl DeliveryChannel {
    /// Whether the outbox sends it; the others are handed over by a person and only noted.
    pub fn is_sent(self) -> bool {
        matches!(self, Self::Email | Self::WhatsApp)
    }
}

impl DeliveryState {
    /// Every state.
    pub const ALL: [Self; 6] = [
        Self::Waiting,
        Self::Sending,
        Self::Delivered,
        Self::Uncertain,
        Self::Failed,
        Self::Cancelled,
    ];

    /// The one table of what may follow what.
    pub fn may_become(self, next: Self) -> bool {
        use DeliveryState::{Cancelled, Delivered, Failed, Sending, Uncertain, Waiting};
        matches!(
            (self, next),
            (Waiting, Sending | Cancelled)
                | (Sending, Delivered | Failed | Uncertain | Waiting)
                // The answer came after all, somebody asked, or it is sent again as the clinic set it.
                | (Uncertain, Delivered | Failed | Sending | Waiting | Cancelled)
                | (Failed, Waiting | Cancelled)
        )
    }

    /// How the record stores it.
    pub(crate) fn key(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Sending => "sending",
            Self::Delivered => "delivered",
            Self::Uncertain => "uncertain",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
        }
    }
}

impl fmt::Display for DeliveryState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.key())
    }
}

impl DeliveryCounts {
    /// From five columns.
    pub(super) fn read(row: &Row<'_>, at: usize) -> rusqlite::Result<Self> {
        Ok(Self {
            waiting: row.get(at)?,
            sending: row.get(at + 1)?,
            delivered: row.get(at + 2)?,
            uncertain: row.get(at + 3)?,
            failed: row.get(at + 4)?,
        })
    }
}

/// Who may read the outbox.
const READERS: [Permission; 2] = [Permission::SendReports, Permission::ReadReports];

/// A delivery as changes find it.
struct Found {
    key: i64,
    id: DeliveryId,
    report: ReportId,
    patient: PatientId,
    scan_key: i64,
    channel: DeliveryChannel,
    state: DeliveryState,
    attempts: u32,
    data_begun: bool,
}

impl Found {
    /// Whether it may be tried (again): an uncertain one only as the clinic set it.
    fn may_go_again(&self, db: &Connection) -> Result<()> {
        let email = self.channel == DeliveryChannel::Email;
        match self.state != DeliveryState::Uncertain || email && services::resends_uncertain(db)? {
            true => Ok(()),
            false => Err(ClinicError::Conflict {
                reason: "uncertain-stays",
            }),
        }
    }
}

/// The delivery, if the permit reaches its patient.
fn find_delivery(db: &Connection, permit: &Permit, id: DeliveryId) -> Result<Found> {
    let missing = || ClinicError::NotFound { what: "delivery" };
    let found = db
        .prepare_cached(
            "SELECT e.key, r.id, p.id, r.scan, e.channel, e.state, e.attempts, e.data_begun
             FROM deliveries AS e
             JOIN reports AS r ON r.key = e.report
             JOIN heads AS p ON p.member = r.patient
             WHERE e.id = ?1",
        )?
        .query_row([id.as_bytes()], |row| {
            Ok(Found {
                key: row.get(0)?,
                id,
                report: sql::id(row, 1)?,
                patient: sql::id(row, 2)?,
                scan_key: row.get(3)?,
                channel: sql::from_key(row, 4)?,
                state: sql::from_key(row, 5)?,
                attempts: row.get(6)?,
                data_begun: row.get(7)?,
            })
        })
        .optional()?
        .ok_or_else(missing)?;
    find(db, permit, found.patient).map_err(|error| match error {
        ClinicError::NotFound { .. } => missing(),
        error => error,
    })?;
    Ok(found)
}

/// The delivery, whoever asks: the caller has checked.
fn load(db: &Connection, id: DeliveryId) -> Result<Delivery> {
    let mut statement = db.prepare_cached(deliveries!("", "WHERE e.id = ?1"))?;
    Ok(statement.query_row([id.as_bytes()], |row| delivery(row).map(|(_, row)| row))?)
}

/// What a step of a delivery writes beside its state.
#[derive(Clone, Copy, Default)]
struct Note<'a> {
    code: &'a str,
    answer: &'a str,
    by: Option<[u8; 16]>,
    next_try: Option<i64>,
    /// A new try begins.
    begins: bool,
}

/// Moves a delivery on and writes down that it did.
///
/// # Errors
/// [`ClinicError::Conflict`] (`delivery-state`) where the table has no such step.
fn step(
    db: &Connection,
    found: &Found,
    next: DeliveryState,
    at: i64,
    note: Note<'_>,
) -> Result<()> {
    if !found.state.may_become(next) {
        return Err(ClinicError::Conflict {
            reason: "delivery-state",
        });
    }
    let attempt = found.attempts + u32::from(note.begins);
    // What went out of this try stays known; a new try begins with nothing gone out.
    let data_begun = found.data_begun && !note.begins;
    db.prepare_cached(
        "UPDATE deliveries SET state = ?2, attempts = ?3, data_begun = ?4, next_try = ?5 WHERE key = ?1",
    )?
    .execute(params![found.key, next.key(), attempt, data_begun, note.next_try])?;
    insert_event(db, found.key, next, attempt, at, note)
}

fn insert_event(
    db: &Connection,
    delivery: i64,
    state: DeliveryState,
    attempt: u32,
    at: i64,
    note: Note<'_>,
) -> Result<()> {
    db.prepare_cached(
        "INSERT INTO delivery_events (delivery, state, attempt, code, answer, by, at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?
    .execute(params![
        delivery,
        state.key(),
        attempt,
        note.code,
        note.answer,
        note.by,
        at
    ])?;
    Ok(())
}

fn delivery(row: &Row<'_>) -> rusqlite::Result<(i64, Delivery)> {
    let delivery = Delivery {
        id: sql::id(row, 1)?,
        report_id: sql::id(row, 2)?,
        report_number: number(row.get(3)?),
        patient_id: sql::id(row, 4)?,
        patient_name: sql::phi(row, 5)?,
        revision: row.get(6)?,
        file_id: sql::optional_id(row, 7)?,
        channel: sql::from_key(row, 8)?,
        recipient: sql::phi(row, 9)?,
        address: sql::phi(row, 10)?,
        language: sql::language(row, 11)?,
        message_id: row.get(12)?,
        by: sql::id(row, 13)?,
        by_name: sql::phi(row, 14)?,
        created: sql::moment(row, 15)?,
        state: sql::from_key(row, 16)?,
        attempts: row.get(17)?,
        data_begun: row.get(18)?,
        next_try: sql::optional_moment(row, 19)?,
        changed: sql::moment(row, 20)?,
        code: row.get(21)?,
    };
    Ok((row.get(0)?, delivery))
}
