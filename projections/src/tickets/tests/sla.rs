//! What rows show of their clocks, and what the clocks showed at any instant.

use chrono::TimeDelta;
use domain::Fact;
use domain::kernel::TicketId;
use domain::sla::stopwatch::ClockState;
use domain::sla::{ChangePolicy, ClockKind};
use domain::ticket::TicketEvent;
use domain::ticket::event::{Cancelled, Pended, WorkStarted};
use domain::ticket_clock::TicketClockEvent;
use domain::ticket_clock::event::ThresholdReached;
use uuid::Uuid;

use crate::almanac::Almanac;
use crate::error::ProjectionError;
use crate::schema::live;
use crate::session;
use crate::testing::sla::{
    JUDGED, MEASURED, PLAN, PROMISED, RELEASED, calendars, opened_under, restated, terms,
};
use crate::testing::{AGENT, World, assigned, at};
use crate::tickets::{Dues, Scope, TicketRow, Tickets, by_id, crossings, sla};

const OTHER: TicketId = TicketId(Uuid::from_u128(0x5b1));

async fn row(world: &World, ticket: TicketId) -> TicketRow {
    by_id(world.pool(), ticket, &Scope::All).await.unwrap().unwrap()
}

/// The calendars, then these events of one ticket, projected.
async fn told(events: Vec<TicketEvent>) -> TicketRow {
    let world = World::new().await;
    world.say(&calendars()).await;
    let events = events.into_iter().map(|event| Fact::Ticket(OTHER, event));
    world.say(&events.collect::<Vec<_>>()).await;
    world.settled().await;
    world.project().await;
    row(&world, OTHER).await
}

#[tokio::test]
async fn a_row_says_when_its_clocks_are_due() {
    // Opened in the second minute; minutes are what the facts are apart.
    let row =
        told(vec![opened_under("INC-1", terms(1, [300, 600, 3_600], ChangePolicy::Restate), None)])
            .await;
    let after = |seconds| Some(at(2) + TimeDelta::seconds(seconds));
    let expected = Dues {
        reaction_due_at: after(300),
        work_due_at: None,
        clock_deadline_due_at: after(3_600),
        due_at: after(300),
        breach_at: after(301),
    };
    assert_eq!((row.dues, row.sla_plan_id), (expected, Some(PLAN)));
}

#[tokio::test]
async fn what_waits_is_due_no_more_but_stays_breached() {
    let open = |limits| opened_under("INC-1", terms(1, limits, ChangePolicy::Restate), None);
    let pended = || {
        TicketEvent::Pended(Pended {
            pending_reason: domain::ticket::PendingReason::Vendor,
            until: None,
        })
    };
    let kept = told(vec![open([300, 600, 3_600]), pended()]).await;
    assert_eq!(kept.dues, Dues::default());
    let breached = told(vec![open([300, 600, 30]), pended()]).await;
    let expected = Dues { breach_at: Some(at(2) + TimeDelta::seconds(31)), ..Dues::default() };
    assert_eq!(breached.dues, expected);
}

#[tokio::test]
async fn a_plan_that_comes_later_judges_from_the_opening() {
    let started = TicketEvent::WorkStarted(WorkStarted { holder: AGENT });
    let limits = [300, 600, 3_600];
    let first = terms(1, limits, ChangePolicy::Restate);
    let late =
        told(vec![opened_under("INC-1", None, None), started.clone(), restated(first.clone())])
            .await;
    let early = told(vec![opened_under("INC-1", first, None), started, assigned(None)]).await;
    assert_eq!(late.dues.clock_deadline_due_at, Some(at(2) + TimeDelta::seconds(3_600)));
    // A forward ended the work of the other.
    assert_eq!(early.dues.clock_deadline_due_at, late.dues.clock_deadline_due_at);
    assert_eq!(late.course.unwrap().marks().len(), 3);
}

#[tokio::test]
async fn a_deadline_by_hand_counts_while_there_is_something_to_do() {
    let open = || opened_under("INC-1", None, Some(at(600)));
    let row = told(vec![open()]).await;
    assert_eq!(
        (row.dues.due_at, row.dues.breach_at),
        (Some(at(600)), Some(at(600) + TimeDelta::seconds(1)))
    );
    assert_eq!((row.deadline_at, row.course), (Some(at(600)), None));
    let over = told(vec![open(), TicketEvent::Cancelled(Cancelled {})]).await;
    assert_eq!((over.dues, over.deadline_at), (Dues::default(), Some(at(600))));
}

