//! What the models' queries share.

use serde::de::DeserializeOwned;
use serde_json::Value;
use sqlx::Row;
use sqlx::postgres::PgRow;

use crate::error::ReadError;

/// The most rows a query answers: a page of 100, and one that tells whether there is a next page.
pub(crate) const PAGE_MAX: i64 = 101;

/// Decodes rows whose column `stored` is the whole row as JSON.
pub(crate) fn decode<T: DeserializeOwned>(
    table: &'static str,
    rows: &[PgRow],
) -> Result<Vec<T>, ReadError> {
    rows.iter()
        .map(|row| {
            let stored: Value = row.try_get("stored")?;
            serde_json::from_value(stored).map_err(|_| ReadError::Row(table))
        })
        .collect()
}

/// A page's size within its bounds.
pub(crate) fn page_size(first: i64) -> i64 {
    first.clamp(1, PAGE_MAX)
}

/// Whether Postgres could hold the text at all; what it cannot hold, it does not contain.
pub(crate) fn storable(text: &str) -> bool {
    !text.contains('\0')
}

/// A text to be found anywhere, as a LIKE pattern.
pub(crate) fn containing(text: &str) -> String {
    let mut pattern = String::with_capacity(text.len() + 2);
    pattern.push('%');
    for c in text.chars() {
        if matches!(c, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern.push('%');
    pattern
}
