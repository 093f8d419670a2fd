//! Who may do what. Every function of the record takes a [`Permit`], and only [`authorize`] makes
//! one, from a session that stands: reading a record without a check does not type-check.

mod opened;
mod policy;

use basics::{PatientId, SessionId, UserId};

pub(crate) use opened::Opened;
pub use policy::{Permission, Reach, Role, reach};

use crate::error::{ClinicError, Result};

/// A signed-in person whose session is neither locked nor over; made by [`crate::Clinic::session`].
#[derive(Clone, Debug)]
pub struct ActiveSession {
    pub(crate) actor: Actor,
}

/// Leave for one person to use one permission, as far as it reaches.
#[derive(Clone, Debug)]
pub struct Permit {
    actor: Actor,
    permission: Permission,
    reach: Reach,
}

/// The person behind a session.
#[derive(Clone, Debug)]
pub(crate) struct Actor {
    pub(crate) session: SessionId,
    pub(crate) user: UserId,
    pub(crate) role: Role,
    pub(crate) patient: Option<PatientId>,
    /// The administrator named them to review phrases of some language.
    pub(crate) named: bool,
    /// A restricted record that they opened in an emergency.
    pub(crate) opened: Option<Opened>,
}

/// What ownership depends on.
#[derive(Clone, Debug)]
pub(crate) struct Ownership {
    pub(crate) patient: PatientId,
    pub(crate) restricted: bool,
    pub(crate) treating: Option<UserId>,
}

/// Gives leave, or refuses.
///
/// # Errors
/// [`ClinicError::Forbidden`] where the policy has no entry for this role, or one for named people only
/// and this one is not named.
pub fn authorize(session: &ActiveSession, permission: Permission) -> Result<Permit> {
    match reach(session.actor.role, permission) {
        None => Err(ClinicError::Forbidden { permission }),
        Some(Reach::Named) if !session.actor.named => Err(ClinicError::Forbidden { permission }),
        Some(reach) => Ok(Permit {
            actor: session.actor.clone(),
            permission,
            reach,
        }),
    }
}

impl ActiveSession {
    /// The session's id.
    pub fn id(&self) -> SessionId {
        self.actor.session
    }
    /// Who.
    pub fn user(&self) -> UserId {
        self.actor.user
    }
    /// In which role.
    pub fn role(&self) -> Role {
        self.actor.role
    }
    /// For a patient's account: whose record it is bound to.
    pub fn patient(&self) -> Option<PatientId> {
        self.actor.patient
    }
}

impl Permit {
    /// Who.
    pub fn user(&self) -> UserId {
        self.actor.user
    }
    /// In which role.
    pub fn role(&self) -> Role {
        self.actor.role
    }
    /// For a patient's account: whose record it is bound to.
    pub fn patient(&self) -> Option<PatientId> {
        self.actor.patient
    }
    /// For what.
    pub fn permission(&self) -> Permission {
        self.permission
    }

    /// Leave to read for an export, as far as the leave to export reaches.
    ///
    /// # Errors
    /// [`ClinicError::WrongPermit`] for a permit that is for no export; [`ClinicError::Forbidden`] for anything
    /// but patients, scans, reports and prescriptions.
    pub fn for_export(&self, permission: Permission) -> Result<Self> {
        self.needs_one_of(&[Permission::ExportRecords, Permission::ExportClinic])?;
        match permission {
            Permission::ReadPatients
            | Permission::ReadScans
            | Permission::ReadReports
            | Permission::ReadPrescriptions => Ok(Self {
                permission,
                ..self.clone()
            }),
            _ => Err(ClinicError::Forbidden { permission }),
        }
    }

    pub(crate) fn actor(&self) -> &Actor {
        &self.actor
    }

    pub(crate) fn reach(&self) -> Reach {
        self.reach
    }

    /// Checks that it was given for this.
    pub(crate) fn needs(&self, needed: Permission) -> Result<()> {
        self.needs_one_of(&[needed])
    }

    /// Checks that it was given for one of these.
    pub(crate) fn needs_one_of(&self, needed: &[Permission]) -> Result<()> {
        match needed {
            any if any.contains(&self.permission) => Ok(()),
            [first, ..] => Err(ClinicError::WrongPermit {
                needed: *first,
                shown: self.permission,
            }),
            [] => Err(ClinicError::Forbidden {
                permission: self.permission,
            }),
        }
    }

    /// Whether it reaches this patient's record.
    pub(crate) fn covers(&self, owned: &Ownership) -> bool {
        let treated = owned.treating == Some(self.actor.user);
        match self.reach {
            Reach::EveryPatient | Reach::WithoutNames => true,
            Reach::Unrestricted => !owned.restricted || treated || self.breaks_glass(owned),
            Reach::Treated => treated,
            Reach::Own => self.actor.patient == Some(owned.patient),
            Reach::Clinic | Reach::Named => false,
        }
    }

    /// Whether an emergency opening reaches this record, which nothing else does; it is remembered, so
    /// that the journal says so.
    fn breaks_glass(&self, owned: &Ownership) -> bool {
        let opened = self.actor.opened.as_ref();
        opened.is_some_and(|opened| opened.reaches(owned.patient))
    }

    /// The emergency opening by which this patient's record is open to the asker, where it is.
    pub(crate) fn opened_for(&self, patient: PatientId) -> Option<&Opened> {
        let opened = self.actor.opened.as_ref()?;
        (self.reach == Reach::Unrestricted && opened.holds_for(patient)).then_some(opened)
    }

    /// How far it reaches in a list: `None` is nobody at all.
    pub(crate) fn lists(&self) -> Option<Listed> {
        match self.reach {
            Reach::EveryPatient => Some(Listed::Everybody),
            Reach::Unrestricted => Some(Listed::Unrestricted),
            _ => None,
        }
    }
}

/// Whom a list may show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Listed {
    /// Every patient.
    Everybody,
    /// Unrestricted records, and those that the asker treats.
    Unrestricted,
}
