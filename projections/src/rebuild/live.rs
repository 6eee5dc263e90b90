//! What a rebuild replaces, and how it looks at one instant, without stopping anybody.

use journal::read::head_of;
use sqlx::postgres::PgRow;
use sqlx::{Connection, PgConnection, Row};

use super::goal::goal;
use super::marks::Marks;
use super::{Job, NONE};
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

/// The live tables as they are at one instant, in a snapshot that holds no transaction id: settling
/// goes on.
#[derive(Debug)]
pub(super) struct Picture {
    /// Up to where they are; where they cannot be compared, the end of the log.
    pub(super) marks: Marks,
    /// What is odd about them.
    pub(super) note: Option<String>,
    replaced: Replaced,
    /// Inside the snapshot.
    conn: PgConnection,
}

/// The digest of the live tables.
#[derive(Debug)]
pub(super) enum Before {
    Known(String),
    /// They are seen as they were, whatever comes: there is time for it while others fill.
    Seen(Picture),
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

impl Picture {
    /// Takes the snapshot, on a connection that is used for nothing else.
    pub(super) async fn take(
        mut conn: PgConnection,
        model: &dyn ReadModel,
        replaced: Replaced,
    ) -> Result<Self, ProjectionError> {
        schema::run(&mut conn, include_str!("sql/snapshot.sql")).await?;
        if replaced != Replaced::SameVersion {
            let through = goal(&mut conn, model).await?;
            return Ok(Self { marks: Marks::even(through), note: None, replaced, conn });
        }
        let head = head_of(&mut conn).await?;
        let marks = Marks::of(&mut conn, &live(model.name())).await?;
        let row = sqlx::query(include_str!("sql/halted.sql"))
            .bind(model.name())
            .fetch_optional(&mut conn)
            .await?;
        let note = row.as_ref().map(|row| odd(row, marks.least(), head)).transpose()?.flatten();
        Ok(Self { marks, note, replaced, conn })
    }

    /// The digest of the tables, `none` when they cannot be compared; the job's row has it, too.
    async fn digest(mut self, model: &dyn ReadModel, job: &Job) -> Result<String, ProjectionError> {
        let digest = match self.replaced {
            Replaced::SameVersion => {
                digest_of(&mut self.conn, &live(model.name()), model).await?.text
            }
            Replaced::Nothing | Replaced::OtherVersion => NONE.to_owned(),
        };
        schema::run(&mut self.conn, "rollback").await?;
        sqlx::query(include_str!("sql/jot_before.sql"))
            .bind(job.id)
            .bind(&digest)
            .execute(&mut self.conn)
            .await?;
        self.conn.close().await?;
        Ok(digest)
    }
}

impl Before {
    pub(super) async fn digest(
        self,
        model: &dyn ReadModel,
        job: &Job,
    ) -> Result<String, ProjectionError> {
        match self {
            Self::Known(digest) => Ok(digest),
            Self::Seen(picture) => picture.digest(model, job).await,
        }
    }
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
