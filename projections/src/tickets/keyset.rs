//! What lies behind a place in a list, as ranges that an index can begin at.
//!
//! Keys of one direction are compared together, as a row: `(a, b, id) > ($1, $2, $3)` is one range of
//! an index on them. Where the direction changes, the list behind a place falls into one range for
//! each run of the same direction. They follow each other and do not overlap.

use std::ops::Range;

use sqlx::{Postgres, QueryBuilder};

use super::cursor::{Key, Place};
use super::order::{Direction, TicketOrder, last_direction};

/// The keys of an order, the ticket's id behind them, and a place under them.
#[derive(Debug)]
pub(super) struct Behind<'q> {
    order: &'q [(TicketOrder, Direction)],
    place: &'q Place,
    /// Runs of the same direction; the id stands behind the last key.
    runs: Vec<Range<usize>>,
}

impl<'q> Behind<'q> {
    /// A leading open rank that all tickets of the list have, the place included, decides nothing:
    /// without it the range stands on the keys that do.
    pub(super) fn of(
        order: &'q [(TicketOrder, Direction)],
        place: &'q Place,
        rank: Option<i16>,
    ) -> Self {
        let known = matches!(
            (order.first(), place.keys.first(), rank),
            (Some((TicketOrder::OpenFirst, _)), Some(Key::Rank(at)), Some(rank)) if *at == rank
        );
        let directions: Vec<Direction> =
            order.iter().map(|(_, direction)| *direction).chain([last_direction(order)]).collect();
        let mut runs: Vec<Range<usize>> = Vec::new();
        for at in usize::from(known)..directions.len() {
            match runs.last_mut() {
                Some(run) if directions[run.start] == directions[at] => run.end = at + 1,
                _ => runs.push(at..at + 1),
            }
        }
        Self { order, place, runs }
    }

    /// How many ranges there are; the last is the nearest.
    pub(super) fn count(&self) -> usize {
        self.runs.len()
    }

    /// Adds: in any of the ranges, of rows that something else finds.
    pub(super) fn push_all(&self, sql: &mut QueryBuilder<'static, Postgres>) {
        for range in 0..self.count() {
            sql.push(if range == 0 { " and (" } else { " or " });
            self.push(sql, range);
        }
        sql.push(") is true");
    }

    /// Adds the condition of a range: equal under the runs before it, beyond under its own. Beyond the
    /// last value of a key there is nothing: such keys are equal, too. A planner looks at the first of
    /// the keys that are compared together, and would think that next to nothing is left.
    pub(super) fn push(&self, sql: &mut QueryBuilder<'static, Postgres>, range: usize) {
        for run in &self.runs[..range] {
            self.push_compared(sql, run.clone(), " = ");
            sql.push(" and ");
        }
        let mut run = self.runs[range].clone();
        while run.start < run.end && self.is_last(run.start) {
            self.push_compared(sql, run.start..run.start + 1, " = ");
            sql.push(" and ");
            run.start += 1;
        }
        if run.is_empty() {
            sql.push("false");
            return;
        }
        let direction = self
            .order
            .get(run.start)
            .map_or(last_direction(self.order), |(_, direction)| *direction);
        self.push_compared(sql, run, direction.beyond());
    }

    fn is_last(&self, at: usize) -> bool {
        let (order, direction, rank) = match (self.order.get(at), self.place.keys.get(at)) {
            (Some((order, direction)), Some(Key::Rank(rank))) => (order, direction, rank),
            // Absent ones come after all others.
            (Some((_, direction)), Some(Key::Time(None))) => return *direction == Direction::Asc,
            _ => return false,
        };
        order.ranks().is_some_and(|ranks| match direction {
            Direction::Asc => *rank >= *ranks.end(),
            Direction::Desc => *rank <= *ranks.start(),
        })
    }

    fn push_compared(
        &self,
        sql: &mut QueryBuilder<'static, Postgres>,
        run: Range<usize>,
        operator: &'static str,
    ) {
        for (nr, at) in run.clone().enumerate() {
            sql.push(if nr == 0 { "(" } else { ", " });
            sql.push(self.order.get(at).map_or("t.ticket_id", |(by, _)| by.column()));
        }
        sql.push(")").push(operator);
        for (nr, at) in run.enumerate() {
            sql.push(if nr == 0 { "(" } else { ", " });
            match self.place.keys.get(at) {
                Some(Key::Time(time)) => {
                    sql.push("coalesce(").push_bind(*time).push("::timestamptz, 'infinity')");
                }
                Some(Key::Rank(rank)) => {
                    sql.push_bind(*rank);
                }
                Some(Key::Number(number)) => {
                    sql.push("lpad(").push_bind(number.clone()).push(", 40)");
                }
                None => {
                    sql.push_bind(self.place.id);
                }
            }
        }
        sql.push(")");
    }
}
