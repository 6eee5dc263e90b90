//! H1, H2

use super::{defined, defined_as, given, stored, typed};
use crate::calendar::command::Define;
use crate::calendar::{Calendar, CalendarCommand, CalendarRefusal, HoursDraft, OpeningHours};
use crate::kernel::text::TextFault;
use crate::kernel::{ClaimChange, ClaimKey, Command, Refusal};

fn define(name: &str, hours: HoursDraft) -> CalendarCommand {
    CalendarCommand::Define(Box::new(Define { name: name.to_owned(), hours }))
}

#[test]
fn h1_a_calendar_is_defined_as_a_whole() {
    let calendar = given([]).when(define(" Office ", typed())).then([defined()]).state();
    let body = calendar.body().unwrap();
    assert_eq!((body.name.as_str(), &body.hours, body.version), ("Office", &stored(), 1));
    assert_eq!(Calendar::default().body(), Err(CalendarRefusal::NotFound));
}

#[test]
fn h1_the_same_again_changes_nothing() {
    given([defined()]).when(define("Office", typed())).nothing();
    let mut turned = typed();
    turned.weekly.reverse();
    turned.holidays.reverse();
    turned.extra_days.reverse();
    given([defined()]).when(define("Office ", turned)).nothing();
}

#[test]
fn h2_each_event_is_a_new_version() {
    let never = || OpeningHours { weekly: vec![], ..stored() };
    let other = HoursDraft { weekly: vec![], ..typed() };
    let again = given([defined(), defined_as("Office", never())]).when(define("Desk", other));
    let calendar = again.then([defined_as("Desk", never())]).state();
    assert_eq!(calendar.body().unwrap().version, 3);
}

#[test]
fn h1_the_name_has_a_bound() {
    let long = CalendarRefusal::NameUnfit(TextFault::TooLong(200));
    assert_eq!((long.code(), long.field()), ("CALENDAR_NAME_UNFIT", Some("name")));
    given([]).when(define(&"x".repeat(201), typed())).refused(long);
    let empty = CalendarRefusal::NameUnfit(TextFault::Empty);
    given([defined()]).when(define(" ", typed())).refused(empty);
}

#[test]
fn h1_the_name_is_claimed_whatever_its_case_and_the_old_one_free() {
    let (scope, key) = ("calendar.name", |name: &str| ClaimKey::Plain(name.to_owned()));
    assert_eq!(
        CalendarCommand::claims(&Calendar::default(), &defined()),
        [ClaimChange::Hold { scope, key: key("office") }]
    );
    let before = given([]).when(define("Office", typed())).state();
    assert_eq!(CalendarCommand::claims(&before, &defined_as("OFFICE", stored())), []);
    assert_eq!(
        CalendarCommand::claims(&before, &defined_as("Desk", stored())),
        [
            ClaimChange::Release { scope, key: key("office") },
            ClaimChange::Hold { scope, key: key("desk") },
        ]
    );
}

#[test]
fn h1_h3_what_makes_no_sense_is_refused_as_a_whole() {
    let unknown = HoursDraft { zone: "Europe/Bonn".to_owned(), ..typed() };
    given([defined()]).when(define("Office", unknown)).refused(CalendarRefusal::ZoneUnknown);
}
