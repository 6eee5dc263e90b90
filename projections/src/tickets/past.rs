//! What a list of tickets as they were is asked by: the same filters, orders and cursors as now, on
//! the tickets `t` of whoever keeps them. Called by `ticket_states`.

use sqlx::{Postgres, QueryBuilder};
use uuid::Uuid;

use super::cursor::{Cursor, Place, list_of};
use super::filter::{TicketField, TicketFilter};
use super::keyset::Behind;
use super::order::{Direction, TicketOrder, last_direction};
use super::read::TicketQuery;
use super::row::TicketRow;
use super::{condition, standing};
use crate::error::ReadError;
use crate::read::page_size;

type Sql = QueryBuilder<'static, Postgres>;

/// Without an order, the newest first.
const NEWEST: [(TicketOrder, Direction); 1] = [(TicketOrder::CreatedAt, Direction::Desc)];

/// The order of a list, and where it goes on.
pub(crate) struct Asked<'q> {
    query: &'q TicketQuery,
    order: &'q [(TicketOrder, Direction)],
    orders: Vec<TicketOrder>,
    list: Uuid,
    place: Option<Place>,
}

impl<'q> Asked<'q> {
    /// From what is asked as of behind this event.
    pub(crate) fn of(query: &'q TicketQuery, through: i64) -> Result<Self, ReadError> {
        let order: &[_] = if query.order.is_empty() { &NEWEST } else { &query.order };
        let orders: Vec<TicketOrder> = order.iter().map(|(order, _)| *order).collect();
        let list = Uuid::new_v5(&list_of(query), &through.to_be_bytes());
        let place = query.after.as_ref().map(|cursor| cursor.place(list, &orders)).transpose()?;
        Ok(Self { query, order, orders, list, place })
    }

    /// Adds from where the list goes on, its order, and one row more than the page has.
    pub(crate) fn push(&self, sql: &mut Sql) {
        if let Some(place) = &self.place {
            let open = standing::open(self.query.filter.as_ref());
            Behind::of(self.order, place, open).push_all(sql);
        }
        sql.push(" order by ");
        for (order, direction) in self.order {
            sql.push(order.column()).push(direction.word()).push(", ");
        }
        sql.push("t.ticket_id").push(last_direction(self.order).word());
        sql.push(" limit ").push_bind(page_size(self.query.first) + 1);
    }

    /// The place of a row.
    pub(crate) fn cursor(&self, row: &TicketRow) -> Cursor {
        Cursor::of(row, self.list, &self.orders)
    }
}

/// Adds which tickets are meant.
pub(crate) fn push_which(sql: &mut Sql, filter: Option<&TicketFilter>) -> Result<(), ReadError> {
    let Some(filter) = filter else { return Ok(()) };
    // These stand in other views.
    let beside = [TicketField::Tag, TicketField::WatcherId, TicketField::ParentId];
    if beside.into_iter().any(|field| filter.asks(field)) {
        return Err(ReadError::BadFilter("tags, watchers and parents are known as of now alone"));
    }
    sql.push(" and ");
    condition::push(sql, filter)?;
    standing::push(sql, Some(filter));
    Ok(())
}
