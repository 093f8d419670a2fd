//! Facts of the record as English words, for an engine and for the search: what a label says, an age, a
//! model's answer. Names and numbers of a person are in none of them.

use ::clinic::{
    Allergies, Answer, Band, Measured, MeasuredUnit, Patient, Reading, Severity, Sex, Verdict,
};
use basics::Timestamp;
use jiff::civil::Date;

use super::{PassageBy, PassageKind, PassagePart, PassageView};

/// What a piece is, in words by which it is also found.
pub(super) fn label(source: &PassageView) -> String {
    let title = source.title.expose();
    let what = match source.kind {
        PassageKind::Guide => title.clone(),
        PassageKind::Details => "Patient: age and sex".into(),
        PassageKind::Allergies => "Allergies of the patient".into(),
        PassageKind::Scan => format!("Scan, image, X-ray: {title}"),
        PassageKind::Reading => format!("AI result, by a machine: {title}"),
        PassageKind::Verdict => format!("Doctor's verdict on the AI result: {title}"),
        PassageKind::Message => "Said in a consultation".into(),
        PassageKind::Note => "Signed note of a consultation".into(),
        PassageKind::Report => format!("Final report {title}"),
    };
    let part = source.part.map(|part| match part {
        PassagePart::Indication => ", indication",
        PassagePart::Technique => ", technique",
        PassagePart::Comparison => ", comparison",
        PassagePart::Findings => ", findings, what was found",
        PassagePart::Impression => ", impression",
        PassagePart::Recommendation => ", recommendation",
        PassagePart::Addendum => ", added later",
    });
    let by = source.said_by.map(|by| match by {
        PassageBy::Doctor => " by the doctor",
        PassageBy::Patient => " by the patient",
    });
    let on = source
        .at
        .map(|at| format!(", {}", at.strftime("%-d %B %Y (%Y-%m-%d)")));
    [Some(what.as_str()), part, by, on.as_deref()]
        .into_iter()
        .flatten()
        .collect()
}

/// Age and sex; neither the name nor the day of birth.
pub(super) fn details(patient: &Patient, now: Timestamp) -> String {
    let sex = match patient.details.sex {
        Sex::Female => "female",
        Sex::Male => "male",
        Sex::Other => "other",
        Sex::Unknown => "not known",
    };
    let age = (patient.details.birth_date.as_ref())
        .and_then(|birth| age(birth.expose(), now))
        .map_or_else(|| "not known".into(), |years| format!("{years} years"));
    format!("Age: {age}. Sex: {sex}.")
}

fn age(birth: &str, now: Timestamp) -> Option<i16> {
    let birth: Date = birth.parse().ok()?;
    let today = now.to_zoned(jiff::tz::TimeZone::UTC).date();
    let had_birthday = (today.month(), today.day()) >= (birth.month(), birth.day());
    let years = today.year() - birth.year() - i16::from(!had_birthday);
    (0..=150).contains(&years).then_some(years)
}

/// Allergies, or that nobody asked.
pub(super) fn allergies(allergies: &Allergies) -> String {
    match allergies {
        Allergies::NotAsked => "Nobody has asked about allergies yet.".into(),
        Allergies::NoneKnown => "Asked: no allergies are known.".into(),
        Allergies::Known { items } => {
            let items = items.iter().map(|item| {
                let severity = match item.severity {
                    Severity::Mild => ", mild",
                    Severity::Moderate => ", moderate",
                    Severity::Severe => ", severe",
                    Severity::Unknown => "",
                };
                let reaction = match item.reaction.expose().trim() {
                    "" => "reaction not recorded",
                    reaction => reaction,
                };
                format!("{}: {reaction}{severity}.", item.substance.expose())
            });
            items.collect::<Vec<_>>().join(" ")
        }
    }
}

/// What a model answered.
pub(super) fn reading(reading: &Reading) -> String {
    let model = format!("{} {}", reading.model.name, reading.model.version);
    match &reading.answer {
        Answer::NotAssessed { reason } => {
            format!(
                "{model}: not assessed ({}).",
                reason.replace(['_', '-'], " ")
            )
        }
        Answer::Assessed {
            classes, measured, ..
        } => {
            let classes = classes.iter().map(|class| {
                let band = match class.band {
                    Some(Band::Below) => ", below the operating point",
                    Some(Band::Indeterminate) => ", between the operating points",
                    Some(Band::Above) => ", above the operating point",
                    None => "",
                };
                format!("{} {:.0} %{band}", class.name, class.probability * 100.0)
            });
            let measured = measured.iter().flat_map(values);
            let told: Vec<String> = classes.chain(measured).collect();
            format!("{model}: {}.", told.join("; "))
        }
    }
}

/// What was measured, or why nothing was.
fn values(measured: &Measured) -> Vec<String> {
    let words = |key: &str| key.replace(['_', '-'], " ");
    let values = measured.values.iter().map(|one| {
        let unit = match one.unit {
            MeasuredUnit::Ratio => "",
            MeasuredUnit::Ml => " ml",
            MeasuredUnit::G => " g",
        };
        let interval = match (one.low, one.high) {
            (Some(low), Some(high)) => format!(" (90 % interval {low:.2} to {high:.2})"),
            _ => String::new(),
        };
        format!("{} {:.2}{unit}{interval}", words(&one.key), one.value)
    });
    let missing = measured.missing.iter();
    let missing = missing.map(|why| format!("series not measured ({})", words(why)));
    values.chain(missing).collect()
}

/// A doctor's verdict.
pub(super) fn verdict(verdict: &Verdict) -> String {
    let class = (verdict.verdict.class.as_ref()).map(|class| format!("; {}", class.expose()));
    let comment = verdict.verdict.comment.expose().trim();
    let agrees = match verdict.verdict.agrees {
        true => "The doctor agrees with the AI",
        false => "The doctor disagrees with the AI",
    };
    let comment = match comment {
        "" => String::new(),
        comment => format!(" Comment: {comment}"),
    };
    format!("{agrees}{}.{comment}", class.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_age_counts_whole_years() {
        let now = "2026-11-21T08:00:00Z".parse().unwrap();
        assert_eq!(age("1945-11-21", now), Some(81));
        assert_eq!(age("1945-11-22", now), Some(80));
        assert_eq!(age("2027-01-01", now), None);
        assert_eq!(age("19", now), None);
    }
}
