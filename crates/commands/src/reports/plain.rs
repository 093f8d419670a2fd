//! A released report as plain files, for an export: the pages as they were signed, and FHIR.

use ::clinic::{ActiveSession, Permit, Report};
use ::reports::fhir::{self, Attached};
use serde_json::Value;

use super::{
    compose::{self, Desk},
    content, pages,
    seal::{newest, signature},
};
use crate::{error::CommandError, workstation::Inner};

/// A report outside the record.
pub(crate) struct PlainReport {
    /// As people call it.
    pub(crate) number: String,
    /// Its newest revision, not sealed.
    pub(crate) pdf: Vec<u8>,
    /// The same as a FHIR bundle, with the clinic's signature and what it signs.
    pub(crate) fhir: Value,
}

/// The newest released revision; none of a draft or a preliminary report. `scans` reads what the pages show.
pub(crate) fn plain(
    inner: &Inner,
    session: &ActiveSession,
    scans: &Permit,
    report: &Report,
) -> Result<Option<PlainReport>, CommandError> {
    let Ok(signing) = newest(report) else {
        return Ok(None);
    };
    let desk = Desk {
        inner,
        clinic: inner.clinic()?,
        session: session.clone(),
        scans: scans.clone(),
        maps: scans.clone(),
    };
    let composed = compose::signed(&desk, signing)?;
    let pdf = pages::lay_out(inner, &composed.document, &composed.pictures)?.pdf()?;
    let signed = signature(signing);
    let attached = Attached {
        pdf: None,
        signed: Some(&signed),
    };
    Ok(Some(PlainReport {
        number: report
            .number
            .clone()
            .unwrap_or_else(|| report.id.to_string()),
        pdf,
        fhir: fhir::bundle(&content::document(signing)?, &attached)?,
    }))
}
