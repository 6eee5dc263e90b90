//! Batches of the log into rows.

use std::time::Duration;

use async_trait::async_trait;
use cqrs_es::Aggregate;
use domain::Fact;
use domain::kernel::TicketId;
use domain::ticket::Ticket;
use domain::ticket_items::{Computed, TicketItemsEvent};
use journal::Recorded;
use serde::de::DeserializeOwned;
use serde_json::Value;
use sqlx::{PgConnection, Row};
use tokio::time::sleep;

use super::compute::{self, Wanted};
use super::context;
use super::desk::{Desk, turns};
use super::row::ImpactRow;
use crate::ci_classes::Classes;
use crate::error::ProjectionError;
use crate::model::{Grain, ReadModel, Step, Table};
use crate::rows;
use crate::tickets::SEEN_BY;

/// How long a batch waits for the models it reads, before it is tried again later.
const PATIENCE: u32 = 250;
/// How often it looks.
const LOOK: Duration = Duration::from_millis(20);

/// The read model `ticket_items`.
#[derive(Debug, Clone, Default)]
pub struct TicketItems {
    classes: Classes,
}

#[async_trait]
impl ReadModel for TicketItems {
    fn name(&self) -> &'static str {
        "ticket_items"
    }

    fn version(&self) -> i32 {
        1
    }

    fn ddl(&self) -> &'static str {
        include_str!("../../../migrations/read/views/ticket_items.v1.sql")
    }

    fn tables(&self) -> &'static [Table] {
        &[
            Table { name: "ticket_lives", key: &["ticket_id"], stream: Some("ticket_id") },
            Table {
                name: "ticket_items",
                key: &["ticket_id", "ci_id", "since_seq"],
                stream: Some("ticket_id"),
            },
            Table {
                name: "ticket_failures",
                key: &["ticket_id", "ci_id", "since_seq"],
                stream: Some("ticket_id"),
            },
            Table { name: "ticket_impacts", key: &["ticket_id"], stream: Some("ticket_id") },
        ]
    }

    /// What falls with a ticket's items depends on what other tickets say.
    fn grain(&self) -> Grain {
        Grain::Log
    }

    fn types(&self) -> &'static [&'static str] {
        const { &[Ticket::TYPE, domain::ticket_items::TicketItems::TYPE] }
    }

    fn behind(&self) -> &'static [&'static str] {
        SEEN_BY
    }

    async fn write(
        &self,
        conn: &mut PgConnection,
        batch: &[&Recorded],
        step: Step,
    ) -> Result<bool, ProjectionError> {
        // Rows that show the batch already are nothing to compute from.
        if batch.iter().any(|recorded| computed_of(&recorded.fact).is_some())
            && !is_next(conn, step).await?
        {
            return Ok(false);
        }
        let mut desk = load(conn, batch).await?;
        for recorded in batch {
            let number = recorded.global_seq;
            match &recorded.fact {
                Fact::Ticket(id, event) if turns(event) => desk.live(*id, event, number),
                Fact::TicketItems(id, event) => desk.name(*id, event, number),
                _ => {}
            }
            if let Some((id, computed)) = computed_of(&recorded.fact) {
                let asked = (&mut *conn, &self.classes);
                fall(asked, &mut desk, (id, computed), (recorded, step)).await?;
            }
        }
        let lives = desk.lived.iter().filter_map(|id| desk.lives.get(id));
        let rows = [
            rows::stored(lives),
            rows::stored(desk.items.changed()),
            rows::stored(desk.failures.changed()),
            rows::stored(desk.impacts.values()),
        ];
        rows::write(conn, include_str!("sql/write.sql"), step, rows).await
    }
}

/// What an event tells that falls, and of which ticket.
fn computed_of(fact: &Fact) -> Option<(TicketId, &Computed)> {
    let Fact::TicketItems(id, event) = fact else { return None };
    let computed = match event {
        TicketItemsEvent::Linked(e) => e.computed.as_ref(),
        TicketItemsEvent::Unlinked(e) => e.computed.as_ref(),
        TicketItemsEvent::Computed(computed) => Some(computed),
    };
    computed.map(|computed| (*id, computed))
}

