//! Decisions about dead letters, carried out at once.

use journal::Journal;
use sqlx::postgres::PgConnectOptions;
use sqlx::{Connection, PgConnection, Row};
use strum::Display;

use super::letter::{self, DeadLetter, Resolution};
use super::park::Waiting;
use super::stream::{Stream, Stuck};
use crate::error::ProjectionError;
use crate::model::{ReadModel, Step};
use crate::read_models;
use crate::schema::live;
use crate::session;
use crate::slots;

/// Carries decisions out; cheap to clone. `options` log in.
#[derive(Debug, Clone)]
pub struct DeadLetters {
    journal: Journal,
    options: PgConnectOptions,
}

/// What is to become of a dead letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Display)]
#[strum(serialize_all = "snake_case")]
pub enum Decision {
    /// Try the event again, and those behind it.
    Retry,
    /// Make the stream's rows anew from its whole history.
    Resolve,
    /// Leave the event out of this view for good, and apply those behind it.
    Discard,
}

/// Who decides, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct By {
    /// A person's identity, or the name of a tool.
    pub who: String,
    /// The reason given.
    pub reason: Option<String>,
}

/// What became of a decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decided {
    /// It is settled; the stream waits no more.
    Settled(DeadLetter),
    /// It is settled, but a later event cannot be applied: the stream waits there.
    Further {
        /// What was decided about.
        settled: Box<DeadLetter>,
        /// Where it waits now.
        next: Box<DeadLetter>,
    },
    /// It failed again: nothing has changed but the number of attempts.
    Failed(DeadLetter),
    /// Somebody has settled it before.
    Before(DeadLetter),
    /// There is none of this number.
    Unknown,
}

impl DeadLetters {
    /// For this journal's views.
    pub fn new(journal: Journal, options: PgConnectOptions) -> Self {
        Self { journal, options }
    }

    /// Decides, and does it. Whoever keeps the view goes on by itself; where nobody does, it is done
    /// all the same.
    ///
    /// # Errors
    /// The view is being written or rebuilt for longer than 3 seconds, or is of another version; the
    /// database. Nothing was done then.
    pub async fn decide(
        &self,
        id: i64,
        decision: Decision,
        by: &By,
    ) -> Result<Decided, ProjectionError> {
        let mut read = session::open(&self.options, "read").await?;
        let found = letter::by_id(&mut read, id).await?;
        let Some(found) = found else { return Ok(Decided::Unknown) };
        let models = read_models();
        let model = models.iter().find(|model| model.name() == found.projection);
        let Some(model) = model else { return Ok(Decided::Unknown) };
        let mut conn = session::open(&self.options, &live(model.name())).await?;
        let decided = self.carry_out(&mut conn, model.as_ref(), (id, decision), by).await?;
        conn.close().await?;
        let told = match decided {
            Done::Settled(None) => Decided::Settled(again(&mut read, id).await?),
            Done::Settled(Some(next)) => Decided::Further {
                settled: Box::new(again(&mut read, id).await?),
                next: Box::new(again(&mut read, next).await?),
            },
            Done::Failed => Decided::Failed(again(&mut read, id).await?),
            Done::Before => Decided::Before(again(&mut read, id).await?),
        };
        read.close().await?;
        tracing::info!(letter = id, %decision, by = by.who, "a dead letter was decided about");
        Ok(told)
    }

    async fn carry_out(
        &self,
        conn: &mut PgConnection,
        model: &dyn ReadModel,
        (id, decision): (i64, Decision),
        by: &By,
    ) -> Result<Done, ProjectionError> {
        let mut transaction = conn.begin().await?;
        sqlx::query(include_str!("sql/patience.sql")).execute(&mut *transaction).await?;
        let rows = slots::raise(&mut transaction, model).await?;
        // Only now: whoever decided before has written.
        let found = again(&mut transaction, id).await?;
        if found.settled.is_some() {
            return Ok(Done::Before);
        }
        let of = u8::try_from(rows.len()).unwrap_or(u8::MAX);
        let number = usize::from(slots::of(&found.aggregate_id, of));
        let slot = rows.get(number).ok_or(ProjectionError::Unprepared(model.name()))?;
        let at = slot.applied_through;
        let stream = Stream {
            journal: &self.journal,
            model,
            letter: &found,
            waiting: Waiting::load(&mut transaction, model.name()).await?,
            step: Step { from: at, to: at, epoch: slot.epoch, fresh: false },
        };
        let stuck = attempt(&mut transaction, &stream, decision).await?;
        match stuck {
            Some(stuck)
                if decision == Decision::Resolve || stuck.global_seq <= found.global_seq =>
            {
                transaction.rollback().await?;
                note_failure(conn, id, &stuck).await?;
                Ok(Done::Failed)
            }
            stuck => {
                settle(&mut transaction, id, decision, by).await?;
                let next = match stuck {
                    Some(stuck) => Some(park_again(&mut transaction, &found, &stuck).await?),
                    None => None,
                };
                transaction.commit().await?;
                Ok(Done::Settled(next))
            }
        }
    }
}

/// What a transaction came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Done {
    /// With the number of where the stream waits now, if it does.
    Settled(Option<i64>),
    Failed,
    Before,
}

async fn attempt(
    conn: &mut PgConnection,
    stream: &Stream<'_>,
    decision: Decision,
) -> Result<Option<Stuck>, ProjectionError> {
    let poison = stream.letter.global_seq;
    match decision {
        Decision::Retry => {
            let entries = stream.events(conn, poison).await?;
            stream.apply(conn, entries).await
        }
        Decision::Discard => {
            let entries = stream.events(conn, poison + 1).await?;
            stream.apply(conn, entries).await
        }
        Decision::Resolve => {
            let entries = stream.events(conn, 1).await?;
            stream.anew(conn, entries).await
        }
    }
}

async fn settle(
    conn: &mut PgConnection,
    id: i64,
    decision: Decision,
    by: &By,
) -> Result<(), sqlx::Error> {
    let how: &'static str = match decision {
        Decision::Retry => Resolution::Retried,
        Decision::Resolve => Resolution::Resolved,
        Decision::Discard => Resolution::Discarded,
    }
    .into();
    sqlx::query(include_str!("sql/settle.sql"))
        .bind(id)
        .bind(how)
        .bind(&by.who)
        .bind(&by.reason)
        .execute(conn)
        .await?;
    Ok(())
}

async fn note_failure(conn: &mut PgConnection, id: i64, stuck: &Stuck) -> Result<(), sqlx::Error> {
    sqlx::query(include_str!("sql/note_failure.sql"))
        .bind(id)
        .bind(&stuck.error)
        .execute(conn)
        .await?;
    Ok(())
}

async fn park_again(
    conn: &mut PgConnection,
    found: &DeadLetter,
    stuck: &Stuck,
) -> Result<i64, sqlx::Error> {
    sqlx::query(include_str!("sql/park_again.sql"))
        .bind(&found.projection)
        .bind(found.version)
        .bind(&found.aggregate_type)
        .bind(&found.aggregate_id)
        .bind(stuck.global_seq)
        .bind(&stuck.error)
        .fetch_one(conn)
        .await?
        .try_get("dead_letter_id")
}

/// One that was there a moment ago: none is ever deleted.
async fn again(conn: &mut PgConnection, id: i64) -> Result<DeadLetter, sqlx::Error> {
    letter::by_id(conn, id).await?.ok_or(sqlx::Error::RowNotFound)
}
