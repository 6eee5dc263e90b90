//! A saved queue on its way into the log and out of it again: the list's arguments as JSON.

use async_graphql::{InputType, Value};
use chrono::{DateTime, Utc};
use domain::access::Who;
use domain::queue::Sharing;
use projections::queues::QueueRow;
use projections::tickets::{Direction, Lined, TicketFilter, TicketOrder as ReadOrder};
use serde_json::Value as Json;

use super::words::TicketColumn;
use crate::graphql::ticket::{TicketOrder, TicketWhere};

/// Why a saved filter or order says nothing any more: the list has changed since it was saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this queue's filter or order can no longer be used; save it anew")]
pub(in crate::graphql) struct Unusable;

/// The argument as it is stored: JSON without the nulls that say nothing.
pub(super) fn stored(argument: &impl InputType) -> Json {
    bare(argument.to_value().into_json().unwrap_or_default())
}

fn bare(value: Json) -> Json {
    match value {
        Json::Object(fields) => {
            let said = fields.into_iter().filter(|(_, value)| !value.is_null());
            said.map(|(name, value)| (name, bare(value))).collect()
        }
        Json::Array(items) => items.into_iter().map(bare).collect(),
        plain => plain,
    }
}

/// Reading passes over fields it does not know; what is then not said again was passed over.
fn read<T: InputType>(said: &Json) -> Result<T, Unusable> {
    let value = Value::from_json(said.clone()).map_err(|_| Unusable)?;
    let argument = T::parse(Some(value)).map_err(|_| Unusable)?;
    if stored(&argument) == *said { Ok(argument) } else { Err(Unusable) }
}

/// The list that a saved queue stands for at this instant.
pub(super) fn lined(row: &QueueRow, now: DateTime<Utc>) -> Result<Lined, Unusable> {
    let filter = match &row.filter {
        Json::Null => None,
        said => read::<TicketWhere>(said)?.into_filter(now).map_err(|_| Unusable)?,
    };
    let filter = filter.unwrap_or(TicketFilter::And(Vec::new()));
    filter.check().map_err(|_| Unusable)?;
    let order = match &row.ordering {
        Json::Null => Vec::new(),
        said => read::<Vec<TicketOrder>>(said)?,
    };
    let order: Vec<(ReadOrder, Direction)> =
        order.into_iter().map(TicketOrder::into_read).collect();
    Ok(Lined { filter, order })
}

/// What it shows of each ticket; a column that there is no more is left out.
pub(super) fn columns(row: &QueueRow) -> Vec<TicketColumn> {
    row.columns.iter().filter_map(|column| column.parse().ok()).collect()
}

/// Whether this member of the staff sees the queue.
pub(super) fn is_seen(row: &QueueRow, who: &Who) -> bool {
    match row.sharing {
        _ if row.owner_id == who.person => true,
        Sharing::Private => false,
        Sharing::Unit => {
            row.unit_id.is_some_and(|unit| who.units.contains(&unit) || who.heads.contains(&unit))
        }
        Sharing::Staff => true,
    }
}
