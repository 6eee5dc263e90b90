//! Batches of the log into rows.

use cqrs_es::Aggregate;
use domain::Fact;
use journal::Recorded;
use serde_json::{Value, json};

use super::row::PersonRow;
use crate::model::{OnPoison, Table};
use crate::rows::line;
use crate::single::Rows;

/// The read model `people`.
#[derive(Debug, Clone, Copy)]
pub struct People;

impl Rows for People {
    type Row = PersonRow;

    const NAME: &'static str = "people";
    const VERSION: i32 = 3;
    const DDL: &'static str = include_str!("../../../migrations/read/views/people.v3.sql");
    const TABLES: &'static [Table] =
        &[Table { name: "people", key: &["person_id"], stream: Some("person_id") }];
    const TYPE: &'static str = domain::person::Person::TYPE;
    const ON_POISON: OnPoison = OnPoison::Halt;
    const TOUCHED: &'static str = include_str!("sql/touched.sql");
    const WRITE: &'static str = include_str!("sql/write.sql");

    fn concerns(fact: &Fact) -> bool {
        matches!(fact, Fact::Person(..))
    }

    fn fold(row: Option<PersonRow>, recorded: &Recorded) -> Option<PersonRow> {
        match &recorded.fact {
            Fact::Person(id, event) => PersonRow::fold(row, &recorded.event, event, *id),
            _ => row,
        }
    }

    /// With what people are searched by, which no reader needs to see.
    fn to_stored(row: &PersonRow) -> Value {
        let texts = [Some(&row.name), Some(&row.login), row.email.as_ref(), row.phone.as_ref()];
        let lines: Vec<String> = texts.into_iter().flatten().map(|text| line(text)).collect();
        let mut stored = json!(row);
        stored["searched"] = json!(lines.join("\n"));
        stored
    }
}
