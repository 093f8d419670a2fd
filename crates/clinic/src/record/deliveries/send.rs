//! What people do with deliveries: ask for one, call it off, ask again, say that it arrived, hand over.

use basics::{DeliveryId, Language, Phi, ReportId};
use rusqlite::{OptionalExtension, params};

use super::{
    Delivery, DeliveryChannel, DeliveryState, Note, find_delivery, insert_event, load, step,
};
use crate::{
    access::Permission,
    error::{ClinicError, Result},
    limits,
    record::{
        reports::{ReportFileId, ReportState},
        sql, worklist,
    },
    write::Change,
};

/// A report to be sent.
#[derive(Clone, Debug)]
pub struct NewDelivery {
    /// Made by the caller: asked for again under the same id, it is sent once.
    pub id: DeliveryId,
    /// Which report.
    pub report_id: ReportId,
    /// Its newest revision.
    pub revision: u32,
    /// The sealed file of that revision.
    pub file_id: ReportFileId,
    /// [`DeliveryChannel::Email`] or [`DeliveryChannel::WhatsApp`].
    pub channel: DeliveryChannel,
    /// Shown name of whom it goes to: at most 200 characters, may be empty.
    pub recipient: Phi<String>,
    /// Where to: 1–320 characters (RFC 3696, erratum 1690).
    pub address: Phi<String>,
    /// Language of the covering text.
    pub language: Language,
    /// The message's own id, 1–200 visible ASCII characters without patient data (RFC 5322, 3.6.4).
    pub message_id: String,
}

/// A report that a person handed over.
#[derive(Clone, Debug)]
pub struct HandedOver {
    /// Made by the caller: noted again under the same id, it is noted once.
    pub id: DeliveryId,
    /// Which report.
    pub report_id: ReportId,
    /// Its newest revision; with a file, also an older one that was released: it may be said late.
    pub revision: u32,
    /// The sealed file, where one was handed over.
    pub file_id: Option<ReportFileId>,
    /// [`DeliveryChannel::Consultation`], [`DeliveryChannel::Print`] or [`DeliveryChannel::Fhir`].
    pub channel: DeliveryChannel,
    /// Shown name of who got it: at most 200 characters, may be empty.
    pub recipient: Phi<String>,
    /// In which language.
    pub language: Language,
}

/// The longest address: 64 characters before the `@`, 255 after it.
const ADDRESS: usize = 320;

/// A revision that may leave the clinic.
struct Released {
    report: i64,
    scan_key: i64,
    file: Option<i64>,
}

