//! Lists that are read from an index as they stand there: the same tickets in the same order as when
//! each is looked at.

use std::cmp::Ordering;

use domain::access::Who;
use domain::kernel::{PersonId, UnitId};
use domain::person::Role;
use domain::ticket::TicketState;
use strum::IntoEnumIterator;
use uuid::Uuid;

use super::{all, view, who};
use crate::dossiers::DossierRow;
use crate::testing::World;
use crate::tickets::apply::{open_rank, rank};
use crate::tickets::cursor::list_of;
use crate::tickets::{
    ATTENTION, Compare, Direction, INCOMING, Long, Operand, Scope, TicketField, TicketFilter,
    TicketOrder, TicketQuery, TicketRow, page,
};

/// The units and a person of the tickets there are.
const UNITS: [u128; 3] = [
    0x0000_0000_0000_7000_a000_0000_0000_0001,
    0x0000_0000_0000_7000_a000_0000_0000_0002,
    0x0000_0000_0000_7000_a000_0000_0000_0003,
];
const PERSON: u128 = 0x0000_0000_0000_7000_9000_0000_0000_0007;

#[tokio::test]
async fn queues_of_units_and_people_are_what_memory_says() {
    let world = World::new().await;
    let many = include_str!("many.sql");
    // The end of what is closed, and the beginning of what is live.
    let some = many.replace("generate_series(1, 30000)", "generate_series(26801, 27300)");
    assert_ne!(some, many);
    world.tamper(&some).await;
    let rows = walk(&world, &Long::default(), &all(Vec::new(), 100)).await;
    assert_eq!(rows.len(), 500);
    let mut shown = 0;
    for filter in filters() {
        for order in [ATTENTION.to_vec(), INCOMING.to_vec()] {
            for scope in scopes() {
                let query = TicketQuery {
                    scope: scope.clone(),
                    filter: Some(filter.clone()),
                    ..all(order.clone(), 37)
                };
                let mut expected: Vec<_> = rows.iter().filter(|row| meant(row, &query)).collect();
                expected.sort_by(|one, other| compared(one, other, &order));
                let expected: Vec<&str> = expected.iter().map(|row| row.number.as_str()).collect();
                let long = Long::default();
                for _ in 0..2 {
                    let listed = walk(&world, &long, &query).await;
                    let listed: Vec<&str> = listed.iter().map(|row| row.number.as_str()).collect();
                    assert_eq!(listed, expected, "{query:?}");
                    shown += listed.len();
                    // Whatever is believed of the list, it stays the same.
                    long.note(list_of(&query));
                }
            }
        }
    }
    assert!(shown > 5_000, "{shown}");
}

fn filters() -> Vec<TicketFilter> {
    let of_units = |units: &[u128]| among(TicketField::UnitId, units);
    let states = [
        of_states(TicketState::is_open),
        of_states(|state| !state.is_over()),
        of_states(|state| state == TicketState::Pending),
        // Nothing is both, and either is everything.
        TicketFilter::And(vec![
            of_states(TicketState::is_open),
            of_states(|state| !state.is_open()),
        ]),
        TicketFilter::And(vec![]),
    ];
    let mut filters = Vec::new();
    for keys in [
        of_units(&UNITS[..1]),
        of_units(&[UNITS[0], UNITS[1], UNITS[0]]),
        of_units(&[]),
        among(TicketField::AuthorId, &[PERSON, PERSON + 1]),
    ] {
        for states in states.clone() {
            let mut parts = vec![keys.clone()];
            parts.extend(states.parts().to_vec());
            filters.push(TicketFilter::And(parts));
        }
        filters.push(TicketFilter::Or(vec![keys]));
    }
    filters
}

fn scopes() -> Vec<Scope> {
    let units = |units: &[u128]| units.iter().map(|unit| UnitId(Uuid::from_u128(*unit))).collect();
    let nobody = who(PersonId(Uuid::from_u128(1)), Role::Agent);
    let whos = [
        Who { units: units(&UNITS[..2]), ..nobody.clone() },
        Who { heads: units(&UNITS[1..]), ..nobody },
        who(PersonId(Uuid::from_u128(PERSON)), Role::Client),
    ];
    whos.iter().map(view).chain([Scope::All]).collect()
}

fn among(field: TicketField, ids: &[u128]) -> TicketFilter {
    let ids = ids.iter().map(|id| Operand::Id(Uuid::from_u128(*id))).collect();
    TicketFilter::Is(field, Compare::In(ids))
}

fn of_states(wanted: fn(TicketState) -> bool) -> TicketFilter {
    let words = TicketState::iter().filter(|state| wanted(*state));
    let words = words.map(|state| Operand::Text(state.to_string())).collect();
    TicketFilter::Is(TicketField::State, Compare::In(words))
}

fn meant(row: &TicketRow, query: &TicketQuery) -> bool {
    let filter = query.filter.as_ref().unwrap();
    let dossier = DossierRow::empty(row.ticket_id);
    query.scope.sees(row, &[]) && filter.matches(row, &dossier).unwrap()
}

fn compared(one: &TicketRow, other: &TicketRow, order: &[(TicketOrder, Direction)]) -> Ordering {
    let newest_first = order == INCOMING;
    // What never breaches comes last, where the list asks for it at all.
    let breach = |row: &TicketRow| match row.dues.breach_at {
        _ if newest_first => (false, None),
        at => (at.is_none(), at),
    };
    let standing = |row: &TicketRow| (open_rank(row.state), breach(row), rank(row.priority));
    let arrived = |row: &TicketRow| (row.created_at, row.ticket_id);
    let by_arrival = arrived(one).cmp(&arrived(other));
    let by_arrival = if newest_first { by_arrival.reverse() } else { by_arrival };
    standing(one).cmp(&standing(other)).then(by_arrival)
}

/// The whole list, page by page.
async fn walk(world: &World, long: &Long, query: &TicketQuery) -> Vec<TicketRow> {
    let mut query = query.clone();
    let mut walked = Vec::new();
    loop {
        let page = page(world.pool(), long, &query).await.unwrap();
        query.after = page.rows.last().map(|(cursor, _)| cursor.clone());
        walked.extend(page.rows.into_iter().map(|(_, row)| row));
        if !page.has_next {
            return walked;
        }
    }
}
