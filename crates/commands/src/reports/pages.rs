//! Pages beside the editor: laid out once, kept in a small bounded store, served one by one as SVG.

use std::sync::{Arc, Mutex, OnceLock};

use ::clinic::{Clinic, Permit};
use ::reports::{Document, Fonts, Pages, Picture};
use basics::ReportId;
use sha2::{Digest, Sha256};

use super::{
    PreviewRequest, PreviewView,
    compose::{self, Composed, Desk},
    edit::NO_DRAFT,
    figures::{Drawn, Wanted},
};
use crate::{
    dispatch::Call,
    error::CommandError,
    workstation::{Inner, lock},
};

/// Laid-out reports that are kept; a page shown again from further back is laid out anew.
const KEPT: usize = 8;

const NO_PAGE: CommandError = CommandError::NotFound { what: "page" };

/// Fonts, laid-out pages and drawn pictures. Emptied when the record locks.
#[derive(Default)]
pub(crate) struct Previews {
    fonts: OnceLock<Arc<Fonts>>,
    /// The most recently used last.
    laid: Mutex<Vec<Laid>>,
    drawn: Mutex<Vec<(Wanted, Drawn)>>,
}

#[derive(Clone)]
struct Laid {
    report: ReportId,
    stamp: String,
    /// None of a draft.
    revision: Option<u32>,
    pages: Pages,
}

impl Previews {
    pub(crate) fn clear(&self) {
        lock(&self.laid).clear();
        lock(&self.drawn).clear();
        ::reports::forget();
    }

    pub(super) fn drawn(&self, wanted: &Wanted) -> Option<Drawn> {
        let kept = lock(&self.drawn);
        kept.iter()
            .find(|(one, _)| one == wanted)
            .map(|(_, drawn)| drawn.clone())
    }

    pub(super) fn keep_drawn(&self, wanted: Wanted, drawn: &Drawn, most: usize) {
        let mut kept = lock(&self.drawn);
        kept.push((wanted, drawn.clone()));
        let over = kept.len().saturating_sub(most);
        kept.drain(..over);
    }

    fn laid(&self, report: ReportId, stamp: &str) -> Option<Laid> {
        let mut kept = lock(&self.laid);
        let at = kept
            .iter()
            .position(|laid| laid.report == report && laid.stamp == stamp)?;
        let laid = kept.remove(at);
        kept.push(laid.clone());
        Some(laid)
    }

    fn keep(&self, laid: Laid) {
        let mut kept = lock(&self.laid);
        kept.push(laid);
        let over = kept.len().saturating_sub(KEPT);
        kept.drain(..over);
    }
}

impl Inner {
    /// The fonts of reports, read on first use.
    pub(crate) fn fonts(&self) -> Result<Arc<Fonts>, CommandError> {
        if let Some(fonts) = self.previews.fonts.get() {
            return Ok(fonts.clone());
        }
        let fonts = Arc::new(Fonts::open(&self.options.fonts_dir)?);
        Ok(self.previews.fonts.get_or_init(|| fonts).clone())
    }
}

pub(super) fn preview(
    call: &Call<'_>,
    request: PreviewRequest,
) -> Result<PreviewView, CommandError> {
    let (clinic, permit) = (call.clinic()?, call.permit()?);
    let report = clinic.report(permit, request.report_id)?;
    clinic.note_read(permit, call.verb(), Some(report.patient_id))?;
    let desk = Desk::of(call)?;
    let newest = (report.signings.last(), report.draft.as_ref());
    let (composed, revision) = match (request.revision, newest) {
        (None, (_, Some(open))) => (compose::draft(&desk, &report, open)?, None),
        (None, (Some(signing), None)) => (compose::signed(&desk, signing)?, Some(signing.revision)),
        (None, (None, None)) => return Err(NO_DRAFT),
        (Some(revision), _) => {
            let signing = report.signings.iter().find(|one| one.revision == revision);
            let signing = signing.ok_or(CommandError::NotFound { what: "revision" })?;
            (compose::signed(&desk, signing)?, Some(revision))
        }
    };
    show(call.inner(), report.id, revision, &composed)
}

/// Lays a document out and keeps its pages until they are asked for.
pub(super) fn show(
    inner: &Inner,
    report: ReportId,
    revision: Option<u32>,
    composed: &Composed,
) -> Result<PreviewView, CommandError> {
    let mut stamp = hex::encode(Sha256::digest(::reports::canonical(&composed.document)?));
    stamp.truncate(32);
    let laid = match inner.previews.laid(report, &stamp) {
        Some(laid) => laid,
        None => {
            let pages = lay_out(inner, &composed.document, &composed.pictures)?;
            let laid = Laid {
                report,
                stamp: stamp.clone(),
                revision,
                pages,
            };
            inner.previews.keep(laid.clone());
            laid
        }
    };
    Ok(PreviewView {
        pages: u32::try_from(laid.pages.len()).map_err(|_| CommandError::Defect)?,
        stamp,
    })
}

pub(super) fn lay_out(
    inner: &Inner,
    document: &Document,
    pictures: &[Picture],
) -> Result<Pages, CommandError> {
    let fonts = inner.fonts()?;
    Ok(::reports::typeset(&fonts, document, pictures)?)
}

/// A page as SVG, for whoever may see what it was made of, now.
pub(crate) fn page(
    inner: &Inner,
    clinic: &Clinic,
    permit: &Permit,
    report: ReportId,
    stamp: &str,
    page: usize,
) -> Result<Vec<u8>, CommandError> {
    let laid = inner.previews.laid(report, stamp).ok_or(NO_PAGE)?;
    let report = clinic.report(permit, report)?;
    let reached = match laid.revision {
        None => report.draft.is_some(),
        Some(revision) => report
            .signings
            .iter()
            .any(|signing| signing.revision == revision),
    };
    if !reached {
        return Err(NO_PAGE);
    }
    Ok(laid.pages.svg(page).ok_or(NO_PAGE)?.into_bytes())
}
