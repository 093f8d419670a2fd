//! Handlers of the doctor: begin, check, sign, answer, stop.

use ::clinic::{
    ClinicError, FactKind, NewFact, NewPrescription, Patient, Permission, Prescription,
    PrescriptionId, PrescriptionToSign,
};
use ::prescribing::{Checked, Form, Frequency, Order, Suggestion, table};
use basics::{PatientId, Phi, Timestamp};

use super::{
    AnswerPharmacistRequest, CheckOrderRequest, CheckedOrder, FindingsView, PrescribeRequest,
    PrescribingDesk, PrescriptionView, SignPrescriptionRequest, StopPrescriptionRequest,
    SuggestMedicineRequest, checks,
    content::{FORMAT, Noted, Signed},
    queue, views,
};
use crate::{clinic::confirm_identity_by, dispatch::Call, error::CommandError};

/// Names that are offered.
const OFFERED: usize = 8;
/// Prescriptions of a patient that are looked at.
pub(super) const MANY: u32 = 200;
/// Characters of an answer, question or reason.
pub(super) const TEXT: usize = 2_000;
/// What the journal says of a signature against a warning, so that an administrator finds them.
const OVERRIDDEN: &str = "prescription.sign_overridden";
/// A look before the act is a look, also where the act is refused afterwards.
const CHECKED: &str = "prescription.check";

pub(super) fn start(
    call: &Call<'_>,
    request: PrescribeRequest,
) -> Result<PrescribingDesk, CommandError> {
    let (patient, all) = known(call, request.patient_id)?;
    let now = call.inner().clock.now();
    let current = all.iter().filter(|one| checks::current(one, now));
    Ok(PrescribingDesk {
        prescription_id: PrescriptionId::new(),
        current: current
            .map(|one| views::whole(one, &patient, &all, now))
            .collect::<Result<_, _>>()?,
        patient: patient.into(),
        forms: Form::ALL.iter().copied().map(Into::into).collect(),
        table: table()?.about(),
    })
}

pub(super) fn suggest(
    _: &Call<'_>,
    request: SuggestMedicineRequest,
) -> Result<Vec<Suggestion>, CommandError> {
    Ok(table()?.suggest(&request.typed, OFFERED))
}

pub(super) fn check(
    call: &Call<'_>,
    request: CheckOrderRequest,
) -> Result<CheckedOrder, CommandError> {
    let (patient, all) = known(call, request.patient_id)?;
    let order = match Order::parse(&request.order) {
        Ok(order) => order,
        Err(faults) => {
            return Ok(CheckedOrder {
                faults: faults.0,
                order: None,
                expected_quantity: None,
                findings: checks::findings(&Checked::default(), &patient)?,
            });
        }
    };
    let now = call.inner().clock.now();
    let findings = found(&order, &patient, &all, PrescriptionId::new(), now)?.1;
    Ok(CheckedOrder {
        faults: Vec::new(),
        expected_quantity: order
            .expected_quantity()
            .map(|quantity| quantity.to_string()),
        order: Some(views::order_view(&order)),
        findings,
    })
}

pub(super) fn sign(
    call: &Call<'_>,
    request: SignPrescriptionRequest,
) -> Result<PrescriptionView, CommandError> {
    let (clinic, permit) = (call.clinic()?, call.permit()?);
    let (patient, all) = known(call, request.patient_id)?;
    confirm_identity_by(
        call,
        Permission::WritePrescriptions,
        patient.id,
        &request.confirmed,
    )?;
    let order = Order::parse(&request.order).map_err(::prescribing::Error::Order)?;
    let now = call.inner().clock.now();
    let (checked, findings) = found(&order, &patient, &all, request.prescription_id, now)?;
    let keys = checked.warnings.iter().map(|warning| warning.key.as_str());
    let overrides = checks::answered(keys, &request.overrides)?;
    let verb = if overrides.is_empty() {
        call.verb()
    } else {
        OVERRIDDEN
    };
    let proof = clinic.check_password(&call.active()?, &request.password)?;
    let new = NewPrescription {
        id: request.prescription_id,
        patient_id: patient.id,
        ends: ends(&order, now),
        product: views::product(&order)?,
        total: order.total_millionths(),
    };
    let signed = |leave: &PrescriptionToSign| {
        Signed {
            format: FORMAT,
            prescription_id: leave.id,
            patient_id: leave.patient_id,
            by: leave.by,
            at: leave.at,
            order,
            table: findings.table,
            checked,
            overrides,
        }
        .bytes()
    };
    clinic.write(permit, verb, |change| {
        change.order_prescription(proof, &new, signed)
    })?;
    queue::show(call, request.prescription_id)
}

