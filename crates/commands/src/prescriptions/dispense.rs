//! Handlers of the pharmacist: give out, take back, ask.

use ::clinic::{FactKind, NewFact, Permission};
use ::prescribing::Amount;
use basics::{Phi, Timestamp};
use jiff::{ToSpan, civil::Date, tz::TimeZone};

use super::{
    AskPrescriberRequest, BatchView, DispenseRequest, PrescriptionView, TakeBackRequest, checks,
    content::Noted,
    order::{TEXT, act, said},
    queue,
};
use crate::{clinic::confirm_identity_by, dispatch::Call, error::CommandError};

/// Characters of a batch number.
const BATCH: usize = 60;
/// Characters of a product's name.
const PRODUCT: usize = 200;
/// What the journal says of what was given out against a warning that is new since the order.
const OVERRIDDEN: &str = "prescription.dispense_overridden";

pub(super) fn dispense(
    call: &Call<'_>,
    request: DispenseRequest,
) -> Result<PrescriptionView, CommandError> {
    let before = queue::show(call, request.prescription_id)?;
    confirm_identity_by(
        call,
        Permission::DispensePrescriptions,
        before.patient.id,
        &request.confirmed,
    )?;
    if !before.seal_holds {
        return Err(CommandError::PrescriptionBroken);
    }
    let batch = BatchView {
        batch: within("batch", &request.batch, 1..=BATCH)?,
        expiry: expiry(&request.expiry, call.inner().clock.now())?,
    };
    let product = request.product.as_deref().map(str::trim);
    let product = product.filter(|product| !product.is_empty());
    let why = request.why.expose().trim();
    let product = match (product, before.order.substitution) {
        (None, _) => None,
        (Some(_), false) => return Err(CommandError::SubstitutionForbidden),
        (Some(_), true) if why.is_empty() => return Err(CommandError::Invalid { field: "why" }),
        (Some(product), true) => Some(format!(
            "{} ({})",
            within("product", product, 1..=PRODUCT)?,
            within("why", why, 1..=TEXT)?
        )),
    };
    // What was done since is the record's to say; of the same act again nothing is fresh.
    let overridden = checks::answered(before.fresh.iter().map(String::as_str), &request.overrides)?;
    let verb = if overridden.is_empty() {
        call.verb()
    } else {
        OVERRIDDEN
    };
    let noted = Noted {
        batch: Some(batch),
        product,
        text: Phi::new(within("note", request.note.expose(), 0..=TEXT)?),
        overridden,
    };
    let fact = NewFact {
        id: request.fact_id,
        prescription_id: request.prescription_id,
        over: request.over,
        kind: FactKind::Dispensed,
        amount: amount(&request.amount)?,
        content: noted.json()?,
    };
    act(call, verb, &fact)
}

pub(super) fn take_back(
    call: &Call<'_>,
    request: TakeBackRequest,
) -> Result<PrescriptionView, CommandError> {
    let fact = NewFact {
        id: request.fact_id,
        prescription_id: request.prescription_id,
        over: request.over,
        kind: FactKind::Returned,
        amount: amount(&request.amount)?,
        content: said("reason", &request.reason)?.json()?,
    };
    act(call, call.verb(), &fact)
}

pub(super) fn ask(
    call: &Call<'_>,
    request: AskPrescriberRequest,
) -> Result<PrescriptionView, CommandError> {
    let fact = NewFact {
        id: request.fact_id,
        prescription_id: request.prescription_id,
        over: request.over,
        kind: FactKind::Asked,
        amount: 0,
        content: said("question", &request.question)?.json()?,
    };
    act(call, call.verb(), &fact)
}

fn amount(text: &str) -> Result<u64, CommandError> {
    let amount: Result<Amount, _> = text.parse();
    let amount = amount.map_err(|_| CommandError::Invalid { field: "amount" })?;
    Ok(amount.as_millionths())
}

fn within(
    field: &'static str,
    text: &str,
    long: std::ops::RangeInclusive<usize>,
) -> Result<String, CommandError> {
    let text = text.trim();
    match long.contains(&text.chars().count()) {
        true => Ok(text.to_owned()),
        false => Err(CommandError::Invalid { field }),
    }
}

/// `YYYY-MM` (to the end of that month) or `YYYY-MM-DD`; what has expired is not given out.
fn expiry(text: &str, now: Timestamp) -> Result<String, CommandError> {
    let wrong = || CommandError::Invalid { field: "expiry" };
    let text = text.trim();
    let last: Date = match text.len() {
        7 => {
            let first: Date = format!("{text}-01").parse().map_err(|_| wrong())?;
            let next = first.checked_add(1.month()).map_err(|_| wrong())?;
            next.yesterday().map_err(|_| wrong())?
        }
        _ => text.parse().map_err(|_| wrong())?,
    };
    let today = now.to_zoned(TimeZone::UTC).date();
    match last < today {
        true => Err(CommandError::Expired),
        false => Ok(text.to_owned()),
    }
}
