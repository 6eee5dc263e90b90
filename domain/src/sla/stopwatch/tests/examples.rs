//! Worked examples: three targets for each of three priorities, and what became of 22 tickets.

use super::{Act, Story, at, course, terms};
use crate::sla::stopwatch::{ClockReading, Readings};
use crate::sla::terms::{ClockKind, Terms};

use Act::{Assign, Resolve as Complete, Start as Lock, Stop as Unlock};

/// Not done: the last holder has it again.
const NOT_DONE: Act = Act::Reopen { held: true };

fn low() -> Terms {
    terms(14_400, 28_800, 259_200)
}

fn normal() -> Terms {
    terms(1_800, 7_200, 28_800)
}

fn high() -> Terms {
    terms(600, 3_600, 14_400)
}

fn no_targets() -> Terms {
    terms(0, 0, 0)
}

/// A row: its name, its terms, what happened, when it is looked at; what is used, whether that is
/// within, at or beyond each limit, and which share of it remains.
type Row = (&'static str, Terms, Story, i64, [i64; 3], [&'static str; 3], [u8; 3]);

const OK: [&str; 3] = ["ok", "ok", "ok"];
const LATE: [&str; 3] = ["BREACH", "ok", "ok"];
const AT_LIMIT: [&str; 3] = ["=", "=", "="];
const LATER: i64 = 300_000;

fn plain() -> Story {
    vec![(1_200, Lock), (6_600, Complete)]
}

/// Which people act does not matter, so the rows do not say.
fn rows() -> Vec<Row> {
    let at_every_limit = vec![(1_800, Lock), (2_400, Unlock), (22_200, Lock), (28_800, Complete)];
    let beyond_each = vec![(1_801, Lock), (2_401, Unlock), (22_200, Lock), (28_801, Complete)];
    let d3 = vec![
        (600, Lock),
        (1_800, Unlock),
        (3_000, Lock),
        (6_600, Unlock),
        (7_200, Lock),
        (9_000, Complete),
    ];
    let d6 = vec![(900, Lock), (3_600, Complete), (7_200, NOT_DONE), (9_900, Complete)];
    let d7 = vec![
        (600, Lock),
        (4_200, Complete),
        (10_800, NOT_DONE),
        (12_600, Unlock),
        (14_400, Lock),
        (17_400, Complete),
    ];
    let d8 = vec![
        (100, Lock),
        (2_100, Complete),
        (20_000, NOT_DONE),
        (21_000, Complete),
        (28_000, NOT_DONE),
        (29_500, Complete),
    ];
    let d12 = || vec![(300, Lock), (900, Unlock), (1_500, Lock)];
    let d13 = vec![(600, Lock), (1_200, Complete), (5_000, NOT_DONE)];
    let d14 = vec![(700, Lock), (1_000, Act::Terms(Some(high()))), (4_000, Complete)];
    let d15 = vec![(500, Lock), (500, Unlock), (1_000, Lock), (1_600, Complete)];
    let d16 = vec![(120, Lock), (900, Unlock), (960, Lock), (2_000, Complete)];
    let d19 = vec![
        (400, Lock),
        (1_000, Assign),
        (1_600, Lock),
        (2_200, Assign),
        (2_800, Lock),
        (4_600, Complete),
        (5_000, NOT_DONE),
        (5_600, Unlock),
        (6_000, Lock),
        (7_800, Complete),
    ];
    let d20 = [plain(), vec![(265_800, Act::Close)]].concat();
    let work_late = ["ok", "BREACH", "ok"];
    vec![
        ("D1", normal(), plain(), LATER, [1_200, 5_400, 6_600], OK, [34, 25, 78]),
        (
            "D2",
            normal(),
            vec![(1_801, Lock), (5_401, Complete)],
            LATER,
            [1_801, 3_600, 5_401],
            LATE,
            [0, 50, 82],
        ),
        ("D3", normal(), d3, LATER, [600, 6_600, 9_000], OK, [67, 9, 69]),
        (
            "D4",
            normal(),
            vec![(300, Lock), (2_100, Assign), (5_700, Lock), (8_700, Complete)],
            LATER,
            [300, 4_800, 8_700],
            OK,
            [84, 34, 70],
        ),
        (
            "D5",
            normal(),
            vec![(1_500, Assign), (2_400, Lock), (4_200, Complete)],
            LATER,
            [2_400, 1_800, 4_200],
            LATE,
            [0, 75, 86],
        ),
        ("D6", normal(), d6, LATER, [900, 5_400, 9_900], OK, [50, 25, 66]),
        ("D7", normal(), d7, LATER, [600, 8_400, 17_400], work_late, [67, 0, 40]),
        ("D8", normal(), d8, LATER, [100, 4_500, 29_500], ["ok", "ok", "BREACH"], [95, 38, 0]),
        ("D9", normal(), at_every_limit, LATER, [1_800, 7_200, 28_800], AT_LIMIT, [0, 0, 0]),
        ("D10", normal(), beyond_each, LATER, [1_801, 7_201, 28_801], ["BREACH"; 3], [0, 0, 0]),
        ("D11a", high(), vec![], 600, [600, 0, 600], ["=", "ok", "ok"], [0, 100, 96]),
        ("D11b", high(), vec![], 601, [601, 0, 601], LATE, [0, 100, 96]),
        ("D12a", high(), d12(), 3_600, [300, 2_700, 3_600], OK, [50, 25, 75]),
        ("D12b", high(), d12(), 4_500, [300, 3_600, 4_500], ["ok", "=", "ok"], [50, 0, 69]),
        ("D12b+1", high(), d12(), 4_501, [300, 3_601, 4_501], work_late, [50, 0, 69]),
        ("D13", normal(), d13, 6_000, [600, 1_600, 6_000], OK, [67, 78, 80]),
        ("D14", normal(), d14, LATER, [700, 3_300, 4_000], LATE, [0, 9, 73]),
        ("D15", normal(), d15, LATER, [500, 600, 1_600], OK, [73, 92, 95]),
        ("D16", normal(), d16, LATER, [120, 1_820, 2_000], OK, [94, 75, 94]),
        (
            "D17",
            no_targets(),
            vec![(99_999, Lock), (100_599, Complete)],
            LATER,
            [99_999, 600, 100_599],
            ["none"; 3],
            [0, 0, 0],
        ),
        (
            "D18",
            low(),
            vec![(14_400, Lock), (43_200, Complete)],
            LATER,
            [14_400, 28_800, 43_200],
            ["=", "=", "ok"],
            [0, 0, 84],
        ),
        ("D19", normal(), d19, LATER, [400, 5_400, 7_800], OK, [78, 25, 73]),
        ("D20", normal(), d20, LATER, [1_200, 5_400, 6_600], OK, [34, 25, 78]),
    ]
}

