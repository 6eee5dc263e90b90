//! Batches of the log into rows.

use cqrs_es::Aggregate;
use domain::Fact;
use journal::Recorded;

use super::row::MacroRow;
use crate::model::{OnPoison, Table};
use crate::single::Rows;

/// The read model `macros`.
#[derive(Debug, Clone, Copy)]
pub struct Macros;

impl Rows for Macros {
    type Row = MacroRow;

    const NAME: &'static str = "macros";
    const VERSION: i32 = 1;
    const DDL: &'static str = include_str!("../../../migrations/read/views/macros.v1.sql");
    const TABLES: &'static [Table] =
        &[Table { name: "macros", key: &["macro_id"], stream: Some("macro_id") }];
    const TYPE: &'static str = domain::macros::Macro::TYPE;
    const ON_POISON: OnPoison = OnPoison::Park;
    const TOUCHED: &'static str = include_str!("sql/touched.sql");
    const WRITE: &'static str = include_str!("sql/write.sql");

    fn concerns(fact: &Fact) -> bool {
        matches!(fact, Fact::Macro(..))
    }

    fn fold(row: Option<MacroRow>, recorded: &Recorded) -> Option<MacroRow> {
        match &recorded.fact {
            Fact::Macro(id, event) => MacroRow::fold(row, &recorded.event, event, *id),
            _ => row,
        }
    }
}
