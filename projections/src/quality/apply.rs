//! Batches of the log into rows.

use cqrs_es::Aggregate;
use domain::Fact;
use journal::Recorded;

use super::row::QualityRow;
use crate::model::{OnPoison, Table};
use crate::single::Rows;

/// The read model `quality`.
#[derive(Debug, Clone, Copy)]
pub struct Quality;

impl Rows for Quality {
    type Row = QualityRow;

    const NAME: &'static str = "quality";
    const VERSION: i32 = 1;
    const DDL: &'static str = include_str!("../../../migrations/read/views/quality.v1.sql");
    const TABLES: &'static [Table] =
        &[Table { name: "quality", key: &["ticket_id"], stream: Some("ticket_id") }];
    const TYPE: &'static str = domain::ticket_quality::TicketQuality::TYPE;
    const ON_POISON: OnPoison = OnPoison::Park;
    const BEHIND: &'static [&'static str] = crate::tickets::SEEN_BY;
    const TOUCHED: &'static str = include_str!("sql/touched.sql");
    const WRITE: &'static str = include_str!("sql/write.sql");

    fn concerns(fact: &Fact) -> bool {
        matches!(fact, Fact::TicketQuality(..))
    }

    fn fold(row: Option<QualityRow>, recorded: &Recorded) -> Option<QualityRow> {
        match &recorded.fact {
            Fact::TicketQuality(id, event) => {
                Some(QualityRow::fold(row, &recorded.event, event, *id))
            }
            _ => row,
        }
    }
}
