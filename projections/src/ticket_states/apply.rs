//! Batches of the log into rows.

use std::collections::BTreeMap;

use async_trait::async_trait;
use cqrs_es::Aggregate;
use domain::Fact;
use domain::ticket::Ticket;
use journal::Recorded;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sqlx::PgConnection;
use uuid::Uuid;

use crate::almanac::Almanac;
use crate::error::ProjectionError;
use crate::model::{Grain, OnPoison, ReadModel, Step, Table};
use crate::rows;
use crate::tickets::{SEEN_BY, TicketRow, measure, to_stored};

/// The read model `ticket_states`.
#[derive(Debug, Clone, Default)]
pub struct TicketStates {
    almanac: Almanac,
}

/// What the next event of a ticket goes on from.
#[derive(Debug, Serialize, Deserialize)]
struct Last {
    ticket_id: Uuid,
    since_seq: i64,
    state: TicketRow,
}

/// What a batch ends and begins.
#[derive(Debug, Default)]
struct States {
    last: BTreeMap<Uuid, Last>,
    /// Of the table.
    ended: Vec<Value>,
    begun: BTreeMap<(Uuid, i64), Value>,
}

#[async_trait]
impl ReadModel for TicketStates {
    fn name(&self) -> &'static str {
        "ticket_states"
    }

    fn version(&self) -> i32 {
        1
    }

    fn ddl(&self) -> &'static str {
        include_str!("../../../migrations/read/views/ticket_states.v1.sql")
    }

    fn tables(&self) -> &'static [Table] {
        &[
            Table {
                name: "ticket_states",
                key: &["ticket_id", "since_seq"],
                stream: Some("ticket_id"),
            },
            Table { name: "ticket_states_last", key: &["ticket_id"], stream: Some("ticket_id") },
        ]
    }

    fn grain(&self) -> Grain {
        Grain::Stream
    }

    fn behind(&self) -> &'static [&'static str] {
        SEEN_BY
    }

    fn on_poison(&self) -> OnPoison {
        OnPoison::Park
    }

    fn types(&self) -> &'static [&'static str] {
        const { &[Ticket::TYPE] }
    }

    fn slots(&self) -> u8 {
        2
    }

    async fn write(
        &self,
        conn: &mut PgConnection,
        batch: &[&Recorded],
        step: Step,
    ) -> Result<bool, ProjectionError> {
        let ids = if step.fresh { Vec::new() } else { rows::ids(batch, is_of_tickets) };
        let touched = include_str!("sql/touched.sql");
        let last = rows::touched(conn, "ticket_states_last", touched, &ids).await?;
        let mut states = States { last, ..States::default() };
        for recorded in batch {
            let Some(mut row) = states.folded(recorded) else { continue };
            // One at a time: several states of a ticket may be in one batch.
            measure(conn, &self.almanac, std::iter::once(&mut row)).await?;
            states.begin(row, recorded.global_seq);
        }
        let last = rows::stored(states.last.values());
        let rows = [states.ended, states.begun.into_values().collect(), last];
        rows::write(conn, include_str!("sql/write.sql"), step, rows).await
    }
}

fn is_of_tickets(fact: &Fact) -> bool {
    matches!(fact, Fact::Ticket(..))
}

impl States {
    /// The ticket behind the event, its clocks still to be read.
    fn folded(&self, recorded: &Recorded) -> Option<TicketRow> {
        let Fact::Ticket(id, event) = &recorded.fact else { return None };
        let before = self.last.get(&id.0).map(|last| last.state.clone());
        TicketRow::fold(before, &recorded.event, event, *id)
    }

    /// What was so ends with this event, and this begins.
    fn begin(&mut self, row: TicketRow, since_seq: i64) {
        let ticket_id = row.ticket_id.0;
        if let Some(before) = self.last.remove(&ticket_id) {
            match self.begun.get_mut(&(ticket_id, before.since_seq)) {
                Some(begun) => begun["until_seq"] = json!(since_seq),
                None => self.ended.push(json!({
                    "ticket_id": ticket_id,
                    "since_seq": before.since_seq,
                    "until_seq": since_seq,
                })),
            }
        }
        let mut stored = to_stored(&row);
        stored["since_seq"] = json!(since_seq);
        self.begun.insert((ticket_id, since_seq), stored);
        self.last.insert(ticket_id, Last { ticket_id, since_seq, state: without_texts(row) });
    }
}

/// What decides nothing that lists are asked by.
fn without_texts(row: TicketRow) -> TicketRow {
    TicketRow { title: String::new(), description: None, solution: None, routing: None, ..row }
}
