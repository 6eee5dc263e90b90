//! What led to what: everything that the requests behind a thing's events caused, on whichever thing,
//! each below the command that it followed from.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use domain::kernel::Actor;
use projections::timeline::{Caused, laid_out};
use serde_json::json;
use sqlx::postgres::PgRow;
use sqlx::{PgConnection, Row};
use uuid::Uuid;

use super::instant;
use crate::failure::Failure;
use crate::names::Names;
use crate::open::Opened;
use crate::output::{Output, cell};
use crate::stream::Placed;

/// More are not told.
const MOST: i64 = 10_000;

/// An event, without what it says.
#[derive(Debug)]
struct Node {
    position: i64,
    aggregate_type: String,
    aggregate_id: String,
    event_type: String,
    recorded_at: DateTime<Utc>,
    actor: Actor,
    correlation: Uuid,
    command: Uuid,
    cause: Option<Uuid>,
}

/// Answers.
pub(super) async fn tell(
    opened: &Opened,
    mut conn: PgConnection,
    output: &mut Output,
    stream: &[Placed],
) -> Result<(), Failure> {
    let correlations: BTreeSet<String> =
        stream.iter().map(|placed| placed.event.meta.correlation_id.to_string()).collect();
    let rows = sqlx::query(include_str!("sql/correlated.sql"))
        .bind(correlations.into_iter().collect::<Vec<_>>())
        .bind(MOST + 1)
        .fetch_all(&mut conn)
        .await?;
    let nodes = rows.iter().map(node).collect::<Result<Vec<_>, _>>()?;
    if nodes.len() as i64 > MOST {
        return Err(Failure::BadInput(format!("more than {MOST} events belong together here")));
    }
    let mut names = Names::default();
    output.say(&format!("{:>8} {:<20} {:<28} WHAT", "POSITION", "RECORDED", "WHO"))?;
    for (depth, node) in laid_out(nodes) {
        output.record(&json!({
            "position": node.position,
            "depth": depth,
            "event_type": node.event_type,
            "aggregate_type": node.aggregate_type,
            "aggregate_id": node.aggregate_id,
            "recorded_at": node.recorded_at,
            "actor": node.actor.to_string(),
            "correlation_id": node.correlation,
            "command_id": node.command,
            "causation_id": node.cause,
        }))?;
        if output.is_json() {
            continue;
        }
        let who = match node.actor {
            Actor::Person(id) => names.of(&opened.journal, &mut conn, id.0).await?,
            Actor::Service(id) => names.of(&opened.journal, &mut conn, id.0).await?,
            Actor::Import | Actor::System => None,
        };
        let who = cell(&who.unwrap_or_else(|| node.actor.to_string()), 28);
        let thing = match node.aggregate_id.parse() {
            Ok(id) => names.of(&opened.journal, &mut conn, id).await?,
            Err(_) => None,
        };
        let thing = thing.unwrap_or_else(|| node.aggregate_id.clone());
        let (position, at, what) = (node.position, instant(node.recorded_at), &node.event_type);
        let branch = "  ".repeat(depth);
        let thing = cell(&thing, 60);
        output.say(&format!("{position:>8} {at:<20} {who:<28} {branch}{what} {thing}"))?;
    }
    Ok(())
}

impl Caused for Node {
    fn command(&self) -> Uuid {
        self.command
    }

    fn cause(&self) -> Option<Uuid> {
        self.cause
    }
}

fn node(row: &PgRow) -> Result<Node, Failure> {
    let odd = || Failure::Incomplete("an event's metadata cannot be read".to_owned());
    let text = |column: &str| row.try_get::<Option<String>, _>(column);
    let id = |text: Option<String>| text.and_then(|text| text.parse().ok());
    Ok(Node {
        position: row.try_get("global_seq")?,
        aggregate_type: row.try_get("aggregate_type")?,
        aggregate_id: row.try_get("aggregate_id")?,
        event_type: row.try_get("event_type")?,
        recorded_at: row.try_get("recorded_at")?,
        actor: text("actor")?.and_then(|text| text.parse().ok()).ok_or_else(odd)?,
        correlation: id(text("correlation_id")?).ok_or_else(odd)?,
        command: id(text("command_id")?).ok_or_else(odd)?,
        cause: id(text("causation_id")?),
    })
}
