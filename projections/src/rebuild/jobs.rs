//! The jobs: asked for, cancelled, resumed, looked at. From anywhere; whoever works on one hears of
//! it within a second.

use sqlx::{PgConnection, PgPool, Row};
use uuid::Uuid;

use super::tally::Counts;
use super::{Begin, Job, Order, WORKERS_MAX};
use crate::error::{ProjectionError, ReadError};
use crate::model::ReadModel;
use crate::schema::Lock;

/// Asks for a rebuild, which a server begins within a second; none: one is under way.
pub async fn request(
    pool: &PgPool,
    model: &dyn ReadModel,
    workers: usize,
    requested_by: &str,
) -> Result<Option<Job>, ReadError> {
    let row = sqlx::query(include_str!("sql/request.sql"))
        .bind(model.name())
        .bind(model.version())
        .bind(stored(workers))
        .bind(requested_by)
        .fetch_optional(pool)
        .await?;
    Ok(row.as_ref().map(Job::of).transpose()?)
}

/// Asks the model's rebuild to stop, or gives up one that nobody works on; none: none is under way.
pub async fn cancel(pool: &PgPool, model: &str) -> Result<Option<Job>, ReadError> {
    let row = sqlx::query(include_str!("sql/cancel.sql"))
        .bind(model)
        .bind(Lock::Rebuild as i32)
        .fetch_optional(pool)
        .await?;
    Ok(row.as_ref().map(Job::of).transpose()?)
}

/// Asks a server to go on with the model's last rebuild, which was cancelled or failed; none: there
/// is none such.
pub async fn resume(pool: &PgPool, model: &str) -> Result<Option<Job>, ReadError> {
    let row = sqlx::query(include_str!("sql/resume.sql")).bind(model).fetch_optional(pool).await?;
    Ok(row.as_ref().map(Job::of).transpose()?)
}

/// The job of this identity.
pub async fn by_id(pool: &PgPool, id: Uuid) -> Result<Option<Job>, ReadError> {
    let row = sqlx::query(include_str!("sql/job.sql")).bind(id).fetch_optional(pool).await?;
    Ok(row.as_ref().map(Job::of).transpose()?)
}

/// The newest jobs, of one model or of all.
pub async fn newest(pool: &PgPool, model: Option<&str>, first: i64) -> Result<Vec<Job>, ReadError> {
    let rows =
        sqlx::query(include_str!("sql/newest.sql")).bind(model).bind(first).fetch_all(pool).await?;
    Ok(rows.iter().map(Job::of).collect::<Result<_, _>>()?)
}

/// Jobs that somebody wants and nobody works on, the oldest first.
pub async fn due(conn: &mut PgConnection) -> Result<Vec<Job>, ReadError> {
    sqlx::query(include_str!("sql/orphans.sql"))
        .bind(Lock::Rebuild as i32)
        .execute(&mut *conn)
        .await?;
    let rows =
        sqlx::query(include_str!("sql/due.sql")).bind(Lock::Rebuild as i32).fetch_all(conn).await?;
    Ok(rows.iter().map(Job::of).collect::<Result<_, _>>()?)
}

/// The job to work on. The caller has the lock, so that nobody else works on the model.
pub(super) async fn begin(
    conn: &mut PgConnection,
    model: &dyn ReadModel,
    order: &Order,
) -> Result<Job, ProjectionError> {
    let id = match order.begin {
        Begin::Job(id) => Some(id),
        Begin::Resume => {
            let row = sqlx::query(include_str!("sql/resumable.sql"))
                .bind(model.name())
                .fetch_optional(&mut *conn)
                .await?
                .ok_or(ProjectionError::NothingToResume(model.name()))?;
            Some(row.try_get("id")?)
        }
        Begin::Anew => None,
    };
    let row = match id {
        Some(id) => {
            let claim = sqlx::query(include_str!("sql/claim.sql"))
                .bind(id)
                .bind(model.name())
                .bind(order.begin == Begin::Resume);
            claim.fetch_optional(conn).await?
        }
        None => {
            sqlx::query(include_str!("sql/give_up.sql"))
                .bind(model.name())
                .execute(&mut *conn)
                .await?;
            sqlx::query(include_str!("sql/begin.sql"))
                .bind(model.name())
                .bind(model.version())
                .bind(stored(order.workers))
                .bind(&order.requested_by)
                .fetch_optional(conn)
                .await?
        }
    };
    // Cancelled in the meantime, or asked for by somebody else.
    let row = row.ok_or(ProjectionError::Busy(model.name()))?;
    Ok(Job::of(&row)?)
}

/// Notes how a job ended. One that may go on by itself stays as it is.
pub(super) async fn end(
    conn: &mut PgConnection,
    job: &Job,
    counts: &Counts,
    error: &ProjectionError,
) -> Result<(), sqlx::Error> {
    let state = match error {
        ProjectionError::Cancelled(_) => "CANCELLED",
        error if error.is_transient() => "RUNNING",
        _ => "FAILED",
    };
    let sentence = (state != "CANCELLED").then(|| error.to_string());
    let done = sqlx::query(include_str!("sql/end.sql"))
        .bind(job.id)
        .bind(state)
        .bind(sentence)
        .bind(&counts.filled_to)
        .bind(counts.done)
        .bind(counts.total)
        .execute(conn)
        .await;
    match done {
        // The connection may be what failed; then the row says that it runs, and somebody goes on.
        Err(_) if state == "RUNNING" => Ok(()),
        done => done.map(|_| ()),
    }
}

fn stored(workers: usize) -> i16 {
    i16::try_from(workers.clamp(1, WORKERS_MAX)).unwrap_or(1)
}
