//! Queries: a page of a list as of a moment, and how many there were.

use std::collections::BTreeMap;

use domain::kernel::TicketId;
use journal::Journal;
use sqlx::postgres::PgArguments;
use sqlx::{Arguments, PgConnection, PgPool, Postgres, QueryBuilder, Row};
use uuid::Uuid;

use crate::almanac::Almanac;
use crate::error::{ProjectionError, ReadError};
use crate::read::page_size;
use crate::tickets::past::{self, Asked};
use crate::tickets::{Cursor, Page, TicketFilter, TicketQuery, TicketRow, Until, then_all};

/// A page of the list as it was behind this event of the log, its rows folded from their events. Who
/// may see it is the caller's to say: the reader's own view, which is one of now, is not asked; nor is
/// what stands beside the ticket.
///
/// # Errors
/// The filter asks for what is known as of now alone, or the cursor is another list's; an event this
/// version cannot read; the database.
pub async fn page(
    conn: &mut PgConnection,
    from: (&Journal, &Almanac),
    query: &TicketQuery,
    through: i64,
) -> Result<Page<TicketRow>, ProjectionError> {
    let asked = Asked::of(query, through)?;
    let mut sql = start(include_str!("sql/page.sql"), through)?;
    past::push_which(&mut sql, query.filter.as_ref())?;
    asked.push(&mut sql);
    let found = sql.build().persistent(false).fetch_all(&mut *conn).await?;
    let ids = found.iter().map(|row| Ok(TicketId(row.try_get::<Uuid, _>("ticket_id")?)));
    let mut ids = ids.collect::<Result<Vec<_>, sqlx::Error>>()?;
    let size = usize::try_from(page_size(query.first)).unwrap_or(usize::MAX);
    let has_next = ids.len() > size;
    ids.truncate(size);
    let mut rows: BTreeMap<TicketId, TicketRow> =
        then_all(conn, from, &ids, Until::Number(through)).await?;
    let rows = ids.iter().filter_map(|id| rows.remove(id));
    let rows: Vec<(Cursor, TicketRow)> = rows.map(|row| (asked.cursor(&row), row)).collect();
    Ok(Page { rows, has_next })
}

/// How many tickets the filter let pass then.
///
/// # Errors
/// As above.
pub async fn count(
    pool: &PgPool,
    filter: Option<&TicketFilter>,
    through: i64,
) -> Result<i64, ReadError> {
    let mut sql = start(include_str!("sql/count.sql"), through)?;
    past::push_which(&mut sql, filter)?;
    Ok(sql.build().persistent(false).fetch_one(pool).await?.try_get("count")?)
}

fn start(list: &'static str, through: i64) -> Result<QueryBuilder<'static, Postgres>, ReadError> {
    let mut arguments = PgArguments::default();
    arguments.add(through).map_err(sqlx::Error::Encode)?;
    Ok(QueryBuilder::with_arguments(list, arguments))
}