fn readings(row: &Row) -> Readings {
    let (_, terms, story, when, ..) = row;
    let opened = vec![(0, Act::Open(Some(terms.clone())))];
    at(&course(&[opened, story.clone()].concat()), *when)
}

fn flag(reading: &ClockReading) -> &'static str {
    let limit = i64::from(reading.limit_seconds);
    match () {
        () if limit == 0 => "none",
        () if reading.breached_at.is_some() => "BREACH",
        () if reading.used_seconds == limit => "=",
        () => "ok",
    }
}

#[test]
fn s6_each_row_is_as_it_was_worked_out() {
    for row in rows() {
        let (name, .., used, flags, remaining) = &row;
        let it = readings(&row);
        let clocks = [&it.reaction, &it.work, &it.deadline];
        assert_eq!(clocks.map(|clock| clock.used_seconds), *used, "{name}");
        assert_eq!(clocks.map(flag), *flags, "{name}");
        let left = remaining.map(|percent| (flags != &["none"; 3]).then_some(percent));
        assert_eq!(clocks.map(|clock| clock.remaining_percent), left, "{name}");
    }
}

/// Kept and judged, of these rows.
fn success(names: &[&str], clock: ClockKind) -> (usize, usize) {
    let rows: Vec<_> = rows().into_iter().filter(|row| names.contains(&row.0)).collect();
    assert_eq!(rows.len(), names.len());
    let met: Vec<_> = rows.iter().filter_map(|row| readings(row).of(clock).met).collect();
    (met.iter().filter(|met| **met).count(), met.len())
}

#[test]
fn s6_four_of_six_keep_each_limit_and_a_plan_without_targets_changes_nothing() {
    let completed = ["D1", "D2", "D7", "D8", "D9", "D10"];
    let with_d17 = ["D1", "D2", "D7", "D8", "D9", "D10", "D17"];
    for clock in super::CLOCKS {
        assert_eq!(success(&completed, clock), (4, 6), "{clock}");
        assert_eq!(success(&with_d17, clock), (4, 6), "{clock}");
    }
}
