//! A prescription as FHIR R4 (4.0.1): one MedicationRequest, and for each time that something was given out one
//! MedicationDispense and the Medication with its batch. R4 has no resource for what was taken back or asked; those
//! are notes on the request.

use ::clinic::{FactKind, Prescription, PrescriptionFact, PrescriptionState};
use ::prescribing::{Counted, Frequency, Order};
use serde_json::{Value, json};

use super::{
    CountedView,
    content::{Noted, Signed},
    label::key,
    views::{counted, order_view},
};
use crate::error::CommandError;

const UCUM: &str = "http://unitsofmeasure.org";

/// Entries of a bundle; `patient` is the address of the patient in it.
pub(crate) fn fhir(prescription: &Prescription, patient: &str) -> Result<Vec<Value>, CommandError> {
    let signed = Signed::of(prescription)?;
    let order = &signed.order;
    let url = format!("urn:uuid:{}", prescription.id);
    let mut request = json!({
        "resourceType": "MedicationRequest",
        "id": prescription.id.to_string(),
        "identifier": [{ "system": "urn:medibridge:prescription", "value": prescription.number }],
        "status": status(prescription),
        "intent": "order",
        "medicationCodeableConcept": { "text": medicine(order)? },
        "subject": { "reference": patient },
        "authoredOn": prescription.at.to_string(),
        "requester": { "display": prescription.author_name.expose() },
        "dosageInstruction": [dosage(order)?],
        "dispenseRequest": {
            "numberOfRepeatsAllowed": order.repeats,
            "quantity": quantity(&order_view(order).quantity),
        },
        "substitution": { "allowedBoolean": order.substitution },
    });
    if !order.indication.expose().is_empty() {
        request["reasonCode"] = json!([{ "text": order.indication.expose() }]);
    }
    let mut notes = Vec::new();
    if !prescription.seal.holds(prescription.content.expose()) {
        notes.push(json!({ "text": "THE CLINIC'S SIGNATURE OVER THIS ORDER DOES NOT HOLD." }));
    }
    for one in &signed.overrides {
        let text = format!("Warning overridden ({}): {}", one.key, one.reason.expose());
        notes.push(annotation(
            prescription.author_name.expose(),
            prescription.at,
            &text,
        ));
    }
    let mut entries = Vec::new();
    for fact in &prescription.facts {
        let noted = Noted::read(&fact.content)?;
        match fact.kind {
            FactKind::Dispensed => {
                entries.extend(dispense(&url, patient, order, fact, &noted)?);
            }
            kind => {
                let text = said(kind, order.quantity, fact, &noted);
                notes.push(annotation(fact.by_name.expose(), fact.at, &text));
            }
        }
    }
    if !notes.is_empty() {
        request["note"] = json!(notes);
    }
    entries.insert(0, json!({ "fullUrl": url, "resource": request }));
    Ok(entries)
}

fn status(prescription: &Prescription) -> &'static str {
    match prescription.state {
        PrescriptionState::Ordered | PrescriptionState::Partly => "active",
        PrescriptionState::Asked => "on-hold",
        PrescriptionState::Dispensed => "completed",
        PrescriptionState::Cancelled if prescription.given > 0 => "stopped",
        PrescriptionState::Cancelled => "cancelled",
    }
}

fn medicine(order: &Order) -> Result<String, CommandError> {
    Ok(format!(
        "{} {}, {}",
        order.medicine(),
        order.strength,
        words(&order.form)?
    ))
}

fn dosage(order: &Order) -> Result<Value, CommandError> {
    let view = order_view(order);
    let dose = format!("{} {}", view.dose.amount, view.dose.unit);
    let mut dosage = json!({
        "text": format!("{dose}, {}, {}", in_words(order.frequency), words(&order.route)?),
        "timing": { "repeat": repeat(order) },
        "route": { "text": words(&order.route)? },
        "doseAndRate": [{ "doseQuantity": quantity(&view.dose) }],
    });
    if !order.instructions.expose().is_empty() {
        dosage["patientInstruction"] = json!(order.instructions.expose());
    }
    if let Some(needed) = &view.as_needed {
        dosage["asNeededCodeableConcept"] = json!({ "text": needed.reason.expose() });
        dosage["maxDosePerPeriod"] = json!({
            "numerator": quantity(&needed.most_in_a_day),
            "denominator": days(1),
        });
        dosage["additionalInstruction"] = json!([{ "text": format!("At least {} hours between two doses", needed.hours_between) }]);
    }
    Ok(dosage)
}

