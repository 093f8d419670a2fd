//! An emergency opening of one restricted record, as a permit carries it (`record/break_glass`).

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Instant,
};

use basics::PatientId;

use crate::record::break_glass::OpeningId;

/// Leave for one record, until a moment that no clock can move.
#[derive(Clone, Debug)]
pub(crate) struct Opened {
    pub(crate) id: OpeningId,
    pub(crate) patient: PatientId,
    /// Whoever still holds a permit after this holds nothing.
    until: Instant,
    /// It was what let the asker through; shared by the permits of one call.
    used: Arc<AtomicBool>,
}

impl Opened {
    pub(crate) fn new(id: OpeningId, patient: PatientId, until: Instant) -> Self {
        Self {
            id,
            patient,
            until,
            used: Arc::default(),
        }
    }

    /// Whether it reaches this record now; then it counts as used.
    pub(super) fn reaches(&self, patient: PatientId) -> bool {
        let reaches = self.holds_for(patient);
        if reaches {
            self.used.store(true, Ordering::Relaxed);
        }
        reaches
    }

    pub(super) fn holds_for(&self, patient: PatientId) -> bool {
        self.patient == patient && Instant::now() < self.until
    }

    /// Whether it let the asker through since the session was asked for.
    pub(crate) fn was_used(&self) -> bool {
        self.used.load(Ordering::Relaxed)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn it_reaches_one_patient_until_its_moment() {
        let (patient, other) = (PatientId::new(), PatientId::new());
        let later = Instant::now() + Duration::from_secs(60);
        let opened = Opened::new(OpeningId::new(), patient, later);
        assert!(!opened.reaches(other) && !opened.was_used());
        assert!(opened.reaches(patient) && opened.was_used());
        let over = Opened::new(OpeningId::new(), patient, Instant::now());
        assert!(!over.reaches(patient) && !over.was_used());
    }
}
