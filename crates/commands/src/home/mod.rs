//! Where people begin: what waits for them.

mod doctor;
mod types;

pub use types::*;

use crate::table::commands;

commands! {
    /// Shows a doctor what waits today: consultations, drafts to sign, results to look at, trouble on the way.
    "home.doctor": doctor::home, (DoctorHomeRequest) -> DoctorHome,
        Permission(May::ReadScans), Read("home.doctor"),
        provides [Worklist, Consultations, Reports, Notes, Outbox, Patients], stales [];
}