impl Change<'_> {
    /// Puts a report into the outbox. The same id with the same content again is the delivery that is
    /// there already.
    ///
    /// # Errors
    /// [`ClinicError::Conflict`]: `not-final` while the report is a draft or preliminary, `revision`
    /// where a newer one was signed, `delivery-differs` where the id was used for something else,
    /// `message-id` where that was used before; [`ClinicError::NotFound`] for the report or a file of
    /// another revision; [`ClinicError::Invalid`]; the limits.
    pub fn send_report(&mut self, new: &NewDelivery) -> Result<Delivery> {
        self.needs(Permission::SendReports)?;
        check(new)?;
        let file = Some(new.file_id);
        let released = self.released(new.report_id, new.revision, file)?;
        if let Some(known) = self.asked_before(new, file)? {
            return Ok(known);
        }
        self.newest(released.report, new.revision)?;
        let used = "SELECT 1 FROM deliveries WHERE message_id = ?1";
        if self.db.prepare_cached(used)?.exists([&new.message_id])? {
            return Err(ClinicError::Conflict {
                reason: "message-id",
            });
        }
        let (state, at) = (DeliveryState::Waiting, self.at());
        self.insert_delivery(&released, new, Some(at), state)
    }

    /// Notes that a person handed a report over: it is delivered at once.
    ///
    /// # Errors
    /// As [`Change::send_report`].
    pub fn hand_over(&mut self, new: &HandedOver) -> Result<Delivery> {
        self.permit
            .needs_one_of(&[Permission::SendReports, Permission::HostConsultations])?;
        limits::short("recipient", new.recipient.expose())?;
        if new.channel.is_sent() {
            return Err(CHANNEL);
        }
        let released = self.released(new.report_id, new.revision, new.file_id)?;
        if new.file_id.is_none() {
            self.newest(released.report, new.revision)?;
        }
        let row = NewDelivery {
            id: new.id,
            report_id: new.report_id,
            revision: new.revision,
            file_id: new.file_id.unwrap_or_default(),
            channel: new.channel,
            recipient: new.recipient.clone(),
            address: Phi::new(String::new()),
            language: new.language,
            message_id: new.id.to_string(),
        };
        if let Some(known) = self.asked_before(&row, new.file_id)? {
            return Ok(known);
        }
        let delivery = self.insert_delivery(&released, &row, None, DeliveryState::Delivered)?;
        worklist::refresh(self.db, released.scan_key)?;
        Ok(delivery)
    }

    /// Calls off what was not delivered: it is not tried any more.
    ///
    /// # Errors
    /// [`ClinicError::Conflict`] (`delivery-state`) while it is being sent or where it is over;
    /// [`ClinicError::NotFound`].
    pub fn cancel_delivery(&mut self, id: DeliveryId) -> Result<Delivery> {
        self.needs(Permission::SendReports)?;
        let by = Some(self.by());
        let note = Note {
            by,
            ..Note::default()
        };
        self.move_delivery(id, DeliveryState::Cancelled, note)
    }

    /// Tries again, now, what failed or waits for its next try; what is uncertain only as the clinic set
    /// it. The Message-ID stays the same.
    ///
    /// # Errors
    /// [`ClinicError::Conflict`]: `uncertain-stays` where uncertain ones are not sent again, `revision`
    /// where a newer one was signed, `delivery-state`; [`ClinicError::NotFound`].
    pub fn retry_delivery(&mut self, id: DeliveryId) -> Result<Delivery> {
        self.needs(Permission::SendReports)?;
        let found = find_delivery(self.db, self.permit, id)?;
        found.may_go_again(self.db)?;
        let (report, revision): (i64, u32) = self
            .db
            .prepare_cached("SELECT report, revision FROM deliveries WHERE key = ?1")?
            .query_row([found.key], |row| Ok((row.get(0)?, row.get(1)?)))?;
        self.newest(report, revision)?;
        let (next_try, by) = (Some(self.at()), Some(self.by()));
        if found.state == DeliveryState::Waiting {
            // Its place in the schedule is all that changes.
            self.subject(found.patient);
            self.subject(found.report);
            self.subject(id);
            self.db
                .prepare_cached("UPDATE deliveries SET next_try = ?2 WHERE key = ?1")?
                .execute(params![found.key, next_try])?;
            return load(self.db, id);
        }
        let note = Note {
            code: "asked-again",
            by,
            next_try,
            ..Note::default()
        };
        self.move_delivery(id, DeliveryState::Waiting, note)
    }

    /// Somebody found out that an uncertain one arrived.
    ///
    /// # Errors
    /// [`ClinicError::Conflict`] (`delivery-state`) where it is not uncertain; [`ClinicError::NotFound`].
    pub fn confirm_delivery(&mut self, id: DeliveryId) -> Result<Delivery> {
        self.needs(Permission::SendReports)?;
        let found = find_delivery(self.db, self.permit, id)?;
        if found.state != DeliveryState::Uncertain {
            return Err(ClinicError::Conflict {
                reason: "delivery-state",
            });
        }
        let note = Note {
            code: "confirmed",
            by: Some(self.by()),
            ..Note::default()
        };
        let delivery = self.move_delivery(id, DeliveryState::Delivered, note)?;
        worklist::refresh(self.db, found.scan_key)?;
        Ok(delivery)
    }

    fn move_delivery(
        &mut self,
        id: DeliveryId,
        next: DeliveryState,
        note: Note<'_>,
    ) -> Result<Delivery> {
        let found = find_delivery(self.db, self.permit, id)?;
        self.subject(found.patient);
        self.subject(found.report);
        self.subject(id);
        step(self.db, &found, next, self.at(), note)?;
        load(self.db, id)
    }

    fn insert_delivery(
        &mut self,
        released: &Released,
        new: &NewDelivery,
        next_try: Option<i64>,
        state: DeliveryState,
    ) -> Result<Delivery> {
        self.db
            .prepare_cached(
                "INSERT INTO deliveries (id, report, revision, file, channel, recipient, address,
                                         language, message_id, by, created, state, next_try)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
            )?
            .execute(params![
                new.id.as_bytes(),
                released.report,
                new.revision,
                released.file,
                sql::key_of(&new.channel)?,
                new.recipient.expose(),
                new.address.expose(),
                new.language.tag(),
                new.message_id,
                self.by(),
                self.at(),
                state.key(),
                next_try
            ])?;
        let key = self.db.last_insert_rowid();
        let note = Note {
            by: Some(self.by()),
            ..Note::default()
        };
        insert_event(self.db, key, state, 0, self.at(), note)?;
        self.subject(new.id);
        load(self.db, new.id)
    }

    /// A revision of a report that may leave the clinic; report and patient become subjects.
    fn released(
        &mut self,
        id: ReportId,
        revision: u32,
        file: Option<ReportFileId>,
    ) -> Result<Released> {
        let found = self.report_for(id)?;
        if !found.state.is_released() {
            return Err(ClinicError::Conflict {
                reason: "not-final",
            });
        }
        let signed: Option<ReportState> = self
            .db
            .prepare_cached("SELECT state FROM signings WHERE report = ?1 AND revision = ?2")?
            .query_row(params![found.key, revision], |row| sql::from_key(row, 0))
            .optional()?;
        if !signed.is_some_and(ReportState::is_released) {
            return Err(ClinicError::Conflict { reason: "revision" });
        }
        let file = match file {
            None => None,
            Some(file) => Some(
                self.db
                    .prepare_cached(
                        "SELECT key FROM report_files
                         WHERE id = ?1 AND report = ?2 AND revision = ?3
                           AND vault_name IS NOT NULL",
                    )?
                    .query_row(params![file.as_bytes(), found.key, revision], |row| {
                        row.get(0)
                    })
                    .optional()?
                    .ok_or(ClinicError::NotFound { what: "file" })?,
            ),
        };
        Ok(Released {
            report: found.key,
            scan_key: found.scan_key,
            file,
        })
    }

    fn newest(&self, report: i64, revision: u32) -> Result<()> {
        let newest: u32 = self
            .db
            .prepare_cached("SELECT revision FROM reports WHERE key = ?1")?
            .query_row([report], |row| row.get(0))?;
        match newest == revision {
            true => Ok(()),
            false => Err(ClinicError::Conflict { reason: "revision" }),
        }
    }

    /// The delivery of this id, where it says the same.
    fn asked_before(
        &self,
        new: &NewDelivery,
        file: Option<ReportFileId>,
    ) -> Result<Option<Delivery>> {
        match find_delivery(self.db, self.permit, new.id) {
            Err(ClinicError::NotFound { .. }) => return Ok(None),
            known => known?,
        };
        let known = load(self.db, new.id)?;
        let same = known.report_id == new.report_id
            && known.revision == new.revision
            && known.file_id == file
            && known.channel == new.channel
            && known.address == new.address
            && known.language == new.language
            && known.message_id == new.message_id;
        match same {
            true => Ok(Some(known)),
            false => Err(ClinicError::Conflict {
                reason: "delivery-differs",
            }),
        }
    }
}

