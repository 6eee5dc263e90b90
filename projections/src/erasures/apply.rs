//! Batches of the log into rows.

use cqrs_es::Aggregate;
use domain::Fact;
use journal::Recorded;

use super::row::ErasureRow;
use crate::model::{OnPoison, Table};
use crate::single::Rows;

/// The read model `erasures`.
#[derive(Debug, Clone, Copy)]
pub struct Erasures;

impl Rows for Erasures {
    type Row = ErasureRow;

    const NAME: &'static str = "erasures";
    const VERSION: i32 = 1;
    const DDL: &'static str = include_str!("../../../migrations/read/views/erasures.v1.sql");
    const TABLES: &'static [Table] =
        &[Table { name: "erasures", key: &["erasure_id"], stream: Some("erasure_id") }];
    const TYPE: &'static str = domain::erasure::Erasure::TYPE;
    const ON_POISON: OnPoison = OnPoison::Park;
    const TOUCHED: &'static str = include_str!("sql/touched.sql");
    const WRITE: &'static str = include_str!("sql/write.sql");

    fn concerns(fact: &Fact) -> bool {
        matches!(fact, Fact::Erasure(..))
    }

    fn fold(row: Option<ErasureRow>, recorded: &Recorded) -> Option<ErasureRow> {
        match &recorded.fact {
            Fact::Erasure(id, event) => ErasureRow::fold(row, recorded, event, *id),
            _ => row,
        }
    }
}
