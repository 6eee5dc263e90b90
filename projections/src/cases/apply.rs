//! Batches of the log into rows.

use cqrs_es::Aggregate;
use domain::Fact;
use journal::Recorded;
use serde_json::Value;

use super::row::CaseRow;
use crate::model::{OnPoison, Table};
use crate::single::Rows;

/// The read model `cases`.
#[derive(Debug, Clone, Copy)]
pub struct Cases;

impl Rows for Cases {
    type Row = CaseRow;

    const NAME: &'static str = "cases";
    const VERSION: i32 = 1;
    const DDL: &'static str = include_str!("../../../migrations/read/views/cases.v1.sql");
    const TABLES: &'static [Table] =
        &[Table { name: "cases", key: &["ticket_id"], stream: Some("ticket_id") }];
    const TYPE: &'static str = domain::ticket::Ticket::TYPE;
    const ON_POISON: OnPoison = OnPoison::Park;
    const BEHIND: &'static [&'static str] = crate::tickets::SEEN_BY;
    const TOUCHED: &'static str = include_str!("sql/touched.sql");
    const WRITE: &'static str = include_str!("sql/write.sql");

    fn concerns(fact: &Fact) -> bool {
        matches!(fact, Fact::Ticket(..))
    }

    fn fold(row: Option<CaseRow>, recorded: &Recorded) -> Option<CaseRow> {
        match &recorded.fact {
            Fact::Ticket(id, event) => CaseRow::fold(row, &recorded.event, event, *id),
            _ => row,
        }
    }

    fn to_stored(row: &CaseRow) -> Value {
        row.to_stored()
    }
}
