//! Models with one table and one row a stream: they differ in the row, its fold and its SQL, and are
//! otherwise one and the same. Not for models whose rows come from several streams.

use std::collections::BTreeMap;
use std::fmt::Debug;

use async_trait::async_trait;
use domain::Fact;
use journal::Recorded;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use sqlx::PgConnection;
use uuid::Uuid;

use crate::error::ProjectionError;
use crate::model::{Grain, OnPoison, ReadModel, Step, Table};
use crate::rows;

/// What such a model is.
#[async_trait]
pub(crate) trait Rows: Debug + Send + Sync + 'static {
    /// What a row says.
    type Row: Serialize + DeserializeOwned + Send + Sync;

    /// As [`ReadModel::name`] says.
    const NAME: &'static str;
    /// As [`ReadModel::version`] says.
    const VERSION: i32;
    /// As [`ReadModel::ddl`] says.
    const DDL: &'static str;
    /// The type of its streams.
    const TYPE: &'static str;
    /// As [`ReadModel::on_poison`] says.
    const ON_POISON: OnPoison;
    /// As [`ReadModel::slots`] says.
    const SLOTS: u8 = 1;
    /// As [`ReadModel::behind`] says.
    const BEHIND: &'static [&'static str] = &[];
    /// The one table.
    const TABLES: &'static [Table];
    /// Selects rows by streams, $1: columns `key` and `stored`.
    const TOUCHED: &'static str;
    /// The one statement that writes: $4 the rows.
    const WRITE: &'static str;

    /// Whether the fact is of the model's streams.
    fn concerns(fact: &Fact) -> bool;

    /// The row after an event; none as long as there is nothing to show.
    fn fold(row: Option<Self::Row>, recorded: &Recorded) -> Option<Self::Row>;

    /// Adds to folded rows what other events of the log say, whenever it is asked: events that never
    /// change and stand before those that were folded.
    async fn complete(
        &self,
        _conn: &mut PgConnection,
        _rows: &mut BTreeMap<Uuid, Self::Row>,
    ) -> Result<(), ProjectionError> {
        Ok(())
    }

    /// The row as the table has it.
    fn to_stored(row: &Self::Row) -> Value {
        json!(row)
    }

    /// The row from the table's JSON; none when it is not what this version writes.
    fn from_stored(stored: Value) -> Option<Self::Row> {
        serde_json::from_value(stored).ok()
    }
}

#[async_trait]
impl<M: Rows> ReadModel for M {
    fn name(&self) -> &'static str {
        M::NAME
    }

    fn version(&self) -> i32 {
        M::VERSION
    }

    fn ddl(&self) -> &'static str {
        M::DDL
    }

    fn tables(&self) -> &'static [Table] {
        M::TABLES
    }

    fn grain(&self) -> Grain {
        Grain::Stream
    }

    fn on_poison(&self) -> OnPoison {
        M::ON_POISON
    }

    fn types(&self) -> &'static [&'static str] {
        const { &[M::TYPE] }
    }

    fn slots(&self) -> u8 {
        M::SLOTS
    }

    fn behind(&self) -> &'static [&'static str] {
        M::BEHIND
    }

    async fn write(
        &self,
        conn: &mut PgConnection,
        batch: &[&Recorded],
        step: Step,
    ) -> Result<bool, ProjectionError> {
        let ids = if step.fresh { Vec::new() } else { stored::<M>(batch) };
        let mut folded = BTreeMap::new();
        for (id, stored) in rows::touched(conn, M::NAME, M::TOUCHED, &ids).await? {
            folded.insert(id, M::from_stored(stored).ok_or(ProjectionError::Row(M::NAME))?);
        }
        for recorded in batch.iter().filter(|recorded| M::concerns(&recorded.fact)) {
            let id = recorded.fact.stream();
            let row = M::fold(folded.remove(&id), recorded);
            folded.extend(row.map(|row| (id, row)));
        }
        self.complete(conn, &mut folded).await?;
        let rows = folded.values().map(M::to_stored).collect();
        rows::write(conn, M::WRITE, step, [rows]).await
    }
}

/// The streams of a batch of which there may be rows: of those that begin in it there are none.
fn stored<M: Rows>(batch: &[&Recorded]) -> Vec<Uuid> {
    let mut streams = BTreeMap::new();
    for recorded in batch.iter().filter(|recorded| M::concerns(&recorded.fact)) {
        // Its first event comes first.
        streams.entry(recorded.fact.stream()).or_insert(recorded.event.sequence > 1);
    }
    streams.into_iter().filter_map(|(id, is_old)| is_old.then_some(id)).collect()
}
