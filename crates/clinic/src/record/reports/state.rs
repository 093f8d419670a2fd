//! Where a report stands, and what it may become. One table says both to the compiler and at run time:
//! a transition that is not in it has no code that could carry it out.

use std::marker::PhantomData;

use serde::{Deserialize, Serialize};

use super::Found;

macro_rules! states {
    ($($(#[doc = $doc:literal])+ $state:ident = $key:literal;)*) => {
        /// Where a report stands (after FHIR R4 `DiagnosticReport.status`).
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum ReportState {
            $($(#[doc = $doc])+ $state,)*
        }

        impl ReportState {
            /// Every state.
            pub const ALL: &'static [Self] = &[$(Self::$state),*];

            /// How the record stores it.
            pub fn key(self) -> &'static str {
                match self { $(Self::$state => $key),* }
            }
        }

        /// States as types.
        pub mod as_type {
            $($(#[doc = $doc])+ pub enum $state {})*
        }

        $(impl StateType for as_type::$state {
            const STATE: ReportState = ReportState::$state;
        })*
    };
}

/// A state that the compiler knows.
pub trait StateType {
    /// The state.
    const STATE: ReportState;
}

/// What a report in this state may become by a signing.
///
/// ```
/// use clinic::{Becomes, as_type::*};
/// fn may<Now: Becomes<Next>, Next: clinic::StateType>() {}
/// may::<Draft, Final>();
/// ```
/// What is final is never written anew, and nothing comes after the end:
/// ```compile_fail
/// use clinic::{Becomes, as_type::*};
/// fn may<Now: Becomes<Next>, Next: clinic::StateType>() {}
/// may::<Final, Preliminary>();
/// ```
/// ```compile_fail
/// use clinic::{Becomes, as_type::*};
/// fn may<Now: Becomes<Next>, Next: clinic::StateType>() {}
/// may::<EnteredInError, Amended>();
/// ```
pub trait Becomes<Next: StateType>: StateType {}

states! {
    /// Being written; nothing was signed.
    Draft = "draft";
    /// Signed; may still be written and signed anew.
    Preliminary = "preliminary";
    /// Signed; its text never changes.
    Final = "final";
    /// Final, with a correction.
    Amended = "amended";
    /// Final, with something added.
    Appended = "appended";
    /// Withdrawn; what it said is kept. The end.
    EnteredInError = "entered_in_error";
}

macro_rules! transitions {
    ($($now:ident => $($next:ident),+;)*) => {
        $($(impl Becomes<as_type::$next> for as_type::$now {})+)*

        impl ReportState {
            /// Whether a signing may lead from this state to `next`.
            pub fn may_become(self, next: Self) -> bool {
                matches!((self, next), $($((Self::$now, Self::$next))|+)|*)
            }
        }

        impl Found {
            /// The step from where the report stands to `next`, if there is one.
            pub(super) fn step(self, next: ReportState) -> Option<Step> {
                match (self.state, next) {
                    $($((ReportState::$now, ReportState::$next) => Some(
                        Standing::<as_type::$now>::at(self).step::<as_type::$next>(),
                    ),)+)*
                    _ => None,
                }
            }
        }
    };
}

transitions! {
    Draft => Preliminary, Final;
    Preliminary => Preliminary, Final, EnteredInError;
    Final => Amended, Appended, EnteredInError;
    Amended => Amended, Appended, EnteredInError;
    Appended => Amended, Appended, EnteredInError;
}

impl ReportState {
    /// States that a patient may see, and that may leave the clinic.
    pub const RELEASED: [Self; 4] = [
        Self::Final,
        Self::Amended,
        Self::Appended,
        Self::EnteredInError,
    ];

    /// Whether it is one of [`ReportState::RELEASED`].
    pub fn is_released(self) -> bool {
        Self::RELEASED.contains(&self)
    }

    /// Whether a draft of this kind may be opened while the report stands here.
    pub fn may_open(self, kind: DraftKind) -> bool {
        kind.signs_as()
            .iter()
            .any(|next| self.may_become(*next) && *next != Self::EnteredInError)
    }
}

/// What a draft is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DraftKind {
    /// The report itself, until it is final.
    Text,
    /// A correction of what is final.
    Correction,
    /// Something to be added to what is final.
    Addendum,
}

impl DraftKind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Text, Self::Correction, Self::Addendum];

    /// What signing such a draft may make of the report.
    pub fn signs_as(self) -> &'static [ReportState] {
        match self {
            Self::Text => &[ReportState::Preliminary, ReportState::Final],
            Self::Correction => &[ReportState::Amended],
            Self::Addendum => &[ReportState::Appended],
        }
    }
}

/// A report that is known to stand at `S`.
pub(super) struct Standing<S>(Found, PhantomData<S>);

/// One step of a report that the table allows; only [`Standing::step`] makes one.
pub(super) struct Step {
    pub(super) found: Found,
    pub(super) next: ReportState,
}

impl<S: StateType> Standing<S> {
    fn at(found: Found) -> Self {
        Self(found, PhantomData)
    }

    fn step<Next: StateType>(self) -> Step
    where
        S: Becomes<Next>,
    {
        Step {
            found: self.0,
            next: Next::STATE,
        }
    }
}
