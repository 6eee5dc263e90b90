//! Up to where tables may be made that will be live.

use journal::read::head_of;
use sqlx::PgConnection;

use super::marks::Marks;
use crate::error::ProjectionError;
use crate::model::ReadModel;
use crate::schema::{self, Lock, live};

/// The end of the log; not beyond the models that this one stays behind, where somebody keeps those,
/// but never short of what it has told. Where nobody keeps them, nobody is told anything.
pub(super) async fn goal(
    conn: &mut PgConnection,
    model: &dyn ReadModel,
) -> Result<i64, ProjectionError> {
    let head = head_of(conn).await?;
    let mut bound = head;
    for leader in model.behind() {
        if is_kept(conn, leader).await? {
            bound = bound.min(schema::applied_through(conn, &live(leader)).await?);
        }
    }
    if bound < head && schema::exists(conn, &live(model.name())).await? {
        bound = bound.max(Marks::of(conn, &live(model.name())).await?.most());
    }
    Ok(bound)
}

async fn is_kept(conn: &mut PgConnection, model: &str) -> Result<bool, ProjectionError> {
    let free = schema::try_lock(conn, Lock::Lease, model).await?;
    if free {
        schema::unlock(conn, Lock::Lease, model).await?;
    }
    Ok(!free)
}