fn repeat(order: &Order) -> Value {
    let every = |times: u32, period: u32, unit: &str| json!({ "frequency": times, "period": period, "periodUnit": unit });
    let mut repeat = match order.frequency {
        Frequency::Once => json!({ "count": 1 }),
        Frequency::TimesADay { times } => every(times.into(), 1, "d"),
        Frequency::EveryHours { hours } => every(1, hours.into(), "h"),
        Frequency::EveryDays { days } => every(1, days.into(), "d"),
        Frequency::Weekly => every(1, 1, "wk"),
        Frequency::Monthly => every(1, 1, "mo"),
        Frequency::AtBedtime => json!({ "when": ["HS"] }),
    };
    if let Some(duration) = order.duration {
        repeat["boundsDuration"] = days(duration.days());
    }
    repeat
}

fn dispense(
    request: &str,
    patient: &str,
    order: &Order,
    fact: &PrescriptionFact,
    noted: &Noted,
) -> Result<Vec<Value>, CommandError> {
    let text = match &noted.product {
        Some(product) => product.clone(),
        None => medicine(order)?,
    };
    let mut dispense = json!({
        "resourceType": "MedicationDispense",
        "id": fact.id.to_string(),
        "status": "completed",
        "subject": { "reference": patient },
        "authorizingPrescription": [{ "reference": request }],
        "performer": [{ "actor": { "display": fact.by_name.expose() } }],
        "quantity": quantity(&counted(order.quantity, fact.amount)),
        "whenHandedOver": fact.at.to_string(),
        "substitution": { "wasSubstituted": noted.product.is_some() },
    });
    let mut entries = Vec::new();
    match &noted.batch {
        None => dispense["medicationCodeableConcept"] = json!({ "text": text }),
        Some(batch) => {
            let product = json!({
                "resourceType": "Medication",
                "code": { "text": text },
                "batch": { "lotNumber": batch.batch, "expirationDate": batch.expiry },
            });
            let url = format!("urn:medibridge:product:{}", fact.id);
            dispense["medicationReference"] = json!({ "reference": url });
            entries.push(json!({ "fullUrl": url, "resource": product }));
        }
    }
    if !noted.text.expose().is_empty() {
        dispense["note"] = json!([annotation(
            fact.by_name.expose(),
            fact.at,
            noted.text.expose()
        )]);
    }
    entries.push(json!({ "fullUrl": format!("urn:uuid:{}", fact.id), "resource": dispense }));
    Ok(entries)
}

/// What was done and is no giving out, in English as all of the export's own words.
fn said(kind: FactKind, like: Counted, fact: &PrescriptionFact, noted: &Noted) -> String {
    let amount = counted(like, fact.amount);
    let what = match kind {
        FactKind::Dispensed => "Given out".to_owned(),
        FactKind::Returned => format!("Taken back: {} {}", amount.amount, amount.unit),
        FactKind::Asked => "Asked by the pharmacist".to_owned(),
        FactKind::Answered => "Answered".to_owned(),
        FactKind::Cancelled => "Stopped".to_owned(),
    };
    match noted.text.expose().as_str() {
        "" => what,
        text => format!("{what}: {text}"),
    }
}

fn annotation(by: &str, at: basics::Timestamp, text: &str) -> Value {
    json!({ "authorString": by, "time": at.to_string(), "text": text })
}

fn in_words(frequency: Frequency) -> String {
    match frequency {
        Frequency::Once => "once".into(),
        Frequency::TimesADay { times: 1 } => "once a day".into(),
        Frequency::TimesADay { times } => format!("{times} times a day"),
        Frequency::EveryHours { hours: 1 } => "every hour".into(),
        Frequency::EveryHours { hours } => format!("every {hours} hours"),
        Frequency::EveryDays { days } => format!("every {days} days"),
        Frequency::Weekly => "once a week".into(),
        Frequency::Monthly => "once a month".into(),
        Frequency::AtBedtime => "once a day at bedtime".into(),
    }
}

fn days(number: u32) -> Value {
    json!({ "value": number, "unit": "day", "system": UCUM, "code": "d" })
}

/// The number as it was written; a float could say another.
fn quantity(counted: &CountedView) -> Value {
    let value: Value = serde_json::from_str(&counted.amount).unwrap_or_default();
    json!({ "value": value, "unit": counted.unit })
}

fn words(value: &impl serde::Serialize) -> Result<String, CommandError> {
    Ok(key(value)?.replace('_', " "))
}
