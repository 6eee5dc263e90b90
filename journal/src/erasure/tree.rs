//! The log's tree, as a certificate names it.

use sqlx::Row;

use crate::error::JournalError;
use crate::hex::hex;
use crate::journal::Journal;
use crate::merkle::Frontier;

/// How many events the settled log has, and the root of its tree, in hex.
pub async fn tree(journal: &Journal) -> Result<(i64, String), JournalError> {
    let row = sqlx::query(include_str!("sql/tree.sql")).fetch_one(journal.pool()).await?;
    let (size, stored): (i64, Vec<u8>) = (row.try_get("tree_size")?, row.try_get("frontier")?);
    let frontier = Frontier::from_bytes(size.unsigned_abs(), &stored)
        .map_err(|fault| sqlx::Error::Decode(fault.into()))?;
    Ok((size, hex(&frontier.root())))
}
