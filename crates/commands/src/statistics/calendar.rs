//! Days and weeks where this workstation is, as moments; a day with a clock change is shorter or longer.

use jiff::{Timestamp, ToSpan, Zoned, civil::Weekday, tz::TimeZone};

use super::Step;
use crate::error::CommandError;

/// The edges of the last `steps` days or weeks, the present one included: one more than there are steps.
pub(super) fn edges(
    now: Timestamp,
    steps: u32,
    step: Step,
    zone: &TimeZone,
) -> Result<Vec<Zoned>, CommandError> {
    if !(1..=366).contains(&steps) {
        return Err(CommandError::Invalid { field: "steps" });
    }
    let today = now.to_zoned(zone.clone()).date();
    let (first_of_now, days) = match step {
        Step::Day => (today, 1_i64),
        Step::Week => {
            let monday = today.weekday().since(Weekday::Monday);
            (
                today
                    .checked_sub(i64::from(monday).days())
                    .map_err(defect)?,
                7,
            )
        }
    };
    let steps = i64::from(steps);
    (0..=steps)
        .map(|at| {
            let day = first_of_now.checked_add(((at + 1 - steps) * days).days());
            // Where midnight does not exist the day begins at its first moment.
            day.and_then(|day| day.to_zoned(zone.clone())?.start_of_day())
                .map_err(defect)
        })
        .collect()
}

fn defect(_: jiff::Error) -> CommandError {
    CommandError::Defect
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(now: &str, steps: u32, step: Step, zone: &TimeZone) -> Vec<String> {
        let edges = edges(now.parse().unwrap(), steps, step, zone).unwrap();
        edges
            .iter()
            .map(|edge| edge.timestamp().to_string())
            .collect()
    }

    #[test]
    fn days_and_weeks_end_with_the_present_one() {
        let utc = TimeZone::UTC;
        assert_eq!(
            days("2026-11-21T08:00:00Z", 2, Step::Day, &utc),
            [
                "2026-11-20T00:00:00Z",
                "2026-11-21T00:00:00Z",
                "2026-11-22T00:00:00Z"
            ]
        );
        // 21 November 2026 is a Saturday.
        assert_eq!(
            days("2026-11-21T08:00:00Z", 1, Step::Week, &utc),
            ["2026-11-16T00:00:00Z", "2026-11-23T00:00:00Z"]
        );
        assert!(edges("2026-11-21T08:00:00Z".parse().unwrap(), 0, Step::Day, &utc).is_err());
    }

    #[test]
    fn a_day_with_a_clock_change_has_another_length() {
        let zone = TimeZone::posix("CET-1CEST,M3.5.0,M10.5.0/3").unwrap();
        let edges = edges("2026-10-25T12:00:00Z".parse().unwrap(), 1, Step::Day, &zone).unwrap();
        let hours = edges[1]
            .timestamp()
            .duration_since(edges[0].timestamp())
            .as_hours();
        assert_eq!(hours, 25);
    }
}
