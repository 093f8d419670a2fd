//! Errors at the edge: a code, the id of a sentence, and what fills its places.

use std::collections::BTreeMap;

use basics::{Code, Coded};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::host::RoomError;

/// An error as the user interface gets it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ErrorView {
    /// What sort of failure it is.
    pub code: Code,
    /// Key of the sentence in the catalogue.
    pub message_id: String,
    /// What fills its places; never a person's data.
    pub args: BTreeMap<String, String>,
}

impl<E: Coded> From<E> for ErrorView {
    fn from(error: E) -> Self {
        view_of(&error)
    }
}

/// The view of any error that can be told.
pub(crate) fn view_of(error: &dyn Coded) -> ErrorView {
    ErrorView {
        code: error.code(),
        message_id: error.message_id().into(),
        args: error
            .args()
            .into_iter()
            .map(|(key, value)| (key.into(), value))
            .collect(),
    }
}

/// Why a command was not carried out.
#[derive(Debug, thiserror::Error)]
pub enum CommandError {
    /// The record says no.
    #[error(transparent)]
    Clinic(#[from] clinic::ClinicError),
    /// The picture cannot be read.
    #[error(transparent)]
    Imaging(#[from] imaging::Error),
    /// The model cannot be used.
    #[error(transparent)]
    Reading(#[from] reading::Error),
    /// The consultation or the way to the relay says no.
    #[error(transparent)]
    Live(#[from] live::Error),
    /// The phrasebook or the engine cannot.
    #[error(transparent)]
    Language(#[from] language::Error),
    /// The report cannot be made, sealed, read or sent.
    #[error(transparent)]
    Reports(#[from] reports::Error),
    /// The order is not written by the rules, or the table of medicines is damaged.
    #[error(transparent)]
    Prescribing(#[from] prescribing::Error),
    /// A warning has no reason why it does not hold.
    #[error("a warning was not answered")]
    WarningsUnanswered,
    /// The signature is not of what the prescription says.
    #[error("the prescription was altered")]
    PrescriptionBroken,
    /// The doctor allows no other product.
    #[error("no other product may be given")]
    SubstitutionForbidden,
    /// The batch has expired.
    #[error("the batch has expired")]
    Expired,
    /// The microphone cannot be used.
    #[error(transparent)]
    Voice(#[from] voice::Error),
    /// No room could be opened.
    #[error(transparent)]
    Room(#[from] RoomError),
    /// No relay is set and no room is open.
    #[error("no relay is set")]
    NoRelay,
    /// A file could not be written where the person wanted it.
    #[error("the file could not be written")]
    FileNotWritten,
    /// An export runs already.
    #[error("an export is running")]
    ExportRuns,
    /// The person stopped the export.
    #[error("the export was cancelled")]
    ExportCancelled,
    /// Nothing of what was asked for can be given away.
    #[error("no image can be given away")]
    NothingToGive,
    /// What is to carry a report cannot be used as it is set.
    #[error(transparent)]
    Delivery(#[from] reports::delivery::Problem),
    /// This way out of the clinic is not set up.
    #[error("this way of sending is not set up")]
    NotSetUp,
    /// A file could not be read.
    #[error("the file could not be read")]
    FileNotRead,
    /// Neither findings nor impression say anything.
    #[error("the report says nothing")]
    ReportEmpty,
    /// No sentence of the note counts.
    #[error("the note says nothing")]
    NoteEmpty,
    /// The engine drafted no note. It is not asked again by itself, as it is for what waits.
    #[error(transparent)]
    NotDrafted(language::Error),
    /// The engine drafts this note already.
    #[error("this note is being drafted")]
    Drafting,
    /// A correction that changes nothing.
    #[error("nothing was corrected")]
    ReportUnchanged,
    /// The pages would no longer be those that were read.
    #[error("the report is no longer what was read")]
    ReportPagesChanged,
    /// A draft or preliminary report does not leave the clinic.
    #[error("the report is not final")]
    ReportNotFinal,
    /// The newest revision was not sealed yet.
    #[error("the newest revision was not sealed")]
    ReportNotSealed,
    /// Fewer than two identifiers were confirmed.
    #[error("two identifiers are needed")]
    IdentityUnconfirmed,
    /// A confirmed identifier is not what the record says.
    #[error("an identifier is not this patient's")]
    IdentityDiffers,
    /// No FHIR server is set.
    #[error("no FHIR server is set")]
    NoFhirServer,
    /// Somebody records already, or nobody does.
    #[error("the recording is not in that state")]
    NotRecording,
    /// There is no such row in the table.
    #[error("no command of this name")]
    UnknownCommand,
    /// The request is not what the row asks for.
    #[error("the request does not parse")]
    BadRequest,
    /// Nobody is signed in at this window.
    #[error("nobody is signed in at this window")]
    SignInNeeded,
    /// The password is right, and the code could not be sent.
    #[error("the code was not sent")]
    CodeNotSent,
    /// This window is locked.
    #[error("this window is locked")]
    WindowLocked,
    /// There is no such thing, or it may not be seen.
    #[error("there is no such {what}")]
    NotFound {
        /// Kind of thing.
        what: &'static str,
    },
    /// A field breaks a rule.
    #[error("{field} breaks a rule")]
    Invalid {
        /// Which field.
        field: &'static str,
    },
    /// The licence of a research pack was not accepted.
    #[error("the licence was not accepted")]
    LicenceNotAccepted,
    /// The recovery phrase was not repeated rightly.
    #[error("the words are not those of the phrase")]
    PhraseNotRepeated,
    /// A sample of the demo clinic is missing.
    #[error("the sample scans are missing")]
    SamplesMissing,
    /// A handler panicked; the log says where.
    #[error("a defect in this program")]
    Defect,
}

impl Coded for CommandError {
    fn code(&self) -> Code {
        match self {
            Self::Clinic(error) => error.code(),
            Self::Imaging(error) => error.code(),
            Self::Reading(error) => error.code(),
            Self::Live(error) => error.code(),
            Self::Language(error) | Self::NotDrafted(error) => error.code(),
            Self::Voice(error) => error.code(),
            Self::Prescribing(error) => error.code(),
            Self::WarningsUnanswered | Self::SubstitutionForbidden | Self::Expired => Code::Invalid,
            Self::PrescriptionBroken => Code::Damaged,
            Self::Reports(error) => error.code(),
            Self::Delivery(problem) => problem.code(),
            Self::Room(_) => Code::Busy,
            Self::NoRelay
            | Self::NotRecording
            | Self::Drafting
            | Self::ReportUnchanged
            | Self::ReportPagesChanged
            | Self::ReportNotFinal
            | Self::ReportNotSealed
            | Self::IdentityDiffers
            | Self::NotSetUp
            | Self::NoFhirServer => Code::Conflict,
            Self::ReportEmpty | Self::NoteEmpty | Self::IdentityUnconfirmed => Code::Invalid,
            Self::FileNotRead => Code::Unreadable,
            Self::FileNotWritten => Code::ReadOnly,
            Self::ExportRuns => Code::Busy,
            Self::ExportCancelled => Code::Cancelled,
            Self::NothingToGive => Code::Conflict,
            Self::UnknownCommand | Self::NotFound { .. } => Code::NotFound,
            Self::BadRequest | Self::Invalid { .. } => Code::Invalid,
            Self::SignInNeeded | Self::CodeNotSent => Code::SignInNeeded,
            Self::WindowLocked => Code::Locked,
            Self::LicenceNotAccepted | Self::PhraseNotRepeated => Code::Invalid,
            Self::SamplesMissing => Code::NotFound,
            Self::Defect => Code::Internal,
        }
    }

    fn message_id(&self) -> &'static str {
        match self {
            Self::Clinic(error) => error.message_id(),
            Self::Imaging(error) => error.message_id(),
            Self::Reading(error) => error.message_id(),
            Self::Live(error) => error.message_id(),
            Self::Language(error) => error.message_id(),
            Self::NotDrafted(error) => not_drafted(error),
            Self::Voice(error) => error.message_id(),
            Self::Prescribing(error) => error.message_id(),
            Self::WarningsUnanswered => "prescription-warnings-unanswered",
            Self::PrescriptionBroken => "prescription-broken",
            Self::SubstitutionForbidden => "prescription-substitution-forbidden",
            Self::Expired => "prescription-batch-expired",
            Self::Reports(error) => error.message_id(),
            Self::Delivery(problem) => problem.message_id(),
            Self::NotSetUp => "delivery-not-set-up",
            Self::Room(RoomError::NotHere) => "room-not-here",
            Self::Room(RoomError::NoNetwork) => "room-no-network",
            Self::Room(RoomError::Port) => "room-port-taken",
            Self::Room(RoomError::Folder) => "room-folder-unusable",
            Self::NoRelay => "no-relay",
            Self::FileNotWritten => "file-not-written",
            Self::ExportRuns => "export-runs",
            Self::ExportCancelled => "export-cancelled",
            Self::NothingToGive => "nothing-to-give",
            Self::NotRecording => "not-recording",
            Self::FileNotRead => "file-not-read",
            Self::ReportEmpty => "report-empty",
            Self::NoteEmpty => "note-empty",
            Self::Drafting => "note-drafting",
            Self::ReportUnchanged => "report-unchanged",
            Self::ReportPagesChanged => "report-pages-changed",
            Self::ReportNotFinal => "report-not-final",
            Self::ReportNotSealed => "report-not-sealed",
            Self::IdentityUnconfirmed => "report-identity-unconfirmed",
            Self::IdentityDiffers => "report-identity-differs",
            Self::NoFhirServer => "report-no-fhir-server",
            Self::UnknownCommand => "command-unknown",
            Self::BadRequest => "request-malformed",
            Self::SignInNeeded => "sign-in-needed",
            Self::CodeNotSent => "email-code-not-sent",
            Self::WindowLocked => "window-locked",
            Self::NotFound { .. } => "thing-not-found",
            Self::Invalid { .. } => "field-rule-broken",
            Self::LicenceNotAccepted => "licence-not-accepted",
            Self::PhraseNotRepeated => "phrase-not-repeated",
            Self::SamplesMissing => "samples-missing",
            Self::Defect => "program-defect",
        }
    }

    fn args(&self) -> BTreeMap<&'static str, String> {
        match self {
            Self::Clinic(error) => error.args(),
            Self::Imaging(error) => error.args(),
            Self::Reading(error) => error.args(),
            Self::Live(error) => error.args(),
            Self::Language(error) | Self::NotDrafted(error) => error.args(),
            Self::Voice(error) => error.args(),
            Self::Prescribing(error) => error.args(),
            Self::Reports(error) => error.args(),
            Self::Delivery(problem) => problem.args(),
            Self::NotFound { what } => [("what", (*what).to_string())].into(),
            Self::Invalid { field } => [("field", (*field).to_string())].into(),
            _ => BTreeMap::new(),
        }
    }
}

fn not_drafted(error: &language::Error) -> &'static str {
    use language::Error;
    match error {
        Error::KeyRefused => "note-key-refused",
        Error::QuotaOut => "note-quota-out",
        Error::ModelUnknown => "note-model-unknown",
        Error::Unreachable => "note-engine-unreachable",
        Error::TimedOut => "note-engine-slow",
        Error::Overloaded { .. } => "note-engine-overloaded",
        Error::NotTaken { .. } => "note-request-not-taken",
        Error::Unusable(_) => "note-answer-unusable",
        other => other.message_id(),
    }
}
