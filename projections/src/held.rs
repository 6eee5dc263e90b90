//! What a model's live tables hold: for whoever compares them with the log.

use journal::read::LogEntry;
use sqlx::{PgConnection, Row};

use crate::dead_letters::Waiting;
use crate::model::ReadModel;
use crate::schema::{live, within};
use crate::slots;

/// How far each slot is, and which streams wait.
#[derive(Debug)]
pub(crate) struct Held {
    slots: Vec<i64>,
    waiting: Waiting,
}

impl Held {
    /// All up to this place: for tables that are made as of it.
    pub(crate) fn up_to(through: i64) -> Self {
        Self { slots: vec![through], waiting: Waiting::default() }
    }

    /// As the connection sees it, in one statement each: in a snapshot both fit.
    pub(crate) async fn read(
        conn: &mut PgConnection,
        model: &dyn ReadModel,
    ) -> Result<Self, sqlx::Error> {
        let sql = within(&live(model.name()), include_str!("sql/slots.sql"));
        let rows = sqlx::query(&sql).fetch_all(&mut *conn).await?;
        let slots = rows.iter().map(|row| row.try_get("applied_through"));
        Ok(Self {
            slots: slots.collect::<Result<_, _>>()?,
            waiting: Waiting::load(conn, model.name()).await?,
        })
    }

    /// The last event that can be in them.
    pub(crate) fn through(&self) -> i64 {
        self.slots.iter().copied().max().unwrap_or(0)
    }

    /// Whether the event of the model's streams is in them.
    pub(crate) fn has(&self, entry: &LogEntry) -> bool {
        let of = u8::try_from(self.slots.len()).unwrap_or(u8::MAX);
        let slot = usize::from(slots::of(&entry.aggregate_id, of));
        self.slots.get(slot).is_some_and(|through| entry.global_seq <= *through)
            && !self.waiting.holds(entry)
    }
}
