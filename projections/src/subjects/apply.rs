//! Batches of the log into rows.

use domain::Fact;
use journal::Recorded;

use super::row::SubjectRow;
use crate::model::Table;
use crate::single::Rows;

/// The read model `subjects`.
#[derive(Debug, Clone, Copy)]
pub struct Subjects;

impl Rows for Subjects {
    type Row = SubjectRow;

    const NAME: &'static str = "subjects";
    const VERSION: i32 = 2;
    const DDL: &'static str = include_str!("../../../migrations/read/views/subjects.v2.sql");
    const TABLES: &'static [Table] = &[Table { name: "subjects", key: &["subject_id"] }];
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
}
