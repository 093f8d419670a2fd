//! From the record to the files of an export, patient by patient.

use std::sync::atomic::Ordering;

use ::clinic::{ActiveSession, Clinic, Patient, Permission, Permit, ReportFilter, Subject};
use basics::{Code, PatientId};

use super::{
    fhir,
    files::{Folder, IndexLine},
    jobs::Watch,
};
use crate::{error::CommandError, prescriptions, reports::plain, workstation::Inner};

/// Patients of one page.
const PAGE: u32 = 100;

/// Who exports, and what they may read for it.
pub(super) struct Exporter {
    pub(super) clinic: Clinic,
    pub(super) session: ActiveSession,
    /// To export; it reads signed notes, too.
    permit: Permit,
    verb: &'static str,
    patients: Permit,
    scans: Permit,
    reports: Permit,
    prescriptions: Permit,
}

impl Exporter {
    pub(super) fn of(
        clinic: Clinic,
        session: ActiveSession,
        permit: &Permit,
        verb: &'static str,
    ) -> Result<Self, CommandError> {
        let leave = |permission| permit.for_export(permission);
        Ok(Self {
            patients: leave(Permission::ReadPatients)?,
            scans: leave(Permission::ReadScans)?,
            reports: leave(Permission::ReadReports)?,
            prescriptions: leave(Permission::ReadPrescriptions)?,
            permit: permit.clone(),
            verb,
            clinic,
            session,
        })
    }

    /// The patient, if the leave reaches them.
    pub(super) fn who(&self, id: PatientId) -> Result<Patient, CommandError> {
        Ok(self.clinic.patient(&self.patients, id)?)
    }

    /// Writes one patient's record, or everybody's. It leaves the record: the journal knows before the disk does.
    pub(super) fn write(
        &self,
        inner: &Inner,
        folder: &mut Folder,
        patient: Option<PatientId>,
        watch: &Watch,
    ) -> Result<(), CommandError> {
        if let Some(id) = patient {
            watch.total.store(1, Ordering::Relaxed);
            let who = self.who(id)?;
            self.note(&[who.id.into()])?;
            return self.one(inner, folder, &who, watch);
        }
        let mut all = 0;
        self.each_page(|page| {
            all += page.len() as u64;
            watch.go_on()
        })?;
        watch.total.store(all, Ordering::Relaxed);
        self.each_page(|page| {
            let subjects: Vec<Subject> = page.iter().map(|who| who.id.into()).collect();
            self.note(&subjects)?;
            page.iter()
                .try_for_each(|who| self.one(inner, folder, who, watch))
        })
    }

    fn note(&self, subjects: &[Subject]) -> Result<(), CommandError> {
        Ok(self.clinic.note(&self.permit, self.verb, subjects)?)
    }

    /// That it was stopped or failed is in the journal, too.
    pub(super) fn note_end(&self, patient: Option<PatientId>, code: Code) {
        let subjects: Vec<Subject> = patient.into_iter().map(Subject::from).collect();
        let noted = self
            .clinic
            .note_unsuccessful(Some(&self.session), self.verb, &subjects, code);
        if let Err(error) = noted {
            tracing::error!(%error, "how an export ended is not in the journal");
        }
    }

    fn each_page(
        &self,
        mut act: impl FnMut(&[Patient]) -> Result<(), CommandError>,
    ) -> Result<(), CommandError> {
        let mut cursor: Option<String> = None;
        loop {
            let page = self
                .clinic
                .patients(&self.patients, "", cursor.as_deref(), PAGE)?;
            act(&page.rows)?;
            cursor = page.next;
            if cursor.is_none() {
                return Ok(());
            }
        }
    }

    fn one(
        &self,
        inner: &Inner,
        folder: &mut Folder,
        who: &Patient,
        watch: &Watch,
    ) -> Result<(), CommandError> {
        let place = format!("patients/{}", who.number);
        let mut put = |name: &str, bytes: &[u8]| {
            watch.go_on()?;
            watch.bytes.fetch_add(bytes.len() as u64, Ordering::Relaxed);
            folder.write(&format!("{place}/{name}"), bytes)
        };
        let mut bundle = fhir::Chart::of(who);
        let mut line = IndexLine::of(who, &place);
        for (study, instances) in self.clinic.studies(&self.scans, who.id)? {
            for scan in &instances {
                let bytes = self.clinic.read_file(&self.scans, scan.id)?;
                let ending = match scan.format.as_str() {
                    "dicom" => "dcm",
                    "jpeg" => "jpg",
                    other => other,
                };
                put(&format!("scans/{}.{ending}", scan.id), &bytes)?;
                line.scans += 1;
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
                if let Some(report) = plain(inner, &self.session, &self.scans, &report)? {
                    put(&format!("reports/{}.pdf", report.number), &report.pdf)?;
                    bundle.report(report.fhir);
                    line.reports += 1;
                }
            }
            cursor = page.next;
            if cursor.is_none() {
                break;
            }
        }
        for note in self.clinic.every_signed_note(&self.permit, who.id)? {
            let text = bundle.note(&note);
            put(&format!("notes/{}.txt", note.id), text.as_bytes())?;
            line.notes += 1;
        }
        for one in self
            .clinic
            .every_prescription(&self.prescriptions, who.id)?
        {
            bundle.add(prescriptions::fhir(&one, bundle.patient())?);
            line.prescriptions += 1;
        }
        put("patient.fhir.json", &bundle.json()?)?;
        folder.list(line);
        watch.patients.fetch_add(1, Ordering::Relaxed);
        Ok(())
    }
}
