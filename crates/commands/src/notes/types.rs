//! What the note's screen asks and gets.

use basics::{
    ConsultationId, JobId, Language, MessageId, NoteId, PatientId, Phi, Secret, Timestamp, UserId,
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    clinic::{ConfirmedIdentifier, PatientRow},
    error::ErrorView,
};

/// The note of a consultation, and what one could be drafted from.
#[derive(Debug, Serialize, TS)]
pub struct NoteDesk {
    /// Of which consultation.
    pub consultation_id: ConsultationId,
    /// About whom.
    pub patient: PatientRow,
    /// When the consultation began.
    pub started: Timestamp,
    /// When it ended; none while it lasts.
    pub ended: Option<Timestamp>,
    /// Whether the one who asks is its doctor, who alone writes and signs.
    pub mine: bool,
    /// The note, if one was begun.
    pub note: Option<NoteView>,
    /// Words that were said.
    pub words: u32,
    /// Words below which no note is drafted.
    pub needed: u32,
    /// Voice notes that nobody wrote down: a draft knows nothing of them.
    pub unwritten: u32,
    /// The engine that would draft; none where none is set.
    pub engine: Option<String>,
    /// A draft that is under way.
    pub drafting: Option<NoteProgress>,
}

/// A note.
#[derive(Debug, Serialize, TS)]
pub struct NoteView {
    /// Id.
    pub id: NoteId,
    /// Its author.
    pub author: Phi<String>,
    /// As it stands now.
    pub newest: NoteVersionView,
    /// As it was signed last.
    pub signed: Option<NoteVersionView>,
}

/// One version of a note.
#[derive(Debug, Serialize, TS)]
pub struct NoteVersionView {
    /// From 1 without gaps.
    pub version: u32,
    /// How it came about.
    pub kind: NoteKind,
    /// By whom.
    pub by: Phi<String>,
    /// When.
    pub at: Timestamp,
    /// Why: for a correction.
    pub reason: Phi<String>,
    /// What it says.
    pub content: NoteContent,
    /// Where it was signed.
    pub seal: Option<NoteSealView>,
}

/// A signature.
#[derive(Debug, Serialize, TS)]
pub struct NoteSealView {
    /// SHA-256 of what was signed.
    pub sha256: String,
    /// Whether the signature is of exactly this text.
    pub holds: bool,
}

/// How a version came about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum NoteKind {
    /// By an engine or by rules; nobody has read it yet.
    Drafted,
    /// The doctor wrote in it.
    Edited,
    /// The doctor signed it.
    Signed,
}

/// What a note says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct NoteContent {
    /// Its language.
    pub language: Language,
    /// Who drafted it; nobody where the doctor began it.
    pub drafter: Option<NoteDrafter>,
    /// Its sentences, section by section.
    pub sentences: Vec<NoteSentence>,
}

/// Who drafted a note.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum NoteDrafter {
    /// An engine.
    Engine {
        /// Its name.
        name: String,
    },
    /// Nobody: sentences of the conversation, sorted by rules.
    Extract,
}

/// A part of a note.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum NoteSection {
    /// What the patient has.
    Symptoms,
    /// What the doctor said it is.
    Diagnosis,
    /// What was agreed.
    Plan,
}

/// A sentence of a note.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct NoteSentence {
    /// Its number within the note; it stays when others come and go.
    pub id: u32,
    /// Where it stands.
    pub section: NoteSection,
    /// Its language.
    pub language: Language,
    /// The words.
    pub text: Phi<String>,
    /// Whose words they are.
    pub hand: NoteHand,
    /// The messages it rests on.
    pub sources: Vec<MessageId>,
    /// Why it does not count; with the doctor's hand it counts all the same.
    pub struck: Option<NoteStruck>,
}

/// Whose words a sentence is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum NoteHand {
    /// An engine's.
    Engine,
    /// A quotation.
    Extract,
    /// The doctor's own, or taken over by them.
    Doctor,
}

/// Why a sentence was struck out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct NoteStruck {
    /// The reason.
    pub reason: NoteReason,
    /// The words it is about.
    pub words: Vec<Phi<String>>,
}

/// What is wrong with a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum NoteReason {
    /// It names no message.
    NoSource,
    /// It names a message that is not there.
    UnknownSource,
    /// What it rests on was not translated.
    NotTranslated,
    /// What it rests on gives orders to a program.
    Orders,
    /// The doctor did not say it.
    NotByDoctor,
    /// It was asked and never answered.
    OnlyAsked,
    /// A number, or what it counts, is another one.
    Number,
    /// A drug was not named.
    Drug,
    /// A side was not named, or of something else.
    Side,
    /// It affirms what was denied, or the other way round.
    Negation,
    /// Words of it were not said.
    NotSaid,
}

