//! Lists of few tickets: those are looked up and sorted, instead of walking the list's order past all
//! the others.
//!
//! How many there are is found out while the statement runs, in an index and not beyond a limit. What
//! a planner guesses before is wrong for whoever is new, for what was resolved of late, and for two
//! conditions that mean the same.

use chrono::{DateTime, Utc};
use sqlx::{Postgres, QueryBuilder};

use super::arm::Arm;
use super::filter::{Compare, Operand, TicketField, TicketFilter};
use super::operand::time;
use super::order::{Direction, TicketOrder};
use super::scope::Scope;
use super::ways::{self, Ways};
use super::{asked, standing};
use crate::error::ReadError;

/// The times that have an index, which a list may be ordered by.
const TIMES: [(TicketField, TicketOrder); 5] = [
    (TicketField::ResolvedAt, TicketOrder::ResolvedAt),
    (TicketField::ClosedAt, TicketOrder::ClosedAt),
    (TicketField::CreatedAt, TicketOrder::CreatedAt),
    (TicketField::DueAt, TicketOrder::DueAt),
    (TicketField::BreachAt, TicketOrder::BreachAt),
];

type Sql = QueryBuilder<'static, Postgres>;

/// How many are few at most where a key's index finds them. To look them up takes as long as a walk
/// past others that finds one in so many of a million.
const FEW: i64 = 4_000;
/// Of fewer tickets, fewer are few: a walk ends where a page is full, past all of the tickets divided
/// by those of the list, and a look-up takes these. So many times all of them is the square of both.
const SQUARE: i64 = FEW * FEW / 1_000_000;
/// How many are few between two bounds. The list's order has nothing to do with those: what was
/// resolved of late stands at the end of a list that begins with the oldest.
const FEW_BETWEEN: i64 = 20_000;

/// Something that may make a list short.
#[derive(Debug)]
pub(super) struct Narrow {
    way: Way,
    /// How many are few.
    few: i64,
}

