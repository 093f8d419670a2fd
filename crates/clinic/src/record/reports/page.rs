//! Lists of reports, newest first, and what is left to do.
//!
//! One run through an index for each state that is asked for; the runs are merged. So a page costs the
//! same however many reports there are, and however rare the states are.

use std::cmp::Reverse;

use basics::{Language, PatientId, Phi, ReportId, ScanId, StudyId, Timestamp, UserId};
use rusqlite::{Row, params};

use super::{DraftKind, READERS, ReportState, number};
use crate::{
    Clinic,
    access::{Permission, Permit, Reach},
    error::Result,
    limits,
    record::{
        deliveries::DeliveryCounts,
        patients::{self, Page, Sex},
        scans::find_scan,
        sql, words,
    },
    write::find,
};

/// Which reports a list shows.
#[derive(Clone, Debug, Default)]
pub struct ReportFilter {
    /// Only this patient's; a patient's account sees its own whatever stands here.
    pub patient_id: Option<PatientId>,
    /// Only those about this scan.
    pub scan_id: Option<ScanId>,
    /// Only the asker's own, for a doctor.
    pub author_me: bool,
    /// Only those that stand so; empty for all.
    pub states: Vec<ReportState>,
    /// Only those with an open draft, or without one.
    pub open: Option<bool>,
    /// Words of the patient's name, a patient's number, or a report's, e.g. `R-000123`; empty for all.
    pub text: String,
}

/// A report in a list.
#[derive(Clone, Debug)]
pub struct ReportRow {
    /// Id.
    pub id: ReportId,
    /// As people call it; none while nothing was signed.
    pub number: Option<String>,
    /// What lists call it: as signed last, else as the draft says.
    pub title: Phi<String>,
    /// Whose.
    pub patient_id: PatientId,
    /// The clinic's own number of the patient.
    pub patient_number: String,
    /// The patient's name.
    pub patient_name: Phi<String>,
    /// Birth date.
    pub birth_date: Option<Phi<String>>,
    /// Sex.
    pub sex: Sex,
    /// Restricted record.
    pub restricted: bool,
    /// Invented person.
    pub demo: bool,
    /// About which scan.
    pub scan_id: ScanId,
    /// Of which study.
    pub study_id: StudyId,
    /// DICOM modality; `OT` for plain pictures.
    pub modality: String,
    /// `YYYY-MM-DD` of the study.
    pub study_date: Option<String>,
    /// Who writes and signs it.
    pub author: UserId,
    /// Shown name of that person.
    pub author_name: Phi<String>,
    /// Language of its headings.
    pub language: Language,
    /// Where it stands.
    pub state: ReportState,
    /// Signings so far.
    pub revision: u32,
    /// The open draft; none where there is none, or for its patient.
    pub open: Option<DraftKind>,
    /// When it was begun.
    pub created: Timestamp,
    /// When it was signed last.
    pub signed: Option<Timestamp>,
    /// When it was begun, written in or signed, whichever was last.
    pub changed: Timestamp,
    /// Its deliveries; all zero for its patient.
    pub deliveries: DeliveryCounts,
}

/// What waits for the asker.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ReportsToDo {
    /// Their own open drafts.
    pub drafts: u32,
    /// Their own preliminary reports without an open draft.
    pub preliminary: u32,
    /// Deliveries that they asked for and that may or may not have arrived.
    pub uncertain: u32,
    /// Deliveries that they asked for and that failed.
    pub failed: u32,
}

