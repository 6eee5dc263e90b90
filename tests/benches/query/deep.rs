//! A place ten thousand pages further. Turning so many pages would take an hour; a cursor says which
//! row it stands at, so that one can be made from the first page's and that row.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use sqlx::{PgConnection, Row};

use crate::Fault;

/// Pages of fifty.
pub(super) const PAGES: i64 = 10_000;

/// The row so many pages further in the director's list, and its cursor.
pub(super) struct Far {
    pub(super) cursor: String,
    /// The same page by hand.
    pub(super) raw: String,
    /// How far it is.
    pub(super) pages: i64,
}

/// `size` tickets there are; half of them are skipped when that is less than ten thousand pages.
pub(super) async fn far(conn: &mut PgConnection, near: &str, size: u64) -> Result<Far, Fault> {
    let pages = PAGES.min(i64::try_from(size)? / 100).max(1);
    let row = sqlx::query(
        "select ticket_id::text as id, to_jsonb(created_at) as at from view_tickets.tickets \
         order by created_at desc, ticket_id desc offset $1 limit 1",
    )
    .bind(pages * 50 - 1)
    .fetch_one(conn)
    .await?;
    let (id, at): (String, Value) = (row.try_get("id")?, row.try_get("at")?);
    let mut place: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(near)?)?;
    place["keys"] = json!([{ "time": at }]);
    place["id"] = json!(id);
    let at = at.as_str().unwrap_or_default();
    let raw = format!(
        "select t.* from view_tickets.tickets t \
         where (t.created_at, t.ticket_id) < ('{at}', '{id}') \
         order by t.created_at desc, t.ticket_id desc limit 51;"
    );
    Ok(Far { cursor: URL_SAFE_NO_PAD.encode(place.to_string()), raw, pages })
}
