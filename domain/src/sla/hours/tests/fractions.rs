//! A second belongs to the time in which it ends.

use chrono::TimeDelta;
use chrono_tz::Tz;

use super::{at, daily, office, pieces, seconds};
use crate::sla::hours::Hours;

#[test]
fn s7_a_second_belongs_to_the_time_in_which_it_ends() {
    let (early, late) = ("2026-03-02T09:00:00.9Z", "2026-03-02T09:00:01.1Z");
    assert_eq!(seconds(&office(), early, late), 1);
    assert_eq!(seconds(&office(), "2026-03-02T09:00:01Z", "2026-03-02T09:00:01.999999Z"), 0);
    assert_eq!(Hours::Always.working_seconds(at(early), at(late)), 1);
    // The calendar's own hours begin and end with whole ones: 07:00 and 16:00 UTC.
    assert_eq!(seconds(&office(), "2026-03-02T06:59:59.5Z", "2026-03-02T07:00:00.5Z"), 0);
    assert_eq!(seconds(&office(), "2026-03-02T15:59:59.5Z", "2026-03-02T16:00:00Z"), 1);
    assert_eq!(seconds(&office(), "2026-03-02T16:00:00.5Z", "2026-03-02T16:00:01.5Z"), 0);
}

#[test]
fn s7_the_answer_is_a_whole_second_and_never_before_the_question() {
    let from = at("2026-03-02T09:00:00.9Z");
    for hours in [Hours::from(&office()), Hours::Always] {
        assert_eq!(hours.add_working_seconds(from, 0), Some(from));
        assert_eq!(hours.add_working_seconds(from, -5), Some(from));
        assert_eq!(hours.add_working_seconds(from, 1), Some(at("2026-03-02T09:00:01Z")));
        assert_eq!(hours.add_working_seconds(from, 60), Some(at("2026-03-02T09:01:00Z")));
    }
}

#[test]
fn s7_pieces_keep_the_fractions_of_both_ends() {
    let seen = pieces(&Hours::from(&office()), "2026-03-02T15:59:59.25Z", "2026-03-02T16:00:00.5Z");
    let ends: Vec<_> = seen.iter().map(|(from, to, _)| (&from[17..], &to[17..])).collect();
    assert_eq!(ends, [("59.250Z", "00Z"), ("00Z", "00.500Z")]);
    let within =
        pieces(&Hours::from(&office()), "2026-03-02T09:00:00.1Z", "2026-03-02T09:00:00.2Z");
    assert_eq!(within.len(), 1);
    assert_eq!(within[0].2, None);
}

#[test]
fn s7_always_is_what_a_week_without_a_gap_is() {
    let written_out = Hours::from(&daily(Tz::Asia__Kathmandu, &[("00:00", "24:00")]));
    let from = at("2026-03-02T09:00:00.9Z");
    for micros in [0, 1, 100_000, 99_999, 1_100_000, 86_400_000_000, 31_536_000_000_001_i64] {
        let to = from + TimeDelta::microseconds(micros);
        let seconds = Hours::Always.working_seconds(from, to);
        assert_eq!(written_out.working_seconds(from, to), seconds);
        let reached = Hours::Always.add_working_seconds(from, seconds);
        assert_eq!(written_out.add_working_seconds(from, seconds), reached);
        assert_eq!(written_out.pieces(from, to), Hours::Always.pieces(from, to));
    }
}
