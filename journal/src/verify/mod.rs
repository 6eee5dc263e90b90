//! Is the history what was recorded? Recomputes everything from `events`, trusts nothing of `log`.
//!
//! Runs over one connection whose transaction is a single snapshot. Whatever the database cannot
//! answer is an error, never "sound". Called by the replay tools.

mod marks;
mod reached;
mod streams;
#[cfg(test)]
mod tests;

use std::cell::RefCell;

use sqlx::postgres::PgRow;
use sqlx::{PgConnection, Row};

use crate::error::JournalError;
use crate::leaf::{Hash, LeafInput, leaf};
use crate::merkle::Frontier;
use crate::postgres::instant::Instant;
use crate::signer::SignError;
use crate::strict;

pub use marks::Marks;
pub use reached::{Reached, Step};

/// Rows a page: memory stays constant whatever the log's length.
const PAGE: i64 = 2_000;

/// What is not as it was recorded.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Tampering {
    /// A log number is missing, or there are more than the tree has.
    #[error("number {number} of the log is missing")]
    Missing {
        /// The number.
        number: i64,
    },
    /// The event behind a log number is gone.
    #[error("event {number} ({stream}) is gone")]
    Gone {
        /// Its number in the log.
        number: i64,
        /// Type, identity and sequence.
        stream: String,
    },
    /// The event is not the one that was sealed.
    #[error("event {number} ({stream}) was changed after it was sealed: {what}")]
    Changed {
        /// Its number in the log.
        number: i64,
        /// Type, identity and sequence.
        stream: String,
        /// What shows it.
        what: &'static str,
    },
    /// A file that goes along with the events is not as it was written.
    #[error("{file} was changed: {what}")]
    File {
        /// Its name.
        file: String,
        /// What shows it.
        what: &'static str,
    },
    /// The tree over all events does not have the recorded root.
    #[error("the tree of {size} events does not have the recorded root")]
    Root {
        /// Number of leaves.
        size: i64,
    },
    /// The beginning is not the one that was signed.
    #[error(
        "REWRITTEN: the first {size} events are not those that were signed; up to {sound} they are"
    )]
    Rewritten {
        /// So many events were signed when the beginning was still this one; 0 for never.
        sound: i64,
        /// So many were signed of another beginning.
        size: i64,
    },
    /// More was signed than there is: a backup was put back, or the end is gone.
    #[error("ROLLBACK from {from} to {to}: {from} events were signed, and there are {to}")]
    Rollback {
        /// What was signed.
        from: i64,
        /// What there is.
        to: i64,
    },
    /// A stream does not count 1, 2, 3…
    #[error("stream {stream} does not count from 1 without gaps")]
    Stream {
        /// Type and identity.
        stream: String,
    },
    /// An event was brought in behind the sequencer's back.
    #[error("event {stream} stands before the sealed end of the log, but not in it")]
    Smuggled {
        /// Type, identity and sequence.
        stream: String,
    },
}

impl Tampering {
    /// The `global_seq` of the event concerned, where there is one; of several, the first that can be.
    pub fn number(&self) -> Option<i64> {
        match self {
            Self::Missing { number } | Self::Gone { number, .. } | Self::Changed { number, .. } => {
                Some(*number)
            }
            Self::Rewritten { sound, .. } => Some(sound + 1),
            Self::Rollback { to, .. } => Some(to + 1),
            Self::File { .. } | Self::Root { .. } | Self::Stream { .. } | Self::Smuggled { .. } => {
                None
            }
        }
    }
}

/// The result over the whole log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogReport {
    /// Events verified.
    pub size: i64,
    /// Root of the tree over them, recomputed.
    pub root: Hash,
    /// The first thing found, if anything; events in log order before whole-log findings.
    pub tampering: Option<Tampering>,
    /// Events appended but not settled yet: not covered.
    pub unsettled: i64,
}

/// Verifies the log; `progress` hears how many events are done, of how many.
///
/// # Errors
/// The database does not answer.
pub async fn check(
    conn: &mut PgConnection,
    mut progress: impl FnMut(i64, i64),
) -> Result<LogReport, JournalError> {
    let step = |step: Step<'_>| progress(step.done, step.total);
    checked(conn, Frontier::default(), |_, _| Ok(None), step).await
}

/// Verifies the log, and that it continues everything that was signed of it.
///
/// # Errors
/// The database does not answer, or what was signed cannot be read or is not believed.
pub async fn check_signed(
    conn: &mut PgConnection,
    marks: &mut Marks,
    mut progress: impl FnMut(i64, i64),
) -> Result<LogReport, SignError> {
    let step = |step: Step<'_>| progress(step.done, step.total);
    check_from(conn, Some(marks), Reached::default(), step).await
}

