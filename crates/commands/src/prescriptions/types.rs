//! Prescriptions: what is asked, and what is shown.

use ::clinic::{FactId, PrescriptionId};
use ::prescribing::{About, Duration, Fault, Form, FormView, Frequency, OrderForm, Route, Warning};
use basics::{Language, PatientId, Phi, Secret, Timestamp};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::clinic::{ConfirmedIdentifier, PatientView};

/// Where a prescription stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PrescriptionState {
    /// Signed; nothing was given out.
    Ordered,
    /// Some was given out.
    Partly,
    /// All was given out.
    Dispensed,
    /// The pharmacist asks the doctor.
    Asked,
    /// Stopped by a doctor.
    Cancelled,
}

/// What was done with a prescription.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "PrescriptionFactKind")]
pub enum FactKind {
    /// Given out.
    Dispensed,
    /// Taken back.
    Returned,
    /// Sent back to the doctor.
    Asked,
    /// Answered by the doctor.
    Answered,
    /// Stopped.
    Cancelled,
}

/// Parts of the pharmacist's queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PrescriptionShelf {
    /// To be given out, the oldest first.
    Waiting,
    /// With the doctor.
    Asked,
    /// Given out or stopped, the newest first.
    Done,
}

/// Names a patient to prescribe for.
#[derive(Debug, Deserialize, TS)]
pub struct PrescribeRequest {
    /// For whom.
    pub patient_id: PatientId,
}

/// A name as far as it is typed.
#[derive(Debug, Deserialize, TS)]
pub struct SuggestMedicineRequest {
    /// The beginning of a name.
    pub typed: String,
}

/// What a prescription begins with.
#[derive(Debug, Serialize, TS)]
pub struct PrescribingDesk {
    /// Id of the prescription that will be signed.
    pub prescription_id: PrescriptionId,
    /// For whom.
    pub patient: PatientView,
    /// What is taken now, newest first.
    pub current: Vec<PrescriptionView>,
    /// Forms with their routes and units.
    pub forms: Vec<FormView>,
    /// What the checks go by.
    pub table: About,
}

/// An order as it is typed, for a person.
#[derive(Debug, Deserialize, TS)]
pub struct CheckOrderRequest {
    /// For whom.
    pub patient_id: PatientId,
    /// As it is typed.
    pub order: OrderForm,
}

/// What an order comes to.
#[derive(Debug, Serialize, TS)]
pub struct CheckedOrder {
    /// What breaks a rule of writing; none where it may be signed.
    pub faults: Vec<Fault>,
    /// As it will be written; none while it breaks a rule.
    pub order: Option<OrderView>,
    /// What dose, frequency and duration come to, e.g. `21 tablets`.
    pub expected_quantity: Option<String>,
    /// What speaks against it.
    pub findings: FindingsView,
}

/// What speaks against a medicine for a person, now.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(rename = "PrescriptionFindings")]
pub struct FindingsView {
    /// The gravest first.
    pub warnings: Vec<Warning>,
    /// What the table does not know, so that nothing was checked about it.
    pub not_covered: Vec<Phi<String>>,
    /// Whether anybody asked about allergies.
    pub allergies_asked: bool,
    /// Version of the table.
    pub table: String,
}

/// Why a warning does not hold here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(rename = "WarningOverride")]
pub struct Override {
    /// Of which warning.
    pub key: String,
    /// Why: 1–500 characters.
    pub reason: Phi<String>,
}

/// A warning that was overridden.
#[derive(Clone, Debug, Serialize, TS)]
pub struct OverriddenView {
    /// What was warned of.
    pub warning: Warning,
    /// Why it was done all the same.
    pub reason: Phi<String>,
}

/// Signs an order.
#[derive(Debug, Deserialize, TS)]
pub struct SignPrescriptionRequest {
    /// The id that the order began with.
    pub prescription_id: PrescriptionId,
    /// For whom.
    pub patient_id: PatientId,
    /// As it is typed.
    pub order: OrderForm,
    /// One for each warning.
    pub overrides: Vec<Override>,
    /// At least two identifiers that were read and compared.
    pub confirmed: Vec<ConfirmedIdentifier>,
    /// The doctor's password.
    pub password: Secret<String>,
}

/// A number with what is counted: `tablet`, `mL` and the like.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct CountedView {
    /// As it is written.
    pub amount: String,
    /// A key of the catalogue.
    pub unit: String,
}

