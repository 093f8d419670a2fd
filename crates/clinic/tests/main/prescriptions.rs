//! Prescriptions: signed orders that never change, and what is done with them, each once.

use basics::{PatientId, Phi};
use clinic::*;

use crate::support::*;

struct Pharmacy {
    house: House,
    patient: Patient,
}

impl Pharmacy {
    fn new() -> Self {
        let house = House::new();
        let patient = house.patient("dora", "Maria Silva");
        Self { house, patient }
    }

    fn order(&self, login: &str, id: PrescriptionId, total: u64) -> Result<String> {
        self.order_for(login, id, self.patient.id, total)
    }

    fn order_for(
        &self,
        login: &str,
        id: PrescriptionId,
        patient_id: PatientId,
        total: u64,
    ) -> Result<String> {
        let active = self.house.active(login);
        let permit = authorize(&active, Permission::WritePrescriptions)?;
        let proof = self
            .house
            .clinic
            .check_password(&active, &secret(PASSWORD))?;
        let new = NewPrescription {
            id,
            patient_id,
            ends: None,
            product: "amoxicillin 500 mg capsule".into(),
            total,
        };
        self.house
            .clinic
            .write(&permit, "prescription.sign", |change| {
                change.order_prescription(proof, &new, |leave| {
                    assert_eq!((leave.id, leave.patient_id), (id, patient_id));
                    Ok::<_, ClinicError>(Phi::new(b"{\"order\":1}".to_vec()))
                })
            })
    }

    fn act(&self, login: &str, fact: &NewFact) -> Result<Prescription> {
        let permission = match fact.kind {
            FactKind::Answered | FactKind::Cancelled => Permission::WritePrescriptions,
            _ => Permission::DispensePrescriptions,
        };
        let permit = authorize(&self.house.active(login), permission)?;
        self.house
            .clinic
            .write(&permit, "x", |change| change.add_fact(fact))
    }

    fn queue(&self, queue: PrescriptionQueue, text: &str, cursor: Option<&str>) -> patients::Page {
        let permit = self.house.permit("pia", Permission::DispensePrescriptions);
        let page = self
            .house
            .clinic
            .prescription_queue(&permit, queue, text, cursor, 2)
            .unwrap();
        (
            page.rows.into_iter().map(|row| row.number).collect(),
            page.next,
        )
    }
}

mod patients {
    pub type Page = (Vec<String>, Option<String>);
}

fn fact(prescription_id: PrescriptionId, kind: FactKind, over: u32, amount: u64) -> NewFact {
    NewFact {
        id: FactId::new(),
        prescription_id,
        over,
        kind,
        amount,
        content: phi("{}"),
    }
}

fn reason<T: std::fmt::Debug>(result: Result<T>) -> &'static str {
    match result.unwrap_err() {
        ClinicError::Conflict { reason } => reason,
        ClinicError::Invalid { field, .. } => field,
        other => panic!("{other}"),
    }
}

#[test]
fn an_order_is_signed_once_and_given_out_in_parts() {
    let pharmacy = Pharmacy::new();
    let id = PrescriptionId::new();
    assert_eq!(pharmacy.order("dora", id, 21).unwrap(), "RX-000001");
    // The answer was lost.
    assert_eq!(pharmacy.order("dora", id, 21).unwrap(), "RX-000001");
    let first = fact(id, FactKind::Dispensed, 0, 10);
    let after = pharmacy.act("pia", &first).unwrap();
    assert_eq!(
        (after.state, after.given, after.facts.len()),
        (PrescriptionState::Partly, 10, 1)
    );
    assert!(after.seal.holds(after.content.expose()));
    assert!(!after.seal.holds(b"{\"order\":2}"));
    // The same again is done once; another over the old screen is not done at all.
    assert_eq!(pharmacy.act("pia", &first).unwrap().given, 10);
    assert_eq!(
        reason(pharmacy.act("pia", &fact(id, FactKind::Dispensed, 0, 1))),
        "prescription-changed"
    );
    assert_eq!(
        reason(pharmacy.act("pia", &fact(id, FactKind::Dispensed, 1, 12))),
        "amount"
    );
    let whole = pharmacy
        .act("pia", &fact(id, FactKind::Dispensed, 1, 11))
        .unwrap();
    assert_eq!(whole.state, PrescriptionState::Dispensed);
    assert_eq!(
        reason(pharmacy.act("pia", &fact(id, FactKind::Dispensed, 2, 1))),
        "prescription-state"
    );
    let back = pharmacy
        .act("pia", &fact(id, FactKind::Returned, 2, 5))
        .unwrap();
    assert_eq!((back.state, back.given), (PrescriptionState::Partly, 16));
    let stopped = pharmacy
        .act("dora", &fact(id, FactKind::Cancelled, 3, 0))
        .unwrap();
    assert_eq!(stopped.state, PrescriptionState::Cancelled);
    assert_eq!(
        reason(pharmacy.act("pia", &fact(id, FactKind::Dispensed, 4, 1))),
        "prescription-state"
    );
    // Another start of the program reads the same.
    let house = pharmacy.house.restart();
    let permit = house.permit("pia", Permission::ReadPrescriptions);
    let kept = house.clinic.prescription(&permit, id).unwrap();
    assert_eq!(
        (kept.facts.len(), kept.given, kept.state),
        (4, 16, PrescriptionState::Cancelled)
    );
}

