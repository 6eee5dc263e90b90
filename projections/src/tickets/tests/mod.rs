//! Facts to rows, pages of rows, filters.

mod lists;
mod matches;
mod measured;
mod plans;
mod scope;
mod sla;
mod tally;

use std::sync::Arc;

use chrono::DateTime;
use domain::Fact;
use domain::access::model::Scope::Everywhere;
use domain::access::standard::{holder, standard_role_of};
use domain::access::{Permission, Who};
use domain::kernel::{PersonId, TicketId};
use domain::person::Role;
use domain::ticket::event::Prioritized;
use domain::ticket::{Impact, Priority, TicketEvent, TicketKind, TicketState};
use sqlx::PgPool;
use uuid::Uuid;

use super::filter::{Compare, Operand, TicketField, TicketFilter};
use super::{
    ATTENTION, Cursor, Direction, Dues, INCOMING, Long, Page, Scope, TicketOrder, TicketQuery,
    TicketRow, by_id, by_number, count,
};
use crate::error::ReadError;
use crate::testing::{AGENT, CLIENT, SUBJECT, TICKET, UNIT, World, assigned, at, opened};

#[tokio::test]
async fn a_row_says_everything_about_its_ticket() {
    let world = World::with_story().await;
    world.project().await;
    let row = by_id(world.pool(), TICKET, &Scope::All).await.unwrap().unwrap();
    // The story's ticket begins behind ten other facts.
    let expected = TicketRow {
        ticket_id: TICKET,
        number: "INC-1".to_owned(),
        kind: TicketKind::ServiceRequest,
        title: "The line is dead".to_owned(),
        description: Some("It was fine yesterday.\nHonestly.".to_owned()),
        state: TicketState::Closed,
        priority: Priority::High,
        impact: Some(Impact::High),
        urgency: row.urgency,
        pending_reason: None,
        pending_until: None,
        subject_id: Some(SUBJECT),
        requester_id: CLIENT,
        author_id: AGENT,
        unit_id: Some(UNIT),
        assignee_ids: vec![AGENT],
        holder_id: None,
        last_holder_id: Some(AGENT),
        individual: false,
        merged_into_id: None,
        routing: None,
        tier: 1,
        external_ref: None,
        resolution_code: Some("fixed".to_owned()),
        solution: Some("Plugged it in.".to_owned()),
        created_at: at(10),
        resolved_at: Some(at(21)),
        closed_at: Some(at(500)),
        changed_at: at(22),
        version: 13,
        reopen_count: 1,
        reassignment_count: 1,
        sla_plan_id: None,
        deadline_at: None,
        course: None,
        dues: Dues::default(),
    };
    assert_eq!(row, expected);
    assert_eq!(by_number(world.pool(), "INC-1", &Scope::All).await.unwrap(), Some(expected));
    assert_eq!(by_number(world.pool(), "INC-1\0", &Scope::All).await.unwrap(), None);
}

#[tokio::test]
async fn readers_see_what_their_scope_allows() {
    let world = World::with_story().await;
    world.project().await;
    let stranger = own(PersonId(Uuid::from_u128(1)));
    for (scope, seen) in [(Scope::All, 3), (own(CLIENT), 3), (own(AGENT), 3), (stranger, 0)] {
        assert_eq!(count(world.pool(), &scope, None, None).await.unwrap(), seen);
        let found = by_id(world.pool(), TICKET, &scope).await.unwrap();
        assert_eq!(found.is_some(), seen > 0);
    }
    assert_eq!(count(world.pool(), &Scope::None, None, None).await.unwrap(), 0);
}

