//! Batches of the log into rows.

use cqrs_es::Aggregate;
use domain::Fact;
use journal::Recorded;

use super::row::TemplateRow;
use crate::model::{OnPoison, Table};
use crate::single::Rows;

/// The read model `templates`.
#[derive(Debug, Clone, Copy)]
pub struct Templates;

impl Rows for Templates {
    type Row = TemplateRow;

    const NAME: &'static str = "templates";
    const VERSION: i32 = 1;
    const DDL: &'static str = include_str!("../../../migrations/read/views/templates.v1.sql");
    const TABLES: &'static [Table] =
        &[Table { name: "templates", key: &["template_id"], stream: Some("template_id") }];
    const TYPE: &'static str = domain::template::Template::TYPE;
    const ON_POISON: OnPoison = OnPoison::Park;
    const TOUCHED: &'static str = include_str!("sql/touched.sql");
    const WRITE: &'static str = include_str!("sql/write.sql");

    fn concerns(fact: &Fact) -> bool {
        matches!(fact, Fact::Template(..))
    }

    fn fold(row: Option<TemplateRow>, recorded: &Recorded) -> Option<TemplateRow> {
        match &recorded.fact {
            Fact::Template(id, event) => TemplateRow::fold(row, &recorded.event, event, *id),
            _ => row,
        }
    }
}
