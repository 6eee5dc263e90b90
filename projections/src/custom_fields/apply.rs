//! Batches of the log into rows.

use cqrs_es::Aggregate;
use domain::Fact;
use journal::Recorded;

use super::row::CustomFieldRow;
use crate::model::{OnPoison, Table};
use crate::single::Rows;

/// The read model `custom_fields`.
#[derive(Debug, Clone, Copy)]
pub struct CustomFields;

impl Rows for CustomFields {
    type Row = CustomFieldRow;

    const NAME: &'static str = "custom_fields";
    const VERSION: i32 = 1;
    const DDL: &'static str = include_str!("../../../migrations/read/views/custom_fields.v1.sql");
    const TABLES: &'static [Table] =
        &[Table { name: "custom_fields", key: &["field_id"], stream: Some("field_id") }];
    const TYPE: &'static str = domain::custom_field::CustomField::TYPE;
    const ON_POISON: OnPoison = OnPoison::Park;
    const TOUCHED: &'static str = include_str!("sql/touched.sql");
    const WRITE: &'static str = include_str!("sql/write.sql");

    fn concerns(fact: &Fact) -> bool {
        matches!(fact, Fact::CustomField(..))
    }

    fn fold(row: Option<CustomFieldRow>, recorded: &Recorded) -> Option<CustomFieldRow> {
        match &recorded.fact {
            Fact::CustomField(id, event) => CustomFieldRow::fold(row, &recorded.event, event, *id),
            _ => row,
        }
    }
}