#[tokio::test]
async fn pages_of_every_order_lead_once_through_all_tickets() {
    let world = World::with_tickets(23).await;
    let (asc, desc) = (Direction::Asc, Direction::Desc);
    use TicketOrder::{BreachAt, ChangedAt, ClosedAt, CreatedAt, DueAt, Number, ResolvedAt};
    for order in [
        vec![],
        vec![(CreatedAt, asc)],
        vec![(TicketOrder::Priority, asc), (CreatedAt, desc)],
        vec![(Number, desc)],
        vec![(ChangedAt, desc), (Number, asc)],
        vec![(ResolvedAt, desc)],
        vec![(DueAt, asc)],
        vec![(BreachAt, desc), (CreatedAt, asc)],
        ATTENTION.to_vec(),
        INCOMING.to_vec(),
        vec![(ClosedAt, asc), (TicketOrder::Priority, desc), (Number, asc)],
    ] {
        let mut walked = Vec::new();
        let mut query = all(order.clone(), 5);
        loop {
            let page = page(world.pool(), &query).await.unwrap();
            query.after = page.rows.last().map(|(cursor, _)| cursor.clone());
            walked.extend(page.rows.into_iter().map(|(_, row)| row));
            if !page.has_next {
                break;
            }
        }
        let whole = page(world.pool(), &all(order.clone(), 100)).await.unwrap();
        let whole: Vec<TicketRow> = whole.rows.into_iter().map(|(_, row)| row).collect();
        assert_eq!(walked.len(), 23, "{order:?}");
        assert_eq!(walked, whole, "{order:?}");
    }
}

#[tokio::test]
async fn numbers_are_ordered_as_people_count() {
    let world = World::with_tickets(12).await;
    let found = page(world.pool(), &all(vec![(TicketOrder::Number, Direction::Asc)], 100)).await;
    let numbers: Vec<String> = found.unwrap().rows.into_iter().map(|(_, row)| row.number).collect();
    let expected: Vec<String> = (0..12).map(|number| format!("INC-{number}")).collect();
    assert_eq!(numbers, expected);
}

#[tokio::test]
async fn a_cursor_of_another_list_is_refused() {
    let world = World::with_tickets(3).await;
    let first = page(world.pool(), &all(vec![], 1)).await.unwrap();
    let cursor = first.rows[0].0.clone();
    let own = TicketQuery { scope: own(AGENT), ..all(vec![], 1) };
    let ordered = all(vec![(TicketOrder::Number, Direction::Asc)], 1);
    let filtered = TicketQuery { filter: Some(TicketFilter::And(vec![])), ..all(vec![], 1) };
    for query in [own, ordered, filtered] {
        let query = TicketQuery { after: Some(cursor.clone()), ..query };
        assert!(matches!(page(world.pool(), &query).await, Err(ReadError::BadCursor)));
    }
    for text in ["", "x", "bm90IG9uZQ", "🙂"] {
        let query = TicketQuery { after: Some(Cursor(text.to_owned())), ..all(vec![], 1) };
        assert!(matches!(page(world.pool(), &query).await, Err(ReadError::BadCursor)));
    }
}

#[tokio::test]
async fn filters_say_yes_or_no_and_nothing_between() {
    let world = World::with_story().await;
    world.project().await;
    let text = |text: &str| Operand::Text(text.to_owned());
    use TicketField as F;
    for (field, compare, found) in [
        (F::State, Compare::Eq(text("CLOSED")), 1),
        (F::State, Compare::In(vec![text("CLOSED"), text("CANCELLED")]), 2),
        (F::State, Compare::NotIn(vec![]), 3),
        (F::State, Compare::In(vec![]), 0),
        (F::Priority, Compare::Lt(text("NORMAL")), 1),
        (F::Priority, Compare::Eq(text("HIGH")), 1),
        (F::UnitId, Compare::Ne(Operand::Id(UNIT.0)), 1),
        (F::UnitId, Compare::IsNull(true), 1),
        (F::AssigneeId, Compare::Eq(Operand::Id(AGENT.0)), 1),
        (F::AssigneeId, Compare::Ne(Operand::Id(AGENT.0)), 2),
        (F::AssigneeId, Compare::IsNull(true), 2),
        (F::CreatedAt, Compare::Gte(Operand::Time(at(11))), 2),
        (F::ClosedAt, Compare::Lte(Operand::Time(at(500))), 1),
        (F::ReopenCount, Compare::Gt(Operand::Number(0)), 1),
        (F::Number, Compare::Gt(text("INC-10")), 1),
    ] {
        let filter = TicketFilter::Is(field, compare.clone());
        let not = TicketFilter::Not(Box::new(filter.clone()));
        let both = TicketFilter::And(vec![filter.clone(), not.clone()]);
        let either = TicketFilter::Or(vec![filter.clone(), not.clone()]);
        for (filter, expected) in [(filter, found), (not, 3 - found), (both, 0), (either, 3)] {
            let counted = count(world.pool(), &Scope::All, Some(&filter), None).await.unwrap();
            assert_eq!(counted, expected, "{filter:?}");
        }
    }
}

