//! What commands ask before they decide, asked for many at once: streams, holders of keys, numbers.

use std::sync::Arc;

use sqlx::Row;
use sqlx::postgres::PgRow;
use uuid::Uuid;

use crate::error::JournalError;
use crate::postgres::hot::Connections;
use crate::sharing::Question;

/// The events of a stream after a version, as rows.
#[derive(Debug)]
pub(crate) struct Streams(pub(crate) Arc<Connections>);

/// Type, identity, version.
pub(crate) type After = (String, Uuid, i64);

impl Question for Streams {
    type Key = After;
    type Answer = Vec<PgRow>;
    type Error = JournalError;

    async fn ask(&self, keys: Vec<After>) -> Result<Vec<Vec<PgRow>>, JournalError> {
        let mut conn = self.0.lease().await?;
        if let [(aggregate_type, id, after)] = keys.as_slice() {
            let rows = sqlx::query(include_str!("sql/stream.sql"))
                .bind(aggregate_type)
                .bind(id.to_string())
                .bind(after)
                .fetch_all(&mut *conn)
                .await?;
            conn.keep();
            return Ok(vec![rows]);
        }
        let rows = sqlx::query(include_str!("sql/streams.sql"))
            .bind(keys.iter().map(|key| key.0.as_str()).collect::<Vec<_>>())
            .bind(keys.iter().map(|key| key.1.to_string()).collect::<Vec<_>>())
            .bind(keys.iter().map(|key| key.2).collect::<Vec<_>>())
            .fetch_all(&mut *conn)
            .await?;
        conn.keep();
        let mut streams: Vec<Vec<PgRow>> = keys.iter().map(|_| Vec::new()).collect();
        for row in rows {
            let nr: i64 = row.try_get("nr")?;
            if let Some(stream) = usize::try_from(nr - 1).ok().and_then(|nr| streams.get_mut(nr)) {
                stream.push(row);
            }
        }
        Ok(streams)
    }
}

/// The streams that hold keys.
#[derive(Debug)]
pub(crate) struct Holders(pub(crate) Arc<Connections>);

impl Question for Holders {
    /// Scope and key, as stored.
    type Key = Vec<(String, String)>;
    type Answer = Vec<Option<Uuid>>;
    type Error = JournalError;

    async fn ask(&self, keys: Vec<Self::Key>) -> Result<Vec<Vec<Option<Uuid>>>, JournalError> {
        let all = || keys.iter().flatten();
        let mut conn = self.0.lease().await?;
        let rows = sqlx::query(include_str!("sql/holders.sql"))
            .bind(all().map(|(scope, _)| scope.as_str()).collect::<Vec<_>>())
            .bind(all().map(|(_, key)| key.as_str()).collect::<Vec<_>>())
            .fetch_all(&mut *conn)
            .await?;
        conn.keep();
        let mut holders = vec![None; all().count()];
        for row in rows {
            let (nr, holder): (i64, String) = (row.try_get("nr")?, row.try_get("aggregate_id")?);
            if let Some(place) = usize::try_from(nr - 1).ok().and_then(|nr| holders.get_mut(nr)) {
                *place = holder.parse().ok();
            }
        }
        let mut holders = holders.into_iter();
        Ok(keys.iter().map(|asked| holders.by_ref().take(asked.len()).collect()).collect())
    }
}

/// Numbers for people.
#[derive(Debug)]
pub(crate) struct Numbers(pub(crate) Arc<Connections>);

impl Question for Numbers {
    type Key = ();
    type Answer = i64;
    type Error = JournalError;

    async fn ask(&self, keys: Vec<()>) -> Result<Vec<i64>, JournalError> {
        let mut conn = self.0.lease().await?;
        let rows = sqlx::query(include_str!("sql/next_ticket_numbers.sql"))
            .bind(i64::try_from(keys.len()).unwrap_or(i64::MAX))
            .fetch_all(&mut *conn)
            .await?;
        conn.keep();
        rows.iter().map(|row| Ok(row.try_get("number")?)).collect()
    }
}
