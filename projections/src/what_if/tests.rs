//! Tickets under other terms, from the log alone.

use domain::calendar::HoursDraft;
use domain::calendar::command::Define as DefineCalendar;
use domain::kernel::Needs;
use domain::sla::{ChangePolicy, ClockKind};
use domain::sla_plan::command::{Define, WantedClock, WantedTargets};
use domain::ticket::Priority;
use domain::what_if::{Question, Unfit, Verdict, Wish};
use journal::read::{StreamsError, head_of};
use sqlx::Connection;
use strum::IntoEnumIterator;

use super::{Answer, Catalogue, Extent, WhatIfError, ask, facts};
use crate::session;
use crate::testing::desk::desk;
use crate::testing::sla::{JUDGED, MEASURED, OFFICE, calendars};
use crate::testing::{UNIT, World, at};

/// A plan with this deadline, in the hours of the office, and nothing else.
fn plan(deadline_seconds: i64) -> Wish {
    let targets = WantedTargets { reaction_seconds: 0, work_seconds: 0, deadline_seconds };
    let define = Define {
        name: "Supposed".to_owned(),
        policy: ChangePolicy::Restate,
        targets: Priority::iter().map(|priority| (priority, targets)).collect(),
        reaction: WantedClock::default(),
        work: WantedClock::default(),
        deadline: WantedClock { calendar: Some(OFFICE), ..WantedClock::default() },
    };
    Wish { plan: Some(Box::new(define)), calendar: None }
}

/// A calendar that never opens, in the place of the office.
fn shut() -> Option<(domain::kernel::CalendarId, DefineCalendar)> {
    let hours = HoursDraft { zone: "UTC".to_owned(), ..HoursDraft::default() };
    Some((OFFICE, DefineCalendar { name: "Shut".to_owned(), hours }))
}

async fn answer(world: &World, wish: Wish, extent: Extent) -> Result<Answer, WhatIfError> {
    let mut conn = session::open(&world.options, "read").await.unwrap();
    let catalogue = Catalogue::read(&mut conn, extent.through).await.unwrap();
    let known = facts(&mut conn, &catalogue, &wish.needs(), extent.through).await.unwrap();
    conn.close().await.unwrap();
    let supposition = wish.fit(known, at(0))?;
    let question = Question {
        supposed: supposition.supposed,
        from: at(0),
        to: at(10_000),
        at: at(10_000),
        units: None,
        priority: None,
    };
    ask(&world.options, question, supposition.hours, extent).await
}

fn all(through: i64) -> Extent {
    Extent { through, tickets: 1_000, workers: 3 }
}

#[tokio::test]
async fn tickets_are_compared_from_the_log_alone_and_nothing_is_written() {
    let world = World::with_clocks().await;
    let head = world.settled().await;
    world.tamper("drop schema view_tickets cascade").await;
    let found = answer(&world, plan(60), all(head)).await.unwrap();
    let breached: Vec<_> = found
        .newly_breached
        .iter()
        .map(|it| (it.ticket, it.compared.clock, it.compared.real))
        .filter(|(ticket, ..)| [MEASURED, JUDGED].contains(ticket))
        .collect();
    // Both are open, and in reality beyond their limits since long: nothing new of these two.
    assert_eq!(breached, []);
    let free = found.newly_breached.iter().find(|it| it.number == "INC-33").unwrap();
    assert_eq!(free.compared.clock, ClockKind::Deadline);
    assert_eq!(
        (free.compared.real, free.compared.supposed),
        (Verdict::Unmeasured, Verdict::Breached)
    );
    assert!(found.newly_breached.iter().all(|it| it.number != "INC-34"), "cancelled: no outcome");
    let never = Wish { calendar: shut(), ..plan(60) };
    let met = answer(&world, never, all(head)).await.unwrap().newly_met;
    let deadlines: Vec<_> = met
        .iter()
        .filter(|it| it.compared.clock == ClockKind::Deadline)
        .map(|it| (it.number.as_str(), it.compared.supposed, it.compared.seconds_supposed))
        .collect();
    assert_eq!(deadlines, [("INC-31", Verdict::Open, Some(0)), ("INC-32", Verdict::Open, Some(0))]);
    let alone = Extent { workers: 1, ..all(head) };
    assert_eq!(answer(&world, plan(60), alone).await.unwrap(), found);
    let mut conn = session::open(&world.options, "read").await.unwrap();
    assert_eq!(head_of(&mut conn).await.unwrap(), head);
    conn.close().await.unwrap();
}

#[tokio::test]
async fn a_calendar_alone_takes_the_place_of_its_versions() {
    let world = World::with_clocks().await;
    let head = world.settled().await;
    let wish = Wish { plan: None, calendar: shut() };
    let found = answer(&world, wish, all(head)).await.unwrap();
    assert!(found.newly_breached.is_empty());
    let deadline = found.totals.of(ClockKind::Deadline);
    assert_eq!((deadline.newly_met, deadline.breached_supposed), (2, 0));
    assert_eq!(deadline.seconds_supposed, 0);
    assert!(deadline.seconds_real > 0 && deadline.was_unmeasured == 0);
}

#[tokio::test]
async fn an_earlier_place_in_the_log_knows_less() {
    let world = World::with_clocks().await;
    let head = world.settled().await;
    let late = answer(&world, plan(60), all(head)).await.unwrap();
    let early = answer(&world, Wish { calendar: shut(), ..plan(60) }, all(head / 2)).await;
    assert!(early.unwrap().totals.tickets < late.totals.tickets);
}

#[tokio::test]
async fn what_cannot_be_answered_says_why() {
    let world = World::with_clocks().await;
    let head = world.settled().await;
    let few = Extent { tickets: 2, ..all(head) };
    assert!(matches!(answer(&world, plan(60), few).await, Err(WhatIfError::TooMany(2))));
    let unknown = answer(&world, plan(60), all(1)).await;
    assert!(matches!(unknown, Err(WhatIfError::Unfit(Unfit::Plan(_)))), "no calendar yet");
    world
        .tamper(
            "alter table journal.events disable trigger all;
         delete from journal.events where aggregate_id = '00000000-0000-0000-0000-0000000005a1'
         and sequence = 3",
        )
        .await;
    let cut = answer(&world, plan(60), all(head)).await;
    let Err(WhatIfError::Streams(StreamsError::Cut { sequence: 3, .. })) = cut else {
        panic!("{cut:?}");
    };
}

#[tokio::test]
async fn units_and_calendars_are_known_as_they_were() {
    let world = World::with_story().await;
    let before = world.settled().await;
    world.say(&[calendars(), desk()].concat()).await;
    let head = world.settled().await;
    let mut conn = session::open(&world.options, "read").await.unwrap();
    let needs = Needs { units: [UNIT].into(), calendars: [OFFICE].into(), ..Needs::default() };
    let mut found = Vec::new();
    for through in [before, head] {
        let catalogue = Catalogue::read(&mut conn, through).await.unwrap();
        let known = facts(&mut conn, &catalogue, &needs, through).await.unwrap();
        let version = known.calendars.get(&OFFICE).map(|it| it.version);
        let named = catalogue.named(&format!(" {OFFICE} ").to_uppercase());
        found.push((known.takes_tickets(UNIT), version, named));
        assert_eq!(catalogue.named("nowhere"), None);
    }
    assert_eq!(found, [(true, None, None), (false, Some(2), Some(OFFICE))]);
    conn.close().await.unwrap();
}