/// An order as it is written.
#[derive(Clone, Debug, Serialize, TS)]
pub struct OrderView {
    /// Ingredients, joined by `+`.
    pub medicine: Phi<String>,
    /// Strength.
    pub strength: String,
    /// Form.
    pub form: Form,
    /// By which way.
    pub route: Route,
    /// How much at a time.
    pub dose: CountedView,
    /// How often.
    pub frequency: Frequency,
    /// For how long; until it is stopped where nothing is said.
    pub duration: Option<Duration>,
    /// What is given out at once.
    pub quantity: CountedView,
    /// How many times again.
    pub repeats: u8,
    /// Only when needed.
    pub as_needed: Option<AsNeededView>,
    /// What it is for.
    pub indication: Phi<String>,
    /// What the person who takes it has to know.
    pub instructions: Phi<String>,
    /// Another product may be given.
    pub substitution: bool,
    /// Language of the label.
    pub language: Language,
}

/// When and how much at most.
#[derive(Clone, Debug, Serialize, TS)]
pub struct AsNeededView {
    /// For what.
    pub reason: Phi<String>,
    /// Hours between two doses at least.
    pub hours_between: u8,
    /// At most in 24 hours.
    pub most_in_a_day: CountedView,
}

/// A prescription with what was done.
#[derive(Clone, Debug, Serialize, TS)]
pub struct PrescriptionView {
    /// Id.
    pub id: PrescriptionId,
    /// As people call it.
    pub number: String,
    /// For whom, with allergies.
    pub patient: PatientView,
    /// Shown name of the doctor.
    pub author: Phi<String>,
    /// When it was signed.
    pub at: Timestamp,
    /// When it is over by itself.
    pub ends: Option<Timestamp>,
    /// Neither stopped nor over.
    pub current: bool,
    /// What was ordered.
    pub order: OrderView,
    /// Where it stands.
    pub state: PrescriptionState,
    /// All that may be given out.
    pub total: CountedView,
    /// What was given out; `0` for nothing.
    pub given: CountedView,
    /// What is left to be given out; `0` for nothing.
    pub left: CountedView,
    /// The signature is of this text.
    pub seal_holds: bool,
    /// What the doctor was warned of, and why it was signed all the same.
    pub overridden: Vec<OverriddenView>,
    /// What speaks against it now.
    pub findings: FindingsView,
    /// Warnings of now that nobody has answered yet.
    pub fresh: Vec<String>,
    /// What was done, oldest first.
    pub facts: Vec<FactView>,
    /// Batch and expiry of the same product last time; for whoever dispenses.
    pub last_batch: Option<BatchView>,
}

/// Batch and expiry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BatchView {
    /// Batch number.
    pub batch: String,
    /// `YYYY-MM` or `YYYY-MM-DD`.
    pub expiry: String,
}

/// Something that was done.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(rename = "PrescriptionFactView")]
pub struct FactView {
    /// Id.
    pub id: FactId,
    /// What.
    pub kind: FactKind,
    /// Shown name of whoever did it.
    pub by: Phi<String>,
    /// When.
    pub at: Timestamp,
    /// How much, where something moved.
    pub amount: Option<CountedView>,
    /// Batch and expiry, where it was given out.
    pub batch: Option<BatchView>,
    /// Another product that was given instead.
    pub product: Option<String>,
    /// Question, answer, reason or counselling note.
    pub text: Phi<String>,
    /// Warnings that the pharmacist overrode.
    pub overridden: Vec<Override>,
}

/// Names a prescription.
#[derive(Debug, Deserialize, TS)]
pub struct PrescriptionRequest {
    /// Which.
    pub prescription_id: PrescriptionId,
}

/// Answers the pharmacist.
#[derive(Debug, Deserialize, TS)]
pub struct AnswerPharmacistRequest {
    /// Made by the screen, so that it is done once.
    pub fact_id: FactId,
    /// Which prescription.
    pub prescription_id: PrescriptionId,
    /// How many facts were on the screen.
    pub over: u32,
    /// The answer.
    pub answer: Phi<String>,
}

/// Stops a medicine.
#[derive(Debug, Deserialize, TS)]
pub struct StopPrescriptionRequest {
    /// Made by the screen, so that it is done once.
    pub fact_id: FactId,
    /// Which prescription.
    pub prescription_id: PrescriptionId,
    /// How many facts were on the screen.
    pub over: u32,
    /// Why.
    pub reason: Phi<String>,
}

