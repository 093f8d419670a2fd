//! What the consultation's screens ask and get.

use basics::{
    ConsultationId, InvitationId, Language, MessageId, ParticipantId, PatientId, Phi, ReportId,
    Timestamp,
};
use live::content::{PhraseUse, Provenance};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{SoundView, UnfinishedView};
use crate::clinic::{ConfirmedIdentifier, PatientRow};

/// Opens a consultation on a patient's chart.
#[derive(Debug, Deserialize, TS)]
pub struct StartConsultationRequest {
    /// With whom.
    pub patient_id: PatientId,
    /// What the doctor reads and writes.
    pub language: Language,
}

/// Which consultation.
#[derive(Debug, Deserialize, TS)]
pub struct ConsultationRequest {
    /// It.
    pub consultation_id: ConsultationId,
}

/// A page of consultations, newest first.
#[derive(Debug, Deserialize, TS)]
pub struct ConsultationsRequest {
    /// Only this patient's.
    pub patient_id: Option<PatientId>,
    /// Only those that last.
    pub running: bool,
    /// From the page before.
    pub cursor: Option<String>,
    /// At most 200.
    pub limit: u32,
}

/// A page of consultations.
#[derive(Debug, Serialize, TS)]
pub struct ConsultationsPage {
    /// They.
    pub rows: Vec<ConsultationRow>,
    /// For the next page; none at the end.
    pub next: Option<String>,
}

/// A consultation in a list.
#[derive(Debug, Serialize, TS)]
pub struct ConsultationRow {
    /// Id.
    pub id: ConsultationId,
    /// With whom.
    pub patient: PatientRow,
    /// Its doctor.
    pub doctor: Phi<String>,
    /// When it began.
    pub started: Timestamp,
    /// When it ended; none while it lasts.
    pub ended: Option<Timestamp>,
    /// Languages that were spoken.
    pub languages: Vec<Language>,
    /// How much was said.
    pub messages: u32,
}

/// A consultation as it stands now.
#[derive(Debug, Serialize, TS)]
pub struct ConsultationView {
    /// Id.
    pub id: ConsultationId,
    /// With whom.
    pub patient: PatientRow,
    /// Whether the one who asks is its doctor and may speak in it.
    pub mine: bool,
    /// When it began.
    pub started: Timestamp,
    /// When it ended.
    pub ended: Option<Timestamp>,
    /// Everyone who was let in, the doctor first.
    pub people: Vec<PersonView>,
    /// Who waits outside.
    pub waiting: Vec<WaitingView>,
    /// Ways in that still stand.
    pub invitations: Vec<InvitationView>,
    /// The way to the phones.
    pub connection: Connection,
    /// Messages kept here that a guest has not got yet.
    pub unsent: u32,
    /// What translates, besides the phrasebook.
    pub engine: EngineState,
    /// What writes voice notes down.
    pub writer: EngineState,
    /// A recording that a crash cut off: `live.finish_recording` says it or throws it away.
    pub unfinished: Option<UnfinishedView>,
}

/// Somebody who was let in.
#[derive(Clone, Debug, Serialize, TS)]
pub struct PersonView {
    /// Id.
    pub id: ParticipantId,
    /// As they want to be called.
    pub name: Phi<String>,
    /// How they take part.
    pub kind: PersonKind,
    /// What they read.
    pub language: Language,
    /// Connected now; the doctor and whoever sits across the desk always are.
    pub here: bool,
    /// Messages they have on their screen, up to this number.
    pub seen: u64,
    /// When the doctor removed them or they left.
    pub gone: Option<Timestamp>,
}

/// How somebody takes part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PersonKind {
    /// The doctor at this workstation.
    Doctor,
    /// On a phone.
    Guest,
    /// Across the desk, on this screen.
    AcrossTheDesk,
}

/// Somebody in the waiting room.
#[derive(Clone, Debug, Serialize, TS)]
pub struct WaitingView {
    /// The id they will have.
    pub id: ParticipantId,
    /// As they want to be called.
    pub name: Phi<String>,
    /// What they read.
    pub language: Language,
    /// Since when.
    pub since: Timestamp,
    /// Four emoji to compare; none until the phone has answered.
    pub code: Option<[String; 4]>,
    /// Came by a link whose guest is in already: a second device.
    pub second_device: bool,
    /// Connected now.
    pub here: bool,
}

