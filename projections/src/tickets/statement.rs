//! The statement of a page: the list's tickets looked up where they are few, else a walk in the list's
//! order from where an index can begin. One of its parts runs, each is no longer than the page.

use sqlx::{Postgres, QueryBuilder};

use super::cursor::Place;
use super::keyset::Behind;
use super::narrow::{Narrow, narrows};
use super::order::{Direction, TicketOrder, last_direction};
use super::read::{TicketQuery, push_asked};
use super::{scope, standing};
use crate::error::ReadError;
use crate::read::page_size;

type Sql = QueryBuilder<'static, Postgres>;

/// Begins each part.
const PART: &str = include_str!("sql/part.sql");

/// What a page is made from.
struct Asked<'q> {
    query: &'q TicketQuery,
    order: &'q [(TicketOrder, Direction)],
    behind: Option<Behind<'q>>,
    narrows: Vec<Narrow>,
    limit: i64,
}

/// Adds the page of the list behind the place, and one row more.
pub(super) fn push_page(
    sql: &mut Sql,
    query: &TicketQuery,
    order: &[(TicketOrder, Direction)],
    place: Option<&Place>,
) -> Result<(), ReadError> {
    let filter = query.filter.as_ref();
    let asked = Asked {
        query,
        order,
        behind: place.map(|place| Behind::of(order, place, standing::open(filter))),
        narrows: narrows(&query.scope, filter, order)?,
        limit: page_size(query.first) + 1,
    };
    for (nr, narrow) in asked.narrows.iter().enumerate() {
        narrow.push(sql, nr, filter);
    }
    sql.push(" select to_jsonb(t) as stored from (");
    for nr in 0..asked.narrows.len() {
        asked.push_few(sql, nr)?;
        sql.push(" union all ");
    }
    // The ranges do not overlap, the nearest is the last.
    let ranges = asked.behind.as_ref().map_or(1, Behind::count);
    for range in (0..ranges).rev() {
        asked.push_walk(sql, range)?;
        sql.push(if range == 0 { "" } else { " union all " });
    }
    sql.push(") t");
    asked.push_order(sql);
    Ok(())
}

impl Asked<'_> {
    /// Adds the look-up of what this leaves, if nothing before it left few.
    fn push_few(&self, sql: &mut Sql, nr: usize) -> Result<(), ReadError> {
        sql.push("(").push(PART).push(" where ");
        self.narrows[nr].push_among(sql, nr, self.query.filter.as_ref());
        self.push_beyond(sql, nr);
        if !self.narrows[nr].is_reach() {
            sql.push(" and ");
            scope::push_aside(sql, &self.query.scope);
        }
        self.push_asked(sql)?;
        if let Some(behind) = &self.behind {
            behind.push_all(sql);
        }
        self.push_order(sql);
        sql.push(")");
        Ok(())
    }

    /// Adds the walk through a range, if nothing left few.
    fn push_walk(&self, sql: &mut Sql, range: usize) -> Result<(), ReadError> {
        sql.push("(").push(PART).push(" where ");
        scope::push_aside(sql, &self.query.scope);
        self.push_beyond(sql, self.narrows.len());
        self.push_asked(sql)?;
        if let Some(behind) = &self.behind {
            sql.push(" and ");
            behind.push(sql, range);
        }
        self.push_order(sql);
        sql.push(")");
        Ok(())
    }

    /// Adds the filter and the search. What was looked for by the filter's ways in vain is not to be
    /// looked for so again.
    fn push_asked(&self, sql: &mut Sql) -> Result<(), ReadError> {
        let TicketQuery { filter, search, .. } = self.query;
        let aside = matches!(self.narrows.first(), Some(Narrow::Asked(_)));
        push_asked(sql, filter.as_ref(), search.as_ref(), aside)
    }

    fn push_beyond(&self, sql: &mut Sql, count: usize) {
        for (nr, narrow) in self.narrows[..count].iter().enumerate() {
            narrow.push_beyond(sql, nr);
        }
    }

    fn push_order(&self, sql: &mut Sql) {
        sql.push(" order by ");
        for (by, direction) in self.order {
            sql.push(by.column()).push(direction.word()).push(", ");
        }
        sql.push("t.ticket_id").push(last_direction(self.order).word());
        sql.push(" limit ").push_bind(self.limit);
    }
}
