//! Handlers of exports.

use std::path::Path;

use ::clinic::{ActiveSession, Clinic, Patient, Permission, Permit, ReportFilter, Subject};
use basics::Secret;

use super::{
    ExportClinicRequest, ExportPatientRequest, ExportedView, fhir,
    files::{Folder, IndexLine},
};
use crate::{dispatch::Call, error::CommandError, reports::plain, workstation::Inner};

/// Patients of one page.
const PAGE: u32 = 100;

/// Who exports, and what they may read for it.
struct Exporter<'a> {
    inner: &'a Inner,
    clinic: Clinic,
    session: ActiveSession,
    patients: Permit,
    scans: Permit,
    reports: Permit,
}

pub(super) fn patient(
    call: &Call<'_>,
    request: ExportPatientRequest,
) -> Result<ExportedView, CommandError> {
    let exporter = Exporter::of(call, &request.password)?;
    let who = exporter
        .clinic
        .patient(&exporter.patients, request.patient_id)?;
    let mut folder = folder(call, &request.folder)?;
    // It leaves the record: the journal knows before the disk does.
    let subject = [Subject::from(who.id)];
    exporter
        .clinic
        .note(call.permit()?, call.verb(), &subject)?;
    let written = exporter.one(&mut folder, &who);
    finish(folder, written)
}

pub(super) fn clinic(
    call: &Call<'_>,
    request: ExportClinicRequest,
) -> Result<ExportedView, CommandError> {
    let exporter = Exporter::of(call, &request.password)?;
    let mut folder = folder(call, &request.folder)?;
    let written = exporter.all(call, &mut folder);
    finish(folder, written)
}

fn folder(call: &Call<'_>, wanted: &str) -> Result<Folder, CommandError> {
    let at = call.inner().clock.now();
    Folder::make(Path::new(wanted), at).map_err(|_| CommandError::FileNotWritten)
}

/// Whole or not at all: what is half-written is taken away.
fn finish(
    folder: Folder,
    written: Result<(), CommandError>,
) -> Result<ExportedView, CommandError> {
    match written {
        Ok(()) => folder.finish().map_err(|_| CommandError::FileNotWritten),
        Err(error) => {
            folder.discard();
            Err(error)
        }
    }
}

impl<'a> Exporter<'a> {
    fn of(call: &Call<'a>, password: &Secret<String>) -> Result<Self, CommandError> {
        let (clinic, session, permit) = (call.clinic()?, call.active()?, call.permit()?);
        clinic.check_password(&session, password)?;
        let leave = |permission| permit.for_export(permission);
        Ok(Self {
            inner: call.inner(),
            patients: leave(Permission::ReadPatients)?,
            scans: leave(Permission::ReadScans)?,
            reports: leave(Permission::ReadReports)?,
            clinic,
            session,
        })
    }

    fn all(&self, call: &Call<'_>, folder: &mut Folder) -> Result<(), CommandError> {
        let mut cursor: Option<String> = None;
        loop {
            let page = self
                .clinic
                .patients(&self.patients, "", cursor.as_deref(), PAGE)?;
            let subjects: Vec<Subject> = page.rows.iter().map(|who| who.id.into()).collect();
            self.clinic.note(call.permit()?, call.verb(), &subjects)?;
            for who in &page.rows {
                self.one(folder, who)?;
            }
            cursor = page.next;
            if cursor.is_none() {
                return Ok(());
            }
        }
    }

    fn one(&self, folder: &mut Folder, who: &Patient) -> Result<(), CommandError> {
        let place = format!("patients/{}", who.number);
        let mut bundle = fhir::Chart::of(who);
        let (mut scans, mut reports) = (0, 0);
        for (study, instances) in self.clinic.studies(&self.scans, who.id)? {
            for scan in &instances {
                let bytes = self.clinic.read_file(&self.scans, scan.id)?;
                let ending = match scan.format.as_str() {
                    "dicom" => "dcm",
                    "jpeg" => "jpg",
                    other => other,
                };
                let name = format!("{place}/scans/{}.{ending}", scan.id);
                folder.write(&name, &bytes)?;
                scans += 1;
            }
            bundle.study(&study, &instances);
        }
        let filter = ReportFilter {
            patient_id: Some(who.id),
            ..ReportFilter::default()
        };
        let mut cursor: Option<String> = None;
        loop {
            let page = self
                .clinic
                .reports(&self.reports, &filter, cursor.as_deref(), PAGE)?;
            for row in &page.rows {
                let report = self.clinic.report(&self.reports, row.id)?;
                if let Some(report) = plain(self.inner, &self.session, &self.scans, &report)? {
                    folder.write(&format!("{place}/reports/{}.pdf", report.number), &report.pdf)?;
                    bundle.report(report.fhir);
                    reports += 1;
                }
            }
            cursor = page.next;
            if cursor.is_none() {
                break;
            }
        }
        folder.write(&format!("{place}/patient.fhir.json"), &bundle.json()?)?;
        folder.list(IndexLine {
            number: who.number.clone(),
            name: who.details.name.expose().clone(),
            birth_date: who.details.birth_date.as_ref().map(|date| date.expose().clone()),
            place,
            scans,
            reports,
        });
        Ok(())
    }
}
