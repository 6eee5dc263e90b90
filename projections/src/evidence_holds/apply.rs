//! Batches of the log into rows.

use cqrs_es::Aggregate;
use domain::Fact;
use journal::Recorded;

use super::row::HoldRow;
use crate::model::{OnPoison, Table};
use crate::single::Rows;

/// The read model `evidence_holds`.
#[derive(Debug, Clone, Copy)]
pub struct EvidenceHolds;

impl Rows for EvidenceHolds {
    type Row = HoldRow;

    const NAME: &'static str = "evidence_holds";
    const VERSION: i32 = 1;
    const DDL: &'static str = include_str!("../../../migrations/read/views/evidence_holds.v1.sql");
    const TABLES: &'static [Table] =
        &[Table { name: "evidence_holds", key: &["hold_id"], stream: Some("hold_id") }];
    const TYPE: &'static str = domain::evidence_hold::EvidenceHold::TYPE;
    const ON_POISON: OnPoison = OnPoison::Park;
    const TOUCHED: &'static str = include_str!("sql/touched.sql");
    const WRITE: &'static str = include_str!("sql/write.sql");

    fn concerns(fact: &Fact) -> bool {
        matches!(fact, Fact::EvidenceHold(..))
    }

    fn fold(row: Option<HoldRow>, recorded: &Recorded) -> Option<HoldRow> {
        match &recorded.fact {
            Fact::EvidenceHold(id, event) => HoldRow::fold(row, recorded, event, *id),
            _ => row,
        }
    }
}
