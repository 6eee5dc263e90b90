//! G4, G5

use super::{at, defined, given, opened};
use crate::recurrence::command::PassOver;
use crate::recurrence::event::PassedOver;
use crate::recurrence::{RecurrenceCommand, RecurrenceEvent, RecurrenceRefusal, Why};

const FIRST: &str = "2026-03-03T07:00:00Z";

fn pass_over() -> RecurrenceCommand {
    let code = Some("TEMPLATE_RETIRED");
    RecurrenceCommand::PassOver(PassOver {
        occurrence: at(FIRST),
        count: 1,
        why: Why::Refused,
        code,
    })
}

#[test]
fn g4_what_is_passed_over_is_said_with_why_and_seen_to() {
    let passed = RecurrenceEvent::PassedOver(PassedOver {
        occurrence: at(FIRST),
        count: 1,
        why: Why::Refused,
        code: Some("TEMPLATE_RETIRED".to_owned()),
    });
    let it = given([defined()]).by_nobody().at(at(FIRST)).when(pass_over()).then([passed]);
    assert_eq!(it.state().0.unwrap().seen_to, at(FIRST));
    let seen = given([defined(), opened(FIRST)]).by_nobody().at(at(FIRST));
    seen.when(pass_over()).refused(RecurrenceRefusal::NotDue);
}

#[test]
fn g5_people_pass_nothing_over() {
    given([defined()]).at(at(FIRST)).when(pass_over()).refused(RecurrenceRefusal::NotByPeople);
}
