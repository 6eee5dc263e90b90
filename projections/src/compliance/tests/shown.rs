//! A number opens to what made it so, and not only to whom it is about.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use domain::Fact;
use domain::access::model::Human;
use domain::compliance_report::Question;
use domain::kernel::{PersonId, ServiceAccountId};
use domain::person::{PersonEvent, Role, event as person};
use uuid::Uuid;

use super::super::document::{Figure, Item, Section};
use super::super::{Positions, Report, Value};
use super::figures::{LEAVER, before, left};
use super::{always, draw, figure, made, made_of, types_of};
use crate::testing::access::program;
use crate::testing::{AGENT, World, registered};

const OTHER: PersonId = PersonId(Uuid::from_u128(0x66));

fn of(person: PersonId, event: PersonEvent) -> Fact {
    Fact::Person(person, event)
}

#[tokio::test]
async fn whoever_is_suspended_or_another_account_is_shown_by_that() {
    let world = World::new().await;
    let linked = person::AccountLinked { human: Human(AGENT) };
    world
        .say(&[
            registered(AGENT, "agent", Role::Agent, None),
            registered(OTHER, "other", Role::Agent, None),
            of(OTHER, PersonEvent::Suspended(person::Suspended {})),
            of(OTHER, PersonEvent::Restored(person::Restored {})),
            of(OTHER, PersonEvent::Suspended(person::Suspended {})),
            of(OTHER, PersonEvent::AccountLinked(linked)),
            program(ServiceAccountId(Uuid::from_u128(1)), OTHER),
            program(ServiceAccountId(Uuid::from_u128(2)), AGENT),
        ])
        .await;
    let report = made(&world, always(), world.settled().await).await;
    let shown = |section, name| figure(&report, section, name).events.to_string();
    assert_eq!(shown(2, "people_at_end"), "1-2");
    assert_eq!(shown(2, "suspended_at_end"), "2,5");
    assert_eq!(shown(2, "second_accounts_at_end"), "2,6");
    assert_eq!(shown(8, "without_active_owner_at_end"), "5,7");
    assert_eq!(shown(12, "entries"), "1-8");
}

#[tokio::test]
async fn a_leaver_who_is_drawn_comes_with_what_they_had() {
    let world = World::new().await;
    world.say(&before()).await;
    world.say(&[left(LEAVER)]).await;
    let (at, (from, to)) = (world.settled().await, always());
    let question = Question { from, to, at, signed: at, sample: Some(draw("2026")) };
    let report = made_of(&world, question).await;
    let drawn = figure(&report, 13, "leavers");
    assert_eq!(drawn.value, Value::Number(1));
    let types = types_of(&world, &drawn.events).await;
    assert_eq!(types, ["person.left", "subject_access.granted"]);
}

/// A report that shows these, in a figure or in a line of it.
fn report(events: &str, of_item: &str) -> Report {
    let (from, to) = always();
    let positions = |text: &str| text.parse::<Positions>().unwrap();
    let item = Item { cells: BTreeMap::new(), events: positions(of_item) };
    let figure = Figure {
        number: 1,
        name: "joined".into(),
        value: Value::Number(1),
        events: positions(events),
        items: vec![item],
    };
    Report {
        format: "annals-compliance/1".into(),
        origin: "example.org/log".to_owned(),
        question: Question { from, to: to + TimeDelta::days(1), at: 9, signed: 5, sample: None },
        after: 0,
        through: 9,
        controls: BTreeMap::new(),
        sections: vec![Section { number: 13, title: "Sample".into(), figures: vec![figure] }],
    }
}

#[test]
fn what_came_later_than_a_report_looked_is_in_none() {
    let endless = "1-9223372036854775806";
    for (events, of_item, fits) in
        [("1-9", "9", true), ("1-10", "", false), ("", "10", false), (endless, "", false)]
    {
        let read = Report::parse(report(events, of_item).text().as_bytes());
        assert_eq!(read.is_ok(), fits, "{events} {of_item}");
    }
}

#[test]
fn a_document_that_is_too_large_to_be_read_is_known_before_it_is_written() {
    let report = report("1-3", "2");
    let size = report.text().len();
    assert!(report.fits_in(size));
    assert!(!report.fits_in(size - 1));
    assert!(!report.fits_in(0));
}
