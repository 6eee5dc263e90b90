//! Which event it was: a rebuild halts at one that cannot be applied, and names it.

use journal::read::{StreamsError, whole};
use journal::{JournalError, Recorded};
use sqlx::PgConnection;

use crate::error::ProjectionError;
use crate::model::{ReadModel, Step};

/// The error of reading, with the number of the event that could not be read.
pub(super) async fn unreadable(conn: &mut PgConnection, error: ProjectionError) -> ProjectionError {
    let stream = match &error {
        ProjectionError::Journal(JournalError::Undecodable {
            aggregate_type,
            aggregate_id,
            sequence,
            ..
        })
        | ProjectionError::Streams(StreamsError::Journal(JournalError::Undecodable {
            aggregate_type,
            aggregate_id,
            sequence,
            ..
        })) => Some((aggregate_type.clone(), aggregate_id.clone(), *sequence)),
        _ => None,
    };
    let Some((kind, id, sequence)) = stream else { return error };
    if error.is_transient() {
        return error;
    }
    match whole::number_of(conn, (&kind, &id), sequence).await {
        Ok(Some(number)) => named(number, error),
        // The error says which stream it was.
        Ok(None) | Err(_) => error,
    }
}

/// The error of applying whole streams, with the number of the event that could not be applied.
/// Writing the others again is harmless.
pub(super) async fn in_streams(
    conn: &mut PgConnection,
    model: &dyn ReadModel,
    batch: &[Recorded],
    (step, error): (Step, ProjectionError),
) -> ProjectionError {
    if error.is_transient() {
        return error;
    }
    for stream in batch.chunk_by(|one, next| one.event.aggregate_id == next.event.aggregate_id) {
        if model.apply(conn, stream, step).await.is_ok() {
            continue;
        }
        let beginnings = (1..=stream.len()).map(|length| (&stream[..length], step));
        if let Some(error) = first_fault(conn, model, beginnings).await {
            return error;
        }
    }
    error
}

/// The error of applying a part of the log, with the number of the event that could not be applied.
/// Those before it are applied.
pub(super) async fn in_log(
    conn: &mut PgConnection,
    model: &dyn ReadModel,
    batch: &[Recorded],
    (step, error): (Step, ProjectionError),
) -> ProjectionError {
    if error.is_transient() {
        return error;
    }
    let mut from = step.from;
    let events = batch.iter().map(|recorded| {
        let to = recorded.global_seq;
        let one = Step { from, to, ..step };
        from = to;
        (std::slice::from_ref(recorded), one)
    });
    first_fault(conn, model, events).await.unwrap_or(error)
}

/// The error of the first part that cannot be applied, with the number of its last event.
async fn first_fault<'a>(
    conn: &mut PgConnection,
    model: &dyn ReadModel,
    parts: impl Iterator<Item = (&'a [Recorded], Step)>,
) -> Option<ProjectionError> {
    for (part, step) in parts {
        if let Err(error) = model.apply(conn, part, step).await {
            return part.last().map(|recorded| named(recorded.global_seq, error));
        }
    }
    None
}

fn named(number: i64, error: ProjectionError) -> ProjectionError {
    if error.is_transient() {
        return error;
    }
    ProjectionError::Poison { number, cause: Box::new(error) }
}
