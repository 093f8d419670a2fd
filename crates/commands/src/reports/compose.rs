//! From the record to the document: whose it is, what was examined, what the doctor wrote, and, apart from
//! that, what the model said and what the doctor thinks of it.

use ::clinic::{ActiveSession, Clinic, DraftKind, Permission, Permit, Reading, Report, authorize};
use ::reports::{
    Addendum, Ai, AiAnswer, Band, ClassRow, Document, Exam, FORMAT, Measured, MeasuredRow,
    MeasuredUnit, Patient, Person, Picture, Sex, State, Text, Verdict, Words, words,
};
use basics::{Phi, ScanId, Timestamp};
use jiff::tz::TimeZone;

use super::{
    ReportContent,
    content::{self, Draft},
    figures,
};
use crate::{dispatch::Call, error::CommandError, workstation::Inner};

/// What composing reads from: the record, and leave to see scans and maps.
pub(super) struct Desk<'a> {
    pub(super) inner: &'a Inner,
    pub(super) clinic: Clinic,
    pub(super) session: ActiveSession,
    /// Patients, scans and their files.
    pub(super) scans: Permit,
    /// Maps of readings.
    pub(super) maps: Permit,
}

impl<'a> Desk<'a> {
    /// A doctor's.
    pub(super) fn of(call: &Call<'a>) -> Result<Self, CommandError> {
        Self::at(call.inner(), call.active()?)
    }

    /// The same, for a session without a call.
    pub(super) fn at(inner: &'a Inner, session: ActiveSession) -> Result<Self, CommandError> {
        Self::with(inner, session, Permission::ReadScans, Permission::ReadScans)
    }

    /// A patient's at the kiosk: their own scans, and the maps in their own reports.
    pub(super) fn of_patient(call: &Call<'a>) -> Result<Self, CommandError> {
        Self::with(
            call.inner(),
            call.active()?,
            Permission::ReadOwnRecord,
            Permission::ReadOwnReports,
        )
    }

    fn with(
        inner: &'a Inner,
        session: ActiveSession,
        scans: Permission,
        maps: Permission,
    ) -> Result<Self, CommandError> {
        Ok(Self {
            inner,
            clinic: inner.clinic()?,
            scans: authorize(&session, scans)?,
            maps: authorize(&session, maps)?,
            session,
        })
    }
}

/// A document with its pictures.
pub(super) struct Composed {
    pub(super) document: Document,
    pub(super) pictures: Vec<Picture>,
}

/// What a signed revision says, with its pictures drawn again.
pub(super) fn signed(
    desk: &Desk<'_>,
    signing: &::clinic::Signing,
) -> Result<Composed, CommandError> {
    let document = content::document(signing)?;
    let pictures = figures::of_document(desk, &document)?;
    Ok(Composed { document, pictures })
}

/// What an open draft would say if it were signed now: marked as a draft, over what was signed before.
pub(super) fn draft(
    desk: &Desk<'_>,
    report: &Report,
    open: &::clinic::Draft,
) -> Result<Composed, CommandError> {
    let draft = Draft::read(open)?;
    let (clinic, permit) = (&desk.clinic, &desk.scans);
    let scan = clinic.scan(permit, report.scan_id)?;
    let patient = clinic.patient(permit, report.patient_id)?;
    let study = clinic
        .studies(permit, report.patient_id)?
        .into_iter()
        .map(|(study, _)| study)
        .find(|study| study.id == report.study_id);
    let reading = reading(desk, report.scan_id, &draft)?;
    let drawn = figures::of_draft(desk, report.scan_id, &draft, reading.as_ref())?;
    let (figures, pictures) = drawn.into_iter().unzip();
    let before = report.signings.last().map(content::document).transpose()?;
    let me = person(report.author, &report.author_name);
    let settings = clinic.settings(&desk.session)?;
    let mut addenda = before
        .as_ref()
        .map_or_else(Vec::new, |before| before.addenda.clone());
    if let (DraftKind::Correction, Some(before)) = (open.kind, &before) {
        addenda.insert(
            0,
            Addendum {
                kind: State::Amended,
                reason: draft.reason.clone(),
                text: Phi::new(changed(before, &draft.content)),
                by: me,
                at: open.saved,
            },
        );
    }
    let content = draft.content;
    let document = Document {
        format: FORMAT,
        report: report.id,
        number: report.number.clone().unwrap_or_default(),
        revision: report.revision,
        state: State::Draft,
        language: content.language,
        utc_offset: utc_offset(desk.inner.clock.now()),
        clinic: ::reports::Clinic {
            name: settings.clinic_name,
            lines: settings.letterhead,
        },
        patient: Patient {
            name: patient.details.name,
            number: Phi::new(patient.number),
            birth_date: patient.details.birth_date,
            sex: match patient.details.sex {
                ::clinic::Sex::Female => Sex::Female,
                ::clinic::Sex::Male => Sex::Male,
                ::clinic::Sex::Other => Sex::Other,
                ::clinic::Sex::Unknown => Sex::Unknown,
            },
            external_id: patient.details.external_id,
        },
        exam: Exam {
            modality: scan.modality,
            title: content.title,
            date: scan.study_date.and_then(|date| date.parse().ok()),
            study_uid: study.as_ref().and_then(|study| study.facts.uid.clone()),
            accession: study.and_then(|study| study.facts.accession),
        },
        text: Text {
            indication: content.text.indication,
            technique: content.text.technique,
            comparison: content.text.comparison,
            findings: content.text.findings,
            impression: content.text.impression,
            recommendation: content.text.recommendation,
        },
        figures,
        verdict: match content.include_ai {
            true => verdict(desk, report.scan_id, reading.as_ref())?,
            false => None,
        },
        ai: reading.filter(|_| content.include_ai).map(ai),
        signatures: before
            .as_ref()
            .map_or_else(Vec::new, |before| before.signatures.clone()),
        addenda,
        supersedes: None,
        journal: None,
    };
    Ok(Composed { document, pictures })
}