/// A page of the queue.
#[derive(Debug, Deserialize, TS)]
pub struct PrescriptionQueueRequest {
    /// Which part.
    pub shelf: PrescriptionShelf,
    /// Words of the patient's name, or a number of the patient or the prescription.
    pub query: String,
    /// From the page before.
    pub cursor: Option<String>,
    /// At most 200.
    pub limit: u32,
}

/// A page of the queue.
#[derive(Debug, Serialize, TS)]
pub struct PrescriptionQueuePage {
    /// Prescriptions.
    pub rows: Vec<PrescriptionQueueRow>,
    /// For the next page; none at the end.
    pub next: Option<String>,
    /// How many wait to be given out.
    pub waiting: u32,
    /// How many wait for a doctor.
    pub asked: u32,
}

/// A line of the queue.
#[derive(Debug, Serialize, TS)]
pub struct PrescriptionQueueRow {
    /// Id.
    pub id: PrescriptionId,
    /// As people call it.
    pub number: String,
    /// For whom.
    pub patient: Phi<String>,
    /// `YYYY-MM-DD`.
    pub birth_date: Option<Phi<String>>,
    /// What.
    pub medicine: Phi<String>,
    /// Strength.
    pub strength: String,
    /// Form.
    pub form: Form,
    /// Shown name of the doctor.
    pub author: Phi<String>,
    /// When it was signed.
    pub at: Timestamp,
    /// Where it stands.
    pub state: PrescriptionState,
    /// Warnings that the doctor overrode.
    pub overridden: u32,
}

/// Gives a medicine out.
#[derive(Debug, Deserialize, TS)]
pub struct DispenseRequest {
    /// Made by the screen, so that it is given out once.
    pub fact_id: FactId,
    /// Which prescription.
    pub prescription_id: PrescriptionId,
    /// How many facts were on the screen.
    pub over: u32,
    /// How much, in the unit of the quantity, e.g. `21`.
    pub amount: String,
    /// Batch number: 1–60 characters.
    pub batch: String,
    /// `YYYY-MM` or `YYYY-MM-DD`.
    pub expiry: String,
    /// Another product, where one is given instead.
    pub product: Option<String>,
    /// Why another one; needed with a product.
    pub why: Phi<String>,
    /// Counselling note.
    pub note: Phi<String>,
    /// One for each warning that is new since the order.
    pub overrides: Vec<Override>,
    /// At least two identifiers that the person was asked for.
    pub confirmed: Vec<ConfirmedIdentifier>,
}

/// Takes back what was given out.
#[derive(Debug, Deserialize, TS)]
pub struct TakeBackRequest {
    /// Made by the screen, so that it is done once.
    pub fact_id: FactId,
    /// Which prescription.
    pub prescription_id: PrescriptionId,
    /// How many facts were on the screen.
    pub over: u32,
    /// How much, in the unit of the quantity.
    pub amount: String,
    /// Why.
    pub reason: Phi<String>,
}

/// Sends a prescription back to its doctor.
#[derive(Debug, Deserialize, TS)]
pub struct AskPrescriberRequest {
    /// Made by the screen, so that it is done once.
    pub fact_id: FactId,
    /// Which prescription.
    pub prescription_id: PrescriptionId,
    /// How many facts were on the screen.
    pub over: u32,
    /// What is to be cleared.
    pub question: Phi<String>,
}

/// Writes a label to disk.
#[derive(Debug, Deserialize, TS)]
pub struct SaveLabelRequest {
    /// Which prescription.
    pub prescription_id: PrescriptionId,
    /// Of what was given out.
    pub fact_id: FactId,
    /// In which language.
    pub language: Language,
    /// Where to.
    pub path: String,
}

/// One of one's own prescriptions.
#[derive(Debug, Serialize, TS)]
pub struct OwnPrescriptionView {
    /// Id.
    pub id: PrescriptionId,
    /// As people call it.
    pub number: String,
    /// What was ordered.
    pub order: OrderView,
    /// Shown name of the doctor.
    pub author: Phi<String>,
    /// When.
    pub at: Timestamp,
    /// Neither stopped nor over.
    pub current: bool,
    /// Where it stands.
    pub state: PrescriptionState,
    /// All that may be given out.
    pub total: CountedView,
    /// What was given out.
    pub given: CountedView,
}