#[tokio::test]
async fn a_filter_that_makes_no_sense_is_refused() {
    let world = World::new().await;
    let far = chrono::DateTime::<chrono::Utc>::MAX_UTC;
    for (field, compare) in [
        (TicketField::State, Compare::Gt(Operand::Text("NEW".to_owned()))),
        (TicketField::State, Compare::Eq(Operand::Number(1))),
        (TicketField::Number, Compare::Eq(Operand::Text("\0".to_owned()))),
        (TicketField::Priority, Compare::Eq(Operand::Text("TOP".to_owned()))),
        (TicketField::UnitId, Compare::Eq(Operand::Text("x".to_owned()))),
        (TicketField::CreatedAt, Compare::Lt(Operand::Time(far))),
    ] {
        let filter = TicketFilter::Is(field, compare);
        let counted = count(world.pool(), &Scope::All, Some(&filter), None).await;
        assert!(matches!(counted, Err(ReadError::BadFilter(_))), "{filter:?}");
    }
}

#[tokio::test]
async fn queues_begin_with_what_needs_attention() {
    let world = World::with_desk().await;
    // All others are resolved, closed or cancelled.
    let open = TicketId(Uuid::from_u128(0x76));
    let urgent = TicketId(Uuid::from_u128(0x77));
    let prioritized = TicketEvent::Prioritized(Prioritized {
        priority: Priority::Critical,
        impact: None,
        urgency: None,
    });
    world
        .say(&[
            Fact::Ticket(open, opened("INC-20", "Open")),
            Fact::Ticket(TicketId(Uuid::from_u128(0x78)), opened("INC-22", "Open as well")),
            Fact::Ticket(urgent, opened("INC-21", "Open and urgent")),
            Fact::Ticket(urgent, prioritized),
        ])
        .await;
    world.settled().await;
    world.project().await;
    for (order, expected) in [
        (ATTENTION.to_vec(), ["INC-21", "INC-20", "INC-22"]),
        (INCOMING.to_vec(), ["INC-21", "INC-22", "INC-20"]),
    ] {
        let found = page(world.pool(), &all(order, 3)).await.unwrap();
        let numbers: Vec<String> = found.rows.into_iter().map(|(_, row)| row.number).collect();
        assert_eq!(numbers, expected);
    }
}

/// The page of a list that nobody knows anything of.
async fn page(pool: &PgPool, query: &TicketQuery) -> Result<Page<TicketRow>, ReadError> {
    super::page(pool, &Long::default(), query).await
}

fn all(order: Vec<(TicketOrder, Direction)>, first: i64) -> TicketQuery {
    TicketQuery { scope: Scope::All, filter: None, search: None, order, first, after: None }
}

impl World {
    /// So many tickets, some of them moved on, all projected.
    async fn with_tickets(count: u128) -> Self {
        let world = Self::new().await;
        for number in 0..count {
            let id = TicketId(Uuid::from_u128(0x7000 + (number * 7) % 31));
            let mut facts = vec![Fact::Ticket(id, opened(&format!("INC-{number}"), "One of many"))];
            if number % 3 == 0 {
                facts.push(Fact::Ticket(id, assigned(Some(UNIT))));
            }
            world.say(&facts).await;
        }
        world.settled().await;
        world.project().await;
        world
    }
}

/// What somebody sees by what people of their role have.
pub(super) fn view(who: &Who) -> Scope {
    let standard = standard_role_of(who.role);
    let world = Arc::new(holder(standard, who.person, Everywhere));
    Scope::of(&world, who, Permission::TicketRead, DateTime::UNIX_EPOCH)
}

/// A client's view.
fn own(person: PersonId) -> Scope {
    view(&who(person, Role::Client))
}

fn who(person: PersonId, role: Role) -> Who {
    Who {
        person,
        role,
        units: [].into(),
        heads: [].into(),
        people: [].into(),
        clients: [].into(),
        dispatches: false,
        lenders: Vec::new(),
    }
}
