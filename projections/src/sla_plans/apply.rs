//! Batches of the log into rows.

use cqrs_es::Aggregate;
use domain::Fact;
use journal::Recorded;

use super::row::SlaPlanRow;
use crate::model::{OnPoison, Table};
use crate::single::Rows;

/// The read model `sla_plans`.
#[derive(Debug, Clone, Copy)]
pub struct SlaPlans;

impl Rows for SlaPlans {
    type Row = SlaPlanRow;

    const NAME: &'static str = "sla_plans";
    const VERSION: i32 = 1;
    const DDL: &'static str = include_str!("../../../migrations/read/views/sla_plans.v1.sql");
    const TABLES: &'static [Table] =
        &[Table { name: "sla_plans", key: &["sla_plan_id"], stream: Some("sla_plan_id") }];
    const TYPE: &'static str = domain::sla_plan::SlaPlan::TYPE;
    const ON_POISON: OnPoison = OnPoison::Park;
    const TOUCHED: &'static str = include_str!("sql/touched.sql");
    const WRITE: &'static str = include_str!("sql/write.sql");

    fn concerns(fact: &Fact) -> bool {
        matches!(fact, Fact::SlaPlan(..))
    }

    fn fold(row: Option<SlaPlanRow>, recorded: &Recorded) -> Option<SlaPlanRow> {
        match &recorded.fact {
            Fact::SlaPlan(id, event) => Some(SlaPlanRow::of(&recorded.event, event, *id)),
            _ => row,
        }
    }
}
