//! Signing: two identifiers, the password again, and a document that is laid out before it is signed.

use ::clinic::{Change, ClinicError, DraftKind, NewSigning, PasswordProof, Report, ReportState};
use ::reports::{Document, Person, Signature};
use basics::Phi;

use super::{
    ReportContent, ReportView, SignReportRequest, compose,
    compose::Desk,
    content::{self, Draft},
    edit::NO_DRAFT,
    list, pages, views,
};
use crate::{clinic::confirm_identity, dispatch::Call, error::CommandError};

pub(super) fn sign(
    call: &Call<'_>,
    request: SignReportRequest,
) -> Result<ReportView, CommandError> {
    let (clinic, permit) = (call.clinic()?, call.permit()?);
    let report = clinic.report(permit, request.report_id)?;
    confirm_identity(call, report.patient_id, &request.confirmed)?;
    let open = report.draft.as_ref().ok_or(NO_DRAFT)?;
    let draft = Draft::read(open)?;
    if draft.content.text.says_nothing() {
        return Err(CommandError::ReportEmpty);
    }
    if open.kind == DraftKind::Correction && !corrects(&report, &draft.content)? {
        return Err(CommandError::ReportUnchanged);
    }
    let desk = Desk::of(call)?;
    let composed = compose::draft(&desk, &report, open)?;
    // What cannot be put on paper is not signed.
    let pages = pages::show(call.inner(), report.id, None, &composed)?;
    // A verdict, a reading or a name may have come in since the pages were read. That the words were
    // changed is told by the edit.
    if open.edit == request.edit && pages.stamp != request.stamp {
        return Err(CommandError::ReportPagesChanged);
    }
    let signing = Signing {
        report: &report,
        becomes: request.becomes.into(),
        edit: Some(request.edit),
        document: composed.document,
        reason: draft.reason,
    };
    let proof = clinic.check_password(&call.active()?, &request.password)?;
    clinic.write(permit, call.verb(), |change| signing.commit(change, proof))?;
    list::of(call, request.report_id)
}

/// A signing to be carried out.
pub(super) struct Signing<'a> {
    pub(super) report: &'a Report,
    pub(super) becomes: ReportState,
    /// The edit of the draft that is signed; none for a withdrawal.
    pub(super) edit: Option<u32>,
    pub(super) document: Document,
    pub(super) reason: Phi<String>,
}

impl Signing<'_> {
    /// Gives the document its number, revision, moment and place in the journal, and signs it; all in the
    /// transaction of `change`.
    pub(super) fn commit(
        self,
        change: &mut Change<'_>,
        proof: PasswordProof,
    ) -> Result<(), CommandError> {
        let begun = change.begin_signing(proof, self.report.id, self.becomes, self.edit)?;
        let by = Person {
            id: self.report.author,
            name: self.report.author_name.expose().clone(),
        };
        let state = views::state(self.becomes);
        let mut document = self.document;
        document.number = begun.number.clone();
        document.revision = begun.revision;
        document.state = state;
        document.supersedes = begun.supersedes.map(hex::encode);
        document.journal = Some(::reports::JournalHead {
            number: begun.journal.number,
            hash: hex::encode(begun.journal.hash),
        });
        if let Some(newest) = document
            .addenda
            .first_mut()
            .filter(|added| added.kind == state)
        {
            // The one that this signing adds; earlier ones keep their moment.
            newest.at = begun.at;
        }
        document.signatures.push(Signature {
            by,
            at: begun.at,
            becomes: state,
        });
        let content = ::reports::canonical(&document)?;
        let message = ::reports::signing_bytes(&content);
        change.sign_report(
            begun,
            &NewSigning {
                title: document.exam.title.clone(),
                content: Phi::new(content),
                message: Phi::new(message),
                reason: self.reason,
            },
        )?;
        Ok(())
    }
}

/// A correction that corrects nothing would only make a second original.
fn corrects(report: &Report, now: &ReportContent) -> Result<bool, CommandError> {
    let newest = report.signings.last().ok_or(NO_DRAFT)?;
    let was = ReportContent::of(&content::document(newest)?);
    Ok(was != *now)
}

/// Only the author of a report signs it.
pub(super) fn own(call: &Call<'_>, report: &Report) -> Result<(), CommandError> {
    let permit = call.permit()?;
    match report.author == permit.user() {
        true => Ok(()),
        false => Err(ClinicError::Forbidden {
            permission: permit.permission(),
        }
        .into()),
    }
}
