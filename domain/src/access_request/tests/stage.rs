//! What votes come to: the table, and that it says what its numbers mean.

use uuid::Uuid;

use crate::access_request::stage::{Mode, Seat, Seats, Threshold, outcome};
use crate::access_request::words::{Outcome, Vote};
use crate::kernel::PersonId;

fn person(number: usize) -> PersonId {
    PersonId(Uuid::from_u128(number as u128))
}

/// Seats of the first level, from 1: `+` approves, `-` rejects, `.` is silent.
fn seats(votes: &str) -> Seats {
    let vote = |mark| match mark {
        '+' => Some(Vote::Approve),
        '-' => Some(Vote::Reject),
        _ => None,
    };
    let seat = |(place, mark)| {
        let holder = person(place + 1);
        (holder, Seat { holder, level: 0, vote: vote(mark) })
    };
    votes.chars().enumerate().map(seat).collect()
}

/// First whoever sits at the first seat decides alone, else two of all.
fn thresholds() -> Mode<PersonId> {
    let alone = Threshold { among: [person(1)].into(), approve: 1, reject: 1 };
    let two = Threshold { among: [].into(), approve: 2, reject: 2 };
    Mode::Thresholds { steps: vec![alone, two] }
}

#[test]
fn ar5_the_table_of_what_votes_come_to() {
    use Outcome::{Open, Passed, Rejected};
    let quorum = |needed| Mode::Quorum { needed };
    let table = [
        (Mode::Any, "...", Open),
        (Mode::Any, ".+.", Passed),
        (Mode::Any, ".-.", Rejected),
        (Mode::All, "...", Open),
        (Mode::All, "++.", Open),
        (Mode::All, "+++", Passed),
        (Mode::All, "..-", Rejected),
        (Mode::All, "++-", Rejected),
        (Mode::All, "+", Passed),
        (quorum(2), "+..", Open),
        (quorum(2), "+.+", Passed),
        (quorum(2), "-..", Open),
        (quorum(2), "+-.", Open),
        (quorum(2), "-.-", Rejected),
        (quorum(2), "+--", Rejected),
        (quorum(2), "+-+", Passed),
        (quorum(2), "-.", Rejected),
        (quorum(3), "--...", Open),
        (quorum(3), "---..", Rejected),
        (quorum(3), "++-+.", Passed),
        (quorum(1), "-..", Open),
        (quorum(1), "---", Rejected),
        (thresholds(), "...", Open),
        (thresholds(), "+..", Passed),
        (thresholds(), ".+.", Open),
        (thresholds(), ".++", Passed),
        (thresholds(), "-++", Rejected),
        (thresholds(), ".-.", Open),
        (thresholds(), ".--", Rejected),
        (thresholds(), "+--", Passed),
    ];
    for (mode, votes, expected) in table {
        assert_eq!(outcome(&mode, &seats(votes), 0), expected, "{mode:?} of {votes}");
    }
}

#[test]
fn ar4_without_a_seat_nothing_passes() {
    for mode in [Mode::Any, Mode::All, Mode::Quorum { needed: 1 }, thresholds()] {
        assert_eq!(outcome(&mode, &Seats::new(), 0), Outcome::Open, "{mode:?}");
    }
}

/// Each mode is a pair of numbers: so many approvals pass, so many rejections reject.
#[test]
fn ar5_any_votes_come_to_what_the_numbers_of_the_mode_say() {
    for count in 1..=5_usize {
        let mut modes = vec![(Mode::Any, (1, 1)), (Mode::All, (count, 1))];
        let quorums = (1..=count)
            .map(|needed| (Mode::Quorum { needed: needed as u8 }, (needed, count - needed + 1)));
        modes.extend(quorums);
        for marks in 0..3_usize.pow(count as u32) {
            let mark = |place: usize| ['.', '+', '-'][marks / 3_usize.pow(place as u32) % 3];
            let votes: String = (0..count).map(mark).collect();
            let of = |mark| votes.chars().filter(|it| *it == mark).count();
            for (mode, (passes, rejects)) in &modes {
                let expected = match (of('+') >= *passes, of('-') >= *rejects) {
                    (true, _) => Outcome::Passed,
                    (false, true) => Outcome::Rejected,
                    (false, false) => Outcome::Open,
                };
                assert_eq!(outcome(mode, &seats(&votes), 0), expected, "{mode:?} of {votes}");
            }
        }
    }
}

#[test]
fn ar7_whoever_was_silent_until_an_escalation_is_not_waited_for() {
    let mut seats = seats("+.");
    let above = person(3);
    seats.insert(above, Seat { holder: above, level: 1, vote: None });
    assert_eq!(outcome(&Mode::All, &seats, 1), Outcome::Open, "above is silent");
    seats.entry(above).and_modify(|seat| seat.vote = Some(Vote::Approve));
    assert_eq!(outcome(&Mode::All, &seats, 1), Outcome::Passed);
    assert_eq!(outcome(&Mode::All, &seats, 0), Outcome::Open, "all are of one level");
    seats.entry(person(2)).and_modify(|seat| seat.vote = Some(Vote::Reject));
    assert_eq!(outcome(&Mode::All, &seats, 1), Outcome::Rejected);
}

#[test]
fn ar3_of_two_modes_the_stricter_holds_and_else_everybody_is_asked() {
    let quorum = |needed| Mode::Quorum { needed };
    for (one, other, expected) in [
        (Mode::Any, Mode::Any, Mode::Any),
        (Mode::Any, quorum(2), quorum(2)),
        (quorum(3), quorum(2), quorum(3)),
        (quorum(2), Mode::All, Mode::All),
        (Mode::Any, Mode::All, Mode::All),
        (Mode::Any, thresholds(), thresholds()),
        (thresholds(), thresholds(), thresholds()),
        (thresholds(), quorum(2), Mode::All),
    ] {
        assert_eq!(one.clone().strictest(other.clone()), expected);
        assert_eq!(other.strictest(one), expected);
    }
}
