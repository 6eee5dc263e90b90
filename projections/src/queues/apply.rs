//! Batches of the log into rows.

use cqrs_es::Aggregate;
use domain::Fact;
use journal::Recorded;

use super::row::QueueRow;
use crate::model::{OnPoison, Table};
use crate::single::Rows;

/// The read model `queues`.
#[derive(Debug, Clone, Copy)]
pub struct Queues;

impl Rows for Queues {
    type Row = QueueRow;

    const NAME: &'static str = "queues";
    const VERSION: i32 = 1;
    const DDL: &'static str = include_str!("../../../migrations/read/views/queues.v1.sql");
    const TABLES: &'static [Table] =
        &[Table { name: "queues", key: &["queue_id"], stream: Some("queue_id") }];
    const TYPE: &'static str = domain::queue::Queue::TYPE;
    const ON_POISON: OnPoison = OnPoison::Park;
    const TOUCHED: &'static str = include_str!("sql/touched.sql");
    const WRITE: &'static str = include_str!("sql/write.sql");

    fn concerns(fact: &Fact) -> bool {
        matches!(fact, Fact::Queue(..))
    }

    fn fold(row: Option<QueueRow>, recorded: &Recorded) -> Option<QueueRow> {
        match &recorded.fact {
            Fact::Queue(id, event) => QueueRow::fold(row, &recorded.event, event, *id),
            _ => row,
        }
    }
}
