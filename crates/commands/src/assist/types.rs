//! What is asked of the assistant, and what it answers.

use basics::{ConsultationId, JobId, MessageId, PatientId, Phi, ReportId, ScanId, Timestamp};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::error::ErrorView;

/// What the assistant can do at this window.
#[derive(Debug, Serialize, TS)]
pub struct AssistStateView {
    /// Who would write an answer; none: passages only, and nothing leaves this machine.
    pub engine: Option<AssistEngineView>,
    /// The person may ask about a chart.
    pub about_chart: bool,
    /// The person may ask about own final reports.
    pub about_own_reports: bool,
}

/// Who would write an answer.
#[derive(Debug, Serialize, TS)]
pub struct AssistEngineView {
    /// The model.
    pub name: String,
    /// Where a question would go: the server's name.
    pub host: String,
}

/// A question about the program, or about one's own reports.
#[derive(Debug, Deserialize, TS)]
pub struct AssistRequest {
    /// Names the answer; drawn by the asker, who listens for it.
    pub job: JobId,
    /// 1–1,000 characters.
    pub question: Phi<String>,
    /// The person was told what leaves the machine and wants the engine to answer.
    pub with_engine: bool,
}

/// A question about one patient's record.
#[derive(Debug, Deserialize, TS)]
pub struct AssistChartRequest {
    /// Whose.
    pub patient_id: PatientId,
    /// Names the answer.
    pub job: JobId,
    /// 1–1,000 characters.
    pub question: Phi<String>,
    /// The person was told what leaves the machine and wants the engine to answer.
    pub with_engine: bool,
}

/// What was found. Where an engine writes, `assist.answer` tells the rest.
#[derive(Debug, Serialize, TS)]
pub struct AssistAnswerView {
    /// Of which question.
    pub job: JobId,
    /// The passages by their numbers: the first is 1. The nearest come first.
    pub sources: Vec<PassageView>,
    /// So many of them have words of the question; the rest was given to the engine besides.
    pub found: u32,
    /// Pieces that speak to a machine: an engine does not get them.
    pub kept_back: Vec<PassageView>,
    /// Pieces that were looked through.
    pub read: u32,
    /// Whether that was all there is.
    pub read_all: bool,
    /// The engine that writes now; none: the passages are the answer.
    pub writing: Option<String>,
    /// Why no engine was asked, where the question is none for an engine.
    pub refused: Option<AssistRefused>,
    /// The answer goes with "ask your doctor".
    pub ask_your_doctor: bool,
}

/// Why no engine was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum AssistRefused {
    /// It asks for a judgement about the person.
    ForTheDoctor,
    /// It is in a language in which that cannot be told.
    Language,
}

/// A passage.
#[derive(Clone, Debug, Serialize, TS)]
pub struct PassageView {
    /// What it is.
    pub kind: PassageKind,
    /// What it is called: headings of the guide, the report's number, the examination.
    pub title: Phi<String>,
    /// Which part of it, where it has parts.
    pub part: Option<PassagePart>,
    /// Who said it, where it was said.
    pub said_by: Option<PassageBy>,
    /// When.
    pub at: Option<Timestamp>,
    /// Word for word.
    pub text: Phi<String>,
    /// A machine wrote or translated it.
    pub machine: bool,
    /// Where it stands.
    pub opens: PassagePlace,
}

/// Kinds of passages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PassageKind {
    /// The user guide.
    Guide,
    /// Age and sex.
    Details,
    /// Allergies.
    Allergies,
    /// A scan.
    Scan,
    /// What a model answered about it.
    Reading,
    /// A doctor's verdict on that.
    Verdict,
    /// Something said in a consultation.
    Message,
    /// A signed note.
    Note,
    /// A final report.
    Report,
}

/// Parts of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PassagePart {
    /// Why the examination was made.
    Indication,
    /// How.
    Technique,
    /// With what it was compared.
    Comparison,
    /// What is seen.
    Findings,
    /// What it means.
    Impression,
    /// What to do next.
    Recommendation,
    /// What was added later.
    Addendum,
}

