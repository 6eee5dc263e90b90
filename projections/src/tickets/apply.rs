//! Batches of the log into rows.

use std::collections::BTreeMap;

use async_trait::async_trait;
use cqrs_es::Aggregate;
use domain::Fact;
use domain::ticket::{Priority, TicketState};
use journal::Recorded;
use serde_json::{Value, json};
use sqlx::PgConnection;
use strum::IntoEnumIterator;
use uuid::Uuid;

use super::measure::measure;
use super::row::TicketRow;
use crate::almanac::Almanac;
use crate::error::ProjectionError;
use crate::model::{OnPoison, Table};
use crate::single::Rows;

/// The read model `tickets`.
#[derive(Debug, Clone, Default)]
pub struct Tickets {
    almanac: Almanac,
}

#[async_trait]
impl Rows for Tickets {
    type Row = TicketRow;

    const NAME: &'static str = "tickets";
    const VERSION: i32 = 8;
    const DDL: &'static str = include_str!("../../../migrations/read/views/tickets.v8.sql");
    const TABLES: &'static [Table] =
        &[Table { name: "tickets", key: &["ticket_id"], stream: Some("ticket_id") }];
    const TYPE: &'static str = domain::ticket::Ticket::TYPE;
    const ON_POISON: OnPoison = OnPoison::Park;
    const SLOTS: u8 = 2;
    /// Whoever watches a ticket sees it.
    const BEHIND: &'static [&'static str] = &["watchers"];
    const TOUCHED: &'static str = include_str!("sql/touched.sql");
    const WRITE: &'static str = include_str!("sql/write.sql");

    fn concerns(fact: &Fact) -> bool {
        matches!(fact, Fact::Ticket(..))
    }

    fn fold(row: Option<TicketRow>, recorded: &Recorded) -> Option<TicketRow> {
        match &recorded.fact {
            Fact::Ticket(id, event) => TicketRow::fold(row, &recorded.event, event, *id),
            _ => row,
        }
    }

    async fn complete(
        &self,
        conn: &mut PgConnection,
        rows: &mut BTreeMap<Uuid, TicketRow>,
    ) -> Result<(), ProjectionError> {
        measure(conn, &self.almanac, rows.values_mut()).await
    }

    fn to_stored(row: &TicketRow) -> Value {
        to_stored(row)
    }

    fn from_stored(stored: Value) -> Option<TicketRow> {
        from_stored(stored)
    }
}

/// The row as tables have it: the priority by its rank, and the state's ranks besides.
pub(crate) fn to_stored(row: &TicketRow) -> Value {
    let mut stored = json!(row);
    stored["priority"] = json!(rank(row.priority));
    stored["open_rank"] = json!(open_rank(row.state));
    stored["over_rank"] = json!(over_rank(row.state));
    stored
}

/// The row from the table's JSON.
pub(crate) fn from_stored(mut stored: Value) -> Option<TicketRow> {
    let rank_of = stored["priority"].as_i64()?;
    let priority = Priority::iter().find(|priority| i64::from(rank(*priority)) == rank_of)?;
    stored["priority"] = json!(priority);
    serde_json::from_value(stored).ok()
}

/// 0 as long as somebody has to do something, then 1.
pub(super) fn open_rank(state: TicketState) -> i16 {
    i16::from(!state.is_open())
}

/// 0 until it is closed or cancelled, then 1.
pub(super) fn over_rank(state: TicketState) -> i16 {
    i16::from(state.is_over())
}

/// 1…4, most pressing first.
pub(super) fn rank(priority: Priority) -> i16 {
    match priority {
        Priority::Critical => 1,
        Priority::High => 2,
        Priority::Normal => 3,
        Priority::Low => 4,
    }
}
