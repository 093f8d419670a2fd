//! Reading what a person typed into the small fields: numbers with their units.

use crate::{
    Amount, Counted, Form, Measure, Per, Piece, Strength, Unit,
    error::{Fault, Rule},
};

/// What must be written in full, or otherwise (ISMP; Joint Commission): what is typed, what to write.
const WRONG_UNITS: [(&str, &str); 14] = [
    ("µg", "microgram"),
    ("μg", "microgram"),
    ("ug", "microgram"),
    ("mcg", "microgram"),
    ("gamma", "microgram"),
    ("u", "units"),
    ("iu", "units"),
    ("ie", "units"),
    ("cc", "mL"),
    ("gm", "g"),
    ("gr", "g"),
    ("mgs", "mg"),
    ("tab", "tablet"),
    ("cap", "capsule"),
];

/// A strength, for so many ingredients: `500 mg`, `875 mg + 125 mg`, `250 mg/5 mL`, `100 microgram/dose`.
pub(crate) fn strength(text: &str, ingredients: usize) -> Result<Strength, Fault> {
    const FIELD: &str = "strength";
    let (parts, per) = match text.split_once('/') {
        None => (text, None),
        Some((parts, per)) => (parts, Some(in_what(FIELD, per)?)),
    };
    let parts = parts
        .split('+')
        .map(|part| measure(FIELD, part))
        .collect::<Result<Vec<_>, _>>()?;
    match parts.len() == ingredients {
        true => Ok(Strength { parts, per }),
        false => Err(Fault::new(FIELD, Rule::Strengths)),
    }
}

/// A dose of a form.
pub(crate) fn dose(field: &'static str, text: &str, form: Form) -> Result<Counted, Fault> {
    counted(field, text, form.doses())
}

/// A quantity of a form to be given out.
pub(crate) fn quantity(field: &'static str, text: &str, form: Form) -> Result<Counted, Fault> {
    counted(field, text, form.packed())
}

fn counted(
    field: &'static str,
    text: &str,
    (pieces, units): (&[Piece], &[Unit]),
) -> Result<Counted, Fault> {
    let (amount, unit) = apart(field, text)?;
    if let Some(piece) = Piece::read(unit) {
        return match pieces.contains(&piece) {
            true => Ok(Counted::Pieces { amount, piece }),
            false => Err(Fault::new(field, Rule::FormUnit)),
        };
    }
    let unit = unit_of(field, unit)?;
    match units.contains(&unit) {
        true => Ok(Counted::Measured {
            measure: Measure::new(amount, unit),
        }),
        false => Err(Fault::new(field, Rule::FormUnit)),
    }
}

fn measure(field: &'static str, text: &str) -> Result<Measure, Fault> {
    let (amount, unit) = apart(field, text)?;
    Ok(Measure::new(amount, unit_of(field, unit)?))
}

fn in_what(field: &'static str, text: &str) -> Result<Per, Fault> {
    match text.trim() {
        "dose" | "puff" | "spray" => Ok(Per::Dose),
        "hour" | "h" => Ok(Per::Hour),
        text if text.starts_with(|c: char| c.is_ascii_digit() || c == '.') => {
            Ok(Per::Measure(measure(field, text)?))
        }
        text => match (unit_of(field, text)?, Amount::whole(1)) {
            (unit @ (Unit::Millilitre | Unit::Gram), Some(one)) => {
                Ok(Per::Measure(Measure::new(one, unit)))
            }
            _ => Err(Fault::new(field, Rule::Unit)),
        },
    }
}

/// The number and what stands behind it.
fn apart<'a>(field: &'static str, text: &'a str) -> Result<(Amount, &'a str), Fault> {
    let text = text.trim();
    let end = text
        .find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ',')))
        .unwrap_or(text.len());
    let (number, unit) = text.split_at(end);
    let amount = number.parse().map_err(|rule| match (rule, text) {
        (Rule::Required, text) if !text.is_empty() => Fault::new(field, Rule::Number),
        (rule, _) => Fault::instead(field, rule, number, &better(number)),
    })?;
    match unit.trim() {
        "" => Err(Fault::new(field, Rule::Unit)),
        unit => Ok((amount, unit)),
    }
}

/// The number as it should have been written, where that is beyond doubt.
fn better(number: &str) -> String {
    let zero = if number.starts_with('.') { "0" } else { "" };
    let whole = format!("{zero}{number}");
    let cut = match whole.contains('.') {
        true => whole.trim_end_matches('0').trim_end_matches('.'),
        false => "",
    };
    match cut.parse::<Amount>() {
        Ok(amount) => amount.to_string(),
        Err(_) => String::new(),
    }
}

