//! The label of what was given out, in the language of whoever takes it.

use ::clinic::{FactKind, Prescription, PrescriptionFact};
use ::prescribing::{Frequency, Order};
use ::reports::MedicineLabel;
use jiff::tz::TimeZone;

use super::{
    SaveLabelRequest,
    content::{Noted, Signed},
    views,
};
use crate::{dispatch::Call, error::CommandError, outside};

pub(super) fn save(call: &Call<'_>, request: SaveLabelRequest) -> Result<(), CommandError> {
    let (clinic, permit) = (call.clinic()?, call.permit()?);
    let prescription = clinic.prescription(permit, request.prescription_id)?;
    let given = prescription
        .facts
        .iter()
        .find(|fact| fact.id == request.fact_id && fact.kind == FactKind::Dispensed);
    let given = given.ok_or(CommandError::NotFound { what: "dispensing" })?;
    let signed = Signed::of(&prescription)?;
    let patient = clinic.patient(permit, prescription.patient_id)?;
    let mut label = label_of(&signed.order, &prescription, given)?;
    label.language = request.language;
    label.clinic = clinic.status().clinic_name;
    label.patient = (
        patient.details.name.clone(),
        patient.details.birth_date.clone(),
        patient.number,
    );
    let fonts = call.inner().fonts()?;
    let bytes = ::reports::medicine_label(&fonts, &label)?;
    // It leaves the record: the journal knows before the disk does.
    clinic.note(
        permit,
        call.verb(),
        &[prescription.patient_id.into(), prescription.id.into()],
    )?;
    outside::write(&request.path, &bytes)
}

fn label_of(
    order: &Order,
    prescription: &Prescription,
    given: &PrescriptionFact,
) -> Result<MedicineLabel, CommandError> {
    let noted = Noted::read(&given.content)?;
    let batch = noted.batch.ok_or(CommandError::Defect)?;
    let view = views::order_view(order);
    let quantity = views::counted(order.quantity, given.amount);
    let (often, number) = often(order.frequency);
    Ok(MedicineLabel {
        language: order.language,
        clinic: String::new(),
        patient: Default::default(),
        number: prescription.number.clone(),
        medicine: order.medicine(),
        strength: view.strength,
        instead: noted.product,
        form: key(&order.form)?,
        route: key(&order.route)?,
        dose: (view.dose.amount, view.dose.unit),
        often: (often.into(), number),
        days: order.duration.map(|duration| duration.days()),
        once: order.frequency == Frequency::Once,
        as_needed: view.as_needed.map(|needed| {
            let most = (needed.most_in_a_day.amount, needed.most_in_a_day.unit);
            (needed.reason, u32::from(needed.hours_between), most)
        }),
        instructions: order.instructions.clone(),
        quantity: (quantity.amount, quantity.unit),
        batch: batch.batch,
        expiry: batch.expiry,
        given: given.at.to_zoned(TimeZone::system()).date(),
        doctor: prescription.author_name.expose().clone(),
    })
}

/// The key of the words, and the number in them.
fn often(frequency: Frequency) -> (&'static str, u32) {
    match frequency {
        Frequency::Once => ("once", 1),
        Frequency::TimesADay { times } => {
            let words = ["day1", "day2", "day3", "day4", "day5", "day6"];
            let at = usize::from(times).saturating_sub(1);
            (words.get(at).copied().unwrap_or("day1"), times.into())
        }
        Frequency::EveryHours { hours: 1 } => ("hours1", 1),
        Frequency::EveryHours { hours } => ("hours", hours.into()),
        Frequency::EveryDays { days } => ("days", days.into()),
        Frequency::Weekly => ("weekly", 1),
        Frequency::Monthly => ("monthly", 1),
        Frequency::AtBedtime => ("bedtime", 1),
    }
}

/// The name that a value has outside, e.g. `slow_tablet`.
pub(super) fn key(value: &impl serde::Serialize) -> Result<String, CommandError> {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(key)) => Ok(key),
        _ => Err(CommandError::Defect),
    }
}
