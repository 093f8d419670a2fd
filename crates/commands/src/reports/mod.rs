//! Reports: begun from a verified reading, written, laid out, signed, sealed, and given out.

mod addend;
mod check;
mod compose;
mod content;
pub(crate) mod demo;
mod edit;
mod export;
mod figures;
mod file_types;
mod list;
mod own;
mod pages;
mod phrases;
mod plain;
mod seal;
mod sign;
mod start;
mod types;
mod views;

pub use crate::clinic::{ConfirmedIdentifier, Identifier};
pub(crate) use content::document as signed_document;
pub use file_types::*;
pub(crate) use own::{
    list as own_list, preview as own_preview, save as own_save, view as own_view,
};
pub(crate) use pages::{Previews, page};
pub(crate) use plain::plain;
pub use types::*;
pub(crate) use views::row as shown_row;

use crate::{imaging::ScanRequest, table::commands};

commands! {
    /// Lists reports.
    "reports.page": list::page, (ReportsRequest) -> ReportsPage,
        Permission(May::ReadReports), Read("reports.page"), provides [Reports], stales [];
    /// Lists the reports about a scan, newest first.
    "reports.for_scan": list::for_scan, (ScanRequest) -> Vec<ReportRow>,
        Permission(May::ReadReports), Read("reports.for_scan"), provides [Reports], stales [];
    /// Begins a report, filled from the reading that was verified and from what the record knows.
    "reports.start": start::start, (StartReportRequest) -> ReportView,
        Permission(May::WriteReports), Write("report.start"), provides [], stales [Reports];
    /// Shows a report: its draft to its author, what was signed to every doctor who may see it.
    "reports.view": list::view, (ReportRequest) -> ReportView,
        Permission(May::ReadReports), Read("report.open"), provides [Reports], stales [];
    /// Saves what was written so far; a text that another window saved meanwhile is not written over.
    "reports.save": edit::save, (SaveReportRequest) -> DraftSaved,
        Permission(May::WriteReports), Quiet("report.save"), provides [], stales [];
    /// Throws the open draft away; what was signed stays.
    "reports.discard": edit::discard, (ReportRequest) -> (),
        Permission(May::WriteReports), Write("report.discard"), provides [], stales [Reports];
    /// Opens a draft over a signed report: a correction, or to go on with a preliminary one.
    "reports.reopen": edit::reopen, (ReopenReportRequest) -> ReportView,
        Permission(May::WriteReports), Write("report.reopen"), provides [], stales [Reports];
    /// Lays a draft or a signed revision out in pages.
    "reports.preview": pages::preview, (PreviewRequest) -> PreviewView,
        Permission(May::ReadReports), Read("report.preview"), provides [], stales [];
    /// Signs the open draft with the password and two identifiers of the patient.
    "reports.sign": sign::sign, (SignReportRequest) -> ReportView,
        Permission(May::SignReports), Write("report.sign"),
        provides [], stales [Reports, Outbox, Worklist, Chart, Scan];
    /// Adds something to a final report, signed at once.
    "reports.addend": addend::addend, (AddendReportRequest) -> ReportView,
        Permission(May::SignReports), Write("report.addend"),
        provides [], stales [Reports, Outbox, Worklist, Chart, Scan];
    /// Withdraws a signed report; what it said is kept.
    "reports.retract": addend::retract, (RetractReportRequest) -> ReportView,
        Permission(May::SignReports), Write("report.retract"),
        provides [], stales [Reports, Outbox, Worklist, Chart, Scan];
    /// Shows every signed revision with what it said, oldest first.
    "reports.history": list::history, (ReportRequest) -> Vec<RevisionView>,
        Permission(May::ReadReports), Read("report.history"), provides [Reports], stales [];
    /// Seals the newest signed revision under a passphrase that is chosen or made, and shows it.
    "reports.seal": seal::seal, (SealReportRequest) -> SealedView,
        Permission(May::SendReports), Write("report.seal"), provides [], stales [Reports];
    /// Tells the passphrase of a sealed file again.
    "reports.passphrase": seal::passphrase, (ReportFileRequest) -> PassphraseView,
        Permission(May::SendReports), Write("report.passphrase"), provides [], stales [Journal];
    /// Writes a report to disk: sealed, as a film, for DICOM or FHIR, or without the person.
    "reports.save_file": export::save, (SaveReportFileRequest) -> (),
        Permission(May::SendReports), Write("report.save_file"), provides [], stales [Reports, Outbox];
    /// Tells what to call such a file: never by a person's name.
    "reports.file_name": export::name, (FileNameRequest) -> FileNameView,
        Permission(May::ReadReports), Quiet("report.file_name"), provides [], stales [];
    /// Keeps that the newest signed revision was printed.
    "reports.printed": export::printed, (ReportRequest) -> (),
        Permission(May::SendReports), Write("report.print"), provides [], stales [Reports, Outbox];
    /// Sends the newest signed revision to the clinic's FHIR server.
    "reports.push_fhir": export::push_fhir, (ReportRequest) -> PushedView,
        Permission(May::SendReports), Write("report.push_fhir"), provides [], stales [Reports, Outbox];
    /// Tells whether a file is byte for byte one that this clinic sealed, and whether all in it holds.
    "reports.check_file": check::check, (CheckFileRequest) -> CheckedFileView,
        Permission(May::ReadReports), Read("report.check_file"), provides [], stales [];
    /// Lists texts to begin with.
    "reports.templates": phrases::templates, (TemplatesRequest) -> Vec<TemplateView>,
        Permission(May::WriteReports), Quiet("report.templates"), provides [], stales [];
    /// Lists short words for longer texts: one's own, then everybody's.
    "reports.own_macros": phrases::own, (()) -> Vec<MacroView>,
        Permission(May::WriteReports), Quiet("report.own_macros"), provides [Macros], stales [];
    /// Keeps a short word of one's own.
    "reports.save_macro": phrases::save, (SaveMacroRequest) -> MacroView,
        Permission(May::WriteReports), Write("report.save_macro"), provides [], stales [Macros];
    /// Takes a short word of one's own away.
    "reports.remove_macro": phrases::remove, (RemoveMacroRequest) -> (),
        Permission(May::WriteReports), Write("report.remove_macro"), provides [], stales [Macros];
}
