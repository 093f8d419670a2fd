//! Reading the outbox: lists, what is due, what happened.

use basics::{DeliveryId, PatientId, ReportId, Timestamp};
use rusqlite::{OptionalExtension, params};

use super::{
    Delivery, DeliveryChannel, DeliveryEvent, DeliveryState, READERS, delivery, find_delivery, load,
};
use crate::{
    Clinic,
    access::{Permission, Permit},
    error::Result,
    limits,
    record::{
        patients::{self, Page},
        reports::find_report,
        services, sql,
    },
    write::find,
};

/// Which deliveries a list shows.
#[derive(Clone, Debug, Default)]
pub struct DeliveryFilter {
    /// Only this report's.
    pub report_id: Option<ReportId>,
    /// Only this patient's.
    pub patient_id: Option<PatientId>,
    /// Only those that the asker sends.
    pub only_mine: bool,
    /// Only those that stand so; empty for all.
    pub states: Vec<DeliveryState>,
}

/// The outbox in short, as far as the permit reaches.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outbox {
    /// To be sent.
    pub waiting: u32,
    /// Being sent.
    pub sending: u32,
    /// May have arrived.
    pub uncertain: u32,
    /// Failed.
    pub failed: u32,
}

// The filters that no index serves, the same for each way to walk.
macro_rules! page {
    ($from:literal, $lead:literal) => {
        deliveries!(
            $from,
            "WHERE e.state = ?1 AND e.key < ?2 AND ",
            $lead,
            "  AND (?3 IS NULL OR p.key = ?3)
               AND (?4 IS NULL OR e.by = ?4)
               AND (?5 IS NULL OR e.report = ?5)
               AND (?6 OR p.restricted = 0 OR p.treating = ?7)
             ORDER BY e.key DESC LIMIT ?8"
        )
    };
}
const BY_STATE: &str = page!("INDEXED BY deliveries_by_state", "1");
const BY_REPORT: &str = page!("INDEXED BY deliveries_by_report", "e.report = ?5");

impl Clinic {
    /// A page of deliveries, newest first.
    ///
    /// # Errors
    /// [`crate::ClinicError::NotFound`] for the report or patient of the filter;
    /// [`crate::ClinicError::Invalid`] for a cursor or limit that is none.
    pub fn deliveries(
        &self,
        permit: &Permit,
        filter: &DeliveryFilter,
        cursor: Option<&str>,
        limit: u32,
    ) -> Result<Page<Delivery>> {
        permit.needs_one_of(&READERS)?;
        let limit = limits::page(limit)?;
        let before: i64 = cursor.map_or(Ok(i64::MAX), |cursor| sql::number("cursor", cursor))?;
        let (all, me) = patients::listed_of(permit, filter.patient_id)?;
        let store = self.store()?;
        let reader = store.readers.borrow()?;
        // Every run sees the same moment.
        let db = reader.db()?.unchecked_transaction()?;
        let patient = match filter.patient_id {
            None => None,
            Some(id) => Some(find(&db, permit, id)?.key),
        };
        let report = match filter.report_id {
            None => None,
            Some(id) => Some(find_report(&db, permit, id)?.key),
        };
        // Whoever may see the report may see where it went.
        let all = all || report.is_some();
        let mine = filter.only_mine.then_some(me);
        let text = if report.is_some() {
            BY_REPORT
        } else {
            BY_STATE
        };
        let asked =
            |state: &DeliveryState| filter.states.is_empty() || filter.states.contains(state);
        let mut rows = Vec::new();
        let mut statement = db.prepare_cached(text)?;
        for state in DeliveryState::ALL.iter().filter(|state| asked(state)) {
            let run = statement.query_map(
                params![
                    state.key(),
                    before,
                    patient,
                    mine,
                    report,
                    all,
                    me,
                    limit + 1
                ],
                delivery,
            )?;
            rows.extend(run.collect::<rusqlite::Result<Vec<_>>>()?);
        }
        rows.sort_unstable_by_key(|(key, _)| std::cmp::Reverse(*key));
        let page = sql::page(rows, limit, |(key, _)| key.to_string());
        Ok(Page {
            rows: page.rows.into_iter().map(|(_, row)| row).collect(),
            next: page.next,
        })
    }

    /// A delivery.
    ///
    /// # Errors
    /// [`crate::ClinicError::NotFound`] where there is none or the permit does not reach its patient.
    pub fn delivery(&self, permit: &Permit, id: DeliveryId) -> Result<Delivery> {
        permit.needs_one_of(&READERS)?;
        let store = self.store()?;
        let reader = store.readers.borrow()?;
        let db = reader.db()?;
        find_delivery(db, permit, id)?;
        load(db, id)
    }

