//! The statement of a page. A list that an index holds as it is shown is walked, and looked through:
//! the first few thousand rows tell whether the filter lets many pass. Where it does not, and where no
//! index holds the list so, all that the filter lets pass are looked up and sorted by their keys alone.

use sqlx::{Postgres, QueryBuilder};

use super::columns::COLUMNS;
use super::condition;
use super::cursor::Place;
use super::filter::CiFilter;
use super::order::{CiOrder, Direction};
use super::read::CiQuery;
use crate::error::ReadError;
use crate::read::page_size;

type Sql = QueryBuilder<'static, Postgres>;

/// How many rows of a list are looked through before all that pass are looked up: about as many as
/// are looked up and sorted in the same time.
const LOOKED_THROUGH: i64 = 4_000;

/// What a page is made from.
struct Asked<'q> {
    query: &'q CiQuery,
    order: &'q [(CiOrder, Direction)],
    place: Option<&'q Place>,
    limit: i64,
}

/// Adds the page of the list behind the place, and one row more. Its column `keys` tells each row's
/// place.
pub(super) fn push_page(
    sql: &mut Sql,
    query: &CiQuery,
    order: &[(CiOrder, Direction)],
    place: Option<&Place>,
) -> Result<(), ReadError> {
    let asked = Asked { query, order, place, limit: page_size(query.first) + 1 };
    let is_walked = order.first().is_some_and(|(first, _)| first.is_indexed()) && order.len() == 1;
    if is_walked && asked.is_plain() {
        asked.push_walk(sql)
    } else if is_walked {
        asked.push_walk_first(sql)
    } else {
        sql.push("with few as materialized (");
        asked.push_few(sql, false)?;
        sql.push(") ");
        asked.push_looked_up(sql)
    }
}