#[tokio::test]
async fn only_tickets_that_ever_had_a_plan_have_a_course() {
    let world = World::with_clocks().await;
    for (ticket, measured) in
        [(MEASURED, true), (JUDGED, true), (PROMISED, false), (RELEASED, true)]
    {
        assert_eq!(row(&world, ticket).await.course.is_some(), measured, "{ticket}");
    }
}

#[tokio::test]
async fn terms_that_name_no_calendar_are_the_event_s_fault() {
    let world = World::new().await;
    let lost = opened_under("INC-1", terms(9, [300, 600, 3_600], ChangePolicy::Restate), None);
    world.say(&[Fact::Ticket(OTHER, lost)]).await;
    world.settled().await;
    let mut conn = session::open(&world.options, &live("tickets")).await.unwrap();
    let journal = &world.journal;
    let mut log = journal::read::LogReader::after(journal.keyring(), journal.upcasters(), 0);
    let batch = log.page(&mut conn, i64::MAX, 100).await.unwrap();
    let step = crate::Step { from: 0, to: 1, epoch: 0, fresh: true };
    let error =
        crate::ReadModel::apply(&Tickets::default(), &mut conn, &batch, step).await.unwrap_err();
    assert!(matches!(error, ProjectionError::Almanac(_)));
    assert!(error.is_poison() && !error.is_transient());
}

#[tokio::test]
async fn clocks_are_read_at_any_instant_of_several_tickets_at_once() {
    let world = World::with_clocks().await;
    let rows =
        [row(&world, MEASURED).await, row(&world, JUDGED).await, row(&world, RELEASED).await];
    let courses: Vec<_> = rows.iter().map(|row| row.course.as_ref().unwrap()).collect();
    let almanac = Almanac::default();
    let opened = rows[0].created_at;
    let now = at(10_000);
    let early = opened + TimeDelta::seconds(30);
    let asked: Vec<_> =
        [early, now].into_iter().flat_map(|at| courses.iter().map(move |it| (*it, at))).collect();
    let read = sla::readings(world.pool(), &almanac, &asked).await.unwrap();
    let (early, late) = read.split_at(3);
    assert_eq!(early[0].reaction.used_seconds, 30);
    // Not opened yet.
    assert_eq!(early[1].reaction.state, ClockState::None);
    // A carried-over clock keeps its seconds; what had been said before is as it was.
    assert_eq!(late[0].deadline.limit_seconds, 7_200);
    assert_eq!(early[0].deadline.limit_seconds, 3_600);
    assert_eq!(late[2].deadline.state, ClockState::None);
    for clock in [ClockKind::Reaction, ClockKind::Work, ClockKind::Deadline] {
        let asked = (courses[0], clock, now);
        let whole = sla::intervals(world.pool(), &almanac, asked, (0, 10_000)).await.unwrap();
        let counted: i64 = whole.intervals.iter().map(|it| it.counted_seconds).sum();
        assert_eq!((counted, whole.has_next), (late[0].of(clock).used_seconds, false));
        let count = sla::count(world.pool(), &almanac, asked).await.unwrap();
        assert_eq!(count, whole.intervals.len() as i64);
        let first = sla::intervals(world.pool(), &almanac, asked, (0, 1)).await.unwrap();
        assert_eq!(first.intervals, whole.intervals[..1]);
        assert_eq!(first.has_next, whole.intervals.len() > 1);
    }
}

#[tokio::test]
async fn what_was_recorded_of_clocks_is_read_of_several_tickets_at_once() {
    let world = World::with_clocks().await;
    let reached = |percent| {
        TicketClockEvent::ThresholdReached(ThresholdReached {
            clock: ClockKind::Work,
            percent,
            cycle: 2,
            plan: PLAN,
            plan_version: 1,
            limit_seconds: 600,
            used_seconds: 301,
            reached_since: None,
        })
    };
    for (ticket, percent) in [(MEASURED, 50), (JUDGED, 50), (MEASURED, 75)] {
        world.say(&[Fact::TicketClock(ticket, reached(percent))]).await;
    }
    let said = |percent| reached(percent).crossing().unwrap();
    let found = crossings(world.pool(), &[MEASURED, JUDGED]).await.unwrap();
    let of = |ticket| found[&ticket].iter().map(|it| it.said).collect::<Vec<_>>();
    assert!(of(MEASURED).ends_with(&[said(50), said(75)]), "{found:?}");
    assert!(of(JUDGED).ends_with(&[said(50)]), "{found:?}");
    let nobodys = TicketId(Uuid::from_u128(0xbad));
    assert!(crossings(world.pool(), &[nobodys]).await.unwrap().is_empty());
}