/// Who said something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PassageBy {
    /// The doctor.
    Doctor,
    /// The patient, or somebody with them.
    Patient,
}

/// Where a passage stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "to", rename_all = "snake_case")]
pub enum PassagePlace {
    /// A block of the guide.
    Guide {
        /// The page.
        page: String,
        /// Which block of it, from 0.
        block: u32,
    },
    /// The chart.
    Chart {
        /// Whose.
        patient_id: PatientId,
    },
    /// The reading room.
    Scan {
        /// Which scan.
        scan_id: ScanId,
    },
    /// A consultation.
    Consultation {
        /// Which.
        consultation_id: ConsultationId,
        /// What was said there.
        message_id: MessageId,
    },
    /// The note of a consultation.
    Note {
        /// Of which consultation.
        consultation_id: ConsultationId,
    },
    /// A report.
    Report {
        /// Which.
        report_id: ReportId,
    },
    /// One of one's own reports.
    OwnReport {
        /// Which.
        report_id: ReportId,
    },
}

/// How far an answer has come. Each one holds all that came before.
#[derive(Clone, Debug, Serialize, TS)]
pub struct AssistEvent {
    /// Of which question.
    pub job: JobId,
    /// What may be shown: each statement was whole and its passages were compared with it.
    pub statements: Vec<AssistStatementView>,
    /// Why others are not shown.
    pub withheld: Vec<AssistDoubt>,
    /// Where it stands.
    pub stage: AssistStage,
}

/// A statement of an engine.
#[derive(Clone, Debug, Serialize, TS)]
pub struct AssistStatementView {
    /// Its words.
    pub text: Phi<String>,
    /// The numbers of the passages that it rests on.
    pub rests_on: Vec<u32>,
}

/// Why a statement is withheld.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum AssistDoubt {
    /// It names no passage.
    Uncited,
    /// It names a passage that was not given.
    Unknown,
    /// It has a number that its passages have not.
    Number,
    /// It names a drug that its passages do not.
    Drug,
    /// It names a side that its passages do not.
    Side,
    /// It denies what its passages do not, or the other way round.
    Negation,
    /// It has nothing to do with its passages.
    Unrelated,
    /// It tells a patient what they have or should do.
    Advice,
}

/// Where an answer stands.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(tag = "stage", rename_all = "snake_case")]
pub enum AssistStage {
    /// It is being written.
    Writing,
    /// It is whole.
    Done,
    /// The engine says that nothing of what it was given answers.
    NotFound,
    /// It broke off; what is there was checked.
    Failed {
        /// Why.
        problem: ErrorView,
    },
}

/// A page of the guide.
#[derive(Debug, Serialize, TS)]
pub struct GuidePageView {
    /// Its name.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What follows; a passage names one by its place.
    pub blocks: Vec<GuideBlockView>,
}

/// A piece of a page.
#[derive(Debug, Serialize, TS)]
pub struct GuideBlockView {
    /// What it is.
    pub kind: GuideBlockKind,
    /// How deep in lists an item stands; 0 for the others.
    pub depth: u8,
    /// Its words; a row has a cell for each column.
    pub cells: Vec<Vec<GuideSpanView>>,
}

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum GuideBlockKind {
    /// A heading.
    Heading,
    /// A paragraph.
    Paragraph,
    /// An item of a list.
    Item,
    /// The heads of a table's columns.
    Head,
    /// A row of a table.
    Row,
    /// Lines to be typed.
    Code,
}

/// Words in one style.
#[derive(Debug, Serialize, TS)]
pub struct GuideSpanView {
    /// The words.
    pub text: String,
    /// How they stand out.
    pub style: GuideStyle,
}

/// How words stand out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum GuideStyle {
    /// Not at all.
    Plain,
    /// Bold.
    Strong,
    /// Slanted.
    Emphasis,
    /// To be typed, or a key.
    Code,
}
