//! Break-glass: a doctor opens a restricted record in an emergency, and an administrator reviews it.

mod act;
mod review;
mod types;

pub use types::*;

use crate::{
    clinic::{AccessRow, PatientRequest},
    journal::JournalPage,
    table::commands,
};

commands! {
    /// Finds a restricted record by its number, or by full name and birth date.
    "break_glass.find": act::find, (FindSealedRequest) -> Vec<SealedPatientView>,
        Permission(May::BreakGlass), Read("break_glass.find"), provides [], stales [];
    /// Opens one restricted record for one hour, with the password and a reason.
    "break_glass.open": act::open, (BreakGlassRequest) -> OwnOpeningView,
        Permission(May::BreakGlass), Write("break_glass.open"),
        provides [], stales [BreakGlass, Patients, Chart, Worklist, Scan, Reports, Consultations];
    /// Tells which restricted record is open to oneself, and for how long.
    "break_glass.current": act::current, (()) -> Option<OwnOpeningView>,
        Permission(May::BreakGlass), Quiet("break_glass.current"), provides [BreakGlass], stales [];
    /// Ends one's own emergency access.
    "break_glass.end": act::end, (()) -> (),
        Permission(May::BreakGlass), Write("break_glass.end"),
        provides [], stales [BreakGlass, Patients, Chart, Worklist, Scan, Reports, Consultations];

    /// Counts the emergency accesses that nobody reviewed yet.
    "break_glass.waiting": review::waiting, (()) -> OpeningsWaitingView,
        Permission(May::ReviewBreakGlass), Quiet("break_glass.waiting"),
        provides [BreakGlass], stales [];
    /// Lists emergency accesses: those to be reviewed, or those that were.
    "break_glass.page": review::page, (OpeningsRequest) -> OpeningsPage,
        Permission(May::ReviewBreakGlass), Read("break_glass.page"), provides [BreakGlass], stales [];
    /// Lists what was read and done under an emergency access.
    "break_glass.acts": review::acts, (OpeningActsRequest) -> JournalPage,
        Permission(May::ReviewBreakGlass), Read("break_glass.acts"),
        provides [BreakGlass, Journal], stales [];
    /// Answers the review of an emergency access, once and for good.
    "break_glass.review": review::review, (ReviewOpeningRequest) -> OpeningView,
        Permission(May::ReviewBreakGlass), Write("break_glass.review"),
        provides [], stales [BreakGlass, Journal];

    /// Shows who looked at the record of a patient whom one treats.
    "patients.who_saw": review::who_saw, (PatientRequest) -> Vec<AccessRow>,
        Permission(May::ReadAccessLog), Read("patients.who_saw"),
        provides [Journal, BreakGlass], stales [];
}