/// A way in.
#[derive(Clone, Debug, Serialize, TS)]
pub struct InvitationView {
    /// Id.
    pub id: InvitationId,
    /// What it is.
    pub way: Way,
    /// Whether the relay has opened its door.
    pub open: bool,
    /// Until when.
    pub until: Timestamp,
    /// A guest came in by it: it opens for nobody else.
    pub spent: bool,
}

/// A link or a code.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Way {
    /// A link, and the same as a QR code.
    Link {
        /// The address; it is a key: whoever has it may knock.
        url: Phi<String>,
        /// SVG of the code.
        qr: Phi<String>,
    },
    /// A code to say on the telephone.
    Spoken {
        /// The page where it is typed.
        page: String,
        /// Ten digits in groups.
        code: Phi<String>,
    },
}

/// The way to the phones.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Connection {
    /// No invitation was made: nothing goes over a relay.
    NotNeeded,
    /// Connecting, or connecting again.
    Connecting,
    /// Connected.
    Connected,
    /// Waiting for the network; tried again by itself.
    Waiting {
        /// Sentence of what failed, from the catalogue.
        message_id: String,
    },
}

/// What translates, besides the phrasebook.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum EngineState {
    /// None is set: what is no phrase is not translated.
    None,
    /// Set, and answering as far as is known.
    Ready {
        /// Its name.
        name: String,
    },
    /// Set, and not answering.
    Failing {
        /// Its name.
        name: String,
        /// Sentence of what failed, from the catalogue.
        message_id: String,
    },
}

/// Makes a way in.
#[derive(Debug, Deserialize, TS)]
pub struct InviteRequest {
    /// To which consultation.
    pub consultation_id: ConsultationId,
    /// A code to say instead of a link.
    pub spoken: bool,
}

/// Closes a way in.
#[derive(Debug, Deserialize, TS)]
pub struct InvitationRequest {
    /// Of which consultation.
    pub consultation_id: ConsultationId,
    /// Which.
    pub invitation_id: InvitationId,
}

/// Somebody in a consultation, or in front of it.
#[derive(Debug, Deserialize, TS)]
pub struct PersonRequest {
    /// Which consultation.
    pub consultation_id: ConsultationId,
    /// Who.
    pub participant_id: ParticipantId,
}

/// Seats the patient across the desk, on this screen.
#[derive(Debug, Deserialize, TS)]
pub struct SeatRequest {
    /// At which consultation.
    pub consultation_id: ConsultationId,
    /// As they want to be called.
    pub name: Phi<String>,
    /// What they read.
    pub language: Language,
}

/// Somebody reads another language from now on.
#[derive(Debug, Deserialize, TS)]
pub struct SetLanguageRequest {
    /// In which consultation.
    pub consultation_id: ConsultationId,
    /// The doctor, or whoever sits across the desk; guests choose on their phone.
    pub participant_id: ParticipantId,
    /// Which.
    pub language: Language,
}

/// Says something.
#[derive(Debug, Deserialize, TS)]
pub struct SayRequest {
    /// Where.
    pub consultation_id: ConsultationId,
    /// Made by the screen: asked again with the same id, it is said once.
    pub message_id: MessageId,
    /// The doctor, or whoever sits across the desk.
    pub participant_id: ParticipantId,
    /// The words, in that person's language.
    pub text: Phi<String>,
    /// The phrase they are, if picked from the phrasebook.
    pub phrase: Option<PhraseUse>,
}

/// Messages before a number, newest first.
#[derive(Debug, Deserialize, TS)]
pub struct MessagesRequest {
    /// Of which consultation.
    pub consultation_id: ConsultationId,
    /// Only below this number; none for the newest.
    pub before: Option<u64>,
    /// At most 200.
    pub limit: u32,
}

/// Messages, newest first.
#[derive(Debug, Serialize, TS)]
pub struct MessagesPage {
    /// They.
    pub messages: Vec<MessageView>,
    /// Whether older ones are there.
    pub more: bool,
}

/// Something that was said.
#[derive(Clone, Debug, Serialize, TS)]
pub struct MessageView {
    /// Its place, from 1 without gaps.
    pub n: u64,
    /// Id.
    pub id: MessageId,
    /// Who said it.
    pub from: ParticipantId,
    /// When.
    pub at: Timestamp,
    /// In what.
    pub language: Language,
    /// The words; empty for a voice note without a transcript.
    pub text: Phi<String>,
    /// The sound: served as `audio/<grant>/<message id>` by the `img` scheme.
    pub sound: Option<SoundView>,
    /// The report that was handed over.
    pub handed_over: Option<HandedOverView>,
    /// In the languages of those present, newest first for each language.
    pub translations: Vec<TranslationView>,
}

