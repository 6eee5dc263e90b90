//! Queries: a page, a count, single items, at any time. One statement each.

use domain::kernel::CiId;
use sqlx::{PgPool, QueryBuilder, Row};
use uuid::Uuid;

use super::at::At;
use super::columns::{COLUMNS, decode, one};
use super::condition;
use super::cursor::{Cursor, list_of};
use super::filter::CiFilter;
use super::order::{CiOrder, Direction};
use super::row::CiRow;
use super::statement;
use crate::error::ReadError;
use crate::read::page_size;

/// What a page is asked by.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CiQuery {
    /// When.
    pub at: At,
    /// Which of them.
    pub filter: Option<CiFilter>,
    /// Which of those, by the words of their names, each a part, whatever their case.
    pub search: Option<String>,
    /// In which order; by name when nothing is said. The item's id always decides last.
    pub order: Vec<(CiOrder, Direction)>,
    /// How many, 1 to 100; brought within these bounds.
    pub first: i64,
    /// Behind which one.
    pub after: Option<Cursor>,
}

/// Rows with their places, and whether there are more.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// In order.
    pub rows: Vec<(Cursor, CiRow)>,
    /// Whether the list goes on.
    pub has_next: bool,
}

/// A page of the list; the cursor must come from the same time, filter and order.
///
/// # Errors
/// A cursor of another list; a filter or order of what cannot be compared; the database.
pub async fn page(pool: &PgPool, query: &CiQuery) -> Result<Page, ReadError> {
    let list = list_of(query);
    let by_name = [(CiOrder::Name, Direction::Asc)];
    let order: &[_] = if query.order.is_empty() { &by_name } else { &query.order };
    let types: Vec<_> = order.iter().map(|(order, _)| order.key_type()).collect();
    let place = query.after.as_ref().map(|cursor| cursor.place(list, &types)).transpose()?;
    let mut sql = QueryBuilder::new("");
    statement::push_page(&mut sql, query, order, place.as_ref())?;
    // Planned for its values each time: a plan for any values suits neither the rare nor the common.
    let found = sql.build().persistent(false).fetch_all(pool).await?;
    let size = usize::try_from(page_size(query.first)).unwrap_or(usize::MAX);
    let rows: Result<Vec<_>, ReadError> = found
        .iter()
        .take(size)
        .map(|row| {
            let keys: Vec<String> = row.try_get("keys")?;
            let item = one(row)?;
            Ok((Cursor::of(list, keys, item.ci_id.0), item))
        })
        .collect();
    Ok(Page { rows: rows?, has_next: found.len() > size })
}

/// How many items of that time the filter and the search let pass.
///
/// # Errors
/// A filter of what cannot be compared; the database.
pub async fn count(
    pool: &PgPool,
    at: At,
    filter: Option<&CiFilter>,
    search: Option<&str>,
) -> Result<i64, ReadError> {
    let mut sql = QueryBuilder::new(" select count(*) as count from ");
    at.push_items(&mut sql);
    if let Some(filter) = filter {
        sql.push(" and ");
        condition::push(&mut sql, filter)?;
    }
    search.into_iter().for_each(|search| condition::push_search(&mut sql, search));
    Ok(sql.build().persistent(false).fetch_one(pool).await?.try_get("count")?)
}

/// These items as they were then, in no order; none for those that were not registered yet.
///
/// # Errors
/// The database.
pub async fn by_ids(pool: &PgPool, ids: &[CiId], at: At) -> Result<Vec<CiRow>, ReadError> {
    let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let mut sql = QueryBuilder::new("");
    sql.push(" select ").push(COLUMNS).push(" from cis c where c.ci_id = any(").push_bind(ids);
    sql.push(") and ");
    at.push_is(&mut sql, "c");
    decode(&sql.build().fetch_all(pool).await?)
}
