//! Prescriptions as the screens show them.

use ::clinic::{Patient, Prescription, PrescriptionFact};
use ::prescribing::{Amount, Counted, Order, table};
use basics::{Phi, Timestamp};

use super::{
    AsNeededView, CountedView, FactKind, FactView, OrderView, OverriddenView, OwnPrescriptionView,
    PrescriptionState, PrescriptionView, checks,
    content::{Noted, Signed},
};
use crate::{error::CommandError, views::mirror};

mirror!(
    PrescriptionState = ::clinic::PrescriptionState {
        Ordered,
        Partly,
        Dispensed,
        Asked,
        Cancelled
    }
);
mirror!(
    FactKind = ::clinic::FactKind {
        Dispensed,
        Returned,
        Asked,
        Answered,
        Cancelled
    }
);

/// A prescription for whoever may see all of it. `all` are the patient's.
pub(super) fn whole(
    prescription: &Prescription,
    patient: &Patient,
    all: &[Prescription],
    now: Timestamp,
) -> Result<PrescriptionView, CommandError> {
    let signed = Signed::of(prescription)?;
    let order = &signed.order;
    let checked = checks::check(order, patient, all, prescription.id, now)?;
    let mut answered: Vec<String> = signed.overrides.iter().map(|one| one.key.clone()).collect();
    let mut facts = Vec::new();
    for fact in &prescription.facts {
        let view = fact_view(fact, order.quantity)?;
        answered.extend(view.overridden.iter().map(|one| one.key.clone()));
        facts.push(view);
    }
    let fresh = checked.warnings.iter().map(|warning| warning.key.clone());
    let overridden = signed.overrides.iter().filter_map(|one| {
        let warned = signed.checked.warnings.iter();
        let warning = warned.clone().find(|warning| warning.key == one.key)?;
        Some(OverriddenView {
            warning: warning.clone(),
            reason: one.reason.clone(),
        })
    });
    Ok(PrescriptionView {
        id: prescription.id,
        number: prescription.number.clone(),
        patient: patient.clone().into(),
        author: prescription.author_name.clone(),
        at: prescription.at,
        ends: prescription.ends,
        current: checks::current(prescription, now),
        order: order_view(order),
        state: prescription.state.into(),
        total: counted(order.quantity, prescription.total),
        given: counted(order.quantity, prescription.given),
        left: counted(
            order.quantity,
            prescription.total.saturating_sub(prescription.given),
        ),
        seal_holds: prescription.seal.holds(prescription.content.expose()),
        overridden: overridden.collect(),
        fresh: fresh.filter(|key| !answered.contains(key)).collect(),
        findings: checks::findings(&checked, patient)?,
        facts,
        last_batch: None,
    })
}

/// For the patient: what the doctor ordered, and nothing of the checks.
pub(super) fn own(
    prescription: &Prescription,
    now: Timestamp,
) -> Result<OwnPrescriptionView, CommandError> {
    let order = Signed::of(prescription)?.order;
    Ok(OwnPrescriptionView {
        id: prescription.id,
        number: prescription.number.clone(),
        author: prescription.author_name.clone(),
        at: prescription.at,
        current: checks::current(prescription, now),
        state: prescription.state.into(),
        total: counted(order.quantity, prescription.total),
        given: counted(order.quantity, prescription.given),
        order: order_view(&order),
    })
}

pub(super) fn order_view(order: &Order) -> OrderView {
    OrderView {
        medicine: Phi::new(order.medicine()),
        strength: order.strength.to_string(),
        form: order.form,
        route: order.route,
        dose: view_of(order.dose),
        frequency: order.frequency,
        duration: order.duration,
        quantity: view_of(order.quantity),
        repeats: order.repeats,
        as_needed: order.as_needed.as_ref().map(|needed| AsNeededView {
            reason: needed.reason.clone(),
            hours_between: needed.hours_between,
            most_in_a_day: view_of(needed.most_in_a_day),
        }),
        indication: order.indication.clone(),
        instructions: order.instructions.clone(),
        substitution: order.substitution,
        language: order.language,
    }
}

/// So many millionths, counted like the quantity.
pub(super) fn counted(like: Counted, millionths: u64) -> CountedView {
    let amount = Amount::millionths(millionths);
    CountedView {
        amount: amount.map_or_else(|| "0".into(), |amount| amount.to_string()),
        unit: like.unit_key().into(),
    }
}

fn view_of(counted: Counted) -> CountedView {
    CountedView {
        amount: counted.amount().to_string(),
        unit: counted.unit_key().into(),
    }
}

fn fact_view(fact: &PrescriptionFact, like: Counted) -> Result<FactView, CommandError> {
    let noted = Noted::read(&fact.content)?;
    Ok(FactView {
        id: fact.id,
        kind: fact.kind.into(),
        by: fact.by_name.clone(),
        at: fact.at,
        amount: (fact.amount > 0).then(|| counted(like, fact.amount)),
        batch: noted.batch,
        product: noted.product,
        text: noted.text,
        overridden: noted.overridden,
    })
}

/// What is on the shelf, in words that name no person.
pub(super) fn product(order: &Order) -> Result<String, CommandError> {
    let table = table()?;
    let names: Vec<&str> = order
        .ingredients
        .iter()
        .map(|name| table.find(name).unwrap_or(name))
        .collect();
    let form = serde_json::to_string(&order.form).map_err(|_| CommandError::Defect)?;
    Ok(format!(
        "{} | {} | {form}",
        names.join(" + "),
        order.strength
    ))
}
