//! G4, G5

use super::{at, defined, given, opened, stopped};
use crate::kernel::testing::tickets::THIS;
use crate::recurrence::command::Open;
use crate::recurrence::{RecurrenceCommand, RecurrenceRefusal};

const FIRST: &str = "2026-03-03T07:00:00Z";
const SECOND: &str = "2026-03-04T07:00:00Z";

fn open(occurrence: &str) -> RecurrenceCommand {
    RecurrenceCommand::Open(Open { occurrence: at(occurrence), ticket: THIS })
}

#[test]
fn g4_each_occurrence_is_opened_once_and_when_it_is_due() {
    let due = || given([defined()]).by_nobody().at(at(SECOND));
    let it = due().when(open(FIRST)).then([opened(FIRST)]).state();
    assert_eq!(it.0.unwrap().seen_to, at(FIRST));
    let once = || given([defined(), opened(SECOND)]).by_nobody().at(at(SECOND));
    for seen in [FIRST, SECOND] {
        once().when(open(seen)).refused(RecurrenceRefusal::NotDue);
    }
    let early = given([defined()]).by_nobody().at(at(FIRST));
    early.when(open(SECOND)).refused(RecurrenceRefusal::NotDue);
    let before = "2026-03-02T07:00:00Z";
    due().when(open(before)).refused(RecurrenceRefusal::NotDue);
}

#[test]
fn g4_not_while_it_is_stopped_or_not_there() {
    let stopped = given([defined(), stopped()]).by_nobody().at(at(FIRST));
    stopped.when(open(FIRST)).refused(RecurrenceRefusal::Stopped);
    given([]).by_nobody().at(at(FIRST)).when(open(FIRST)).refused(RecurrenceRefusal::NotFound);
}

#[test]
fn g5_people_open_nothing_by_it() {
    given([defined()]).at(at(FIRST)).when(open(FIRST)).refused(RecurrenceRefusal::NotByPeople);
}