#[test]
fn a_question_leaves_the_queue_until_it_is_answered() {
    let pharmacy = Pharmacy::new();
    let ids: Vec<PrescriptionId> = (0..3).map(|_| PrescriptionId::new()).collect();
    for id in &ids {
        pharmacy.order("dora", *id, 5).unwrap();
    }
    let (first, next) = pharmacy.queue(PrescriptionQueue::Waiting, "", None);
    assert_eq!(first, ["RX-000001", "RX-000002"]);
    assert_eq!(
        pharmacy
            .queue(PrescriptionQueue::Waiting, "", next.as_deref())
            .0,
        ["RX-000003"]
    );
    assert_eq!(
        pharmacy.queue(PrescriptionQueue::Waiting, "rx-3", None).0,
        ["RX-000003"]
    );
    assert_eq!(
        pharmacy
            .queue(PrescriptionQueue::Waiting, "silv", None)
            .0
            .len(),
        2
    );
    assert_eq!(
        pharmacy
            .queue(PrescriptionQueue::Waiting, "nobody", None)
            .0
            .len(),
        0
    );
    pharmacy
        .act("pia", &fact(ids[0], FactKind::Asked, 0, 0))
        .unwrap();
    assert_eq!(
        pharmacy.queue(PrescriptionQueue::Waiting, "", None).0,
        ["RX-000002", "RX-000003"]
    );
    assert_eq!(
        pharmacy.queue(PrescriptionQueue::Asked, "", None).0,
        ["RX-000001"]
    );
    assert_eq!(
        reason(pharmacy.act("pia", &fact(ids[0], FactKind::Dispensed, 1, 5))),
        "prescription-state"
    );
    let answered = pharmacy
        .act("dora", &fact(ids[0], FactKind::Answered, 1, 0))
        .unwrap();
    assert_eq!(answered.state, PrescriptionState::Ordered);
    pharmacy
        .act("pia", &fact(ids[0], FactKind::Dispensed, 2, 5))
        .unwrap();
    assert_eq!(
        pharmacy.queue(PrescriptionQueue::Done, "", None).0,
        ["RX-000001"]
    );
    let permit = pharmacy
        .house
        .permit("pia", Permission::DispensePrescriptions);
    let counts = pharmacy.house.clinic.prescription_counts(&permit).unwrap();
    assert_eq!((counts.waiting, counts.asked), (2, 0));
    let last = pharmacy
        .house
        .clinic
        .last_dispensed(&permit, "amoxicillin 500 mg capsule")
        .unwrap();
    assert_eq!(last, Some(phi("{}")));
}

#[test]
fn everybody_does_their_own_part_and_no_other() {
    let pharmacy = Pharmacy::new();
    let id = PrescriptionId::new();
    pharmacy.order("dora", id, 5).unwrap();
    for (login, kind) in [
        ("dora", FactKind::Dispensed),
        ("dora", FactKind::Asked),
        ("pia", FactKind::Cancelled),
        ("pia", FactKind::Answered),
        ("ada", FactKind::Dispensed),
    ] {
        let refused = pharmacy.act(login, &fact(id, kind, 0, 1)).unwrap_err();
        assert!(
            matches!(refused, ClinicError::Forbidden { .. }),
            "{login} {kind:?}"
        );
    }
    // A restricted record is its doctor's, and the pharmacist's.
    let restrict = pharmacy.house.permit("dora", Permission::RestrictRecords);
    pharmacy
        .house
        .clinic
        .write::<_, ClinicError>(&restrict, "x", |change| {
            change.set_restricted(pharmacy.patient.id, true, None, "staff")
        })
        .unwrap();
    let other = pharmacy.house.permit("dirk", Permission::ReadPrescriptions);
    let refused = pharmacy.house.clinic.prescription(&other, id).unwrap_err();
    assert!(matches!(
        refused,
        ClinicError::NotFound {
            what: "prescription"
        }
    ));
    assert!(pharmacy.order("dirk", PrescriptionId::new(), 5).is_err());
    pharmacy
        .act("pia", &fact(id, FactKind::Dispensed, 0, 5))
        .unwrap();
    // A patient reads their own and nobody else's.
    let write = pharmacy.house.permit("dora", Permission::WritePatients);
    for (patient, login) in [
        (pharmacy.patient.id, "maria"),
        (pharmacy.house.patient("dora", "Other One").id, "other"),
    ] {
        let made = pharmacy.house.clinic.write(&write, "x", |change| {
            change.create_patient_account(patient, login, &secret(PASSWORD))
        });
        made.unwrap();
    }
    let own = pharmacy
        .house
        .permit("maria", Permission::ReadOwnPrescriptions);
    assert_eq!(
        pharmacy
            .house
            .clinic
            .prescriptions_of(&own, pharmacy.patient.id, 50)
            .unwrap()
            .len(),
        1
    );
    let other = pharmacy
        .house
        .permit("other", Permission::ReadOwnPrescriptions);
    assert!(pharmacy.house.clinic.prescription(&other, id).is_err());
    assert!(
        pharmacy
            .house
            .clinic
            .prescriptions_of(&other, pharmacy.patient.id, 50)
            .is_err()
    );
}
