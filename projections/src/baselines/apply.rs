//! Batches of the log into rows.

use cqrs_es::Aggregate;
use domain::Fact;
use journal::Recorded;

use super::row::BaselineRow;
use crate::model::{OnPoison, Table};
use crate::single::Rows;

/// The read model `baselines`.
#[derive(Debug, Clone, Copy)]
pub struct Baselines;

impl Rows for Baselines {
    type Row = BaselineRow;

    const NAME: &'static str = "baselines";
    const VERSION: i32 = 1;
    const DDL: &'static str = include_str!("../../../migrations/read/views/baselines.v1.sql");
    const TABLES: &'static [Table] =
        &[Table { name: "baselines", key: &["baseline_id"], stream: Some("baseline_id") }];
    const TYPE: &'static str = domain::baseline::Baseline::TYPE;
    const ON_POISON: OnPoison = OnPoison::Park;
    const TOUCHED: &'static str = include_str!("sql/touched.sql");
    const WRITE: &'static str = include_str!("sql/write.sql");

    fn concerns(fact: &Fact) -> bool {
        matches!(fact, Fact::Baseline(..))
    }

    fn fold(row: Option<BaselineRow>, recorded: &Recorded) -> Option<BaselineRow> {
        match &recorded.fact {
            Fact::Baseline(id, event) => BaselineRow::fold(row, recorded, event, *id),
            _ => row,
        }
    }
}
