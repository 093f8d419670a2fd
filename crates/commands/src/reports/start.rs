//! Beginning a report: one command fills a draft from a verified reading.
//!
//! What the record knows enters by itself (technique from the file's header, comparison from earlier
//! studies), and so do the doctor's own words (the verdict). What the model said never becomes part of
//! the text: it has a section of its own.

use ::clinic::{ClinicError, NewReport, Reading, Scan, Study, Verdict};
use basics::{Phi, ScanId};

use super::{
    MapChoice, MapPalette, ReportContent, ReportText, ReportView, StartReportRequest,
    compose::{self, Desk},
    content::Draft,
    list,
    phrases::{self, Template},
};
use crate::{
    dispatch::{Call, decode},
    error::CommandError,
    imaging::{Document as Header, ScanFacts},
};

/// How strongly a map covers its picture, per cent.
const OPACITY: u8 = 60;
/// Earlier studies that are named.
const EARLIER: usize = 5;

pub(super) fn start(
    call: &Call<'_>,
    request: StartReportRequest,
) -> Result<ReportView, CommandError> {
    let desk = Desk::of(call)?;
    let template = request
        .template
        .as_deref()
        .map(phrases::template)
        .transpose()?;
    let draft = fill(&desk, &request, template)?;
    let new = NewReport {
        scan_id: request.scan_id,
        language: request.language,
        draft: draft.text()?,
    };
    let clinic = call.clinic()?;
    let id = clinic.write::<_, ClinicError>(call.permit()?, call.verb(), |change| {
        change.start_report(&new)
    })?;
    list::of(call, id)
}

/// A draft with what the record knows and the doctor said.
pub(super) fn fill(
    desk: &Desk<'_>,
    request: &StartReportRequest,
    template: Option<&Template>,
) -> Result<Draft, CommandError> {
    let scan = desk.clinic.scan(&desk.scans, request.scan_id)?;
    let header: Header = decode(scan.header.clone()).map_err(|_| CommandError::Defect)?;
    let reading = chosen(desk, request)?;
    let verdict = compose::newest_verdict(desk, scan.id, reading.as_ref())?;
    let studies = desk.clinic.studies(&desk.scans, scan.patient_id)?;
    let text = template.map_or_else(ReportText::default, |template| template.text.clone());
    let said = verdict
        .as_ref()
        .map_or_else(Said::default, |verdict| Said::of(verdict, reading.as_ref()));
    let text = ReportText {
        technique: or(text.technique, || technique(&header.facts)),
        comparison: or(text.comparison, || comparison(&scan, &studies)),
        findings: joined(text.findings, said.findings),
        impression: joined(text.impression, said.impression),
        ..text
    };
    let title = template.map_or_else(String::new, |template| template.title.clone());
    Ok(Draft {
        content: ReportContent {
            title: Phi::new(if title.is_empty() {
                named(&scan, &header.facts)
            } else {
                title
            }),
            language: request.language,
            text,
            include_ai: reading.is_some(),
            include_scan: true,
            map: reading
                .as_ref()
                .and_then(|reading| map(reading, verdict.as_ref())),
        },
        frame: reading.as_ref().map_or(0, |reading| reading.frame),
        reading: reading.map(|reading| reading.id),
        reason: Phi::default(),
    })
}

/// The reading that was asked for; else the one that the newest verdict is about. What nobody verified
/// enters no report by itself.
fn chosen(desk: &Desk<'_>, request: &StartReportRequest) -> Result<Option<Reading>, CommandError> {
    let readings = desk.clinic.readings(&desk.scans, request.scan_id)?;
    let wanted = match request.reading_id {
        Some(id) => Some(id),
        None => verified(desk, request.scan_id)?,
    };
    let found = readings
        .into_iter()
        .find(|reading| Some(reading.id) == wanted);
    match (request.reading_id, found) {
        (Some(_), None) => Err(CommandError::NotFound { what: "reading" }),
        (_, found) => Ok(found),
    }
}

fn verified(desk: &Desk<'_>, scan: ScanId) -> Result<Option<basics::ReadingId>, CommandError> {
    let verdicts = desk.clinic.verdicts(&desk.scans, scan)?;
    Ok(verdicts
        .first()
        .and_then(|verdict| verdict.verdict.reading_id))
}

/// What the doctor said with the verdict.
#[derive(Default)]
struct Said {
    findings: String,
    impression: String,
}

impl Said {
    /// The comment is the doctor's; a class is the doctor's only where it corrects the model's.
    fn of(verdict: &Verdict, reading: Option<&Reading>) -> Self {
        let said = &verdict.verdict;
        let class = said.class.as_ref().filter(|_| !said.agrees).map(|class| {
            let class = class.expose();
            reading.map_or_else(|| class.clone(), |reading| compose::shown(reading, class))
        });
        Self {
            findings: said.comment.expose().trim().to_string(),
            impression: class.unwrap_or_default(),
        }
    }
}

