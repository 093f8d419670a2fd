//! Final reports, section by section: for a patient one's own, for a clinician those of the open chart.
//! What the AI said stands in none of the sections, and a withdrawn report says nothing any more.

use ::clinic::{Clinic, Permission, Permit, ReportFilter, ReportState};
use basics::{PatientId, Phi, ReportId};

use super::{PassageKind, PassagePart, PassagePlace, PassageView, act::Gathered, chart::source};
use crate::{dispatch::Call, error::CommandError, reports::signed_document};

/// Reports that are read, the newest.
const MANY: u32 = 50;

/// The asker's own.
pub(super) fn gather(call: &Call<'_>) -> Result<Gathered, CommandError> {
    let leave = call.leave(Permission::ReadOwnReports)?;
    let mut sources = Vec::new();
    let all = reports(&call.clinic()?, &leave, None, &mut sources, |report_id| {
        PassagePlace::OwnReport { report_id }
    })?;
    Ok(Gathered { sources, all })
}

/// The final reports that this leave reaches; whether these are all.
pub(super) fn reports(
    clinic: &Clinic,
    leave: &Permit,
    of: Option<PatientId>,
    sources: &mut Vec<PassageView>,
    opens: impl Fn(ReportId) -> PassagePlace,
) -> Result<bool, CommandError> {
    let filter = ReportFilter {
        patient_id: of,
        states: vec![
            ReportState::Final,
            ReportState::Amended,
            ReportState::Appended,
        ],
        ..ReportFilter::default()
    };
    let page = clinic.reports(leave, &filter, None, MANY)?;
    for row in page.rows {
        let report = clinic.report(leave, row.id)?;
        let Some(newest) = report.signings.last() else {
            continue;
        };
        let document = signed_document(newest)?;
        let title = format!("{}: {}", document.number, document.exam.title.expose());
        let mut add = |part, words: &Phi<String>, at| {
            let words = words.expose().trim();
            if !words.is_empty() {
                let place = opens(report.id);
                sources.push(PassageView {
                    part: Some(part),
                    ..source(
                        PassageKind::Report,
                        &title,
                        Some(at),
                        words.to_owned(),
                        place,
                    )
                });
            }
        };
        for addendum in &document.addenda {
            add(PassagePart::Addendum, &addendum.text, addendum.at);
        }
        let text = &document.text;
        add(PassagePart::Impression, &text.impression, newest.at);
        add(PassagePart::Findings, &text.findings, newest.at);
        add(PassagePart::Recommendation, &text.recommendation, newest.at);
        add(PassagePart::Indication, &text.indication, newest.at);
        add(PassagePart::Comparison, &text.comparison, newest.at);
        add(PassagePart::Technique, &text.technique, newest.at);
    }
    Ok(page.next.is_none())
}
