//! What a case keeps.

use serde_json::json;

use super::story::{
    cancel, case, close, forward, merge, open, opened, pend, prioritize, reopen, resolve,
    resolve_with_tasks, resume, start, stop, t,
};
use crate::kernel::testing::world::{ANNA, BEN, CLEO, DESK, HEIDI, NETWORK, NORA};
use crate::report::{Case, Hold, Outcome, in_force};
use crate::ticket::event::Escalated;
use crate::ticket::{Priority, TicketEvent, Tier};

fn life() -> Vec<(i64, TicketEvent)> {
    vec![
        (0, open(opened(None))),
        (10, start(ANNA)),
        (20, forward(Some(NETWORK), [NORA])),
        (30, pend()),
        (40, resume()),
        (50, prioritize(Priority::High)),
        (60, start(NORA)),
        (70, resolve()),
        (80, reopen(Some(NORA))),
        (90, stop(NORA)),
        (100, start(BEN)),
        (110, resolve()),
        (120, close()),
    ]
}

#[test]
fn it_tells_who_had_a_ticket_and_when() {
    let case = case(Some(HEIDI), &life());
    let hold = |holder, from, to| Hold { holder, from: t(from), to: Some(t(to)) };
    let holds = [hold(ANNA, 10, 20), hold(NORA, 60, 70), hold(NORA, 80, 90), hold(BEN, 100, 110)];
    assert_eq!(case.holds().collect::<Vec<_>>(), holds);
    let resolutions = case.resolutions().iter().map(|it| (it.sequence, it.at, it.value));
    let expected = [(8, t(70), Some(NORA)), (12, t(110), Some(BEN))];
    assert_eq!(resolutions.collect::<Vec<_>>(), expected);
    let unit = |at| in_force(case.targets(), t(at)).and_then(|target| target.unit);
    assert_eq!(
        [unit(-1), unit(0), unit(19), unit(20)],
        [None, Some(DESK), Some(DESK), Some(NETWORK)]
    );
    let priority = |at| in_force(case.priorities(), t(at)).copied();
    assert_eq!([priority(49), priority(50)], [Some(Priority::Normal), Some(Priority::High)]);
    let opening = case.opening().unwrap();
    assert_eq!((opening.author, opening.requester), (ANNA, CLEO));
    assert_eq!(case.changed_at(), Some(t(120)));
}

#[test]
fn it_tells_how_a_ticket_stood_at_any_instant() {
    let solved = case(None, &life());
    let at = |case: &Case, seconds| case.outcome(t(seconds));
    assert_eq!(at(&solved, -1), None);
    assert_eq!(at(&solved, 69), Some(Outcome::Open));
    assert_eq!(at(&solved, 70), Some(Outcome::Solved));
    assert_eq!(at(&solved, 80), Some(Outcome::Open));
    assert_eq!(at(&solved, 500), Some(Outcome::Solved));
    let gone = |event| case(None, &[(0, open(opened(None))), (5, event)]);
    assert_eq!(at(&gone(cancel()), 5), Some(Outcome::Cancelled));
    assert_eq!(at(&gone(merge()), 5), Some(Outcome::Merged));
}

#[test]
fn nobody_resolved_what_its_tasks_resolved() {
    let done = |doer| {
        let case = case(doer, &[(0, open(opened(None))), (5, resolve_with_tasks())]);
        case.resolutions()[0].value
    };
    assert_eq!(done(None), None);
    assert_eq!(done(Some(BEN)), Some(BEN));
}

#[test]
fn a_higher_tier_alone_moves_nothing() {
    let lift = |unit| TicketEvent::Escalated(Escalated { tier: Tier(2), unit: Some(unit) });
    let story = [(0, open(opened(None))), (5, start(ANNA)), (6, lift(DESK)), (7, lift(NETWORK))];
    let same = case(None, &story[..3]);
    assert_eq!((same.targets().len(), same.holds().next().unwrap().to), (1, None));
    let away = case(None, &story);
    assert_eq!((away.targets().len(), away.holds().next().unwrap().to), (2, Some(t(7))));
}

#[test]
fn s5_a_stamp_that_goes_back_counts_as_the_one_before_it() {
    let case = case(None, &[(0, open(opened(None))), (50, start(ANNA)), (20, resolve())]);
    assert_eq!(case.holds().next().unwrap().to, Some(t(50)));
    assert_eq!((case.resolutions()[0].at, case.changed_at()), (t(50), Some(t(50))));
}

#[test]
fn folding_on_from_what_was_stored_gives_the_same() {
    let story = life();
    let whole = case(Some(HEIDI), &story);
    for parted in 0..=story.len() {
        let stored = json!(case(Some(HEIDI), &story[..parted]));
        let mut case: Case = serde_json::from_value(stored).unwrap();
        for ((stamp, event), sequence) in story.iter().zip(1..).skip(parted) {
            case.fold(sequence, t(*stamp), Some(HEIDI), event);
        }
        assert_eq!(case, whole);
    }
}

#[test]
fn nothing_is_kept_before_the_opening() {
    let case = case(None, &[(0, start(ANNA)), (1, resolve())]);
    assert_eq!(case, Case::default());
}