/// By what it does.
#[derive(Debug)]
enum Way {
    /// What is asked for: each ticket of the list comes by one of these ways.
    Asked(Vec<Arm>),
    /// What the reader has to do with; all of it they see, or else a part.
    Reach(Vec<Arm>, bool),
    /// A time between bounds.
    Span(TicketOrder, Vec<(&'static str, DateTime<Utc>)>),
}

/// What may make the list short, of so many tickets in total: the first one that does is looked up.
pub(super) fn narrows(
    scope: &Scope,
    filter: Option<&TicketFilter>,
    order: &[(TicketOrder, Direction)],
    total: i64,
) -> Result<Vec<Narrow>, ReadError> {
    let mut found = Vec::new();
    let reach = match scope {
        Scope::Part(view) => Some(ways::of(view)),
        Scope::All | Scope::None => None,
    };
    let reach = reach.filter(|ways| ways.complete && !ways.arms.is_empty());
    let asked = filter.map(asked::arms).transpose()?.flatten();
    found.extend(
        asked
            .filter(|asked| reach.as_ref().is_none_or(|reach| reach.arms != *asked))
            .map(Way::Asked),
    );
    found.extend(reach.map(|Ways { arms, enough, .. }| Way::Reach(arms, enough)));
    let walked = walked_by(filter, order);
    for (field, by) in TIMES {
        let bounds = filter.map_or(Ok(Vec::new()), |filter| bounds(filter, field))?;
        // The walk begins and ends at the bounds of its own order.
        if !bounds.is_empty() && walked != Some((field, by)) {
            found.push(Way::Span(by, bounds));
        }
    }
    Ok(found.into_iter().map(|way| Narrow { few: way.few(total), way }).collect())
}

/// By which time the list is ordered, first of all or behind an open rank that all of it has.
fn walked_by(
    filter: Option<&TicketFilter>,
    order: &[(TicketOrder, Direction)],
) -> Option<(TicketField, TicketOrder)> {
    let by = match order {
        [(TicketOrder::OpenFirst, _), (TicketOrder::BreachAt, _), ..] => {
            standing::open(filter).map(|_| TicketOrder::BreachAt)
        }
        [(by, _), ..] => Some(*by),
        [] => None,
    };
    TIMES.into_iter().find(|(_, time)| Some(*time) == by)
}

/// Adds where in such an order the walk begins and ends, in words that its index knows. Which parts of
/// the filter are said by that: said twice, they would seem to leave next to nothing.
pub(super) fn push_bounds(
    sql: &mut Sql,
    filter: Option<&TicketFilter>,
    order: &[(TicketOrder, Direction)],
) -> Result<Vec<usize>, ReadError> {
    let mut said = Vec::new();
    let (Some((field, by)), Some(filter)) = (walked_by(filter, order), filter) else {
        return Ok(said);
    };
    for (nr, part) in filter.parts().iter().enumerate() {
        for (operator, at) in bounds(part, field)? {
            sql.push(" and ").push(by.column()).push(operator).push_bind(at);
            if matches!(part, TicketFilter::Is(..)) {
                said.push(nr);
            }
        }
    }
    if !said.is_empty() {
        sql.push(" and ").push(by.column()).push(" < 'infinity'");
    }
    Ok(said)
}

/// Whether every ticket of the filter keeps bounds by which it may be looked up.
pub(super) fn is_bounded(filter: &TicketFilter) -> Result<bool, ReadError> {
    for (field, _) in TIMES {
        if !bounds(filter, field)?.is_empty() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The bounds that every ticket of the filter keeps.
fn bounds(
    filter: &TicketFilter,
    wanted: TicketField,
) -> Result<Vec<(&'static str, DateTime<Utc>)>, ReadError> {
    let bound = |operator, value: &Operand| Ok(vec![(operator, time(value)?)]);
    match filter {
        TicketFilter::And(parts) => {
            let bounds: Result<Vec<_>, _> = parts.iter().map(|part| bounds(part, wanted)).collect();
            Ok(bounds?.concat())
        }
        TicketFilter::Is(field, compare) if *field == wanted => match compare {
            Compare::Gt(value) => bound(" > ", value),
            Compare::Gte(value) => bound(" >= ", value),
            Compare::Lt(value) => bound(" < ", value),
            Compare::Lte(value) => bound(" <= ", value),
            Compare::Eq(_)
            | Compare::Ne(_)
            | Compare::In(_)
            | Compare::NotIn(_)
            | Compare::IsNull(_) => Ok(Vec::new()),
        },
        TicketFilter::Or(_) | TicketFilter::Not(_) | TicketFilter::Is(..) => Ok(Vec::new()),
    }
}

impl Narrow {
    /// Adds the tickets it leaves, named `few_<nr>`, at most one more than are few. Where indexes
    /// count them without a look at the table, only their number counts.
    pub(super) fn push(&self, sql: &mut Sql, nr: usize, filter: Option<&TicketFilter>) {
        sql.push(if nr == 0 { "with " } else { ", " });
        sql.push(format!("few_{nr} as materialized (select f.key from ("));
        match &self.way {
            Way::Asked(arms) | Way::Reach(arms, _) => {
                self.push_arms(sql, arms, include_str!("sql/few_counted.sql"), filter)
            }
            Way::Span(by, bounds) => {
                sql.push(include_str!("sql/few_placed.sql")).push(" where ");
                sql.push(by.column()).push(" < 'infinity'");
                for (operator, at) in bounds {
                    sql.push(" and ").push(by.column()).push(*operator).push_bind(*at);
                }
            }
        }
        sql.push(format!(") f limit {})", self.few + 1));
    }

    fn push_arms(
        &self,
        sql: &mut Sql,
        arms: &[Arm],
        key: &'static str,
        filter: Option<&TicketFilter>,
    ) {
        for (nr, arm) in arms.iter().enumerate() {
            sql.push(if nr == 0 { "(" } else { " union all (" });
            sql.push(key).push(" where ");
            arm.push(sql);
            if arm.knows_open() {
                standing::push(sql, filter);
            } else {
                standing::push_over(sql, filter);
            }
            arm.push_order(sql);
            sql.push(format!(" limit {})", self.few + 1));
        }
    }

    /// Adds that the list is looked up among these, each at its row's place.
    pub(super) fn push_among(&self, sql: &mut Sql, nr: usize, filter: Option<&TicketFilter>) {
        sql.push("t.ctid = any(array(");
        match &self.way {
            Way::Asked(arms) | Way::Reach(arms, _) => {
                self.push_arms(sql, arms, include_str!("sql/few_placed.sql"), filter)
            }
            Way::Span(..) => {
                sql.push(format!("(select f.key from few_{nr} f)"));
            }
        }
        sql.push(format!(")) and (select count(*) from few_{nr}) <= {}", self.few));
    }

    /// Adds that these are too many for that.
    pub(super) fn push_beyond(&self, sql: &mut Sql, nr: usize) {
        sql.push(format!(" and (select count(*) from few_{nr}) > {}", self.few));
    }

    /// Whether it is what the filter asks for.
    pub(super) fn is_asked(&self) -> bool {
        matches!(self.way, Way::Asked(_))
    }

    /// Whether whoever looks here need not ask again what the reader may see.
    pub(super) fn is_reach(&self) -> bool {
        matches!(self.way, Way::Reach(_, true))
    }
}

impl Way {
    fn few(&self, total: i64) -> i64 {
        match self {
            Self::Asked(_) | Self::Reach(..) => total.saturating_mul(SQUARE).isqrt().min(FEW),
            Self::Span(..) => FEW_BETWEEN,
        }
    }
}