impl Asked<'_> {
    /// Whether the list is cut by nothing but classes.
    fn is_plain(&self) -> bool {
        let of_classes = |part: &CiFilter| matches!(part, CiFilter::Class(_));
        self.query.search.is_none()
            && self.query.filter.as_ref().is_none_or(|it| it.parts().iter().all(of_classes))
    }

    /// Adds the list walked, as it is.
    fn push_walk(&self, sql: &mut Sql) -> Result<(), ReadError> {
        self.push_select(sql)?;
        self.query.at.push_items(sql);
        self.push_filter(sql, |_| true)?;
        self.push_behind(sql)?;
        self.push_order(sql)
    }

    /// Adds the list walked, if that finds the page soon enough, else looked up.
    fn push_walk_first(&self, sql: &mut Sql) -> Result<(), ReadError> {
        let of_classes = |part: &CiFilter| matches!(part, CiFilter::Class(_));
        sql.push("with walked as materialized (select c.* from (");
        self.push_near(sql, "c.*", of_classes)?;
        sql.push(") c where true");
        self.push_filter(sql, |part| !of_classes(part))?;
        self.push_order(sql)?;
        sql.push("), far as materialized (select case when (select count(*) from walked) >= ");
        sql.push_bind(self.limit).push(" then false else (select count(*) from (");
        self.push_near(sql, "c.ci_id", of_classes)?;
        sql.push(") c) >= ").push_bind(LOOKED_THROUGH);
        sql.push(" end as is_far), few as materialized (");
        self.push_few(sql, true)?;
        sql.push(") (");
        self.push_select(sql)?;
        sql.push("walked c where not (select is_far from far)");
        self.push_ordered(sql)?;
        sql.push(") union all (");
        self.push_looked_up(sql)?;
        sql.push(")");
        Ok(())
    }

    /// Adds the rows that are looked through.
    fn push_near(
        &self,
        sql: &mut Sql,
        columns: &'static str,
        wanted: impl Fn(&CiFilter) -> bool,
    ) -> Result<(), ReadError> {
        sql.push(" select ").push(columns).push(" from ");
        self.query.at.push_items(sql);
        self.push_filter(sql, wanted)?;
        self.push_behind(sql)?;
        self.push_ordered(sql)?;
        sql.push(" limit ").push_bind(LOOKED_THROUGH);
        Ok(())
    }

    /// Adds which rows pass, with the keys they are sorted by.
    fn push_few(&self, sql: &mut Sql, if_far: bool) -> Result<(), ReadError> {
        sql.push(" select c.ci_id, c.since_seq");
        for (nr, (order, _)) in self.order.iter().enumerate() {
            sql.push(", ");
            order.push_key(sql, self.query.at)?;
            sql.push(format!(" as key_{nr}"));
        }
        sql.push(" from ");
        self.query.at.push_items(sql);
        self.push_filter(sql, |_| true)?;
        self.push_behind(sql)?;
        sql.push(if if_far { " and (select is_far from far)" } else { "" });
        Ok(())
    }

    /// Adds the first of those, sorted.
    fn push_looked_up(&self, sql: &mut Sql) -> Result<(), ReadError> {
        self.push_select(sql)?;
        sql.push("(select f.ci_id, f.since_seq from few f order by ");
        for (nr, (_, direction)) in self.order.iter().enumerate() {
            sql.push(format!("f.key_{nr}{}, ", word(*direction)));
        }
        sql.push("f.ci_id").push(word(self.last())).push(" limit ").push_bind(self.limit);
        sql.push(") f join cis c on c.ci_id = f.ci_id and c.since_seq = f.since_seq");
        self.push_ordered(sql)
    }

    /// Begins with a row's columns and its place.
    fn push_select(&self, sql: &mut Sql) -> Result<(), ReadError> {
        sql.push(" select ").push(COLUMNS).push(", array[");
        for (nr, (order, _)) in self.order.iter().enumerate() {
            let (before, after) = order.key_type().shown();
            sql.push(if nr == 0 { "" } else { ", " }).push(before);
            order.push_key(sql, self.query.at)?;
            sql.push(after);
        }
        sql.push("]::text[] as keys from ");
        Ok(())
    }

    /// Adds those parts of the filter that are wanted, and the search unless classes alone are.
    fn push_filter(
        &self,
        sql: &mut Sql,
        wanted: impl Fn(&CiFilter) -> bool,
    ) -> Result<(), ReadError> {
        for part in self.query.filter.iter().flat_map(|filter| filter.parts()) {
            if wanted(part) {
                sql.push(" and ");
                condition::push(sql, part)?;
            }
        }
        // A search is no part of the filter, and is asked where its other parts are.
        if let Some(search) =
            self.query.search.as_ref().filter(|_| wanted(&CiFilter::And(Vec::new())))
        {
            condition::push_search(sql, search);
        }
        Ok(())
    }

    fn push_behind(&self, sql: &mut Sql) -> Result<(), ReadError> {
        let Some(place) = self.place else { return Ok(()) };
        let directions: Vec<_> = self.order.iter().map(|(_, direction)| *direction).collect();
        let types: Vec<_> = self.order.iter().map(|(order, _)| order.key_type()).collect();
        let key = |sql: &mut Sql, at: usize| self.order[at].0.push_key(sql, self.query.at);
        place.push_behind(sql, &directions, &types, key)
    }

    /// Adds the order and the page's length.
    fn push_order(&self, sql: &mut Sql) -> Result<(), ReadError> {
        self.push_ordered(sql)?;
        sql.push(" limit ").push_bind(self.limit);
        Ok(())
    }

    fn push_ordered(&self, sql: &mut Sql) -> Result<(), ReadError> {
        sql.push(" order by ");
        for (order, direction) in self.order {
            order.push_key(sql, self.query.at)?;
            sql.push(word(*direction)).push(", ");
        }
        sql.push("c.ci_id").push(word(self.last()));
        Ok(())
    }

    fn last(&self) -> Direction {
        self.order.last().map_or(Direction::Asc, |(_, direction)| *direction)
    }
}

fn word(direction: Direction) -> &'static str {
    match direction {
        Direction::Asc => " asc",
        Direction::Desc => " desc",
    }
}
