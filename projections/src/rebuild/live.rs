//! What a rebuild replaces, and how it looks at one instant, without stopping anybody.

use journal::read::head_of;
use sqlx::postgres::PgRow;
use sqlx::{Connection, PgConnection, Row};

use super::NONE;
use super::marks::Marks;
use crate::digest::digest_of;
use crate::error::ProjectionError;
use crate::model::ReadModel;
use crate::schema::{self, live};

/// What there is to replace.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Replaced {
    Nothing,
    OtherVersion,
    SameVersion,
}

/// The live tables as they were at one instant.
#[derive(Debug)]
pub(super) struct Picture {
    /// Up to where they were; where they cannot be compared, the end of the log.
    pub(super) marks: Marks,
    /// Of the tables; `none` when they cannot be compared.
    pub(super) digest: String,
    /// What was odd about them.
    pub(super) note: Option<String>,
}

impl Replaced {
    pub(super) async fn find(
        conn: &mut PgConnection,
        model: &dyn ReadModel,
    ) -> Result<Self, ProjectionError> {
        if !schema::exists(conn, &live(model.name())).await? {
            return Ok(Self::Nothing);
        }
        let version = schema::version(conn, model.name()).await?;
        Ok(if version == Some(model.version()) { Self::SameVersion } else { Self::OtherVersion })
    }
}

/// Looks at the live tables in one snapshot, which holds no transaction id: settling goes on.
pub(super) async fn picture(
    conn: &mut PgConnection,
    model: &dyn ReadModel,
    replaced: Replaced,
) -> Result<Picture, ProjectionError> {
    if replaced != Replaced::SameVersion {
        let marks = Marks::even(head_of(conn).await?);
        return Ok(Picture { marks, digest: NONE.to_owned(), note: None });
    }
    let mut snapshot = conn.begin().await?;
    schema::run(&mut snapshot, include_str!("sql/snapshot.sql")).await?;
    let marks = Marks::of(&mut snapshot, &live(model.name())).await?;
    let row = sqlx::query(include_str!("sql/halted.sql"))
        .bind(model.name())
        .fetch_optional(&mut *snapshot)
        .await?;
    let (through, head) = (marks.least(), head_of(&mut snapshot).await?);
    let note = row.as_ref().map(|row| odd(row, through, head)).transpose()?.flatten();
    let digest = digest_of(&mut snapshot, &live(model.name()), model).await?.text;
    snapshot.rollback().await?;
    Ok(Picture { marks, digest, note })
}

/// Why the live tables cannot tell what the log does.
fn odd(row: &PgRow, through: i64, head: i64) -> Result<Option<String>, sqlx::Error> {
    let halted: Option<String> = row.try_get("last_error")?;
    let parked: i64 = row.try_get("parked")?;
    let halted =
        halted.map(|why| format!("the live tables had halted at {through} of {head}: {why}"));
    let parked = (parked > 0).then(|| format!("of the live tables streams were parked: {parked}"));
    let notes: Vec<String> = halted.into_iter().chain(parked).collect();
    Ok((!notes.is_empty()).then(|| notes.join("; ")))
}
