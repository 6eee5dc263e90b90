//! Batches of the log into rows.

use std::collections::BTreeMap;

use async_trait::async_trait;
use domain::Fact;
use domain::ticket::Priority;
use journal::Recorded;
use serde_json::{Value, json};
use sqlx::PgConnection;
use strum::IntoEnumIterator;

use super::row::TicketRow;
use crate::error::ProjectionError;
use crate::model::{ReadModel, Step, Table};
use crate::rows;

/// The read model `tickets`.
#[derive(Debug, Clone, Copy)]
pub struct Tickets;

#[async_trait]
impl ReadModel for Tickets {
    fn name(&self) -> &'static str {
        "tickets"
    }

    fn version(&self) -> i32 {
        2
    }

    fn ddl(&self) -> &'static str {
        include_str!("../../../migrations/read/views/tickets.v2.sql")
    }

    fn tables(&self) -> &'static [Table] {
        &[Table { name: "tickets", key: &["ticket_id"] }]
    }

    async fn apply(
        &self,
        conn: &mut PgConnection,
        batch: &[Recorded],
        step: Step,
    ) -> Result<bool, ProjectionError> {
        let ids = rows::ids(batch, |fact| matches!(fact, Fact::Ticket(..)));
        let sql = include_str!("sql/touched.sql");
        let mut tickets = BTreeMap::new();
        for (id, stored) in rows::touched(conn, "tickets", sql, &ids).await? {
            let row = from_stored(stored).ok_or(ProjectionError::Row("tickets"))?;
            tickets.insert(id, row);
        }
        for recorded in batch {
            let Fact::Ticket(id, event) = &recorded.fact else { continue };
            let row = TicketRow::fold(tickets.remove(&id.0), &recorded.event, event, *id);
            tickets.extend(row.map(|row| (id.0, row)));
        }
        let rows = tickets.values().map(to_stored).collect();
        rows::write(conn, include_str!("sql/write.sql"), step, [rows]).await
    }
}

/// The row as the table has it: the priority by its rank.
fn to_stored(row: &TicketRow) -> Value {
    let mut stored = json!(row);
    stored["priority"] = json!(rank(row.priority));
    stored
}

/// The row from the table's JSON.
pub(super) fn from_stored(mut stored: Value) -> Option<TicketRow> {
    let rank_of = stored["priority"].as_i64()?;
    let priority = Priority::iter().find(|priority| i64::from(rank(*priority)) == rank_of)?;
    stored["priority"] = json!(priority);
    serde_json::from_value(stored).ok()
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
