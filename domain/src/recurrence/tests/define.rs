//! G1 to G4

use super::{CHECKS, OLD, at, defined, definition, draft, given, opened, stopped};
use crate::kernel::testing::world::{
    ANNA, CLEO, CLOSED, DESK, GUS, HEIDI, MAIL, NEVER, NOTHING, NOWHERE, OFFICE,
};
use crate::kernel::text::TextFault;
use crate::kernel::{Refusal, TemplateId};
use crate::recurrence::command::Define;
use crate::recurrence::{
    ClosedDay, Missed, RecurrenceCommand, RecurrenceEvent, RecurrenceRefusal, RuleDraft,
};
use crate::ticket::Priority;

fn plain() -> Define {
    Define {
        name: " Backup check ".to_owned(),
        template: CHECKS,
        unit: None,
        subject: None,
        priority: None,
        requester: None,
        rule: draft("RRULE:FREQ=DAILY"),
        calendar: None,
        closed_day: ClosedDay::Skip,
        missed: Missed::All,
    }
}

fn define(it: Define) -> RecurrenceCommand {
    RecurrenceCommand::Define(Box::new(it))
}

#[test]
fn g1_it_is_defined_as_a_whole_for_whoever_defines_it() {
    let it = given([]).when(define(plain())).then([defined()]).state();
    assert_eq!(it.0.unwrap().definition, definition());
    given([defined()]).by(ANNA).when(define(plain())).nothing();
    let other = Define {
        unit: Some(DESK),
        subject: Some(MAIL),
        priority: Some(Priority::Low),
        requester: Some(CLEO),
        calendar: Some(OFFICE),
        ..plain()
    };
    let it = given([defined()]).when(define(other)).state().0.unwrap().definition;
    assert_eq!((it.unit, it.subject, it.requester), (Some(DESK), Some(MAIL), CLEO));
    given([]).by_nobody().when(define(plain())).refused(RecurrenceRefusal::PersonRequired);
}

#[test]
fn g1_what_it_refers_to_is_there() {
    let unknown = TemplateId(uuid::Uuid::from_u128(0x99));
    for (unfit, refusal, field) in [
        (Define { template: unknown, ..plain() }, RecurrenceRefusal::TemplateUnknown, "templateId"),
        (Define { template: OLD, ..plain() }, RecurrenceRefusal::TemplateRetired, "templateId"),
        (Define { unit: Some(NOWHERE), ..plain() }, RecurrenceRefusal::UnitUnfit, "unitId"),
        (Define { unit: Some(CLOSED), ..plain() }, RecurrenceRefusal::UnitUnfit, "unitId"),
        (
            Define { subject: Some(NOTHING), ..plain() },
            RecurrenceRefusal::SubjectUnfit,
            "subjectId",
        ),
        (
            Define { requester: Some(GUS), ..plain() },
            RecurrenceRefusal::RequesterUnknown,
            "requesterId",
        ),
        (
            Define { calendar: Some(NEVER), ..plain() },
            RecurrenceRefusal::CalendarUnknown,
            "calendarId",
        ),
        (
            Define { name: String::new(), ..plain() },
            RecurrenceRefusal::NameUnfit(TextFault::Empty),
            "name",
        ),
    ] {
        assert_eq!(refusal.field(), Some(field));
        given([]).when(define(unfit)).refused(refusal);
    }
}

#[test]
fn g2_a_rule_is_one_about_days() {
    for rrule in [
        "",
        "FREQ=HOURLY",
        "FREQ=MINUTELY",
        "FREQ=SECONDLY",
        "FREQ=DAILY;BYHOUR=8",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=DAILY;INTERVAL=1001",
        "FREQ=DAILY;UNTIL=20270101",
        "FREQ=WEEKLY;BYDAY=XX",
        "FREQ=DAILY;",
        "every day",
    ] {
        let unfit = Define { rule: draft(rrule), ..plain() };
        given([]).when(define(unfit)).refused(RecurrenceRefusal::RuleUnfit);
    }
    let long = format!("FREQ=YEARLY;BYMONTHDAY={}", vec!["1"; 200].join(","));
    let unfit = Define { rule: draft(&long), ..plain() };
    given([]).when(define(unfit)).refused(RecurrenceRefusal::RuleUnfit);
}

#[test]
fn g2_it_has_a_time_a_zone_and_days_ahead() {
    let with = |change: fn(&mut RuleDraft)| {
        let mut rule = draft("FREQ=DAILY");
        change(&mut rule);
        Define { rule, ..plain() }
    };
    for (unfit, refusal, field) in [
        (with(|rule| rule.at = "24:00".to_owned()), RecurrenceRefusal::TimeUnfit, "at"),
        (with(|rule| rule.at = "8".to_owned()), RecurrenceRefusal::TimeUnfit, "at"),
        (with(|rule| rule.zone = "Mars/Base".to_owned()), RecurrenceRefusal::ZoneUnknown, "zone"),
        (
            with(|rule| rule.from = "1969-12-31".parse().unwrap()),
            RecurrenceRefusal::FromUnfit,
            "from",
        ),
        (
            with(|rule| rule.until = "2026-03-01".parse().ok()),
            RecurrenceRefusal::UntilUnfit,
            "until",
        ),
        (
            with(|rule| rule.until = "2026-03-02".parse().ok()),
            RecurrenceRefusal::RuleNever,
            "rrule",
        ),
        (
            with(|rule| rule.rrule = "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30".to_owned()),
            RecurrenceRefusal::RuleNever,
            "rrule",
        ),
    ] {
        assert_eq!(refusal.field(), Some(field));
        given([]).when(define(unfit)).refused(refusal);
    }
}

#[test]
fn g4_defined_anew_it_looks_ahead_and_goes_on() {
    let late = "2026-03-09T12:00:00Z";
    let again = given([defined(), stopped()]).at(at(late)).when(define(plain()));
    let body = again.state().0.unwrap();
    assert_eq!((body.stopped, body.seen_to), (false, at(late)));
    let ahead = "2026-03-10T07:00:00Z";
    let other = Define { name: "Other".to_owned(), ..plain() };
    let kept = given([defined(), opened(ahead)]).at(at(late)).when(define(other)).state();
    assert_eq!(kept.0.unwrap().seen_to, at(ahead), "never back");
    assert!(matches!(defined(), RecurrenceEvent::Defined(e) if e.definition.requester == HEIDI));
}