/// Cancels what waits of a report's older revisions: what is known to be out of date is not sent.
pub(crate) fn supersede(change: &mut Change<'_>, report: i64, newest: u32) -> Result<()> {
    let waiting: Vec<DeliveryId> = change
        .db
        .prepare_cached(
            "SELECT id FROM deliveries
             WHERE report = ?1 AND revision < ?2 AND state IN ('waiting', 'uncertain', 'failed')",
        )?
        .query_map(params![report, newest], |row| sql::id(row, 0))?
        .collect::<rusqlite::Result<_>>()?;
    for id in waiting {
        let found = find_delivery(change.db, change.permit, id)?;
        let note = Note {
            code: "superseded",
            by: Some(change.by()),
            ..Note::default()
        };
        match found.state {
            DeliveryState::Waiting => {
                change.subject(id);
                step(
                    change.db,
                    &found,
                    DeliveryState::Cancelled,
                    change.at(),
                    note,
                )?;
            }
            // What went out, or may have, stays as it is known; it is only not tried any more.
            _ => {
                change
                    .db
                    .prepare_cached("UPDATE deliveries SET next_try = NULL WHERE key = ?1")?
                    .execute([found.key])?;
            }
        }
    }
    Ok(())
}

const CHANNEL: ClinicError = ClinicError::Invalid {
    field: "channel",
    rule: "channel",
};

fn check(new: &NewDelivery) -> Result<()> {
    let invalid = |field, rule| Err(ClinicError::Invalid { field, rule });
    limits::short("recipient", new.recipient.expose())?;
    limits::name("message_id", &new.message_id)?;
    limits::characters("address", new.address.expose(), ADDRESS)?;
    if !new.channel.is_sent() {
        return Err(CHANNEL);
    }
    if new.address.expose().trim().is_empty() {
        return invalid("address", "required");
    }
    // A line break would begin another header.
    let broken = |text: &str| text.chars().any(char::is_control);
    if broken(new.address.expose()) || broken(new.recipient.expose()) {
        return invalid("address", "no-control-characters");
    }
    match new.message_id.bytes().all(|byte| byte.is_ascii_graphic()) {
        true => Ok(()),
        false => invalid("message_id", "visible-ascii"),
    }
}
