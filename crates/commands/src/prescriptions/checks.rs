//! What speaks against an order for a patient as the record knows them now.

use ::clinic::{Allergies, Patient, Prescription, PrescriptionId, PrescriptionState};
use ::prescribing::{Allergic, Checked, Current, Known, Order, Prescribed, table};
use basics::{Phi, Timestamp};

use super::{FindingsView, Override, content::Signed};
use crate::error::CommandError;

/// Characters of a reason.
const REASON: usize = 500;

/// Whether it is taken now: neither stopped nor over.
pub(super) fn current(prescription: &Prescription, now: Timestamp) -> bool {
    prescription.state != PrescriptionState::Cancelled
        && prescription.ends.is_none_or(|ends| ends > now)
}

/// Checks an order; `itself` is left out of what is taken now.
pub(super) fn check(
    order: &Order,
    patient: &Patient,
    all: &[Prescription],
    itself: PrescriptionId,
    now: Timestamp,
) -> Result<Checked, CommandError> {
    let allergies: Vec<Allergic> = match &patient.allergies {
        Allergies::Known { items } => items
            .iter()
            .map(|item| Allergic {
                substance: item.substance.clone(),
            })
            .collect(),
        Allergies::NoneKnown | Allergies::NotAsked => Vec::new(),
    };
    let taken = all
        .iter()
        .filter(|one| one.id != itself && current(one, now))
        .map(|one| {
            let order = Signed::of(one)?.order;
            Ok(Current {
                ingredients: order.ingredients,
                route: order.route,
            })
        })
        .collect::<Result<Vec<_>, CommandError>>()?;
    let prescribed = Prescribed {
        ingredients: &order.ingredients,
        route: order.route,
    };
    let known = Known {
        allergies: &allergies,
        current: &taken,
    };
    Ok(::prescribing::check(table()?, &prescribed, &known))
}

/// The same as the screens show it.
pub(super) fn findings(checked: &Checked, patient: &Patient) -> Result<FindingsView, CommandError> {
    Ok(FindingsView {
        warnings: checked.warnings.clone(),
        not_covered: checked.not_covered.clone(),
        allergies_asked: patient.allergies != Allergies::NotAsked,
        table: table()?.version().to_owned(),
    })
}

/// The reasons for going on, one for each of these warnings and no other.
///
/// # Errors
/// [`CommandError::WarningsUnanswered`]; [`CommandError::Invalid`] for a reason that is too long.
pub(super) fn answered<'a>(
    warnings: impl IntoIterator<Item = &'a str>,
    overrides: &[Override],
) -> Result<Vec<Override>, CommandError> {
    warnings
        .into_iter()
        .map(|key| {
            let given = overrides.iter().find(|one| one.key == key);
            let reason = given.map_or("", |one| one.reason.expose().trim());
            match reason.chars().count() {
                0 => Err(CommandError::WarningsUnanswered),
                1..=REASON => Ok(Override {
                    key: key.to_owned(),
                    reason: Phi::new(reason.to_owned()),
                }),
                _ => Err(CommandError::Invalid { field: "reason" }),
            }
        })
        .collect()
}
