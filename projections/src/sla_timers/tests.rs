//! What is due when, what was recorded, and that the two never meet.

use chrono::{DateTime, TimeDelta, Utc};
use domain::Fact;
use domain::kernel::TicketId;
use domain::sla::{ChangePolicy, ClockKind};
use domain::ticket::TicketEvent;
use domain::ticket::event::{Reopened, Resolved, WorkStarted};
use uuid::Uuid;

use super::{Crossing, TimersRow, due, due_count, due_here, next_after, recorded};
use crate::testing::sla::{
    JUDGED, MEASURED, PROMISED, breached, calendars, opened_under, reached, restated, terms,
};
use crate::testing::{AGENT, World, at};

const OTHER: TicketId = TicketId(Uuid::from_u128(0x5c1));
const REACTION: ClockKind = ClockKind::Reaction;
const DEADLINE: ClockKind = ClockKind::Deadline;

/// The calendars, then these facts, projected; facts are a minute apart, the first at two minutes.
async fn told(facts: Vec<Fact>) -> World {
    let world = World::new().await;
    world.say(&calendars()).await;
    world.say(&facts).await;
    world.settled().await;
    world.project().await;
    world
}

/// The rows that are due up to this instant.
async fn rows(world: &World, until: DateTime<Utc>) -> Vec<TimersRow> {
    due(world.pool(), until, 10).await.unwrap()
}

/// When the ticket is due next.
async fn next(world: &World) -> Option<DateTime<Utc>> {
    next_after(world.pool(), DateTime::UNIX_EPOCH).await.unwrap()
}

fn said(event: TicketEvent) -> Fact {
    Fact::Ticket(OTHER, event)
}

fn opened(limits: [u32; 3]) -> Fact {
    said(opened_under("INC-1", terms(1, limits, ChangePolicy::Restate), None))
}

fn started() -> Fact {
    said(TicketEvent::WorkStarted(WorkStarted { holder: AGENT }))
}

fn after(seconds: i64) -> Option<DateTime<Utc>> {
    Some(at(2) + TimeDelta::seconds(seconds))
}

#[tokio::test]
async fn the_earliest_crossing_that_is_not_recorded_is_next() {
    let mut facts = vec![opened([300, 0, 3_600])];
    // 75 percent of 300 are 225; more than that is used in the next second.
    assert_eq!(next(&told(facts.clone()).await).await, after(226));
    facts.push(reached(OTHER, (REACTION, 75, 1)));
    assert_eq!(next(&told(facts.clone()).await).await, after(301));
    facts.push(breached(OTHER, (REACTION, 1)));
    assert_eq!(next(&told(facts.clone()).await).await, after(2_701));
    facts.push(reached(OTHER, (DEADLINE, 75, 1)));
    facts.push(breached(OTHER, (DEADLINE, 1)));
    assert_eq!(next(&told(facts.clone()).await).await, None);
    // Other terms begin another cycle, in which all of it is judged anew: it is due at once.
    facts.push(said(restated(terms(2, [60, 0, 7_200], ChangePolicy::Restate))));
    assert_eq!(next(&told(facts).await).await, Some(at(7)));
}

#[tokio::test]
async fn what_was_crossed_in_a_cycle_that_is_over_stays_due_until_it_is_recorded() {
    let mut facts = vec![
        opened([30, 0, 36_000]),
        started(),
        said(TicketEvent::Resolved(Resolved { code: None, solution: None })),
        said(TicketEvent::Reopened(Reopened { holder: None })),
    ];
    let world = told(facts.clone()).await;
    let [row] = &rows(&world, at(60)).await[..] else { panic!("one is due") };
    // More than three quarters of 30 seconds.
    assert_eq!((row.next_at, row.open_cycle), (after(23), 1));
    facts.extend([reached(OTHER, (REACTION, 75, 1)), breached(OTHER, (REACTION, 1))]);
    let world = told(facts).await;
    assert_eq!(rows(&world, at(60)).await, []);
    let [row] = &rows(&world, at(600)).await[..] else { panic!("the deadline is left") };
    assert_eq!((row.next_at, row.open_cycle), (after(27_001), 2));
}

#[tokio::test]
async fn a_plan_that_comes_later_judges_from_the_opening() {
    let limits = [30, 0, 3_600];
    let first = terms(1, limits, ChangePolicy::Restate);
    let opening = said(opened_under("INC-1", None, None));
    let world = told(vec![opening, said(restated(first))]).await;
    // Known no earlier than the plan.
    assert_eq!(next(&world).await, Some(at(3)));
    let [row] = &rows(&world, at(3)).await[..] else { panic!("one is due") };
    assert_eq!(row.course.as_ref().unwrap().marks().len(), 2);
}

#[tokio::test]
async fn what_an_import_said_last_waits_where_it_must() {
    let world = told(vec![opened([300, 0, 0])]).await;
    assert_eq!(due_here(world.pool(), at(600), 10).await.unwrap(), rows(&world, at(600)).await);
    world.tamper("update view_sla_timers.sla_timers set imported = true").await;
    assert_eq!(due_here(world.pool(), at(600), 10).await.unwrap(), []);
    assert_eq!(rows(&world, at(600)).await.len(), 1);
    assert_eq!(due_count(world.pool(), at(600)).await.unwrap(), 1);
    assert_eq!(due_count(world.pool(), at(2)).await.unwrap(), 0);
}

#[tokio::test]
async fn what_was_recorded_is_read_by_ticket() {
    let world = World::with_clocks().await;
    let asked = [MEASURED, JUDGED, PROMISED];
    let found = recorded(world.pool(), &asked).await.unwrap();
    let told = |ticket| {
        let of = |it: &Crossing| (it.clock, it.percent, it.cycle);
        found[&ticket].iter().map(of).collect::<Vec<_>>()
    };
    assert_eq!(told(MEASURED), [(REACTION, 75, 1), (REACTION, 100, 1), (DEADLINE, 75, 2)]);
    assert_eq!(told(JUDGED), [(DEADLINE, 100, 2)]);
    assert_eq!(found[&MEASURED][1].since, Some(at(3)));
    assert_eq!((found[&MEASURED][1].limit_seconds, found[&MEASURED][1].used_seconds), (300, 301));
    assert_eq!(found.len(), 2);
}

#[tokio::test]
async fn streams_alone_make_the_row_that_the_view_shows() {
    let world = World::with_clocks().await;
    let journal = &world.journal;
    let all = rows(&world, at(100_000)).await;
    for ticket in [MEASURED, JUDGED] {
        let told = journal.stream("ticket", ticket.0, 0).await.unwrap();
        let recorded = journal.stream("ticket_clock", ticket.0, 0).await.unwrap();
        let folded = TimersRow::of_streams(&told, &recorded).unwrap().unwrap();
        let shown = all.iter().find(|row| row.ticket_id == ticket).unwrap();
        assert_eq!((&folded.course, &folded.recorded), (&shown.course, &shown.recorded));
        assert_eq!(folded.version, shown.version);
    }
    assert_eq!(TimersRow::of_streams(&[], &[]).unwrap(), None);
}