/// A report that was handed over: a PDF that its own passphrase opens.
#[derive(Clone, Debug, Serialize, TS)]
pub struct HandedOverView {
    /// Which.
    pub report_id: ReportId,
    /// As people call it, e.g. `R-000123`.
    pub number: String,
    /// Which revision.
    pub revision: u32,
    /// Size of the file.
    pub bytes: u64,
    /// On whose phones it is, as far as they said so while the consultation lasts.
    pub held_by: Vec<ParticipantId>,
}

/// Hands over the newest sealed file of a report of this patient.
#[derive(Debug, Deserialize, TS)]
pub struct HandOverRequest {
    /// In which consultation.
    pub consultation_id: ConsultationId,
    /// Made by the screen, as in saying.
    pub message_id: MessageId,
    /// Which report: final, and sealed.
    pub report_id: ReportId,
    /// At least two different ones.
    pub confirmed: Vec<ConfirmedIdentifier>,
}

/// A message in another language.
#[derive(Clone, Debug, Serialize, TS)]
pub struct TranslationView {
    /// Into what.
    pub language: Language,
    /// The words; empty where there is no translation.
    pub text: Phi<String>,
    /// Who stands behind it.
    pub provenance: Provenance,
    /// Whether another try is under way.
    pub pending: bool,
    /// What differs from the message, where the guard found anything.
    pub check: Option<CheckView>,
}

/// What the guard found in a translation. Until it is confirmed, nobody but the doctor reads it.
#[derive(Clone, Debug, Serialize, TS)]
pub struct CheckView {
    /// Each difference, the gravest first.
    pub findings: Vec<FindingView>,
    /// The doctor confirmed the translation all the same.
    pub confirmed: bool,
}

/// Something that differs between a message and its translation.
#[derive(Clone, Debug, Serialize, TS)]
pub struct FindingView {
    /// `number`, `unit`, `dose`, `date`, `negation`, `laterality`, `drug`, `opposite`, `length` or `loop`.
    pub kind: String,
    /// As it stands in the message; empty where nothing of it does.
    pub source: Phi<String>,
    /// As it stands in the translation.
    pub target: Phi<String>,
}

/// Confirms a translation that the guard doubts.
#[derive(Debug, Deserialize, TS)]
pub struct ConfirmTranslationRequest {
    /// In which consultation.
    pub consultation_id: ConsultationId,
    /// Of which message.
    pub message_id: MessageId,
    /// Into which language.
    pub language: Language,
    /// The words that were read; a newer translation is not confirmed with them.
    pub text: Phi<String>,
}

/// A translation in the language of its message again, by the engine; it is kept nowhere.
#[derive(Clone, Debug, Serialize, TS)]
pub struct BackTranslationView {
    /// The words.
    pub text: Phi<String>,
}

/// Asks for a message in one more language, or anew.
#[derive(Debug, Deserialize, TS)]
pub struct TranslateRequest {
    /// In which consultation.
    pub consultation_id: ConsultationId,
    /// Which message.
    pub message_id: MessageId,
    /// Into what.
    pub language: Language,
}

/// The event `live.message`: something was said, or its translation came.
#[derive(Clone, Debug, Serialize, TS)]
pub struct MessageEvent {
    /// Where.
    pub consultation_id: ConsultationId,
    /// It, as it now stands.
    pub message: MessageView,
}

/// The event `live.changed`: people, waiting room, connection. Ask `live.view` again.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ConsultationEvent {
    /// Which.
    pub consultation_id: ConsultationId,
}

/// What was said, in both languages, as a text file to save or print.
#[derive(Debug, Serialize, TS)]
pub struct TranscriptView {
    /// Suggested file name; no person's data.
    pub file_name: String,
    /// Self-contained HTML, each message in its own words and below them in the other language.
    pub html: Phi<String>,
}

/// Keeps the transcript as a file.
#[derive(Debug, Deserialize, TS)]
pub struct SaveTranscriptRequest {
    /// Of which consultation.
    pub consultation_id: ConsultationId,
    /// Where, as chosen in the system's dialog.
    pub path: String,
}
