//! Which snapshots stay: the newest of each of the last 7 days, 4 weeks and 12 months that have one.
//!
//! Days, weeks and months without a snapshot do not count, so that a clinic that was closed for a month
//! keeps as many as before.

use std::collections::BTreeSet;

use basics::Timestamp;
use jiff::tz::TimeZone;

const DAYS: usize = 7;
const WEEKS: usize = 4;
const MONTHS: usize = 12;

/// Of moments in any order, those whose snapshot stays.
pub(super) fn kept(moments: impl IntoIterator<Item = Timestamp>) -> BTreeSet<Timestamp> {
    let mut newest_first: Vec<_> = moments.into_iter().collect();
    newest_first.sort_unstable_by(|a, b| b.cmp(a));
    let mut kept = BTreeSet::new();
    let date = |at: &Timestamp| at.to_zoned(TimeZone::UTC).date();
    keep_one_of_each(&newest_first, DAYS, &mut kept, date);
    keep_one_of_each(&newest_first, WEEKS, &mut kept, |at| {
        let week = date(at).iso_week_date();
        (week.year(), week.week())
    });
    keep_one_of_each(&newest_first, MONTHS, &mut kept, |at| {
        (date(at).year(), date(at).month())
    });
    kept
}

/// Keeps the newest of each of the newest `count` spans.
fn keep_one_of_each<S: PartialEq>(
    newest_first: &[Timestamp],
    count: usize,
    kept: &mut BTreeSet<Timestamp>,
    span: impl Fn(&Timestamp) -> S,
) {
    let (mut last, mut spans) = (None, 0);
    for at in newest_first {
        let this = Some(span(at));
        if this != last {
            if spans == count {
                return;
            }
            spans += 1;
            kept.insert(*at);
            last = this;
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(number: i64) -> Timestamp {
        // 2026-01-01T02:10:00Z and so many days.
        Timestamp::from_second(1_767_233_400 + number * 86_400).unwrap()
    }

    #[test]
    fn a_year_of_days_leaves_seven_four_and_twelve() {
        let kept = kept((0..400).map(day));
        assert!((7..=23).contains(&kept.len()), "{}", kept.len());
        // The last seven days.
        assert!((393..400).all(|number| kept.contains(&day(number))));
        let months: BTreeSet<_> = kept
            .iter()
            .map(|at| {
                let date = at.to_zoned(TimeZone::UTC).date();
                (date.year(), date.month())
            })
            .collect();
        assert!(months.len() >= 12, "{months:?}");
    }

    proptest! {
        #[test]
        fn the_newest_stays_and_rotating_twice_changes_nothing(
            seconds in prop::collection::vec(0i64..100_000_000, 1..200)
        ) {
            let all: BTreeSet<_> = seconds.iter()
                .map(|second| Timestamp::from_second(1_700_000_000 + second).unwrap()).collect();
            let once = kept(all.iter().copied());
            prop_assert!(once.is_subset(&all));
            prop_assert!(once.contains(all.last().unwrap()));
            prop_assert!(once.len() <= DAYS + WEEKS + MONTHS);
            prop_assert_eq!(kept(once.iter().copied()), once);
        }
    }
}