/// Whether the batch is the next one, and ours to write.
async fn is_next(conn: &mut PgConnection, step: Step) -> Result<bool, ProjectionError> {
    let row = sqlx::query(include_str!("sql/is_next.sql"))
        .bind(step.from)
        .bind(step.epoch)
        .fetch_one(conn)
        .await?;
    Ok(row.try_get("is_next")?)
}

/// Makes the set that an event tells of again, and keeps its rows.
async fn fall(
    (conn, classes): (&mut PgConnection, &Classes),
    desk: &mut Desk,
    (id, computed): (TicketId, &Computed),
    (recorded, step): (&Recorded, Step),
) -> Result<(), ProjectionError> {
    let position = computed.position;
    wait_for(conn, position).await?;
    let before = context::failures(conn, position.min(step.from)).await?;
    let failures = desk.failures_at(position, before);
    let wanted = Wanted {
        sources: computed.sources.clone(),
        walls: computed.walls.clone(),
        others: context::of_others(failures, id),
        depth: computed.depth,
        redundancy: computed.redundancy,
    };
    let falls = compute::compute((conn, classes), &wanted, position).await?;
    if falls.digest != computed.digest {
        return Err(ProjectionError::Unreadable(format!(
            "the set computed at position {position} for ticket {id} is not the one whose digest \
             event {} tells",
            recorded.global_seq
        )));
    }
    desk.fall(id, &falls.fallen, recorded.global_seq);
    desk.impacts.insert(id.0, ImpactRow::of(id, computed, recorded));
    Ok(())
}

/// Waits until items and classes are shown up to this number.
async fn wait_for(conn: &mut PgConnection, number: i64) -> Result<(), ProjectionError> {
    sqlx::query(include_str!("sql/see.sql")).execute(&mut *conn).await?;
    for _ in 0..PATIENCE {
        let row =
            sqlx::query(include_str!("sql/far.sql")).bind(number).fetch_one(&mut *conn).await?;
        let far: Option<i64> = row.try_get("number")?;
        if far.is_some_and(|far| far >= number) {
            return Ok(());
        }
        sleep(LOOK).await;
    }
    Err(ProjectionError::Behind("cis"))
}

/// The tickets of the batch before it.
async fn load(conn: &mut PgConnection, batch: &[&Recorded]) -> Result<Desk, ProjectionError> {
    let tickets = rows::ids(batch, |fact| match fact {
        Fact::Ticket(_, event) => turns(event),
        fact => matches!(fact, Fact::TicketItems(..)),
    });
    let named = rows::ids(batch, |fact| matches!(fact, Fact::TicketItems(..)));
    let lives = include_str!("sql/lives.sql");
    let mut desk = Desk {
        lives: rows::touched(conn, "ticket_lives", lives, &tickets).await?,
        ..Desk::default()
    };
    if tickets.is_empty() {
        return Ok(desk);
    }
    let items = sqlx::query(include_str!("sql/items.sql")).bind(&tickets).bind(&named);
    let items = items.fetch_all(&mut *conn).await?;
    for row in &items {
        desk.items.known(stored(row, "ticket_items")?);
    }
    let failures = sqlx::query(include_str!("sql/open_failures.sql")).bind(&tickets);
    for row in &failures.fetch_all(conn).await? {
        desk.failures.known(stored(row, "ticket_failures")?);
    }
    Ok(desk)
}

fn stored<T: DeserializeOwned>(
    row: &sqlx::postgres::PgRow,
    table: &'static str,
) -> Result<T, ProjectionError> {
    let stored: Value = row.try_get("stored")?;
    serde_json::from_value(stored).map_err(|_| ProjectionError::Row(table))
}
