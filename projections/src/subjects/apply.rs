//! Batches of the log into rows.

use cqrs_es::Aggregate;
use domain::Fact;
use journal::Recorded;
use serde_json::{Value, json};

use super::row::SubjectRow;
use crate::model::{OnPoison, Table};
use crate::rows::line;
use crate::single::Rows;

/// The read model `subjects`.
#[derive(Debug, Clone, Copy)]
pub struct Subjects;

impl Rows for Subjects {
    type Row = SubjectRow;

    const NAME: &'static str = "subjects";
    const VERSION: i32 = 3;
    const DDL: &'static str = include_str!("../../../migrations/read/views/subjects.v4.sql");
    const TABLES: &'static [Table] =
        &[Table { name: "subjects", key: &["subject_id"], stream: Some("subject_id") }];
    const TYPE: &'static str = domain::subject::Subject::TYPE;
    const ON_POISON: OnPoison = OnPoison::Park;
    const TOUCHED: &'static str = include_str!("sql/touched.sql");
    const WRITE: &'static str = include_str!("sql/write.sql");

    fn concerns(fact: &Fact) -> bool {
        matches!(fact, Fact::Subject(..))
    }

    fn fold(row: Option<SubjectRow>, recorded: &Recorded) -> Option<SubjectRow> {
        match &recorded.fact {
            Fact::Subject(id, event) => SubjectRow::fold(row, &recorded.event, event, *id),
            _ => row,
        }
    }

    /// With what it is searched by, which no reader needs to see.
    fn to_stored(row: &SubjectRow) -> Value {
        let mut stored = json!(row);
        stored["searched"] = json!(line(&row.name));
        stored
    }
}
