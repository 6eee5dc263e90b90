//! Batches of the log into rows.

use cqrs_es::Aggregate;
use domain::Fact;
use journal::Recorded;

use super::row::RecurrenceRow;
use crate::model::{OnPoison, Table};
use crate::single::Rows;

/// The read model `recurrences`.
#[derive(Debug, Clone, Copy)]
pub struct Recurrences;

impl Rows for Recurrences {
    type Row = RecurrenceRow;

    const NAME: &'static str = "recurrences";
    const VERSION: i32 = 1;
    const DDL: &'static str = include_str!("../../../migrations/read/views/recurrences.v1.sql");
    const TABLES: &'static [Table] =
        &[Table { name: "recurrences", key: &["recurrence_id"], stream: Some("recurrence_id") }];
    const TYPE: &'static str = domain::recurrence::Recurrence::TYPE;
    const ON_POISON: OnPoison = OnPoison::Park;
    const TOUCHED: &'static str = include_str!("sql/touched.sql");
    const WRITE: &'static str = include_str!("sql/write.sql");

    fn concerns(fact: &Fact) -> bool {
        matches!(fact, Fact::Recurrence(..))
    }

    fn fold(row: Option<RecurrenceRow>, recorded: &Recorded) -> Option<RecurrenceRow> {
        match &recorded.fact {
            Fact::Recurrence(id, event) => RecurrenceRow::fold(row, &recorded.event, event, *id),
            _ => row,
        }
    }
}