    /// What happened to a delivery, oldest first.
    ///
    /// # Errors
    /// As [`Clinic::delivery`].
    pub fn delivery_events(&self, permit: &Permit, id: DeliveryId) -> Result<Vec<DeliveryEvent>> {
        permit.needs_one_of(&READERS)?;
        let store = self.store()?;
        let reader = store.readers.borrow()?;
        let db = reader.db()?;
        let found = find_delivery(db, permit, id)?;
        let mut statement = db.prepare_cached(
            "SELECT state, attempt, code, answer, by, at FROM delivery_events
             WHERE delivery = ?1 ORDER BY key",
        )?;
        let events = statement.query_map([found.key], |row| {
            Ok(DeliveryEvent {
                state: sql::from_key(row, 0)?,
                attempt: row.get(1)?,
                code: row.get(2)?,
                answer: sql::phi(row, 3)?,
                by: sql::optional_id(row, 4)?,
                at: sql::moment(row, 5)?,
            })
        })?;
        Ok(events.collect::<rusqlite::Result<_>>()?)
    }

    /// What is to be sent now by one channel, the longest due first: what waits, and what is uncertain
    /// where the clinic set that it is sent again.
    ///
    /// # Errors
    /// [`crate::ClinicError::Invalid`] for a limit that is none.
    pub fn due_deliveries(
        &self,
        permit: &Permit,
        channel: DeliveryChannel,
        limit: u32,
    ) -> Result<Vec<Delivery>> {
        permit.needs(Permission::SendReports)?;
        let limit = limits::page(limit)?;
        let (all, me) = patients::listed(permit)?;
        let store = self.store()?;
        let reader = store.readers.borrow()?;
        let db = reader.db()?;
        let mut statement = db.prepare_cached(deliveries!(
            "INDEXED BY deliveries_due",
            "WHERE e.next_try <= ?1
               AND (e.state = 'waiting' OR (e.state = 'uncertain' AND e.channel = 'email' AND ?2))
               AND (?3 OR p.restricted = 0 OR p.treating = ?4)
               AND e.channel = ?5
             ORDER BY e.next_try, e.key LIMIT ?6"
        ))?;
        let again = services::resends_uncertain(db)?;
        let now = self.now().as_millisecond();
        let due = statement.query_map(
            params![now, again, all, me, sql::key_of(&channel)?, limit],
            delivery,
        )?;
        Ok(due
            .map(|row| row.map(|(_, row)| row))
            .collect::<rusqlite::Result<_>>()?)
    }

    /// When something is due next; none where nothing waits.
    ///
    /// # Errors
    /// [`crate::ClinicError::WrongPermit`]; [`crate::ClinicError::Locked`].
    pub fn next_delivery(&self, permit: &Permit) -> Result<Option<Timestamp>> {
        permit.needs(Permission::SendReports)?;
        let (all, me) = patients::listed(permit)?;
        let store = self.store()?;
        let reader = store.readers.borrow()?;
        let db = reader.db()?;
        let next = db
            .prepare_cached(
                "SELECT e.next_try FROM deliveries AS e INDEXED BY deliveries_due
                 CROSS JOIN reports AS r ON r.key = e.report
                 CROSS JOIN heads AS p ON p.member = r.patient
                 WHERE e.next_try IS NOT NULL
                   AND (e.state = 'waiting' OR (e.state = 'uncertain' AND e.channel = 'email' AND ?1))
                   AND (?2 OR p.restricted = 0 OR p.treating = ?3)
                 ORDER BY e.next_try LIMIT 1",
            )?
            .query_row(params![services::resends_uncertain(db)?, all, me], |row| {
                sql::moment(row, 0)
            })
            .optional()?;
        Ok(next)
    }

    /// The outbox in short.
    ///
    /// # Errors
    /// [`crate::ClinicError::WrongPermit`]; [`crate::ClinicError::Locked`].
    pub fn outbox(&self, permit: &Permit) -> Result<Outbox> {
        permit.needs_one_of(&READERS)?;
        let (all, me) = patients::listed(permit)?;
        let store = self.store()?;
        let reader = store.readers.borrow()?;
        let mut statement = reader.db()?.prepare_cached(
            "SELECT count(*) FROM deliveries AS e INDEXED BY deliveries_by_state
             CROSS JOIN reports AS r ON r.key = e.report
             CROSS JOIN heads AS p ON p.member = r.patient
             WHERE e.state = ?1 AND (?2 OR p.restricted = 0 OR p.treating = ?3)",
        )?;
        let mut count = |state: DeliveryState| {
            statement.query_row(params![state.key(), all, me], |row| row.get(0))
        };
        Ok(Outbox {
            waiting: count(DeliveryState::Waiting)?,
            sending: count(DeliveryState::Sending)?,
            uncertain: count(DeliveryState::Uncertain)?,
            failed: count(DeliveryState::Failed)?,
        })
    }
}
