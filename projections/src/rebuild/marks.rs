//! Up to where tables are, when their slots may stand at different numbers of the log.

use journal::Recorded;
use sqlx::{PgConnection, Row};

use crate::schema::within;
use crate::slots;

/// The last event of each slot, by its number; never empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Marks(Vec<i64>);

impl Marks {
    /// One for all.
    pub(super) fn even(through: i64) -> Self {
        Self(vec![through])
    }

    /// As a job has them; none when it has none.
    pub(super) fn stored(marks: Option<Vec<i64>>) -> Option<Self> {
        marks.filter(|marks| !marks.is_empty()).map(Self)
    }

    /// As the schema's tables have them.
    pub(super) async fn of(conn: &mut PgConnection, schema: &str) -> Result<Self, sqlx::Error> {
        let sql = within(schema, include_str!("sql/marks.sql"));
        Ok(Self(sqlx::query(&sql).fetch_one(conn).await?.try_get("marks")?))
    }

    /// By slot.
    pub(super) fn as_slice(&self) -> &[i64] {
        &self.0
    }

    /// All slots have everything up to here.
    pub(super) fn least(&self) -> i64 {
        self.0.iter().copied().min().unwrap_or(0)
    }

    /// No slot has anything behind this.
    pub(super) fn most(&self) -> i64 {
        self.0.iter().copied().max().unwrap_or(0)
    }

    /// Whether the tables have the event.
    pub(super) fn have(&self, recorded: &Recorded) -> bool {
        if recorded.global_seq <= self.least() {
            return true;
        }
        let slots = u8::try_from(self.0.len()).unwrap_or(u8::MAX);
        let slot = usize::from(slots::of(&recorded.event.aggregate_id, slots));
        self.0.get(slot).is_some_and(|through| recorded.global_seq <= *through)
    }
}
