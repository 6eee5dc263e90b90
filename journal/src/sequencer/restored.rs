//! After a dump was restored into another cluster.
//!
//! Transaction numbers begin again there, most often below those of the events and of the cursor:
//! nothing new would ever settle. So the first leader numbers whatever came along without a number,
//! and puts the cursor at the present fence. Until transaction numbers have caught up with those of
//! the former life, each read asks the log too whether an event has its number already.

use futures_util::TryStreamExt;
use sqlx::{PgConnection, Row};

use super::step::{BATCH, Leader};
use crate::error::JournalError;

/// Whether transaction numbers have fallen behind the events; the cluster's identity need not tell.
pub(super) async fn is_restored(conn: &mut PgConnection) -> Result<bool, JournalError> {
    let row = sqlx::query(include_str!("sql/is_restored.sql")).fetch_one(conn).await?;
    Ok(row.try_get("restored")?)
}

/// Numbers what lacks a number, and moves the cursor. The cursor stays until all is written: who
/// is killed here leaves the rest to the next leader, who finds the same state.
pub(super) async fn rebase(
    leader: &mut Leader,
    conn: &mut PgConnection,
) -> Result<(), JournalError> {
    tracing::warn!("this database was restored from another cluster; numbering goes on");
    loop {
        let mut entries = leader.entries();
        let mut fence = 0;
        let mut rows = sqlx::query(include_str!("sql/leftovers.sql")).bind(BATCH).fetch(&mut *conn);
        while let Some(row) = rows.try_next().await? {
            fence = row.try_get("fence")?;
            // None stands for the fence alone.
            if row.try_get::<Option<i64>, _>("position")?.is_some() {
                entries.push(leader.origin(), &row)?;
            }
        }
        drop(rows);
        let full = i64::try_from(entries.len()).is_ok_and(|count| count == BATCH);
        if leader.write(entries, leader.cursor(), conn).await?.is_none() {
            // Another one leads; the first step will show it.
            return Ok(());
        }
        if !full {
            return finish(leader, fence, conn).await;
        }
    }
}

async fn finish(
    leader: &mut Leader,
    fence: i64,
    conn: &mut PgConnection,
) -> Result<(), JournalError> {
    let row = sqlx::query(include_str!("sql/rebase.sql"))
        .bind(fence)
        .bind(leader.epoch())
        .bind(leader.head())
        .fetch_optional(conn)
        .await?;
    if let Some(row) = row {
        leader.rebased((fence, 0), row.try_get("former_xid")?);
    }
    Ok(())
}
