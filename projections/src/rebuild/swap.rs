//! The swap: names change within one transaction, so that a reader finds the one or the other.

use sqlx::PgConnection;

use super::RebuildReport;
use super::live::Replaced;
use crate::dead_letters;
use crate::error::ProjectionError;
use crate::model::ReadModel;
use crate::schema::{self, live, next, old, within};

/// What becomes of the tables that are replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Keep {
    /// They stay as the old ones, to go back to.
    Old,
    /// The caller drops them.
    Nothing,
}

/// Puts the new tables in the live ones' place, in the caller's transaction, which has made sure
/// that nobody writes. Whether the replaced ones can be gone back to; the caller drops them
/// otherwise. Those that lack events of parked streams cannot: nobody would know any more.
pub(super) async fn swap(
    conn: &mut PgConnection,
    model: &dyn ReadModel,
    (replaced, keep): (Replaced, Keep),
) -> Result<bool, ProjectionError> {
    let lacking = dead_letters::settle_rebuilt(&mut *conn, model.name()).await?;
    let kept = replaced != Replaced::Nothing && keep == Keep::Old && lacking == 0;
    if replaced != Replaced::Nothing {
        rename(conn, include_str!("sql/retire.sql"), model).await?;
    }
    rename(conn, include_str!("sql/promote.sql"), model).await?;
    sqlx::query(include_str!("sql/enter_swapped.sql"))
        .bind(model.name())
        .bind(model.version())
        .bind(kept)
        .execute(&mut *conn)
        .await?;
    // The new tables have every event, also the one at which the replaced ones had halted.
    sqlx::query(include_str!("../runner/sql/clear_error.sql"))
        .bind(model.name())
        .execute(conn)
        .await?;
    Ok(kept)
}

/// Notes that the job is done, in the same transaction.
pub(super) async fn done(
    conn: &mut PgConnection,
    report: &RebuildReport,
) -> Result<(), sqlx::Error> {
    sqlx::query(include_str!("sql/done.sql"))
        .bind(report.job)
        .bind(report.events)
        .bind(report.rows)
        .bind(&report.digest_before)
        .bind(&report.digest_after)
        .execute(conn)
        .await?;
    Ok(())
}

/// Puts the names of the model's schemas into statements, and runs them.
pub(super) async fn rename(
    conn: &mut PgConnection,
    sql: &str,
    model: &dyn ReadModel,
) -> Result<(), sqlx::Error> {
    let sql = within(&live(model.name()), sql)
        .replace("{next}", &next(model.name()))
        .replace("{old}", &old(model.name()));
    schema::run(conn, &sql).await
}
