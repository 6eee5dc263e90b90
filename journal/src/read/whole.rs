//! Whole streams, a range of identities at a time: for whoever folds many streams side by side.
//!
//! Settled events up to a number of the log alone. A stream that does not run 1, 2, 3… is an error,
//! never a short answer. Ranges can be read in any order, by several readers at once, and again.

use std::collections::BTreeSet;

use sqlx::postgres::PgRow;
use sqlx::{PgConnection, Row};

use super::StreamsError;
use super::event::{LogEntry, Recorded, StreamEvent, open_events, stored_event};
use super::log::entries_of;
use crate::error::JournalError;
use crate::seal::Keyring;
use crate::upcast::Upcasters;

/// Behind every identity.
pub const LAST: &str = "\u{10ffff}";

/// Streams of some types, by their identities.
#[derive(Debug, Clone, Copy)]
pub struct Range<'a> {
    /// The types.
    pub types: &'a [String],
    /// Starts behind this identity.
    pub after: &'a str,
    /// Ends with this one.
    pub up_to: &'a str,
    /// The numbers of events that are not to be read; they count all the same.
    pub except: &'a BTreeSet<i64>,
}

/// What a range holds.
#[derive(Debug)]
pub struct Whole {
    /// Its events, stream by stream, each in the order of the log.
    pub events: Vec<Recorded>,
    /// How many there are, with those that were not to be read.
    pub size: i64,
}

/// The types of all streams there are.
pub async fn types(conn: &mut PgConnection) -> Result<Vec<String>, JournalError> {
    let rows = sqlx::query(include_str!("sql/stream_types.sql")).fetch_all(conn).await?;
    Ok(rows.iter().map(|row| row.try_get("aggregate_type")).collect::<Result<_, _>>()?)
}

/// How many events up to a number streams of these types have.
pub async fn size(
    conn: &mut PgConnection,
    types: &[String],
    through: i64,
) -> Result<i64, JournalError> {
    let row = sqlx::query(include_str!("sql/whole_size.sql"))
        .bind(types)
        .bind(through)
        .fetch_one(conn)
        .await?;
    Ok(row.try_get("events")?)
}

/// Identities behind `after` that cut the streams of these types into `count` ranges of about
/// `size` events each; the last is [`LAST`] when there are no more.
pub async fn edges(
    conn: &mut PgConnection,
    types: &[String],
    after: &str,
    (size, count): (i64, i64),
) -> Result<Vec<String>, JournalError> {
    let rows = sqlx::query(include_str!("sql/whole_edges.sql"))
        .bind(types)
        .bind(after)
        .bind(size)
        .bind(size * count)
        .fetch_all(conn)
        .await?;
    let mut edges =
        rows.iter().map(|row| row.try_get("edge")).collect::<Result<Vec<String>, _>>()?;
    if i64::try_from(edges.len()).unwrap_or(i64::MAX) < count {
        edges.push(LAST.to_owned());
    }
    // A stream may be longer than a range.
    edges.dedup();
    Ok(edges)
}

/// The events of these streams that have a number up to `through`.
pub async fn whole(
    conn: &mut PgConnection,
    (keys, upcasters): (&Keyring, &Upcasters),
    range: Range<'_>,
    through: i64,
) -> Result<Whole, StreamsError> {
    let rows = rows(conn, range, through).await?;
    let read = to_read(&rows, range.except)?;
    let stored = read.iter().map(|row| stored_event(row)).collect::<Result<_, _>>()?;
    let opened = open_events(keys, upcasters, stored).await?;
    let recorded = |(row, event): (&PgRow, StreamEvent)| {
        Ok(Recorded { global_seq: row.try_get("global_seq")?, fact: event.fact()?, event })
    };
    let events = read.into_iter().zip(opened).map(recorded);
    Ok(Whole { events: events.collect::<Result<_, StreamsError>>()?, size: length(&rows) })
}

/// The same, where an event that cannot be read does not keep the others from being read; and how
/// many there are with those that were not to be read.
pub async fn entries(
    conn: &mut PgConnection,
    (keys, upcasters): (&Keyring, &Upcasters),
    range: Range<'_>,
    through: i64,
) -> Result<(Vec<LogEntry>, i64), StreamsError> {
    let rows = rows(conn, range, through).await?;
    let entries = entries_of(keys, upcasters, &to_read(&rows, range.except)?).await?;
    Ok((entries, length(&rows)))
}

async fn rows(
    conn: &mut PgConnection,
    range: Range<'_>,
    through: i64,
) -> Result<Vec<PgRow>, sqlx::Error> {
    sqlx::query(include_str!("sql/whole.sql"))
        .bind(range.types)
        .bind(range.after)
        .bind(range.up_to)
        .bind(through)
        .fetch_all(conn)
        .await
}

fn length(rows: &[PgRow]) -> i64 {
    i64::try_from(rows.len()).unwrap_or(i64::MAX)
}

/// In their order, once it is sure that none is missing.
fn to_read<'a>(rows: &'a [PgRow], except: &BTreeSet<i64>) -> Result<Vec<&'a PgRow>, StreamsError> {
    let mut read = Vec::with_capacity(rows.len());
    let mut run = Run::default();
    for row in in_order(rows)? {
        let stream = (row.try_get("aggregate_type")?, row.try_get("aggregate_id")?);
        let expected = run.next(stream);
        if row.try_get::<i64, _>("sequence")? != expected
            || row.try_get::<Option<&str>, _>("payload")?.is_none()
        {
            let stream = format!("{}/{}", stream.0, stream.1);
            return Err(StreamsError::Cut { stream, sequence: expected });
        }
        if !except.contains(&row.try_get("global_seq")?) {
            read.push(row);
        }
    }
    Ok(read)
}

/// By identity, each in the order of the log: sorted here, where it takes a fraction of what
/// the server needs for texts that begin alike.
fn in_order(rows: &[PgRow]) -> Result<Vec<&PgRow>, sqlx::Error> {
    let place = |row| Ok((place_of(row)?, row));
    let mut placed = rows.iter().map(place).collect::<Result<Vec<_>, sqlx::Error>>()?;
    placed.sort_unstable_by_key(|(place, _)| *place);
    Ok(placed.into_iter().map(|(_, row)| row).collect())
}

fn place_of(row: &PgRow) -> Result<(&str, i64), sqlx::Error> {
    Ok((row.try_get("aggregate_id")?, row.try_get("global_seq")?))
}

/// Counts within each stream of one identity; another identity begins anew.
#[derive(Debug, Default)]
struct Run<'a> {
    id: &'a str,
    /// By type, of which there are few.
    counts: Vec<(&'a str, i64)>,
}

impl<'a> Run<'a> {
    fn next(&mut self, (aggregate_type, id): (&'a str, &'a str)) -> i64 {
        if self.id != id {
            self.id = id;
            self.counts.clear();
        }
        match self.counts.iter_mut().find(|(of, _)| *of == aggregate_type) {
            Some((_, count)) => {
                *count += 1;
                *count
            }
            None => {
                self.counts.push((aggregate_type, 1));
                1
            }
        }
    }
}

/// The number of an event in the log; none when it has none.
pub async fn number_of(
    conn: &mut PgConnection,
    (aggregate_type, aggregate_id): (&str, &str),
    sequence: i64,
) -> Result<Option<i64>, JournalError> {
    let row = sqlx::query(include_str!("sql/number_of.sql"))
        .bind(aggregate_type)
        .bind(aggregate_id)
        .bind(sequence)
        .fetch_optional(conn)
        .await?;
    Ok(row.map(|row| row.try_get("global_seq")).transpose()?)
}
