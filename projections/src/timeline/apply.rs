//! Batches of the log into rows.

use std::collections::BTreeMap;

use async_trait::async_trait;
use domain::Fact;
use domain::settings::STREAM_ID;
use journal::Recorded;
use serde_json::{Value, json};
use sqlx::{PgConnection, Row};
use uuid::Uuid;

use super::picture::Picture;
use super::row::TimelineRow;
use crate::error::ProjectionError;
use crate::model::{Grain, ReadModel, Step, Table};
use crate::rows;
use crate::tickets::SEEN_BY;

/// The read model `timeline`.
#[derive(Debug, Clone, Copy)]
pub struct Timeline;

/// A stream: identity and type.
type Stream = (Uuid, String);

#[async_trait]
impl ReadModel for Timeline {
    fn name(&self) -> &'static str {
        "timeline"
    }

    fn version(&self) -> i32 {
        3
    }

    fn ddl(&self) -> &'static str {
        include_str!("../../../migrations/read/views/timeline.v3.sql")
    }

    fn tables(&self) -> &'static [Table] {
        &[
            Table { name: "timeline", key: &["global_seq"], stream: Some("aggregate_id") },
            Table {
                name: "timeline_streams",
                key: &["aggregate_id", "aggregate_type"],
                stream: Some("aggregate_id"),
            },
        ]
    }

    fn grain(&self) -> Grain {
        Grain::Stream
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
        let mut pictures = if step.fresh { BTreeMap::new() } else { touched(conn, batch).await? };
        let mut rows = Vec::with_capacity(batch.len());
        for recorded in batch {
            let stream = stream_of(recorded);
            let before = pictures.remove(&stream).unwrap_or_default();
            let (after, changes) =
                before.step(&recorded.fact).ok_or(ProjectionError::Row("timeline_streams"))?;
            rows.push(TimelineRow::of(recorded, stream.0, changes));
            pictures.insert(stream, after);
        }
        let pictures = pictures
            .into_iter()
            .map(|((id, aggregate_type), state)| {
                json!({"aggregate_type": aggregate_type, "aggregate_id": id, "state": state})
            })
            .collect();
        let rows = rows::stored(rows.iter());
        rows::write(conn, include_str!("sql/write.sql"), step, [rows, pictures]).await
    }
}

async fn touched(
    conn: &mut PgConnection,
    batch: &[&Recorded],
) -> Result<BTreeMap<Stream, Picture>, ProjectionError> {
    let mut streams = BTreeMap::new();
    for recorded in batch {
        streams.entry(stream_of(recorded)).or_insert(recorded.event.sequence > 1);
    }
    // Of a stream that begins in the batch nothing is stored.
    let old = streams.into_iter().filter_map(|(stream, is_old)| is_old.then_some(stream));
    let (ids, types): (Vec<Uuid>, Vec<String>) = old.unzip();
    if ids.is_empty() {
        return Ok(BTreeMap::new());
    }
    let rows =
        sqlx::query(include_str!("sql/touched.sql")).bind(ids).bind(types).fetch_all(conn).await?;
    rows.iter()
        .map(|row| {
            let state: Value = row.try_get("state")?;
            let picture = serde_json::from_value(state)
                .map_err(|_| ProjectionError::Row("timeline_streams"))?;
            Ok(((row.try_get("aggregate_id")?, row.try_get("aggregate_type")?), picture))
        })
        .collect()
}

/// The stream of an event.
pub(super) fn stream_of(recorded: &Recorded) -> Stream {
    // There is one stream of settings; a second would be a foreign writer's, and is told under its
    // own identity.
    let id = match &recorded.fact {
        Fact::Settings(_) => recorded.event.aggregate_id.parse().unwrap_or(STREAM_ID),
        fact => fact.stream(),
    };
    (id, recorded.event.aggregate_type.clone())
}
