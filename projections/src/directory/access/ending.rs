//! What is open when somebody leaves, or a subject's access ends: never behind, like all that is kept here.

use domain::access::model::AccessSubject;
use domain::kernel::{AccessRequestId, GrantId, SubjectAccessId};
use sqlx::{PgPool, Row};
use uuid::Uuid;

use crate::error::ReadError;

/// What somebody leaves behind.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LeftBehind {
    /// Requests for them that are open.
    pub asked: Vec<AccessRequestId>,
    /// Open requests at which they may have a seat.
    pub seats: Vec<AccessRequestId>,
    /// What they have lent, by whose it is now.
    pub lent: Vec<(SubjectAccessId, GrantId)>,
}

/// Of a subject; so many of each at most.
pub(in crate::directory) async fn left_behind(
    pool: &PgPool,
    subject: AccessSubject,
    most: i64,
) -> Result<LeftBehind, ReadError> {
    let rows = sqlx::query(include_str!("../sql/left_behind.sql"))
        .bind(subject.to_string())
        .bind(subject.person().map(|person| person.to_string()))
        .bind(most)
        .fetch_all(pool)
        .await?;
    let mut left = LeftBehind::default();
    for row in &rows {
        let stream: Uuid = row.try_get("stream_id")?;
        match row.try_get("what")? {
            "asked" => left.asked.push(AccessRequestId(stream)),
            "seat" => left.seats.push(AccessRequestId(stream)),
            _ => {
                let grant: &str = row.try_get("grant_id")?;
                let grant = grant.parse().map_err(|_| ReadError::Row("directory_holdings"))?;
                left.lent.push((SubjectAccessId(stream), GrantId(grant)));
            }
        }
    }
    Ok(left)
}