pub(super) fn asked(call: &Call<'_>, (): ()) -> Result<Vec<PrescriptionView>, CommandError> {
    let (clinic, permit) = (call.clinic()?, call.permit()?);
    let asked = clinic.prescriptions_asked(permit)?;
    clinic.note_reads(permit, call.verb(), asked.iter().map(|one| one.patient_id))?;
    asked.iter().map(|one| queue::show(call, one.id)).collect()
}

pub(super) fn answer(
    call: &Call<'_>,
    request: AnswerPharmacistRequest,
) -> Result<PrescriptionView, CommandError> {
    let fact = NewFact {
        id: request.fact_id,
        prescription_id: request.prescription_id,
        over: request.over,
        kind: FactKind::Answered,
        amount: 0,
        content: said("answer", &request.answer)?.json()?,
    };
    act(call, call.verb(), &fact)
}

pub(super) fn stop(
    call: &Call<'_>,
    request: StopPrescriptionRequest,
) -> Result<PrescriptionView, CommandError> {
    let fact = NewFact {
        id: request.fact_id,
        prescription_id: request.prescription_id,
        over: request.over,
        kind: FactKind::Cancelled,
        amount: 0,
        content: said("reason", &request.reason)?.json()?,
    };
    act(call, call.verb(), &fact)
}

/// Does something with a prescription and shows what it comes to.
pub(super) fn act(
    call: &Call<'_>,
    verb: &str,
    fact: &NewFact,
) -> Result<PrescriptionView, CommandError> {
    let (clinic, permit) = (call.clinic()?, call.permit()?);
    clinic.write::<_, ClinicError>(permit, verb, |change| change.add_fact(fact))?;
    queue::show(call, fact.prescription_id)
}

/// A text that must say something.
pub(super) fn said(field: &'static str, text: &Phi<String>) -> Result<Noted, CommandError> {
    let text = Phi::new(text.expose().trim().to_owned());
    match text.expose().chars().count() {
        1..=TEXT => Ok(Noted::text(&text)),
        _ => Err(CommandError::Invalid { field }),
    }
}

/// The patient and all that was prescribed; the journal knows that it was looked at.
fn known(
    call: &Call<'_>,
    patient: PatientId,
) -> Result<(Patient, Vec<Prescription>), CommandError> {
    let (clinic, permit) = (call.clinic()?, call.permit()?);
    let patient = clinic.patient(permit, patient)?;
    clinic.note_read(permit, CHECKED, Some(patient.id))?;
    let all = clinic.prescriptions_of(permit, patient.id, MANY)?;
    Ok((patient, all))
}

fn found(
    order: &Order,
    patient: &Patient,
    all: &[Prescription],
    itself: PrescriptionId,
    now: Timestamp,
) -> Result<(Checked, FindingsView), CommandError> {
    let checked = checks::check(order, patient, all, itself, now)?;
    let findings = checks::findings(&checked, patient)?;
    Ok((checked, findings))
}

/// When it is over by itself, all repeats given out.
fn ends(order: &Order, now: Timestamp) -> Option<Timestamp> {
    let days = match (order.frequency, order.duration) {
        (Frequency::Once, _) => 1,
        (_, Some(duration)) => i64::from(duration.days()) * (1 + i64::from(order.repeats)),
        (_, None) => return None,
    };
    now.checked_add(jiff::SignedDuration::from_hours(24 * days))
        .ok()
}
