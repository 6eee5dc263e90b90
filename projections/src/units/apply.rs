//! Batches of the log into rows.

use cqrs_es::Aggregate;
use domain::Fact;
use journal::Recorded;
use serde_json::{Value, json};

use super::row::UnitRow;
use crate::model::{OnPoison, Table};
use crate::rows::line;
use crate::single::Rows;

/// The read model `units`.
#[derive(Debug, Clone, Copy)]
pub struct Units;

impl Rows for Units {
    type Row = UnitRow;

    const NAME: &'static str = "units";
    const VERSION: i32 = 4;
    const DDL: &'static str = include_str!("../../../migrations/read/views/units.v4.sql");
    const TABLES: &'static [Table] =
        &[Table { name: "units", key: &["unit_id"], stream: Some("unit_id") }];
    const TYPE: &'static str = domain::unit::Unit::TYPE;
    const ON_POISON: OnPoison = OnPoison::Halt;
    const TOUCHED: &'static str = include_str!("sql/touched.sql");
    const WRITE: &'static str = include_str!("sql/write.sql");

    fn concerns(fact: &Fact) -> bool {
        matches!(fact, Fact::Unit(..))
    }

    fn fold(row: Option<UnitRow>, recorded: &Recorded) -> Option<UnitRow> {
        match &recorded.fact {
            Fact::Unit(id, event) => UnitRow::fold(row, &recorded.event, event, *id),
            _ => row,
        }
    }

    /// With what it is searched by, which no reader needs to see.
    fn to_stored(row: &UnitRow) -> Value {
        let mut stored = json!(row);
        stored["searched"] = json!(line(&row.name));
        stored
    }
}
