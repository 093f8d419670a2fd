//! The series that a scan belongs to, for a model that measures: files of the record, through the permit of
//! whoever asked. A file is opened when its turn comes, and one at a time.

use ::clinic::{Clinic, ClinicError, Permit, Scan};
use ::imaging::{Limits, Picture};
use ::reading::{AnyError, Member, Series};
use basics::ScanId;

/// The scans of one study that have the same Series Instance UID.
pub(super) struct Kept {
    pub(super) clinic: Clinic,
    pub(super) permit: Permit,
    pub(super) scan: ScanId,
    pub(super) frame: u32,
}

/// Opens a file of the record.
pub(super) fn open(clinic: &Clinic, permit: &Permit, scan: ScanId) -> Result<Picture, AnyError> {
    let bytes = clinic.read_file(permit, scan).map_err(boxed)?;
    Picture::from_bytes(bytes.to_vec(), &Limits::default()).map_err(boxed)
}

pub(super) fn boxed<E: basics::Coded + Send + Sync + 'static>(error: E) -> AnyError {
    Box::new(error)
}

impl Series for Kept {
    fn asked(&self) -> (String, u32) {
        (self.scan.to_string(), self.frame)
    }

    fn members(&mut self) -> Result<Vec<Member>, AnyError> {
        let asked = self.clinic.scan(&self.permit, self.scan).map_err(boxed)?;
        let member = |scan: &Scan| Member {
            id: scan.id.to_string(),
            frames: scan.frames,
        };
        // A file that names no series is one of its own, as is one that was retracted.
        if asked.series_uid.is_none() || asked.retracted.is_some() {
            return Ok(vec![member(&asked)]);
        }
        let study = self.clinic.scans_of_study(&self.permit, asked.study_id);
        let scans = study.map_err(boxed)?;
        let of_series = scans
            .iter()
            .filter(|scan| scan.series_uid == asked.series_uid);
        Ok(of_series.map(member).collect())
    }

    fn open(&mut self, id: &str) -> Result<Picture, AnyError> {
        let scan = id
            .parse()
            .map_err(|_| boxed(ClinicError::NotFound { what: "scan" }))?;
        open(&self.clinic, &self.permit, scan)
    }
}
