//! S7 against the slow reading: over random calendars, in zones whose clocks do all they can do.

use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;
use proptest::test_runner::Config;

use super::brute::Reading;
use super::strategies::{calendar, place};
use crate::calendar::OpeningHours;
use crate::kernel::testing::cases;
use crate::sla::hours::{Hours, Piece};

/// A calendar and a time, in whole steps of `grain` seconds.
fn asked(
    grain: u32,
    before: i64,
    span: impl Strategy<Value = i64> + Clone,
) -> impl Strategy<Value = (OpeningHours, DateTime<Utc>, DateTime<Utc>)> {
    let step = i64::from(grain);
    (place(), -before..before, span).prop_flat_map(move |((zone, near), start, steps)| {
        let from = near + TimeDelta::seconds((start - start % step).max(-near.timestamp()));
        let to = from + TimeDelta::seconds(steps * step);
        (calendar(zone, from.date_naive(), grain), Just(from), Just(to))
    })
}

/// A twentieth as many, for what reads years.
fn few() -> Config {
    let cases = cases();
    Config { cases: cases.cases / 20 + 1, ..cases }
}

fn agrees(
    asked: &OpeningHours,
    (from, to): (DateTime<Utc>, DateTime<Utc>),
    (step, share): (i64, f64),
) -> Result<(), TestCaseError> {
    let (hours, reading) = (Hours::from(asked), Reading::new(asked, (from, to), step));
    let open = reading.open();
    prop_assert_eq!(hours.working_seconds(from, to), open);
    let wanted = ((open as f64 * share) as i64).max(1);
    for wanted in [1, wanted, open, open + 1] {
        let reached = hours.add_working_seconds(from, wanted);
        match reading.reach(wanted) {
            _ if wanted == 0 => prop_assert_eq!(reached, Some(from)),
            Some(instant) => prop_assert_eq!(reached, Some(instant), "after {}", wanted),
            None => prop_assert!(reached.is_none_or(|at| at > to), "after {}", wanted),
        }
    }
    tiles(&hours, &reading, (from, to))
}

fn tiles(
    hours: &Hours,
    reading: &Reading,
    (from, to): (DateTime<Utc>, DateTime<Utc>),
) -> Result<(), TestCaseError> {
    let pieces = hours.pieces(from, to);
    let begins: Vec<_> = pieces.iter().map(|piece| (piece.from, piece.closed)).collect();
    prop_assert_eq!(begins, reading.changes());
    let ends = pieces.iter().map(|piece| piece.to);
    let next = pieces.iter().skip(1).map(|piece| piece.from).chain([to]);
    prop_assert!(pieces.is_empty() || ends.eq(next), "{:?}", pieces);
    let of = |piece: &Piece| hours.working_seconds(piece.from, piece.to);
    prop_assert!(pieces.iter().all(|it| it.closed.is_none() || of(it) == 0));
    let open = pieces.iter().filter(|piece| piece.closed.is_none());
    let lengths: i64 = open.map(|piece| (piece.to - piece.from).num_seconds()).sum();
    prop_assert_eq!(lengths, hours.working_seconds(from, to));
    Ok(())
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn s7_second_by_second_it_is_what_the_clocks_show(
        (hours, from, to) in asked(1, 130_000, 0_i64..15_000), share in 0.0..1.0_f64,
    ) {
        agrees(&hours, (from, to), (1, share))?;
    }

    #[test]
    fn s7_minute_by_minute_it_is_what_the_clocks_show(
        (hours, from, to) in asked(60, 260_000, prop_oneof![4 => 0_i64..6_000, 1 => 0_i64..60_000]),
        share in 0.0..1.0_f64,
    ) {
        prop_assume!(hours.zone != chrono_tz::Tz::Africa__Monrovia, "its minutes are not UTC's");
        agrees(&hours, (from, to), (60, share))?;
    }

    #[test]
    fn s7_both_ways_are_the_inverse_of_each_other_and_go_forward(
        (hours, from, to) in asked(1, 130_000, 0_i64..400_000_000),
        (micros, wanted) in (0_i64..3_000_000, 1_i64..50_000_000),
    ) {
        let hours = Hours::from(&hours);
        let (from, to) = (from + TimeDelta::microseconds(micros), to + TimeDelta::seconds(4));
        let open = hours.working_seconds(from, to);
        prop_assert!(hours.add_working_seconds(from, open).is_some_and(|at| at <= to));
        let Some(reached) = hours.add_working_seconds(from, wanted) else {
            prop_assert!(open < wanted);
            return Ok(());
        };
        prop_assert_eq!(hours.working_seconds(from, reached), wanted);
        let second = TimeDelta::seconds(1);
        prop_assert_eq!(hours.working_seconds(from, reached - second), wanted - 1, "the earliest");
        let later = hours.add_working_seconds(from, wanted + 1);
        prop_assert!(later.is_none_or(|later| later > reached));
        let later = hours.add_working_seconds(from + second, wanted);
        prop_assert!(later.is_none_or(|later| later >= reached));
        prop_assert!(hours.working_seconds(from, to + second) >= open);
    }

    #[test]
    fn s7_adjacent_times_add_up_whatever_their_fractions(
        (hours, from, to) in asked(1, 130_000, 4_i64..300_000),
        (head, tail, share) in (0_i64..2_000_000, 0_i64..2_000_000, 0.0..1.0_f64),
    ) {
        let hours = Hours::from(&hours);
        let (from, to) = (from + TimeDelta::microseconds(head), to + TimeDelta::microseconds(tail));
        let part = ((to - from).num_microseconds().unwrap() as f64 * share) as i64;
        let middle = from + TimeDelta::microseconds(part);
        let both = hours.working_seconds(from, middle) + hours.working_seconds(middle, to);
        prop_assert_eq!(both, hours.working_seconds(from, to));
        let pieces = hours.pieces(from, to);
        let sum: i64 = pieces.iter().map(|it| hours.working_seconds(it.from, it.to)).sum();
        prop_assert_eq!(sum, both);
        prop_assert_eq!((pieces[0].from, pieces[pieces.len() - 1].to), (from, to));
        let seams = pieces.windows(2).all(|two| two[0].to == two[1].from && two[0].from < two[0].to);
        prop_assert!(seams && pieces.windows(2).all(|two| two[0].closed != two[1].closed));
    }
}

proptest! {
    #![proptest_config(few())]

    #[test]
    fn s7_over_years_it_is_what_the_clocks_show(
        (hours, from, to) in asked(60, 40_000_000, 500_000_i64..3_000_000), share in 0.0..1.0_f64,
    ) {
        prop_assume!(hours.zone != chrono_tz::Tz::Africa__Monrovia, "its minutes are not UTC's");
        agrees(&hours, (from, to), (60, share))?;
    }
}