/// Has a note drafted.
#[derive(Debug, Deserialize, TS)]
pub struct DraftNoteRequest {
    /// From which consultation.
    pub consultation_id: ConsultationId,
    /// Made by the screen, to cancel by.
    pub job: JobId,
    /// By the engine; otherwise by rules.
    pub by_engine: bool,
}

/// How a draft goes on.
#[derive(Clone, Debug, Serialize, TS)]
pub struct NoteProgress {
    /// Which.
    pub job: JobId,
    /// Of which consultation.
    pub consultation_id: ConsultationId,
    /// Where it is.
    pub stage: NoteStage,
}

/// Where a draft is.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum NoteStage {
    /// The engine reads a part of the conversation.
    Asking {
        /// Which, from 1.
        part: u32,
        /// How many there are.
        of: u32,
    },
    /// It is kept.
    Done,
    /// It was stopped; nothing of it is kept.
    Cancelled,
    /// There is no draft.
    Failed {
        /// Why.
        problem: ErrorView,
    },
}

/// Keeps what the doctor wrote.
#[derive(Debug, Deserialize, TS)]
pub struct SaveNoteRequest {
    /// Of which consultation.
    pub consultation_id: ConsultationId,
    /// The version that is on the screen; none where there is no note yet.
    pub over: Option<u32>,
    /// The sentences that stand, in order. What was struck out stays, named or not.
    pub lines: Vec<NoteLine>,
}

/// A sentence as the doctor leaves it.
#[derive(Debug, Deserialize, TS)]
pub struct NoteLine {
    /// Which it was; none for a new one.
    pub id: Option<u32>,
    /// Where it stands.
    pub section: NoteSection,
    /// The words; without any the sentence goes.
    pub text: Phi<String>,
    /// Taken over although it was struck out.
    pub taken_over: bool,
}

/// Signs a note.
#[derive(Debug, Deserialize, TS)]
pub struct SignNoteRequest {
    /// Which.
    pub note_id: NoteId,
    /// The version that is on the screen.
    pub version: u32,
    /// Why: needed where a signed one is corrected.
    pub reason: Phi<String>,
    /// The signer's password.
    pub password: Secret<String>,
    /// At least two different ones.
    pub confirmed: Vec<ConfirmedIdentifier>,
}

/// Which note.
#[derive(Debug, Deserialize, TS)]
pub struct NoteRequest {
    /// It.
    pub note_id: NoteId,
}

/// Which version of a note.
#[derive(Debug, Deserialize, TS)]
pub struct NoteVersionRequest {
    /// Of which note.
    pub note_id: NoteId,
    /// Which.
    pub version: u32,
}

/// Two versions of a note.
#[derive(Debug, Deserialize, TS)]
pub struct CompareNotesRequest {
    /// Of which note.
    pub note_id: NoteId,
    /// The older.
    pub from: u32,
    /// The newer.
    pub to: u32,
}

/// A step of a note's history; several edits in a row are one.
#[derive(Debug, Serialize, TS)]
pub struct NoteStepView {
    /// The last version of the step.
    pub version: u32,
    /// How it came about.
    pub kind: NoteKind,
    /// By whom.
    pub by: Phi<String>,
    /// When.
    pub at: Timestamp,
    /// Why: for a correction.
    pub reason: Phi<String>,
    /// How many versions it holds; each is kept.
    pub versions: u32,
}

/// What changed in a section.
#[derive(Debug, Serialize, TS)]
pub struct NoteChange {
    /// Which section.
    pub section: NoteSection,
    /// Its words, in order.
    pub parts: Vec<NotePart>,
}

/// A run of words.
#[derive(Debug, PartialEq, Serialize, TS)]
pub struct NotePart {
    /// In which version they are.
    pub kind: NotePartKind,
    /// They.
    pub text: Phi<String>,
}

/// In which version words are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum NotePartKind {
    /// In both.
    Same,
    /// Only in the older.
    Gone,
    /// Only in the newer.
    New,
}

/// What is signed, word for word.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct SignedNote {
    pub(super) note_id: NoteId,
    pub(super) consultation_id: ConsultationId,
    pub(super) patient_id: PatientId,
    pub(super) version: u32,
    pub(super) signed_by: UserId,
    pub(super) signed_at: Timestamp,
    pub(super) reason: Phi<String>,
    /// SHA-256 of what was signed before.
    pub(super) supersedes: Option<String>,
    pub(super) content: NoteContent,
}
