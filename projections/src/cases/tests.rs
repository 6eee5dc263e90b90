//! What the tables choose is what the domain counts, on random tickets.

use std::collections::BTreeSet;

use domain::Fact;
use domain::kernel::{PersonId, TicketId, UnitId};
use domain::report::{Case, Grouping, KpiQuestion, KpiTable, Part, Question, Report};
use domain::sla::ChangePolicy;
use domain::ticket::PendingReason;
use domain::ticket::TicketEvent;
use domain::ticket::event::{
    Assigned, Cancelled, Merged, Pended, Reopened, Resolved, ResolvedWithTasks, WorkStarted,
    WorkStopped,
};
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{Rng, SeedableRng};
use sqlx::Row;
use sqlx::types::Json;
use strum::IntoEnumIterator;
use uuid::Uuid;

use super::{kpis, lines, report};
use crate::almanac::{Almanac, KnownHours};
use crate::testing::sla::{calendars, opened_under, terms};
use crate::testing::{World, at};

const PEOPLE: [PersonId; 4] = [
    PersonId(Uuid::from_u128(0xb1)),
    PersonId(Uuid::from_u128(0xb2)),
    PersonId(Uuid::from_u128(0xb3)),
    PersonId(Uuid::from_u128(0xb4)),
];
const UNITS: [UnitId; 2] = [UnitId(Uuid::from_u128(0xbb1)), UnitId(Uuid::from_u128(0xbb2))];
const TICKETS: u32 = 40;

#[tokio::test]
async fn what_is_chosen_is_what_is_counted() {
    let mut random = StdRng::seed_from_u64(0x6361_7365_7321);
    let world = told(&mut random).await;
    let (cases, hours) = stored(&world).await;
    let almanac = Almanac::default();
    let mut found = Report::default();
    for unit in UNITS.repeat(4) {
        let (a, b) = (random.random_range(0..150), random.random_range(0..150));
        let question = Question {
            unit,
            staff: PEOPLE.choose_multiple(&mut random, 2).copied().collect(),
            from: at(a.min(b)),
            to: at(a.max(b) + 30),
            at: at(100_000),
        };
        let mut expected = Report::default();
        cases.iter().for_each(|(_, case)| expected.take(&question, case, &hours).unwrap());
        assert_eq!(report(world.pool(), &almanac, &question).await.unwrap(), expected);
        for part in Part::iter() {
            let counted = cases.iter().filter(|(_, case)| question.has(part, case));
            let mut counted: Vec<_> =
                counted.map(|(id, case)| (question.instant(part, case).unwrap(), *id)).collect();
            counted.sort_unstable();
            assert_eq!(paged(&world, &question, part).await, counted, "{part}");
        }
        found.created += expected.created;
        found.incoming += expected.incoming;
        found.completed.tickets += expected.completed.tickets;
        found.not_completed.tickets += expected.not_completed.tickets;
    }
    assert!(found.created > 0 && found.incoming > 0);
    assert!(found.completed.tickets > 0 && found.not_completed.tickets > 0);
}

#[tokio::test]
async fn key_figures_are_those_of_all_cases() {
    let mut random = StdRng::seed_from_u64(0x6b70_6973_2121);
    let world = told(&mut random).await;
    let (cases, hours) = stored(&world).await;
    for by in Grouping::iter() {
        for unit in [None, Some(UNITS[0])] {
            for person in [None, Some(PEOPLE[1])] {
                let (from, to) = (at(random.random_range(0..90)), at(120));
                let question = KpiQuestion { from, to, at: at(100_000), unit, person, by };
                let mut expected = KpiTable::default();
                cases.iter().for_each(|(_, case)| expected.take(&question, case, &hours).unwrap());
                let found = kpis(world.pool(), &Almanac::default(), &question).await.unwrap();
                assert_eq!(found, expected, "{question:?}");
                assert!(person.is_some() || !found.0.is_empty());
            }
        }
    }
}

