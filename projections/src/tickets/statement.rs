//! The statement of a page: read from an index that holds the list as it is shown, where there is one;
//! else the list's tickets looked up where they are few, else a walk in the list's order from where an
//! index can begin. Each of its parts is no longer than the page.

use sqlx::{Postgres, QueryBuilder};

use super::columns::push_select;
use super::cursor::Place;
use super::filter::TicketFilter;
use super::keyset::Behind;
use super::line::{Lines, lines};
use super::long::Total;
use super::narrow::{self, Narrow, narrows};
use super::order::{Direction, TicketOrder, last_direction};
use super::read::{TicketQuery, push_asked};
use super::scope::Scope;
use super::{implied, scope, standing};
use crate::error::ReadError;
use crate::read::page_size;

type Sql = QueryBuilder<'static, Postgres>;

/// Begins each part: what is walked to says so.
const FOUND: &str = include_str!("sql/found.sql");
const WALKED: &str = include_str!("sql/walked.sql");

/// What a page is made from.
struct Asked<'q> {
    query: &'q TicketQuery,
    /// What is left to be asked of the reader's view.
    scope: &'q Scope,
    order: &'q [(TicketOrder, Direction)],
    behind: Option<Behind<'q>>,
    narrows: Vec<Narrow>,
    /// Whether the filter's own ways were looked for first. What was looked for in vain is not to be
    /// looked for so again.
    aside: bool,
    limit: i64,
}

/// Adds the page of the list behind the place, and one row more, of so many tickets in total; none:
/// the list is long, and nobody looks whether it is short.
pub(super) fn push_page(
    sql: &mut Sql,
    query: &TicketQuery,
    order: &[(TicketOrder, Direction)],
    (place, total): (Option<&Place>, Option<Total>),
) -> Result<(), ReadError> {
    let filter = query.filter.as_ref();
    let within = implied::within(filter, &query.scope);
    let mut asked = Asked {
        query,
        scope: if within { &Scope::All } else { &query.scope },
        order,
        behind: place.map(|place| Behind::of(order, place, standing::open(filter))),
        narrows: Vec::new(),
        aside: false,
        limit: page_size(query.first) + 1,
    };
    match lines(filter, order)?.filter(|_| within && query.search.is_none()) {
        Some(lines) => asked.push_lines(sql, &lines),
        None => {
            let narrows = narrows(
                asked.scope,
                filter,
                order,
                total.map_or(0, |total| walked(filter, order, total)),
            )?;
            asked.aside = narrows.first().is_some_and(Narrow::is_asked);
            asked.narrows = if total.is_none() { Vec::new() } else { narrows };
            asked.push_found(sql)
        }
    }
}

/// About how many tickets a walk could pass. Where the open ones come first, it passes no others.
fn walked(filter: Option<&TicketFilter>, order: &[(TicketOrder, Direction)], total: Total) -> i64 {
    let open_first = match order.first() {
        Some((TicketOrder::OpenFirst | TicketOrder::DueAt | TicketOrder::BreachAt, by)) => {
            *by == Direction::Asc
        }
        _ => false,
    };
    if open_first && filter.is_some_and(standing::is_live) { total.live } else { total.all }
}

impl Asked<'_> {
    /// Adds what stands in these lists, merged.
    fn push_lines(&self, sql: &mut Sql, lines: &Lines) -> Result<(), ReadError> {
        let many = lines.keys.len() * self.ranges() > 1;
        self.push_start(sql, many);
        for (nr, key) in lines.keys.iter().enumerate() {
            for range in (0..self.ranges()).rev() {
                sql.push(if nr == 0 && range + 1 == self.ranges() { "" } else { " union all " });
                sql.push(if many { "(" } else { "" }).push(if many { WALKED } else { "" });
                sql.push(" where ").push(lines.column).push(" = ").push_bind(*key);
                self.push_asked(sql, &[lines.part], true)?;
                self.push_behind(sql, range);
                self.push_order(sql);
                sql.push(if many { ")" } else { "" });
            }
        }
        self.push_end(sql, many);
        Ok(())
    }

    /// Adds what is looked up or walked to.
    fn push_found(&self, sql: &mut Sql) -> Result<(), ReadError> {
        let filter = self.query.filter.as_ref();
        for (nr, narrow) in self.narrows.iter().enumerate() {
            narrow.push(sql, nr, filter);
        }
        let many = self.narrows.len() + self.ranges() > 1;
        self.push_start(sql, many);
        for nr in 0..self.narrows.len() {
            self.push_few(sql, nr)?;
            sql.push(" union all ");
        }
        // The ranges do not overlap, the nearest is the last.
        for range in (0..self.ranges()).rev() {
            sql.push(if many { "(" } else { "" }).push(if many { WALKED } else { "" });
            self.push_walk(sql, range)?;
            sql.push(if many { ")" } else { "" });
            sql.push(if range == 0 { "" } else { " union all " });
        }
        self.push_end(sql, many);
        Ok(())
    }

    /// Begins the statement: of a single part without a list around it, of its rows as they are. To
    /// choose some of their columns would take longer where they are sorted.
    fn push_start(&self, sql: &mut Sql, many: bool) {
        if many {
            push_select(sql);
            sql.push(", t.walked from (");
        } else {
            sql.push(" select t.* from tickets t");
        }
    }

    /// Ends it.
    fn push_end(&self, sql: &mut Sql, many: bool) {
        if many {
            sql.push(") t");
            self.push_order(sql);
        }
    }

    fn ranges(&self) -> usize {
        self.behind.as_ref().map_or(1, Behind::count)
    }

    fn push_behind(&self, sql: &mut Sql, range: usize) {
        if let Some(behind) = &self.behind {
            sql.push(" and ");
            behind.push(sql, range);
        }
    }

    /// Adds the look-up of what this leaves, if nothing before it left few.
    fn push_few(&self, sql: &mut Sql, nr: usize) -> Result<(), ReadError> {
        sql.push("(").push(FOUND).push(" where ");
        self.narrows[nr].push_among(sql, nr, self.query.filter.as_ref());
        self.push_beyond(sql, nr);
        if !self.narrows[nr].is_reach() {
            sql.push(" and ");
            scope::push_aside(sql, self.scope);
        }
        self.push_asked(sql, &[], self.aside)?;
        if let Some(behind) = &self.behind {
            behind.push_all(sql);
        }
        self.push_order(sql);
        sql.push(")");
        Ok(())
    }

    /// Adds the walk through a range, if nothing left few.
    fn push_walk(&self, sql: &mut Sql, range: usize) -> Result<(), ReadError> {
        sql.push(" where ");
        scope::push_aside(sql, self.scope);
        self.push_beyond(sql, self.narrows.len());
        let said = narrow::push_bounds(sql, self.query.filter.as_ref(), self.order)?;
        self.push_asked(sql, &said, self.aside)?;
        self.push_behind(sql, range);
        self.push_order(sql);
        Ok(())
    }

    /// Adds the filter, but for parts that are said already, and the search.
    fn push_asked(&self, sql: &mut Sql, said: &[usize], aside: bool) -> Result<(), ReadError> {
        let TicketQuery { filter, search, scope, .. } = self.query;
        scope::push_known(sql, scope);
        push_asked(sql, (filter.as_ref(), said), search.as_ref(), aside)
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
