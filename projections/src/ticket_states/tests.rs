//! A list as of any moment is the list of a fold up to there.

use std::collections::{BTreeMap, BTreeSet};

use domain::kernel::TicketId;
use domain::ticket::TicketState;
use sqlx::{Connection, PgConnection};

use super::{count, page};
use crate::almanac::Almanac;
use crate::as_of::{Wanted, view};
use crate::error::{ProjectionError, ReadError};
use crate::model::ReadModel;
use crate::testing::World;
use crate::tickets::{
    ATTENTION, Compare, Cursor, Operand, Scope, TicketField, TicketFilter, TicketQuery, TicketRow,
    Tickets, from_stored,
};

fn query(filter: Option<TicketFilter>, after: Option<Cursor>) -> TicketQuery {
    let order = ATTENTION.to_vec();
    TicketQuery { scope: Scope::All, filter, search: None, order, first: 2, after }
}

/// Page by page.
async fn listed(world: &World, filter: Option<&TicketFilter>, through: i64) -> Vec<TicketRow> {
    let mut conn = world.pool().acquire().await.unwrap();
    let (from, mut rows, mut after) = ((&world.journal, &Almanac::default()), Vec::new(), None);
    loop {
        let asked = query(filter.cloned(), after);
        let found = page(&mut conn, from, &asked, through).await.unwrap();
        after = found.rows.last().map(|(cursor, _)| cursor.clone());
        rows.extend(found.rows.into_iter().map(|(_, row)| row));
        if !found.has_next {
            let counted = count(world.pool(), filter, through).await.unwrap();
            assert_eq!(counted, i64::try_from(rows.len()).unwrap());
            return rows;
        }
    }
}

/// The view `tickets`, made anew up to there.
async fn folded(world: &World, through: i64) -> BTreeMap<TicketId, TicketRow> {
    let mut conn = PgConnection::connect_with(&world.options).await.unwrap();
    let model = Tickets::default();
    let wanted = Wanted { through, ..Wanted::default() };
    let then = view(&mut conn, &world.journal, &model, wanted, |_, _| {}).await;
    let mut rows = BTreeMap::new();
    let give = |row| {
        let row = from_stored(row).unwrap();
        rows.insert(row.ticket_id, row);
        Ok::<_, sqlx::Error>(())
    };
    then.unwrap().each(&model.tables()[0], give).await.unwrap();
    rows
}

fn states(wanted: &[TicketState]) -> TicketFilter {
    let words = wanted.iter().map(|state| Operand::Text(state.to_string())).collect();
    TicketFilter::Is(TicketField::State, Compare::In(words))
}

#[tokio::test]
async fn behind_any_event_a_list_is_that_of_a_fold() {
    let world = World::with_clocks().await;
    let mut conn = PgConnection::connect_with(&world.options).await.unwrap();
    let head = journal::read::head_of(&mut conn).await.unwrap();
    let live = [TicketState::New, TicketState::InProgress, TicketState::Pending];
    let mut seen = BTreeSet::new();
    for through in 0..=head {
        let folded = folded(&world, through).await;
        let all = listed(&world, None, through).await;
        let of = |rows: &[TicketRow]| -> BTreeMap<TicketId, TicketRow> {
            rows.iter().map(|row| (row.ticket_id, row.clone())).collect()
        };
        assert_eq!(of(&all), folded, "behind {through}");
        let open = listed(&world, Some(&states(&live)), through).await;
        let wanted: Vec<_> = all.iter().filter(|row| live.contains(&row.state)).cloned().collect();
        assert_eq!(open, wanted, "behind {through}, in order");
        seen.insert((all.len(), open.len()));
    }
    assert!(seen.len() > 2, "it has to stand otherwise now and then: {seen:?}");
}

#[tokio::test]
async fn what_stands_beside_tickets_is_not_known_of_then() {
    let world = World::with_desk().await;
    let tag = TicketFilter::Is(TicketField::Tag, Compare::Eq(Operand::Text("vpn".to_owned())));
    let refused = count(world.pool(), Some(&tag), 5).await;
    assert!(matches!(refused, Err(ReadError::BadFilter(_))), "{refused:?}");
    let mut conn = world.pool().acquire().await.unwrap();
    let from = (&world.journal, &Almanac::default());
    let first = page(&mut conn, from, &query(None, None), 30).await.unwrap();
    let cursor = first.rows.last().map(|(cursor, _)| cursor.clone());
    let elsewhere = page(&mut conn, from, &query(None, cursor), 31).await;
    let is_bad = matches!(elsewhere, Err(ProjectionError::Read(ReadError::BadCursor)));
    assert!(!first.rows.is_empty() && is_bad, "a cursor of another moment's list");
}