fn unit_of(field: &'static str, text: &str) -> Result<Unit, Fault> {
    let lower = text.to_lowercase();
    if let Some((_, write)) = WRONG_UNITS.iter().find(|(wrong, _)| *wrong == lower) {
        return Err(Fault::instead(field, Rule::UnitInFull, text, write));
    }
    match lower.as_str() {
        "g" | "gram" | "grams" => Ok(Unit::Gram),
        "mg" | "milligram" | "milligrams" => Ok(Unit::Milligram),
        "microgram" | "micrograms" => Ok(Unit::Microgram),
        "units" | "unit" => Ok(Unit::Units),
        "ml" | "millilitre" | "millilitres" | "milliliter" | "milliliters" => Ok(Unit::Millilitre),
        "mmol" | "millimole" | "millimoles" => Ok(Unit::Millimole),
        "%" | "percent" => Ok(Unit::Percent),
        _ => Err(Fault::new(field, Rule::Unit)),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn strong(text: &str) -> Result<String, (Rule, String)> {
        let of = text.matches('+').count() + 1;
        strength(text, of)
            .map(|strength| strength.to_string())
            .map_err(|fault| (fault.rule, fault.write))
    }

    #[test]
    fn strengths_are_written_by_the_rules() {
        for (typed, written) in [
            ("500 mg", "500 mg"),
            ("500mg", "500 mg"),
            ("1000 mg", "1 g"),
            ("1500 mg", "1.5 g"),
            ("0.5 mg", "500 microgram"),
            ("0.5 g", "500 mg"),
            ("2500 microgram", "2.5 mg"),
            ("62.5 micrograms", "62.5 microgram"),
            ("875 mg + 125 mg", "875 mg + 125 mg"),
            ("250 mg + 62.5 mg/5 ml", "250 mg + 62.5 mg/5 mL"),
            ("100 units/mL", "100 units/mL"),
            ("100 microgram/dose", "100 microgram/dose"),
            ("25 microgram/hour", "25 microgram/hour"),
            ("0.9 %", "0.9 %"),
            ("1 unit", "1 unit"),
        ] {
            assert_eq!(strong(typed), Ok(written.into()), "{typed}");
        }
    }

    #[test]
    fn a_dangerous_way_of_writing_is_refused_and_the_right_one_named() {
        for (typed, rule, write) in [
            ("5.0 mg", Rule::TrailingZero, "5"),
            (".5 mg", Rule::LeadingZero, "0.5"),
            ("0,5 mg", Rule::Comma, ""),
            ("100 mcg", Rule::UnitInFull, "microgram"),
            ("100 µg", Rule::UnitInFull, "microgram"),
            ("100 μg", Rule::UnitInFull, "microgram"),
            ("10 U", Rule::UnitInFull, "units"),
            ("10 IU", Rule::UnitInFull, "units"),
            ("5 cc", Rule::UnitInFull, "mL"),
            ("5", Rule::Unit, ""),
            ("5 spoons", Rule::Unit, ""),
            ("mg", Rule::Number, ""),
            ("", Rule::Required, ""),
        ] {
            assert_eq!(strong(typed), Err((rule, write.into())), "{typed}");
        }
        let two = strength("500 mg", 2).map_err(|fault| fault.rule);
        assert_eq!(two, Err(Rule::Strengths));
    }

    #[test]
    fn a_dose_is_counted_as_its_form_is() {
        let read = |text, form| dose("dose", text, form).map(|dose| dose.to_string());
        assert_eq!(read("2 tablets", Form::Tablet).unwrap(), "2 tablets");
        assert_eq!(read("0.5 tablet", Form::Tablet).unwrap(), "0.5 tablet");
        assert_eq!(read("5 ml", Form::OralLiquid).unwrap(), "5 mL");
        for (text, form) in [
            ("2 tablets", Form::OralLiquid),
            ("5 mL", Form::Tablet),
            ("2 puffs", Form::Cream),
        ] {
            assert_eq!(read(text, form).unwrap_err().rule, Rule::FormUnit, "{text}");
        }
        assert_eq!(read("2 tab", Form::Tablet).unwrap_err().write, "tablet");
    }

    fn picograms(measure: Measure) -> u128 {
        let each: u128 = match measure.unit() {
            Unit::Gram => 1_000_000,
            Unit::Milligram => 1_000,
            _ => 1,
        };
        u128::from(measure.amount().as_millionths()) * each
    }

    proptest! {
        #[test]
        fn a_mass_is_never_changed_and_stands_in_the_right_unit(number in 1_u32..9_999_999, after in 0_u32..1000, unit in 0..3_usize) {
            let unit = [Unit::Gram, Unit::Milligram, Unit::Microgram][unit];
            let amount = Amount::millionths(u64::from(number % 100_000) * 1_000_000 + u64::from(after) * 1_000);
            prop_assume!(amount.is_some());
            let amount = amount.unwrap();
            let measure = Measure::new(amount, unit);
            let each: u128 = match unit { Unit::Gram => 1_000_000, Unit::Milligram => 1_000, _ => 1 };
            let mass = u128::from(amount.as_millionths()) * each;
            prop_assert_eq!(picograms(measure), mass);
            match measure.unit() {
                Unit::Gram => prop_assert!(mass >= 1_000_000_000_000),
                Unit::Milligram => prop_assert!((1_000_000_000..1_000_000_000_000).contains(&mass)),
                _ => prop_assert!(mass < 1_000_000_000),
            }
        }

        #[test]
        fn what_is_written_is_read_again_as_the_same(number in 1_u64..99_999_000, unit in 0..7_usize) {
            let units = [Unit::Gram, Unit::Milligram, Unit::Microgram, Unit::Units, Unit::Millilitre, Unit::Millimole, Unit::Percent];
            let measure = Measure::new(Amount::millionths(number * 1_000).unwrap(), units[unit]);
            let written = measure.to_string();
            for danger in ["mcg", "µ", " U", "IU", "cc", ".0 "] {
                prop_assert!(!written.contains(danger), "{written}");
            }
            // A gram may have more digits after the point than a person may write.
            if written.split('.').nth(1).is_none_or(|after| after.find(' ') <= Some(3)) {
                prop_assert_eq!(super::measure("strength", &written).unwrap(), measure);
            }
        }

        #[test]
        fn nothing_typed_makes_it_panic(text in "\\PC{0,24}") {
            let _ = strength(&text, 1);
            let _ = dose("dose", &text, Form::Injection);
        }
    }
}
