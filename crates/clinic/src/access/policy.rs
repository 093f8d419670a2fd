//! The permission matrix of the clinic, whole and in one table; what is not in it is denied.

use serde::{Deserialize, Serialize};

/// The four roles.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Users, settings, statistics, journal.
    Administrator,
    /// Scans, readings, verdicts, reports, consultations, prescriptions.
    Doctor,
    /// Own scans and reports.
    Patient,
    /// The dispensing queue.
    Pharmacist,
}

impl Role {
    /// Every role.
    pub const ALL: [Role; 4] = [
        Role::Administrator,
        Role::Doctor,
        Role::Patient,
        Role::Pharmacist,
    ];

    /// How the record stores it.
    pub fn key(self) -> &'static str {
        match self {
            Role::Administrator => "administrator",
            Role::Doctor => "doctor",
            Role::Patient => "patient",
            Role::Pharmacist => "pharmacist",
        }
    }

    /// The role with this key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.key() == key)
    }
}

/// How far a permission reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reach {
    /// The clinic as a whole; it shows no patient's data.
    Clinic,
    /// Every patient, restricted or not.
    EveryPatient,
    /// Patients whose record is not restricted, and restricted ones whom this doctor treats.
    Unrestricted,
    /// Patients whom this doctor treats.
    Treated,
    /// The one patient to whom this account is bound.
    Own,
    /// Ids, dates and counts: never a name, never an image.
    WithoutNames,
    /// Only people whom the administrator named for it.
    Named,
}

macro_rules! policy {
    ($(
        $(#[doc = $doc:literal])+
        $permission:ident: $($role:ident = $reach:ident),+;
    )*) => {
        /// What a person may be allowed to do.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Permission {
            $($(#[doc = $doc])+ $permission,)*
        }

        impl Permission {
            /// Every permission.
            pub const ALL: &'static [Permission] = &[$(Permission::$permission),*];

            /// Its name in the command table.
            pub fn name(self) -> &'static str {
                match self { $(Permission::$permission => stringify!($permission)),* }
            }
        }

        /// How far `role` may go with `permission`; `None` is a refusal.
        pub fn reach(role: Role, permission: Permission) -> Option<Reach> {
            match (permission, role) {
                $($((Permission::$permission, Role::$role) => Some(Reach::$reach),)+)*
                _ => None,
            }
        }
    };
}

policy! {
    /// Make, enable and disable accounts; give new passwords.
    ManageUsers: Administrator = Clinic;
    /// See and change the clinic's settings; switch model packs on and accept their licences.
    ManageSettings: Administrator = Clinic;
    /// Back the record up and bring it back.
    ManageBackups: Administrator = Clinic;
    /// Write every patient's record as plain files.
    ExportClinic: Administrator = EveryPatient;
    /// Write a patient's record as plain files.
    ExportRecords: Doctor = Unrestricted;
    /// Charts, and the rows behind them.
    ReadStatistics: Administrator = WithoutNames;
    /// The audit trail.
    ReadJournal: Administrator = WithoutNames;

    /// Find patients and open charts.
    ReadPatients: Doctor = Unrestricted;
    /// Add and correct patients; record allergies; make a patient's account.
    WritePatients: Doctor = Unrestricted;
    /// Look at records that may be one person's, merge two, and take that back. Whoever decides it sees both
    /// people, so an administrator, who sees no names, does not.
    MergePatients: Doctor = Unrestricted;
    /// Make an account for a patient without seeing the record.
    CreatePatientAccounts: Administrator = WithoutNames, Doctor = Unrestricted;
    /// Mark a record restricted, or open it again.
    RestrictRecords: Administrator = WithoutNames, Doctor = Treated;

    /// Import scans and mark them entered in error.
    ImportScans: Doctor = Unrestricted;
    /// See scans, readings, maps and verdicts.
    ReadScans: Doctor = Unrestricted;
    /// Have a model read a scan.
    RunReadings: Doctor = Unrestricted;
    /// Give a verdict and a priority.
    RecordVerdicts: Doctor = Unrestricted;
    /// Give scans with their verdicts away without identity, for training.
    ExportFeedback: Doctor = Unrestricted;
    /// Measure and annotate.
    MarkScans: Doctor = Unrestricted;

    /// Read reports.
    ReadReports: Doctor = Unrestricted;
    /// Write a report.
    WriteReports: Doctor = Unrestricted;
    /// Sign a report.
    SignReports: Doctor = Unrestricted;
    /// Send a report.
    SendReports: Doctor = Unrestricted;

    /// Host a consultation.
    HostConsultations: Doctor = Unrestricted;
    /// Take part in one's own consultations and read them again.
    ReadOwnConsultations: Patient = Own;

    /// Own identity and scan history.
    ReadOwnRecord: Patient = Own;
    /// Own final reports.
    ReadOwnReports: Patient = Own;
    /// Who looked at one's own record.
    ReadOwnAccessLog: Patient = Own;
    /// Who looked at the record of a patient whom one treats.
    ReadAccessLog: Doctor = Treated;
    /// Own prescriptions.
    ReadOwnPrescriptions: Patient = Own;

    /// Write a prescription.
    WritePrescriptions: Doctor = Unrestricted;
    /// See prescriptions with allergies, override reasons and two identifiers.
    ReadPrescriptions: Doctor = Unrestricted, Pharmacist = EveryPatient;
    /// Dispense, in whole or in part.
    DispensePrescriptions: Pharmacist = EveryPatient;

    /// Open one restricted record for one hour, with a reason.
    BreakGlass: Doctor = EveryPatient;
    /// Review who broke glass, and why.
    ReviewBreakGlass: Administrator = WithoutNames;

    /// Say who may approve phrases.
    NamePhraseReviewers: Administrator = Clinic;
    /// Approve the translation of a phrase.
    ApprovePhrases: Administrator = Named, Doctor = Named, Patient = Named, Pharmacist = Named;

    /// Search what was said, notes and reports, as far as one may read them.
    SearchRecords: Doctor = Unrestricted, Patient = Own;

    /// Ask the assistant about the app.
    AskAssistant: Administrator = Clinic, Doctor = Clinic, Patient = Clinic, Pharmacist = Clinic;
    /// Ask the assistant about the open chart.
    AskAboutChart: Doctor = Unrestricted;
    /// Ask the assistant about one's own final reports.
    AskAboutOwnReports: Patient = Own;
}
