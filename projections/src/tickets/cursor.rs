//! The cursor: where in which list the reader is. Opaque to clients; one of another filter, order
//! or reader is refused.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::apply::{open_rank, rank};
use super::operand::is_storable;
use super::order::TicketOrder;
use super::read::TicketQuery;
use super::row::TicketRow;
use crate::error::ReadError;
use crate::read::storable;

/// Raised when the cursor's shape changes.
const VERSION: u8 = 1;
/// Under which lists get their digests.
const LISTS: Uuid = Uuid::from_u128(0x616e_6e61_6c73_4c49_8000_5449_434b_4554);

/// A place in a list of tickets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor(pub String);

/// A ticket's value under one order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Key {
    /// Absent ones come after all others.
    Time(Option<DateTime<Utc>>),
    /// A rank.
    Rank(i16),
    /// A number for people.
    Number(String),
}

/// What a cursor says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Place {
    version: u8,
    list: Uuid,
    pub(super) keys: Vec<Key>,
    pub(super) id: Uuid,
}

impl Cursor {
    /// The place of a row in the list.
    pub(super) fn of(row: &TicketRow, list: Uuid, orders: &[TicketOrder]) -> Self {
        let keys = orders.iter().map(|order| key(row, *order)).collect();
        let place = Place { version: VERSION, list, keys, id: row.ticket_id.0 };
        Self(URL_SAFE_NO_PAD.encode(serde_json::json!(place).to_string()))
    }

    /// What it says, if it belongs to this list.
    pub(super) fn place(&self, list: Uuid, orders: &[TicketOrder]) -> Result<Place, ReadError> {
        let bytes = URL_SAFE_NO_PAD.decode(&self.0).map_err(|_| ReadError::BadCursor)?;
        let place: Place = serde_json::from_slice(&bytes).map_err(|_| ReadError::BadCursor)?;
        let fits = place.version == VERSION
            && place.list == list
            && place.keys.len() == orders.len()
            && place.keys.iter().zip(orders).all(|(key, order)| key.fits(*order));
        if fits { Ok(place) } else { Err(ReadError::BadCursor) }
    }
}

/// Names the list: who reads, which tickets, in which order.
pub(super) fn list_of(query: &TicketQuery) -> Uuid {
    let arguments =
        serde_json::json!([query.scope, query.filter, query.search, query.order]).to_string();
    Uuid::new_v5(&LISTS, arguments.as_bytes())
}

impl Key {
    fn fits(&self, order: TicketOrder) -> bool {
        match (self, order) {
            (Self::Rank(_), TicketOrder::Priority | TicketOrder::OpenFirst) => true,
            (Self::Number(number), TicketOrder::Number) => storable(number),
            (
                Self::Time(at),
                TicketOrder::CreatedAt
                | TicketOrder::ChangedAt
                | TicketOrder::ResolvedAt
                | TicketOrder::ClosedAt
                | TicketOrder::DueAt
                | TicketOrder::BreachAt,
            ) => at.is_none_or(is_storable),
            _ => false,
        }
    }
}

fn key(row: &TicketRow, order: TicketOrder) -> Key {
    match order {
        TicketOrder::CreatedAt => Key::Time(Some(row.created_at)),
        TicketOrder::ChangedAt => Key::Time(Some(row.changed_at)),
        TicketOrder::ResolvedAt => Key::Time(row.resolved_at),
        TicketOrder::ClosedAt => Key::Time(row.closed_at),
        TicketOrder::DueAt => Key::Time(row.dues.due_at),
        TicketOrder::BreachAt => Key::Time(row.dues.breach_at),
        TicketOrder::Priority => Key::Rank(rank(row.priority)),
        TicketOrder::OpenFirst => Key::Rank(open_rank(row.state)),
        TicketOrder::Number => Key::Number(row.number.clone()),
    }
}