/// The reading that a draft is about.
pub(super) fn reading(
    desk: &Desk<'_>,
    scan: ScanId,
    draft: &Draft,
) -> Result<Option<Reading>, CommandError> {
    let readings = desk.clinic.readings(&desk.scans, scan)?;
    Ok(readings
        .into_iter()
        .find(|reading| Some(reading.id) == draft.reading))
}

/// The newest verdict about that reading; without a reading, the newest about the scan itself.
pub(super) fn newest_verdict(
    desk: &Desk<'_>,
    scan: ScanId,
    reading: Option<&Reading>,
) -> Result<Option<::clinic::Verdict>, CommandError> {
    let verdicts = desk.clinic.verdicts(&desk.scans, scan)?;
    Ok(verdicts
        .into_iter()
        .find(|verdict| verdict.verdict.reading_id == reading.map(|reading| reading.id)))
}

fn verdict(
    desk: &Desk<'_>,
    scan: ScanId,
    reading: Option<&Reading>,
) -> Result<Option<Verdict>, CommandError> {
    // A judgement of the model's answer says nothing where no model answered.
    let Some(reading) = reading else {
        return Ok(None);
    };
    let Some(found) = newest_verdict(desk, scan, Some(reading))? else {
        return Ok(None);
    };
    let said = found.verdict;
    Ok(Some(Verdict {
        agrees: said.agrees,
        class: said.class.map(|class| shown(reading, class.expose())),
        comment: said.comment,
        by: person(found.by, &found.by_name),
        at: found.at,
    }))
}

/// A class as it is shown; the doctor's own words as they are.
pub(super) fn shown(reading: &Reading, class: &str) -> String {
    match &reading.answer {
        ::clinic::Answer::Assessed { classes, .. } => classes.iter().find(|one| one.id == class),
        ::clinic::Answer::NotAssessed { .. } => None,
    }
    .map_or_else(|| class.to_string(), |one| one.name.clone())
}

pub(super) fn person(id: basics::UserId, name: &Phi<String>) -> Person {
    Person {
        id,
        name: name.expose().clone(),
    }
}

fn ai(reading: Reading) -> Ai {
    use ::clinic::Answer;
    Ai {
        reading: reading.id,
        at: reading.at,
        model_id: reading.model.id,
        model_name: reading.model.name,
        version: reading.model.version,
        sha256: reading.model.sha256,
        research_only: reading.model.research_only,
        answer: match reading.answer {
            Answer::NotAssessed { reason } => AiAnswer::NotAssessed { reason },
            Answer::Assessed {
                classes, measured, ..
            } => AiAnswer::Assessed {
                measured: measured.map(measures),
                classes: classes
                    .into_iter()
                    .map(|class| ClassRow {
                        id: class.id,
                        name: class.name,
                        probability: class.probability,
                        lower: class.lower,
                        upper: class.upper,
                        band: class.band.map(|band| match band {
                            ::clinic::Band::Below => Band::Below,
                            ::clinic::Band::Indeterminate => Band::Indeterminate,
                            ::clinic::Band::Above => Band::Above,
                        }),
                    })
                    .collect(),
            },
        },
    }
}

/// Values go into a report; the outlines stay with the scan.
fn measures(measured: ::clinic::Measured) -> Measured {
    let values = measured.values.into_iter().map(|one| MeasuredRow {
        key: one.key,
        value: one.value,
        low: one.low,
        high: one.high,
        unit: match one.unit {
            ::clinic::MeasuredUnit::Ratio => MeasuredUnit::Ratio,
            ::clinic::MeasuredUnit::Ml => MeasuredUnit::Ml,
            ::clinic::MeasuredUnit::G => MeasuredUnit::G,
        },
    });
    Measured {
        values: values.collect(),
        slices: measured.slices,
        phases: measured.phases,
        relative: measured.relative,
        missing: measured.missing,
    }
}

/// Headings of what a correction changes, in the report's language.
fn changed(before: &Document, now: &ReportContent) -> String {
    let was = ReportContent::of(before);
    let words = words(now.language);
    let exam = (was.title != now.title).then(|| Words::get(&words.fields, "exam"));
    let sections = was.text.sections().into_iter().zip(now.text.sections());
    let sections = sections.filter(|((_, was), (_, now))| was != now);
    let sections = sections.map(|((key, _), _)| Words::get(&words.sections, key));
    let images = (was.include_scan, &was.map) != (now.include_scan, &now.map);
    let images = images.then(|| Words::get(&words.sections, "images"));
    let ai = (was.include_ai != now.include_ai).then(|| Words::get(&words.sections, "ai"));
    exam.into_iter()
        .chain(sections)
        .chain(images)
        .chain(ai)
        .collect::<Vec<_>>()
        .join(", ")
}

/// Minutes east of UTC at this machine.
fn utc_offset(at: Timestamp) -> i16 {
    let seconds = TimeZone::system().to_offset(at).seconds();
    i16::try_from(seconds / 60).unwrap_or(0)
}
