//! A medication order: what a person typed becomes an [`Order`], or faults, and nothing between.

use basics::{Language, Phi};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    Counted, Duration, Form, Frequency, Route, Strength,
    error::{Fault, Faults, Rule},
    parse,
    writing::plain,
};

/// Characters of a name.
const NAME: usize = 120;
/// Characters of a free text.
const TEXT: usize = 500;
/// Ingredients of one medicine.
const INGREDIENTS: usize = 4;
/// Times that the quantity may be given out again.
const REPEATS: u8 = 11;

/// An order as it is typed.
#[derive(Clone, Debug, Deserialize, Serialize, TS)]
pub struct OrderForm {
    /// The medicine by its ingredients, joined by `+`, e.g. `amoxicillin + clavulanic acid`.
    pub medicine: Phi<String>,
    /// E.g. `500 mg`, `875 mg + 125 mg`, `250 mg/5 mL`.
    pub strength: String,
    /// In which form.
    pub form: Form,
    /// By which way.
    pub route: Route,
    /// E.g. `1 tablet`.
    pub dose: String,
    /// How often.
    pub frequency: Frequency,
    /// For how long; until it is stopped where nothing is said.
    pub duration: Option<Duration>,
    /// What is to be given out at once, e.g. `21 tablets`.
    pub quantity: String,
    /// How many times the quantity may be given out again.
    pub repeats: u8,
    /// Only when needed.
    pub as_needed: Option<AsNeededForm>,
    /// What it is for.
    pub indication: Phi<String>,
    /// What the person who takes it has to know.
    pub instructions: Phi<String>,
    /// Another product with the same ingredients may be given.
    pub substitution: bool,
    /// Language of the label.
    pub language: Language,
}

/// When and how much at most, as it is typed.
#[derive(Clone, Debug, Deserialize, Serialize, TS)]
pub struct AsNeededForm {
    /// For what.
    pub reason: Phi<String>,
    /// Hours between two doses at least.
    pub hours_between: u8,
    /// At most in 24 hours, e.g. `4 tablets`.
    pub most_in_a_day: String,
}

/// An order that keeps every rule of writing. Only [`Order::parse`] makes one from what was typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Order {
    /// One to four.
    pub ingredients: Vec<String>,
    /// One for each ingredient.
    pub strength: Strength,
    /// In which form.
    pub form: Form,
    /// By which way.
    pub route: Route,
    /// How much at a time.
    pub dose: Counted,
    /// How often.
    pub frequency: Frequency,
    /// For how long.
    pub duration: Option<Duration>,
    /// What is to be given out at once.
    pub quantity: Counted,
    /// How many times again.
    pub repeats: u8,
    /// Only when needed.
    pub as_needed: Option<AsNeeded>,
    /// What it is for.
    pub indication: Phi<String>,
    /// What the person who takes it has to know.
    pub instructions: Phi<String>,
    /// Another product with the same ingredients may be given.
    pub substitution: bool,
    /// Language of the label.
    pub language: Language,
}

/// When and how much at most.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct AsNeeded {
    /// For what.
    pub reason: Phi<String>,
    /// Hours between two doses at least.
    pub hours_between: u8,
    /// At most in 24 hours.
    pub most_in_a_day: Counted,
}

/// Collects what is wrong, so that a person sees all of it at once.
#[derive(Default)]
struct Collected(Vec<Fault>);

impl Collected {
    fn take<T>(&mut self, parsed: Result<T, Fault>) -> Option<T> {
        parsed.map_err(|fault| self.0.push(fault)).ok()
    }

    fn rule<T>(&mut self, field: &'static str, parsed: Result<T, Rule>) -> Option<T> {
        self.take(parsed.map_err(|rule| Fault::new(field, rule)))
    }

    fn must(&mut self, field: &'static str, rule: Rule, holds: bool) {
        if !holds {
            self.0.push(Fault::new(field, rule));
        }
    }
}

