//! Queries: a page, a count, single tickets. One statement each.

use domain::kernel::TicketId;
use sqlx::{PgPool, Postgres, QueryBuilder, Row};
use uuid::Uuid;

use super::columns::{decode, push_select};
use super::condition;
use super::cursor::{Cursor, list_of};
use super::filter::{Search, TicketFilter};
use super::long::Long;
use super::order::{Direction, TicketOrder};
use super::row::TicketRow;
use super::scope::{self, Scope};
use super::{standing, statement};
use crate::error::ReadError;
use crate::read::{page_size, storable};
use crate::search;

/// What a page is asked by.
#[derive(Debug, Clone, PartialEq)]
pub struct TicketQuery {
    /// What the reader may see.
    pub scope: Scope,
    /// Which of them.
    pub filter: Option<TicketFilter>,
    /// Which of those, by their words.
    pub search: Option<Search>,
    /// In which order; the newest first when nothing is said. The ticket's id always decides last.
    pub order: Vec<(TicketOrder, Direction)>,
    /// How many, 1 to 100; brought within these bounds.
    pub first: i64,
    /// Behind which one.
    pub after: Option<Cursor>,
}

/// Rows with their places, and whether there are more.
#[derive(Debug, Clone, PartialEq)]
pub struct Page<T> {
    /// In order.
    pub rows: Vec<(Cursor, T)>,
    /// Whether the list goes on.
    pub has_next: bool,
}

/// A page of the list; the cursor must come from the same scope, filter and order. What was learned of
/// the lists is kept in `long`.
pub async fn page(
    pool: &PgPool,
    long: &Long,
    query: &TicketQuery,
) -> Result<Page<TicketRow>, ReadError> {
    let list = list_of(query);
    let newest = [(TicketOrder::CreatedAt, Direction::Desc)];
    let order: &[_] = if query.order.is_empty() { &newest } else { &query.order };
    let orders: Vec<TicketOrder> = order.iter().map(|(order, _)| *order).collect();
    let place = query.after.as_ref().map(|cursor| cursor.place(list, &orders)).transpose()?;
    let mut sql = QueryBuilder::new("");
    let total = if long.has(list) { None } else { Some(long.total(pool).await?) };
    statement::push_page(&mut sql, query, order, (place.as_ref(), total))?;
    // Planned for its values each time: a plan for any values suits neither the new nor the busy.
    let found = sql.build().persistent(false).fetch_all(pool).await?;
    // Where it is not said, nobody looked whether the list is short.
    if let Some(first) = found.first()
        && first.try_column("walked").is_ok()
        && first.try_get("walked")?
    {
        long.note(list);
    }
    let mut rows = decode(&found)?;
    let size = usize::try_from(page_size(query.first)).unwrap_or(usize::MAX);
    let has_next = rows.len() > size;
    rows.truncate(size);
    let rows = rows.into_iter().map(|row| (Cursor::of(&row, list, &orders), row)).collect();
    Ok(Page { rows, has_next })
}

/// How many tickets the filter and the search let pass.
pub async fn count(
    pool: &PgPool,
    scope: &Scope,
    filter: Option<&TicketFilter>,
    search: Option<&Search>,
) -> Result<i64, ReadError> {
    let mut sql = QueryBuilder::new(include_str!("sql/sum.sql"));
    sql.push(" + ");
    push_count(&mut sql, scope, filter, search)?;
    sql.push(" as count");
    Ok(sql.build().persistent(false).fetch_one(pool).await?.try_get("count")?)
}

/// A ticket, if the reader may see it.
pub async fn by_id(
    pool: &PgPool,
    id: TicketId,
    scope: &Scope,
) -> Result<Option<TicketRow>, ReadError> {
    Ok(by_ids(pool, &[id], scope).await?.pop())
}

/// Those of these tickets that the reader may see, in no order.
pub async fn by_ids(
    pool: &PgPool,
    ids: &[TicketId],
    scope: &Scope,
) -> Result<Vec<TicketRow>, ReadError> {
    let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let mut sql = start(scope);
    sql.push(" and t.ticket_id = any(").push_bind(ids).push(")");
    decode(&sql.build().fetch_all(pool).await?)
}

/// A ticket by its number for people, if the reader may see it.
pub async fn by_number(
    pool: &PgPool,
    number: &str,
    scope: &Scope,
) -> Result<Option<TicketRow>, ReadError> {
    if !storable(number) {
        return Ok(None);
    }
    let mut sql = start(scope);
    sql.push(" and t.number = ").push_bind(number.to_owned());
    sql.push(" order by t.created_at, t.ticket_id limit 1");
    Ok(decode(&sql.build().fetch_all(pool).await?)?.pop())
}

fn start(scope: &Scope) -> QueryBuilder<'static, Postgres> {
    let mut sql = QueryBuilder::default();
    push_select(&mut sql);
    sql.push(" from tickets t where ");
    scope::push_aside(&mut sql, scope);
    scope::push_known(&mut sql, scope);
    sql
}

/// Adds how many tickets are meant. Where nothing waits, it is known of each who sees it, and that is
/// found out once: asked of a ticket by its id, no index would answer without a look at the table.
pub(super) fn push_count(
    sql: &mut QueryBuilder<'static, Postgres>,
    scope: &Scope,
    filter: Option<&TicketFilter>,
    search: Option<&Search>,
) -> Result<(), ReadError> {
    sql.push("((").push(include_str!("sql/count.sql")).push(" where ");
    scope::push(sql, scope);
    push_asked(sql, (filter, &[]), search, false)?;
    if matches!(scope, Scope::Part(_)) {
        let waits = include_str!("sql/waits.sql");
        sql.push(" and not (").push(waits).push(")) + (");
        sql.push(include_str!("sql/count.sql")).push(" where (").push(waits).push(") and ");
        push_which(sql, scope, filter, search)?;
    }
    sql.push("))");
    Ok(())
}

/// Adds which tickets `t` are meant.
pub(super) fn push_which(
    sql: &mut QueryBuilder<'static, Postgres>,
    scope: &Scope,
    filter: Option<&TicketFilter>,
    search: Option<&Search>,
) -> Result<(), ReadError> {
    scope::push(sql, scope);
    scope::push_known(sql, scope);
    push_asked(sql, (filter, &[]), search, false)
}

/// Adds which of the tickets `t` that the reader sees are asked for, but for parts of the filter that
/// are said already; `aside` where no index is to serve the filter.
pub(super) fn push_asked(
    sql: &mut QueryBuilder<'static, Postgres>,
    (filter, said): (Option<&TicketFilter>, &[usize]),
    search: Option<&Search>,
    aside: bool,
) -> Result<(), ReadError> {
    if let Some(filter) = filter {
        for (nr, part) in filter.parts().iter().enumerate() {
            if !said.contains(&nr) && !standing::says(filter, part) {
                sql.push(" and ");
                condition::push(sql, part)?;
                sql.push(if aside { " is true" } else { "" });
            }
        }
        standing::push(sql, Some(filter));
    }
    if let Some(search) = search {
        sql.push(" and ");
        search::read::push(sql, &search.text, search.internal);
    }
    Ok(())
}
