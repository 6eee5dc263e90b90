//! Batches of the log into rows.

use cqrs_es::Aggregate;
use domain::Fact;
use journal::Recorded;

use super::row::CalendarRow;
use crate::model::{OnPoison, Table};
use crate::single::Rows;

/// The read model `calendars`.
#[derive(Debug, Clone, Copy)]
pub struct Calendars;

impl Rows for Calendars {
    type Row = CalendarRow;

    const NAME: &'static str = "calendars";
    const VERSION: i32 = 1;
    const DDL: &'static str = include_str!("../../../migrations/read/views/calendars.v1.sql");
    const TABLES: &'static [Table] =
        &[Table { name: "calendars", key: &["calendar_id"], stream: Some("calendar_id") }];
    const TYPE: &'static str = domain::calendar::Calendar::TYPE;
    const ON_POISON: OnPoison = OnPoison::Park;
    const TOUCHED: &'static str = include_str!("sql/touched.sql");
    const WRITE: &'static str = include_str!("sql/write.sql");

    fn concerns(fact: &Fact) -> bool {
        matches!(fact, Fact::Calendar(..))
    }

    fn fold(row: Option<CalendarRow>, recorded: &Recorded) -> Option<CalendarRow> {
        match &recorded.fact {
            Fact::Calendar(id, event) => Some(CalendarRow::of(&recorded.event, event, *id)),
            _ => row,
        }
    }
}
