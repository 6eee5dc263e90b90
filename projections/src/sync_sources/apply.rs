//! Batches of the log into rows.

use cqrs_es::Aggregate;
use domain::Fact;
use journal::Recorded;

use super::row::SyncSourceRow;
use crate::model::{OnPoison, Table};
use crate::single::Rows;

/// The read model `sync_sources`.
#[derive(Debug, Clone, Copy)]
pub struct SyncSources;

impl Rows for SyncSources {
    type Row = SyncSourceRow;

    const NAME: &'static str = "sync_sources";
    const VERSION: i32 = 1;
    const DDL: &'static str = include_str!("../../../migrations/read/views/sync_sources.v1.sql");
    const TABLES: &'static [Table] =
        &[Table { name: "sync_sources", key: &["source_id"], stream: Some("source_id") }];
    const TYPE: &'static str = domain::sync_source::SyncSource::TYPE;
    const ON_POISON: OnPoison = OnPoison::Park;
    const TOUCHED: &'static str = include_str!("sql/touched.sql");
    const WRITE: &'static str = include_str!("sql/write.sql");

    fn concerns(fact: &Fact) -> bool {
        matches!(fact, Fact::SyncSource(..))
    }

    fn fold(row: Option<SyncSourceRow>, recorded: &Recorded) -> Option<SyncSourceRow> {
        match &recorded.fact {
            Fact::SyncSource(id, event) => SyncSourceRow::of(row, &recorded.event, event, *id),
            _ => row,
        }
    }
}
