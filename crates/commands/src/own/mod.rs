//! What a patient sees at the clinic's kiosk: their own record and who looked at it.

mod record;
mod types;

pub use types::*;

use crate::{
    clinic::{AccessRow, OwnScanView, PatientView},
    live::{
        self, ConsultationRequest, ConsultationView, ConsultationsPage, MessagesPage,
        MessagesRequest,
    },
    prescriptions::{self, OwnPrescriptionView},
    reports::{
        self, OwnReportRow, OwnReportView, PreviewView, ReportRequest, SaveOwnReportRequest,
    },
    table::commands,
};

commands! {
    /// Shows one's own identity as the clinic has it.
    "own.identity": record::identity, (()) -> PatientView,
        Permission(May::ReadOwnRecord), Read("own.identity"), provides [Chart], stales [];
    /// Shows one's own scans with the doctor's verdict.
    "own.scans": record::scans, (()) -> Vec<OwnScanView>,
        Permission(May::ReadOwnRecord), Read("own.scans"), provides [Chart], stales [];
    /// Shows who looked at one's own record.
    "own.who_saw": record::who_saw, (()) -> Vec<AccessRow>,
        Permission(May::ReadOwnAccessLog), Read("own.who_saw"), provides [Journal], stales [];
    /// Lists one's own consultations, newest first.
    "own.consultations": live::own_page, (OwnConsultationsRequest) -> ConsultationsPage,
        Permission(May::ReadOwnConsultations), Read("own.consultations"),
        provides [Consultations], stales [];
    /// Shows who took part in one of one's own consultations.
    "own.consultation": live::own_consultation, (ConsultationRequest) -> ConsultationView,
        Permission(May::ReadOwnConsultations), Read("own.consultation"),
        provides [Consultations], stales [];
    /// Shows what was said in one of one's own consultations.
    "own.messages": live::own_messages, (MessagesRequest) -> MessagesPage,
        Permission(May::ReadOwnConsultations), Read("own.messages"), provides [Messages], stales [];
    /// Lists one's own prescriptions, newest first.
    "own.prescriptions": prescriptions::own_list, (()) -> Vec<OwnPrescriptionView>,
        Permission(May::ReadOwnPrescriptions), Read("own.prescriptions"), provides [Prescriptions], stales [];
    /// Lists one's own reports: final ones and what became of them, newest first.
    "own.reports": reports::own_list, (()) -> Vec<OwnReportRow>,
        Permission(May::ReadOwnReports), Read("own.reports"), provides [Reports], stales [];
    /// Shows one of one's own reports.
    "own.report": reports::own_view, (ReportRequest) -> OwnReportView,
        Permission(May::ReadOwnReports), Read("own.report"), provides [Reports], stales [];
    /// Lays one of one's own reports out in pages.
    "own.report_preview": reports::own_preview, (ReportRequest) -> PreviewView,
        Permission(May::ReadOwnReports), Read("own.report_preview"), provides [], stales [];
    /// Writes one of one's own reports to disk, sealed with a passphrase of one's own.
    "own.save_report": reports::own_save, (SaveOwnReportRequest) -> (),
        Permission(May::ReadOwnReports), Write("own.save_report"), provides [], stales [Reports];
}