impl Order {
    /// Reads what was typed.
    ///
    /// # Errors
    /// Everything that is wrong with it, in the order of the fields.
    pub fn parse(form: &OrderForm) -> Result<Self, Faults> {
        let mut wrong = Collected::default();
        let ingredients = wrong.take(ingredients(form.medicine.expose()));
        let count = ingredients.as_ref().map_or(1, Vec::len);
        let strength = wrong.take(parse::strength(&form.strength, count));
        let routes = form.form.routes();
        wrong.must("route", Rule::FormRoute, routes.contains(&form.route));
        let dose = wrong.take(parse::dose("dose", &form.dose, form.form));
        let frequency = wrong.rule("frequency", form.frequency.checked());
        let duration = form.duration.map(Duration::checked).transpose();
        let duration = wrong.rule("duration", duration);
        let quantity = wrong.take(parse::quantity("quantity", &form.quantity, form.form));
        wrong.must("repeats", Rule::Range, form.repeats <= REPEATS);
        let as_needed = form.as_needed.as_ref().map(|as_needed| {
            let parsed = as_needed_of(as_needed, form.form, dose);
            parsed.map_err(|faults| wrong.0.extend(faults)).ok()
        });
        let text = |wrong: &mut Collected, field, text: &Phi<String>| {
            wrong.take(plain(field, text.expose(), TEXT)).map(Phi::new)
        };
        let indication = text(&mut wrong, "indication", &form.indication);
        let said = indication
            .as_ref()
            .is_none_or(|text| !text.expose().is_empty());
        wrong.must("indication", Rule::Required, said);
        let instructions = text(&mut wrong, "instructions", &form.instructions);
        // `as_needed` is three things: not wanted, wanted and read, wanted and wrong.
        let as_needed = match as_needed {
            None => Some(None),
            Some(read) => read.map(Some),
        };
        match (
            wrong.0.is_empty(),
            ingredients,
            strength,
            dose,
            frequency,
            duration,
            quantity,
            as_needed,
            indication,
            instructions,
        ) {
            (
                true,
                Some(ingredients),
                Some(strength),
                Some(dose),
                Some(frequency),
                Some(duration),
                Some(quantity),
                Some(as_needed),
                Some(indication),
                Some(instructions),
            ) => Ok(Self {
                ingredients,
                strength,
                form: form.form,
                route: form.route,
                dose,
                frequency,
                duration,
                quantity,
                repeats: form.repeats,
                as_needed,
                indication,
                instructions,
                substitution: form.substitution,
                language: form.language,
            }),
            _ => Err(Faults(wrong.0)),
        }
    }

    /// The ingredients, joined.
    pub fn medicine(&self) -> String {
        self.ingredients.join(" + ")
    }

    /// Quantity that dose, frequency and duration come to, rounded up, where they are counted alike.
    pub fn expected_quantity(&self) -> Option<Counted> {
        if self.frequency == Frequency::Once {
            return self.dose.alike(self.quantity).then(|| {
                let one = self.dose.amount().times_up(1, 1);
                one.map(|one| self.quantity.with(one))
            })?;
        }
        if !self.dose.alike(self.quantity) {
            return None;
        }
        let hours = u64::from(self.duration?.days()) * 24;
        let (doses, each) = self.frequency.doses();
        let amount = match &self.as_needed {
            None => self.dose.amount().times_up(doses * hours, each)?,
            Some(most) => most.most_in_a_day.amount().times_up(hours, 24)?,
        };
        Some(self.quantity.with(amount))
    }

    /// All that may be given out: the quantity and its repeats, in millionths.
    pub fn total_millionths(&self) -> u64 {
        let times = 1 + u64::from(self.repeats);
        self.quantity.amount().as_millionths().saturating_mul(times)
    }
}

fn ingredients(typed: &str) -> Result<Vec<String>, Fault> {
    const FIELD: &str = "medicine";
    let parts: Vec<String> = typed
        .split('+')
        .map(|part| part.split_whitespace().collect::<Vec<_>>().join(" "))
        .collect();
    if parts.iter().any(String::is_empty) {
        return Err(Fault::new(FIELD, Rule::Required));
    }
    if parts.len() > INGREDIENTS {
        return Err(Fault::new(FIELD, Rule::Range));
    }
    for part in &parts {
        plain(FIELD, part, NAME)?;
    }
    Ok(parts)
}

fn as_needed_of(
    typed: &AsNeededForm,
    form: Form,
    dose: Option<Counted>,
) -> Result<AsNeeded, Vec<Fault>> {
    let mut wrong = Collected::default();
    let reason = wrong.take(plain("as_needed_reason", typed.reason.expose(), TEXT));
    let said = reason.as_ref().is_none_or(|reason| !reason.is_empty());
    wrong.must("as_needed_reason", Rule::Required, said);
    let possible = (1..=72).contains(&typed.hours_between);
    wrong.must("hours_between", Rule::Range, possible);
    let most = wrong.take(parse::dose("most_in_a_day", &typed.most_in_a_day, form));
    if let (Some(dose), Some(most)) = (dose, most) {
        let enough = most.alike(dose) && most.amount() >= dose.amount();
        wrong.must("most_in_a_day", Rule::Range, enough);
    }
    match (wrong.0.is_empty(), reason, most) {
        (true, Some(reason), Some(most_in_a_day)) => Ok(AsNeeded {
            reason: Phi::new(reason),
            hours_between: typed.hours_between,
            most_in_a_day,
        }),
        _ => Err(wrong.0),
    }
}
