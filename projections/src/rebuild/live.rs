//! What a rebuild replaces, and how it looks at one instant, without stopping anybody.

use std::time::Duration;

use journal::read::head_of;
use sqlx::{Connection, PgConnection, Row};
use tokio::time::sleep;

use super::NONE;
use crate::digest::digest_of;
use crate::error::ProjectionError;
use crate::model::ReadModel;
use crate::schema::{self, live, within};

/// How often the live tables are looked at until all their slots stand at one number.
const LOOKS: u32 = 100;
/// How long between two looks.
const PAUSE: Duration = Duration::from_millis(50);

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
    pub(super) boundary: i64,
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
        let boundary = head_of(conn).await?;
        return Ok(Picture { boundary, digest: NONE.to_owned(), note: None });
    }
    for _ in 0..LOOKS {
        if let Some(picture) = look(conn, model).await? {
            return Ok(picture);
        }
        sleep(PAUSE).await;
    }
    let note = Some("its slots never stood at one number: nothing could be compared".to_owned());
    Ok(Picture { boundary: head_of(conn).await?, digest: NONE.to_owned(), note })
}

/// None: its slots stand at different numbers, so that the tables are those of no number.
async fn look(
    conn: &mut PgConnection,
    model: &dyn ReadModel,
) -> Result<Option<Picture>, ProjectionError> {
    let mut snapshot = conn.begin().await?;
    schema::run(&mut snapshot, include_str!("sql/snapshot.sql")).await?;
    let schema = live(model.name());
    let sql = within(&schema, include_str!("sql/standing.sql"));
    let row = sqlx::query(&sql).bind(model.name()).fetch_one(&mut *snapshot).await?;
    let (least, most): (i64, i64) = (row.try_get("least")?, row.try_get("most")?);
    if least != most {
        return Ok(None);
    }
    let halted: Option<String> = row.try_get("last_error")?;
    let head = head_of(&mut snapshot).await?;
    let note = halted.map(|why| format!("the live tables had halted at {least} of {head}: {why}"));
    let digest = digest_of(&mut snapshot, &schema, model).await?.text;
    snapshot.rollback().await?;
    Ok(Some(Picture { boundary: least, digest, note }))
}