// One statement for each index that can lead; the other filters are applied on the way.
macro_rules! reports {
    ($index:literal, $lead:literal) => {
        concat!(
            "SELECT r.key, r.id, r.number, coalesce(r.title, d.title), p.id, p.key, v.name, v.birth_date,
                    v.sex, p.restricted, p.demo, s.id, t.id, s.modality, t.date, r.author, u.name,
                    r.language, r.state, r.revision, d.kind, r.created, r.signed, d.saved,
                    (SELECT count(*) FROM deliveries INDEXED BY deliveries_by_report
                     WHERE report = r.key AND state = 'waiting'),
                    (SELECT count(*) FROM deliveries INDEXED BY deliveries_by_report
                     WHERE report = r.key AND state = 'sending'),
                    (SELECT count(*) FROM deliveries INDEXED BY deliveries_by_report
                     WHERE report = r.key AND state = 'delivered'),
                    (SELECT count(*) FROM deliveries INDEXED BY deliveries_by_report
                     WHERE report = r.key AND state = 'uncertain'),
                    (SELECT count(*) FROM deliveries INDEXED BY deliveries_by_report
                     WHERE report = r.key AND state = 'failed')
             FROM reports AS r INDEXED BY ", $index, "
             CROSS JOIN heads AS p ON p.member = r.patient
             CROSS JOIN scans AS s ON s.key = r.scan
             CROSS JOIN studies AS t ON t.key = s.study
             CROSS JOIN patient_versions AS v ON v.patient = p.key AND v.version = p.version
             CROSS JOIN users AS u ON u.id = r.author
             LEFT JOIN drafts AS d ON d.report = r.key
             WHERE r.state = ?1 AND r.key < ?2 AND ", $lead, "
               AND (?3 IS NULL OR p.key = ?3)
               AND (?4 IS NULL OR r.scan = ?4)
               AND (?5 IS NULL OR r.author = ?5)
               AND (?6 IS NULL OR (d.report IS NOT NULL) = ?6)
               AND (?7 IS NULL OR r.number = ?7)
               AND (?8 IS NULL OR p.key IN (SELECT head FROM patients WHERE key IN
                   (SELECT rowid FROM patient_words WHERE patient_words MATCH ?8)))
               AND (?9 OR p.restricted = 0 OR p.treating = ?10)
             ORDER BY r.key DESC LIMIT ?11"
        )
    };
}
const BY_STATE: &str = reports!("reports_by_state", "1");
const BY_AUTHOR: &str = reports!("reports_by_author", "r.author = ?5");
const BY_PATIENT: &str = reports!(
    "reports_by_patient",
    "r.patient IN (SELECT key FROM patients WHERE head = ?3)"
);
const BY_SCAN: &str = reports!("reports_by_scan", "r.scan = ?4");
const BY_NUMBER: &str = reports!("sqlite_autoindex_reports_2", "r.number = ?7");
// Few patients have the words; all their reports are sorted.
const BY_WORDS: &str = reports!(
    "reports_by_patient",
    "r.patient IN (SELECT key FROM patients WHERE head IN (SELECT head FROM patients WHERE key IN
        (SELECT rowid FROM patient_words WHERE patient_words MATCH ?8)))"
);

impl Clinic {
    /// A page of reports, newest first.
    ///
    /// # Errors
    /// [`crate::ClinicError::NotFound`] for the patient or scan of the filter;
    /// [`crate::ClinicError::Invalid`] for a cursor or limit that is none.
    pub fn reports(
        &self,
        permit: &Permit,
        filter: &ReportFilter,
        cursor: Option<&str>,
        limit: u32,
    ) -> Result<Page<ReportRow>> {
        permit.needs_one_of(&READERS)?;
        let limit = limits::page(limit)?;
        let before: i64 = cursor.map_or(Ok(i64::MAX), |cursor| sql::number("cursor", cursor))?;
        let own = permit.reach() == Reach::Own;
        let (all, me) = match own {
            true => (true, *permit.user().as_bytes()),
            false => patients::listed_of(permit, filter.patient_id)?,
        };
        let store = self.store()?;
        let reader = store.readers.borrow()?;
        // Every run sees the same moment.
        let db = reader.db()?.unchecked_transaction()?;
        let patient = match if own {
            permit.patient()
        } else {
            filter.patient_id
        } {
            None => None,
            Some(id) => Some(find(&db, permit, id)?.key),
        };
        let scan = match filter.scan_id {
            None => None,
            Some(id) => Some(find_scan(&db, permit, id)?.key),
        };
        // Whoever may see the scan may see its reports.
        let all = all || scan.is_some();
        let author = (filter.author_me && !own).then_some(me);
        let numbered = number_in(&filter.text);
        let words = match numbered {
            None => words::query(&filter.text),
            Some(_) => None,
        };
        let text = match () {
            () if scan.is_some() => BY_SCAN,
            () if numbered.is_some() => BY_NUMBER,
            () if patient.is_some() => BY_PATIENT,
            () if words.is_some() => BY_WORDS,
            () if author.is_some() => BY_AUTHOR,
            () => BY_STATE,
        };
        let asked = |state: &ReportState| {
            (filter.states.is_empty() || filter.states.contains(state))
                && (!own || state.is_released())
        };
        let mut rows = Vec::new();
        let mut statement = db.prepare_cached(text)?;
        for state in ReportState::ALL.iter().filter(|state| asked(state)) {
            let run = statement.query_map(
                params![
                    state.key(),
                    before,
                    patient,
                    scan,
                    author,
                    filter.open,
                    numbered,
                    words,
                    all,
                    me,
                    limit + 1
                ],
                |row| report_row(row, own),
            )?;
            rows.extend(run.collect::<rusqlite::Result<Vec<_>>>()?);
        }
        rows.sort_unstable_by_key(|(key, _)| Reverse(*key));
        let page = sql::page(rows, limit, |(key, _)| key.to_string());
        Ok(Page {
            rows: page.rows.into_iter().map(|(_, row)| row).collect(),
            next: page.next,
        })
    }