/// The map of the verdict's class, else of the most probable one.
fn map(reading: &Reading, verdict: Option<&Verdict>) -> Option<MapChoice> {
    let ::clinic::Answer::Assessed { classes, .. } = &reading.answer else {
        return None;
    };
    // A measuring model has classes and no maps.
    reading.grid?;
    let named = verdict.and_then(|verdict| verdict.verdict.class.as_ref());
    let named = named.and_then(|named| classes.iter().find(|class| class.id == *named.expose()));
    let probable = classes
        .iter()
        .max_by(|a, b| a.probability.total_cmp(&b.probability));
    Some(MapChoice {
        class: named.or(probable)?.id.clone(),
        opacity: OPACITY,
        palette: MapPalette::Viridis,
    })
}

/// What the exam is called: as its study is, else by modality, part and view.
fn named(scan: &Scan, facts: &ScanFacts) -> String {
    let described = [&facts.study_description, &facts.series_description];
    if let Some(text) = described
        .into_iter()
        .flatten()
        .find(|text| !text.expose().is_empty())
    {
        return text.expose().clone();
    }
    let part = facts.body_part.as_deref().map(sentence_case);
    let kind = method(&scan.modality);
    let name = match part {
        Some(part) => format!("{part}, {kind}"),
        None => sentence_case(kind),
    };
    match &facts.view_position {
        Some(view) if !view.is_empty() => format!("{name}, {view}"),
        _ => name,
    }
}

/// How it was examined, as far as the file says.
fn technique(facts: &ScanFacts) -> String {
    if facts.format != "dicom" {
        return String::new();
    }
    let mut parts = vec![sentence_case(method(&facts.modality))];
    if let Some(view) = facts.view_position.as_ref().filter(|view| !view.is_empty()) {
        parts.push(format!("{view} view"));
    }
    match facts.laterality.as_deref() {
        Some("L") => parts.push("left side".into()),
        Some("R") => parts.push("right side".into()),
        Some("B") => parts.push("both sides".into()),
        _ => {}
    }
    if let Some(mm) = facts.slice_thickness.filter(|mm| *mm > 0.0) {
        parts.push(format!("slices of {mm} mm"));
    }
    format!("{}.", parts.join(", "))
}

/// Earlier studies of the same modality that this record holds. Nobody has compared them yet: the
/// sentence says what there is.
fn comparison(scan: &Scan, studies: &[(Study, Vec<Scan>)]) -> String {
    let mut days: Vec<&str> = studies
        .iter()
        .filter(|(study, scans)| {
            study.id != scan.study_id && !scans.is_empty() && study.facts.modality == scan.modality
        })
        .filter_map(|(study, _)| study.facts.date.as_deref())
        .filter(|day| scan.study_date.as_deref().is_none_or(|this| *day < this))
        .collect();
    days.sort_unstable_by(|a, b| b.cmp(a));
    days.dedup();
    match days.is_empty() {
        true => String::new(),
        false => {
            let more = if days.len() > EARLIER {
                " and earlier"
            } else {
                ""
            };
            days.truncate(EARLIER);
            format!(
                "Earlier examinations in this record: {}{more}.",
                days.join(", ")
            )
        }
    }
}

/// A modality in words (PS3.3 C.7.3.1.1.1).
fn method(modality: &str) -> &'static str {
    match modality {
        "CR" | "DX" | "RG" => "radiograph",
        "CT" => "computed tomography",
        "MR" => "magnetic resonance imaging",
        "US" => "ultrasound",
        "MG" => "mammogram",
        "XA" | "RF" => "fluoroscopy",
        "NM" => "scintigraphy",
        "PT" => "positron emission tomography",
        _ => "image",
    }
}

fn sentence_case(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first
            .to_uppercase()
            .chain(letters.flat_map(char::to_lowercase))
            .collect()
    })
}

fn or(text: Phi<String>, other: impl FnOnce() -> String) -> Phi<String> {
    if text.expose().is_empty() {
        Phi::new(other())
    } else {
        text
    }
}

/// Both, a line each.
fn joined(first: Phi<String>, then: String) -> Phi<String> {
    let parts = [first.expose().as_str(), then.as_str()];
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    Phi::new(parts.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn technique_says_what_the_file_says_and_no_more() {
        let film = ScanFacts {
            format: "dicom".into(),
            modality: "DX".into(),
            view_position: Some("PA".into()),
            ..ScanFacts::default()
        };
        assert_eq!(technique(&film), "Radiograph, PA view.");
        let slice = ScanFacts {
            format: "dicom".into(),
            modality: "CT".into(),
            slice_thickness: Some(1.25),
            ..ScanFacts::default()
        };
        assert_eq!(technique(&slice), "Computed tomography, slices of 1.25 mm.");
        assert_eq!(technique(&ScanFacts::default()), "");
    }
}