/// Verifies the log from where an earlier run had come, which found all before it as it was recorded;
/// what was signed may be none. `step` hears how far it is, in a form to go on from.
///
/// # Errors
/// As above; what was reached is of another log, or other checkpoints were found up to there.
pub async fn check_from(
    conn: &mut PgConnection,
    marks: Option<&mut Marks>,
    reached: Reached,
    step: impl FnMut(Step<'_>),
) -> Result<LogReport, SignError> {
    let row = sqlx::query(include_str!("sql/sequencer.sql")).fetch_one(&mut *conn).await?;
    let origin: String = row.try_get("origin")?;
    let start = reached.frontier(&origin)?;
    let mut none = Marks::none();
    let marks = marks.unwrap_or(&mut none);
    marks.are_of(&origin)?;
    marks.pass(&reached)?;
    let marks = RefCell::new(marks);
    let also = |size, tree: &Frontier| marks.borrow_mut().differ(size, tree);
    let mut step = step;
    let step = |it: Step<'_>| {
        let seen = marks.borrow().seen();
        step(Step { seen, origin: &origin, ..it });
    };
    let mut report = checked(conn, start, also, step).await?;
    let marks = marks.into_inner();
    // What else is wrong with it says more than that its end is gone.
    if report.tampering.is_none() {
        report.tampering = marks.beyond(report.size)?;
    }
    Ok(report)
}

/// `also` looks at the tree after each event.
async fn checked<E: From<JournalError> + From<sqlx::Error>>(
    conn: &mut PgConnection,
    mut frontier: Frontier,
    mut also: impl FnMut(i64, &Frontier) -> Result<Option<Tampering>, E>,
    mut step: impl FnMut(Step<'_>),
) -> Result<LogReport, E> {
    let row = sqlx::query(include_str!("sql/sequencer.sql")).fetch_one(&mut *conn).await?;
    let origin: String = row.try_get("origin")?;
    let size: i64 = row.try_get("tree_size")?;
    let recorded: Vec<u8> = row.try_get("frontier")?;
    let mut tampering = None;
    let mut done = i64::try_from(frontier.size()).unwrap_or(i64::MAX);
    while tampering.is_none() {
        let rows = sqlx::query(include_str!("sql/page.sql"))
            .bind(done)
            .bind(PAGE)
            .fetch_all(&mut *conn)
            .await?;
        if rows.is_empty() {
            break;
        }
        for row in &rows {
            match sealed(&origin, done + 1, row)? {
                Ok(leaf) => {
                    frontier.push(leaf);
                    tampering = also(done + 1, &frontier)?;
                }
                Err(found) => tampering = Some(found),
            }
            if tampering.is_some() {
                break;
            }
            done += 1;
        }
        if tampering.is_none() {
            step(Step { done, total: size, tree: &frontier, origin: &origin, seen: [0; 32] });
        }
    }
    if tampering.is_none() {
        tampering = whole_log(conn, done, size, &frontier, &recorded).await?;
    }
    let unsettled = streams::unsettled(conn).await?;
    Ok(LogReport { size: done, root: frontier.root(), tampering, unsettled })
}

async fn whole_log(
    conn: &mut PgConnection,
    done: i64,
    size: i64,
    frontier: &Frontier,
    recorded: &[u8],
) -> Result<Option<Tampering>, JournalError> {
    if done != size {
        return Ok(Some(Tampering::Missing { number: done.min(size) + 1 }));
    }
    if let Some(found) = streams::smuggled(conn).await? {
        return Ok(Some(found));
    }
    if let Some(found) = streams::broken(conn).await? {
        return Ok(Some(found));
    }
    if frontier.to_bytes() != recorded {
        return Ok(Some(Tampering::Root { size }));
    }
    Ok(None)
}

/// The leaf of this row recomputed, when everything about it is as recorded.
pub(crate) fn sealed(
    origin: &str,
    number: i64,
    row: &PgRow,
) -> Result<Result<Hash, Tampering>, JournalError> {
    if row.try_get::<i64, _>("global_seq")? != number {
        return Ok(Err(Tampering::Missing { number }));
    }
    let stream = format!(
        "{}/{}/{}",
        row.try_get::<&str, _>("aggregate_type")?,
        row.try_get::<&str, _>("aggregate_id")?,
        row.try_get::<i64, _>("sequence")?
    );
    if row.try_get::<Option<&str>, _>("payload")?.is_none() {
        return Ok(Err(Tampering::Gone { number, stream }));
    }
    let changed = |what| Ok(Err(Tampering::Changed { number, stream: stream.clone(), what }));
    let (event, logged_at) =
        match (LeafInput::of(row), row.try_get::<Instant, _>("log_recorded_at")) {
            (Err(sqlx::Error::ColumnDecode { .. }), _) => return changed("it has no time"),
            (_, Err(sqlx::Error::ColumnDecode { .. })) => {
                return changed("its log row has no time");
            }
            (event, logged_at) => (event?, logged_at?.0),
        };
    let recomputed = leaf(origin, &event);
    if row.try_get::<&[u8], _>("leaf")? != recomputed {
        return changed("its leaf differs");
    }
    if row.try_get::<&str, _>("log_event_type")? != event.event_type
        || logged_at != event.recorded_at
    {
        return changed("its log row differs");
    }
    if strict::check(event.payload).is_err() || strict::check(event.metadata).is_err() {
        return changed("it is not strict JSON");
    }
    Ok(Ok(recomputed))
}