    /// What waits for the asker.
    ///
    /// # Errors
    /// [`crate::ClinicError::WrongPermit`]; [`crate::ClinicError::Locked`].
    pub fn reports_to_do(&self, permit: &Permit) -> Result<ReportsToDo> {
        permit.needs_one_of(&[
            Permission::ReadReports,
            Permission::WriteReports,
            Permission::SignReports,
            Permission::SendReports,
        ])?;
        let (all, me) = patients::listed(permit)?;
        let store = self.store()?;
        let reader = store.readers.borrow()?;
        let counts = reader
            .db()?
            .prepare_cached(
                "SELECT
                   (SELECT count(*) FROM drafts AS d
                    CROSS JOIN reports AS r ON r.key = d.report CROSS JOIN heads AS p ON p.member = r.patient
                    WHERE r.author = ?2 AND (?1 OR p.restricted = 0 OR p.treating = ?2)),
                   (SELECT count(*) FROM reports AS r INDEXED BY reports_by_author
                    CROSS JOIN heads AS p ON p.member = r.patient
                    WHERE r.author = ?2 AND r.state = 'preliminary'
                      AND NOT EXISTS (SELECT 1 FROM drafts WHERE report = r.key)
                      AND (?1 OR p.restricted = 0 OR p.treating = ?2)),
                   (SELECT count(*) FROM deliveries AS e INDEXED BY deliveries_by_state
                    CROSS JOIN reports AS r ON r.key = e.report CROSS JOIN heads AS p ON p.member = r.patient
                    WHERE e.state = 'uncertain' AND e.by = ?2
                      AND (?1 OR p.restricted = 0 OR p.treating = ?2)),
                   (SELECT count(*) FROM deliveries AS e INDEXED BY deliveries_by_state
                    CROSS JOIN reports AS r ON r.key = e.report CROSS JOIN heads AS p ON p.member = r.patient
                    WHERE e.state = 'failed' AND e.by = ?2
                      AND (?1 OR p.restricted = 0 OR p.treating = ?2))",
            )?
            .query_row(params![all, me], |row| {
                Ok(ReportsToDo {
                    drafts: row.get(0)?,
                    preliminary: row.get(1)?,
                    uncertain: row.get(2)?,
                    failed: row.get(3)?,
                })
            })?;
        Ok(counts)
    }
}

/// The number in `R-000123`, if that is all that was typed.
fn number_in(text: &str) -> Option<i64> {
    let digits = text.trim().strip_prefix(['R', 'r'])?.strip_prefix('-')?;
    digits.parse().ok().filter(|number| *number > 0)
}

fn report_row(row: &Row<'_>, own: bool) -> rusqlite::Result<(i64, ReportRow)> {
    let created = sql::moment(row, 21)?;
    let signed = sql::optional_moment(row, 22)?;
    let saved = match own {
        true => None,
        false => sql::optional_moment(row, 23)?,
    };
    let open = match saved {
        None => None,
        Some(_) => Some(sql::from_key(row, 20)?),
    };
    let deliveries = match own {
        true => DeliveryCounts::default(),
        false => DeliveryCounts::read(row, 24)?,
    };
    let report = ReportRow {
        id: sql::id(row, 1)?,
        number: row.get::<_, Option<i64>>(2)?.map(number),
        title: sql::phi(row, 3)?,
        patient_id: sql::id(row, 4)?,
        patient_number: patients::number(row.get(5)?),
        patient_name: sql::phi(row, 6)?,
        birth_date: sql::optional_phi(row, 7)?,
        sex: sql::from_key(row, 8)?,
        restricted: row.get(9)?,
        demo: row.get(10)?,
        scan_id: sql::id(row, 11)?,
        study_id: sql::id(row, 12)?,
        modality: row.get(13)?,
        study_date: row.get(14)?,
        author: sql::id(row, 15)?,
        author_name: sql::phi(row, 16)?,
        language: sql::language(row, 17)?,
        state: sql::from_key(row, 18)?,
        revision: row.get(19)?,
        open,
        created,
        signed,
        changed: created
            .max(signed.unwrap_or(created))
            .max(saved.unwrap_or(created)),
        deliveries,
    };
    Ok((row.get(0)?, report))
}
