//! Batches of the log into rows.

use std::collections::BTreeMap;

use async_trait::async_trait;
use cqrs_es::Aggregate;
use domain::Fact;
use domain::ci::Ci;
use journal::Recorded;
use serde_json::Value;
use sqlx::PgConnection;
use uuid::Uuid;

use super::states::States;
use crate::error::ProjectionError;
use crate::model::{Grain, OnPoison, ReadModel, Step, Table};
use crate::rows;

/// The read model `cis`.
#[derive(Debug, Clone, Copy)]
pub struct Cis;

#[async_trait]
impl ReadModel for Cis {
    fn name(&self) -> &'static str {
        "cis"
    }

    fn version(&self) -> i32 {
        2
    }

    fn ddl(&self) -> &'static str {
        include_str!("../../../migrations/read/views/cis.v2.sql")
    }

    fn tables(&self) -> &'static [Table] {
        &[
            Table { name: "cis", key: &["ci_id", "since_seq"], stream: Some("ci_id") },
            Table {
                name: "ci_relations",
                key: &["from_id", "relation", "to_id", "since_seq"],
                stream: Some("from_id"),
            },
        ]
    }

    fn grain(&self) -> Grain {
        Grain::Stream
    }

    fn on_poison(&self) -> OnPoison {
        OnPoison::Park
    }

    fn types(&self) -> &'static [&'static str] {
        const { &[Ci::TYPE] }
    }

    fn slots(&self) -> u8 {
        4
    }

    async fn write(
        &self,
        conn: &mut PgConnection,
        batch: &[&Recorded],
        step: Step,
    ) -> Result<bool, ProjectionError> {
        let ids = if step.fresh { Vec::new() } else { stored(batch) };
        let sql = include_str!("sql/touched.sql");
        let before: BTreeMap<Uuid, Value> = rows::touched(conn, "cis", sql, &ids).await?;
        let mut states = States::of(before)?;
        for recorded in batch {
            states.take(recorded);
        }
        rows::write(conn, include_str!("sql/write.sql"), step, states.into_rows()).await
    }
}

/// The streams of a batch of which there may be rows: of those that begin in it there are none.
fn stored(batch: &[&Recorded]) -> Vec<Uuid> {
    let mut streams = BTreeMap::new();
    for recorded in batch {
        if let Fact::Ci(id, _) = &recorded.fact {
            // Its first event comes first.
            streams.entry(id.0).or_insert(recorded.event.sequence > 1);
        }
    }
    streams.into_iter().filter_map(|(id, is_old)| is_old.then_some(id)).collect()
}
