//! Prescriptions: written, checked and signed by a doctor, dispensed by a pharmacist, read by the patient.

mod checks;
mod content;
mod dispense;
mod fhir;
mod label;
mod order;
mod own;
mod queue;
mod types;
mod views;

pub(crate) use fhir::fhir;
pub(crate) use own::list as own_list;
pub use types::*;

use ::prescribing::Suggestion;

use crate::table::commands;

commands! {
    /// Shows what a prescription begins with: the patient, what is taken now, the forms there are.
    "prescriptions.start": order::start, (PrescribeRequest) -> PrescribingDesk,
        Permission(May::WritePrescriptions), Read("prescription.start"), provides [Prescriptions, Chart], stales [];
    /// Offers ingredients while a name is typed.
    "prescriptions.suggest": order::suggest, (SuggestMedicineRequest) -> Vec<Suggestion>,
        Permission(May::WritePrescriptions), Quiet("prescription.suggest"), provides [], stales [];
    /// Reads an order as it is typed and checks it; nothing is kept.
    "prescriptions.check": order::check, (CheckOrderRequest) -> CheckedOrder,
        Permission(May::WritePrescriptions), Read("prescription.check"), provides [Prescriptions, Chart], stales [];
    /// Signs an order with the password and two identifiers of the patient.
    "prescriptions.sign": order::sign, (SignPrescriptionRequest) -> PrescriptionView,
        Permission(May::WritePrescriptions), Write("prescription.sign"), provides [], stales [Prescriptions];
    /// Lists one's own prescriptions that a pharmacist asks about.
    "prescriptions.asked": order::asked, (()) -> Vec<PrescriptionView>,
        Permission(May::WritePrescriptions), Read("prescription.asked"), provides [Prescriptions], stales [];
    /// Answers the pharmacist; the prescription is in the queue again.
    "prescriptions.answer": order::answer, (AnswerPharmacistRequest) -> PrescriptionView,
        Permission(May::WritePrescriptions), Write("prescription.answer"), provides [], stales [Prescriptions];
    /// Stops a medicine; nothing more of it is given out.
    "prescriptions.stop": order::stop, (StopPrescriptionRequest) -> PrescriptionView,
        Permission(May::WritePrescriptions), Write("prescription.stop"), provides [], stales [Prescriptions];
    /// Lists a patient's prescriptions, newest first.
    "prescriptions.of_patient": queue::of_patient, (PrescribeRequest) -> Vec<PrescriptionView>,
        Permission(May::ReadPrescriptions), Read("prescription.list"), provides [Prescriptions], stales [];
    /// Shows a prescription with what speaks against it now and what was done.
    "prescriptions.view": queue::view, (PrescriptionRequest) -> PrescriptionView,
        Permission(May::ReadPrescriptions), Read("prescription.open"), provides [Prescriptions, Chart], stales [];
    /// Lists what waits to be dispensed, what waits for a doctor, or what is done.
    "prescriptions.queue": queue::page, (PrescriptionQueueRequest) -> PrescriptionQueuePage,
        Permission(May::DispensePrescriptions), Read("prescription.queue"), provides [Prescriptions], stales [];
    /// Gives a medicine out, in whole or in part, after two identifiers of the patient.
    "prescriptions.dispense": dispense::dispense, (DispenseRequest) -> PrescriptionView,
        Permission(May::DispensePrescriptions), Write("prescription.dispense"), provides [], stales [Prescriptions];
    /// Takes back what was given out.
    "prescriptions.take_back": dispense::take_back, (TakeBackRequest) -> PrescriptionView,
        Permission(May::DispensePrescriptions), Write("prescription.take_back"), provides [], stales [Prescriptions];
    /// Sends a prescription back to its doctor with a question.
    "prescriptions.ask": dispense::ask, (AskPrescriberRequest) -> PrescriptionView,
        Permission(May::DispensePrescriptions), Write("prescription.ask"), provides [], stales [Prescriptions];
    /// Writes the label of what was given out to a PDF, in the patient's language.
    "prescriptions.save_label": label::save, (SaveLabelRequest) -> (),
        Permission(May::DispensePrescriptions), Write("prescription.label"), provides [], stales [Journal];
}
