//! AR7: time goes by.

use chrono::TimeDelta;

use super::{DORA, EMIL, approved, given, stage, steps, voted, waiting};
use crate::access_request::command::{AccessRequestCommand, NoteDeadline};
use crate::access_request::event::{AccessRequestEvent, Escalated, Reminded, TimedOut};
use crate::access_request::stage::Mode;
use crate::access_request::state::Phase;
use crate::access_request::words::Vote;
use crate::kernel::PersonId;
use crate::kernel::testing::world::{ANNA, HEIDI, NORA, noon};

fn note() -> AccessRequestCommand {
    AccessRequestCommand::NoteDeadline(NoteDeadline {})
}

fn of_two() -> Vec<AccessRequestEvent> {
    waiting(vec![stage([ANNA, NORA], Mode::All)])
}

fn reminded(percent: u8) -> AccessRequestEvent {
    AccessRequestEvent::Reminded(Reminded { percent })
}

fn escalated<const N: usize>(level: u8, to: [PersonId; N], after: i64) -> AccessRequestEvent {
    let (to, steps) = (to.into(), steps(after));
    AccessRequestEvent::Escalated(Escalated { level, to, steps })
}

fn at(history: Vec<AccessRequestEvent>, hours: i64) -> super::Given<AccessRequestCommand> {
    given(history).by_nobody().at(noon() + TimeDelta::hours(hours))
}

#[test]
fn ar7_its_people_are_reminded_at_half_and_at_nine_tenths_of_the_time() {
    at(of_two(), 49).when(note()).nothing();
    at(of_two(), 50).when(note()).then([reminded(50)]);
    let half = [of_two(), vec![reminded(50)]].concat();
    at(half.clone(), 89).when(note()).nothing();
    at(half.clone(), 90).when(note()).then([reminded(90)]);
    at(of_two(), 90).when(note()).then([reminded(90)]);
    at([half, vec![reminded(90)]].concat(), 99).when(note()).nothing();
    at([of_two(), vec![approved()]].concat(), 999).when(note()).nothing();
}

#[test]
fn ar7_then_it_goes_up_level_by_level_and_times_out() {
    let owner = escalated(1, [HEIDI], 100);
    at(of_two(), 100).when(note()).then([owner.clone()]);
    let above = [of_two(), vec![reminded(90), owner]].concat();
    at(above.clone(), 149).when(note()).nothing();
    at(above.clone(), 150).when(note()).then([reminded(50)]);
    let governance = escalated(2, [DORA, EMIL], 200);
    at(above.clone(), 200).when(note()).then([governance.clone()]);
    let top = [above, vec![governance]].concat();
    let timed_out = AccessRequestEvent::TimedOut(TimedOut {});
    let state = at(top, 300).when(note()).then([timed_out]).state();
    assert_eq!(state.body().unwrap().phase, Phase::TimedOut);
}

#[test]
fn ar7_a_level_that_brings_nobody_new_is_passed_over() {
    let owner = || waiting(vec![stage([HEIDI], Mode::Any)]);
    at(owner(), 100).when(note()).then([escalated(2, [DORA, EMIL], 100)]);
    let all = waiting(vec![stage([HEIDI, DORA, EMIL], Mode::All)]);
    at(all, 100).when(note()).then([AccessRequestEvent::TimedOut(TimedOut {})]);
    let one = waiting(vec![stage([HEIDI, DORA], Mode::Any)]);
    at(one, 100).when(note()).then([escalated(2, [EMIL], 100)]);
}

#[test]
fn ar7_whoever_sits_above_decides_with_those_who_voted() {
    let history = [of_two(), vec![voted(ANNA, Vote::Approve), escalated(1, [HEIDI], 100)]];
    let vote = voted(HEIDI, Vote::Approve);
    given(history.concat()).by(HEIDI).when(super::approve()).then([vote, approved()]);
}