/// All lines of a part, three a page.
async fn paged(
    world: &World,
    question: &Question,
    part: Part,
) -> Vec<(chrono::DateTime<chrono::Utc>, TicketId)> {
    let (mut places, mut after) = (Vec::new(), None);
    loop {
        let page = lines(world.pool(), &Almanac::default(), question, part, (3, after)).await;
        let page = page.unwrap();
        places.extend(page.lines.iter().map(|found| (found.instant, found.ticket)));
        after = places.last().copied();
        if !page.has_next {
            return places;
        }
        assert_eq!(page.lines.len(), 3);
    }
}

/// Random tickets, projected.
async fn told(random: &mut StdRng) -> World {
    let world = World::new().await;
    let mut facts = calendars();
    let tickets: Vec<TicketId> =
        (1..=TICKETS).map(|it| TicketId(Uuid::from_u128(it.into()))).collect();
    facts.extend(tickets.iter().map(|id| Fact::Ticket(*id, opened(random))));
    for _ in 0..TICKETS * 3 {
        let id = *tickets.choose(random).unwrap();
        facts.push(Fact::Ticket(id, act(random)));
    }
    world.say(&facts).await;
    world.settled().await;
    world.project().await;
    world
}

fn opened(random: &mut StdRng) -> TicketEvent {
    let limits = [20, 30, 60].map(|minutes| minutes * 60);
    let terms = random.random_bool(0.7).then(|| terms(2, limits, ChangePolicy::Restate)).flatten();
    let mut opened = opened_under("INC-1", terms, None);
    if let TicketEvent::Opened(opened) = &mut opened {
        opened.author = somebody(random);
        (opened.unit, opened.assignees) = target(random);
    }
    opened
}

fn act(random: &mut StdRng) -> TicketEvent {
    let holder = somebody(random);
    match random.random_range(0..12) {
        0..=3 => TicketEvent::WorkStarted(WorkStarted { holder }),
        4 => TicketEvent::WorkStopped(WorkStopped { holder }),
        5 => {
            let (unit, assignees) = target(random);
            TicketEvent::Assigned(Assigned { unit, assignees, note: None, routing: None })
        }
        6 => TicketEvent::Pended(Pended { pending_reason: PendingReason::Vendor, until: None }),
        7 | 8 => TicketEvent::Resolved(Resolved { code: None, solution: None }),
        9 => TicketEvent::Reopened(Reopened { holder: random.random_bool(0.5).then_some(holder) }),
        10 => TicketEvent::ResolvedWithTasks(ResolvedWithTasks { code: "DONE".to_owned() }),
        _ if random.random_bool(0.5) => TicketEvent::Cancelled(Cancelled {}),
        _ => {
            let into = TicketId(Uuid::from_u128(1));
            TicketEvent::Merged(Merged { into, closed_at: at(0) })
        }
    }
}

fn somebody(random: &mut StdRng) -> PersonId {
    *PEOPLE.choose(random).unwrap()
}

fn target(random: &mut StdRng) -> (Option<UnitId>, BTreeSet<PersonId>) {
    let unit = random.random_bool(0.8).then(|| *UNITS.choose(random).unwrap());
    let named = random.random_range(0..3_usize).saturating_sub(1);
    (unit, PEOPLE.choose_multiple(random, named).copied().collect())
}

/// All cases as the table has them, and the hours of their calendars.
async fn stored(world: &World) -> (Vec<(TicketId, Case)>, KnownHours) {
    let rows = sqlx::query(include_str!("sql/select.sql")).fetch_all(world.pool()).await.unwrap();
    let case = |row: &sqlx::postgres::PgRow| {
        let Json(case): Json<Case> = row.try_get("told").unwrap();
        (TicketId(row.try_get("ticket_id").unwrap()), case)
    };
    let cases: Vec<_> = rows.iter().map(case).collect();
    assert_eq!(cases.len(), TICKETS as usize);
    let versions = cases.iter().flat_map(|(_, case)| case.course().calendars()).collect();
    let mut conn = world.pool().acquire().await.unwrap();
    let hours = Almanac::default().hours(&mut conn, &versions).await.unwrap();
    (cases, hours)
}
