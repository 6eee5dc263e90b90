//! The condition that a ticket `t` has the words searched for. Values are always parameters.

use sqlx::{Postgres, QueryBuilder};

use crate::read::{containing, storable};
use crate::rows::line;

/// Words of a search that count.
const WORDS: usize = 10;

/// Adds: each of the words is part of the ticket's texts, or of what staff say among themselves if
/// the reader may know that.
pub(crate) fn push(sql: &mut QueryBuilder<'static, Postgres>, text: &str, internal: bool) {
    let text = line(text);
    if !storable(&text) {
        sql.push("false");
        return;
    }
    if text.is_empty() {
        sql.push("true");
        return;
    }
    sql.push("exists (select 1 from ticket_texts x where x.ticket_id = t.ticket_id");
    for word in text.split(' ').take(WORDS) {
        sql.push(" and (x.public_text like ").push_bind(containing(word));
        if internal {
            sql.push(" or x.internal_text like ").push_bind(containing(word));
        }
        sql.push(")");
    }
    sql.push(")");
}
