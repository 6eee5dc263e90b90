//! Counts of several things at once: of a list by its values, and of several lists. One statement
//! each.

use domain::ticket::Priority;
use sqlx::{PgPool, QueryBuilder, Row};
use strum::IntoEnumIterator;

use super::apply::rank;
use super::filter::{Search, TicketFilter};
use super::read::{push_count, push_which};
use super::scope::Scope;
use crate::error::ReadError;

/// By what the tickets of a list can be told apart.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, strum::EnumIter, strum::EnumString, strum::IntoStaticStr,
)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
#[expect(missing_docs, reason = "the fields are those of the row")]
pub enum Facet {
    State,
    Priority,
    Kind,
    Unit,
    Holder,
    Subject,
    Tag,
}

/// How many tickets of a list have a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FacetCount {
    /// The word, or the id as text; none: those that have nothing there.
    pub value: Option<String>,
    /// How many.
    pub count: i64,
}

/// The list's tickets by the values of these fields, for each field the most frequent first, at most
/// 100 values.
pub async fn facets(
    pool: &PgPool,
    scope: &Scope,
    (filter, search): (Option<&TicketFilter>, Option<&Search>),
    fields: &[Facet],
) -> Result<Vec<(Facet, Vec<FacetCount>)>, ReadError> {
    let mut found: Vec<(Facet, Vec<FacetCount>)> =
        fields.iter().map(|field| (*field, Vec::new())).collect();
    if fields.is_empty() {
        return Ok(found);
    }
    let mut sql = QueryBuilder::new("with passing as materialized (");
    sql.push(include_str!("sql/facets.sql")).push(" where ");
    push_which(&mut sql, scope, filter, search)?;
    sql.push(")");
    for (nr, field) in fields.iter().enumerate() {
        let name: &'static str = field.into();
        sql.push(if nr == 0 { " (select '" } else { " union all (select '" })
            .push(name)
            .push("' as field, ")
            .push(field.values())
            .push(" group by 2 order by 3 desc, 2 limit 100)");
    }
    for row in sql.build().persistent(false).fetch_all(pool).await? {
        let name: String = row.try_get("field")?;
        let field: Facet = name.parse().map_err(|_| ReadError::Row("tickets"))?;
        let count =
            FacetCount { value: field.shown(row.try_get("value")?), count: row.try_get("count")? };
        // A field asked for twice is answered twice as it is counted once.
        if let Some((_, counts)) = found.iter_mut().find(|(asked, _)| *asked == field) {
            counts.push(count);
        }
    }
    Ok(found)
}

/// How many tickets each of these lists has.
pub async fn counts(pool: &PgPool, lists: &[(Scope, TicketFilter)]) -> Result<Vec<i64>, ReadError> {
    let mut sql = QueryBuilder::new(include_str!("sql/counts.sql"));
    for (scope, filter) in lists {
        sql.push(" || ");
        push_count(&mut sql, scope, Some(filter), None)?;
    }
    sql.push(" as counts");
    Ok(sql.build().persistent(false).fetch_one(pool).await?.try_get("counts")?)
}

impl Facet {
    /// Value and count, and where they come from.
    fn values(self) -> &'static str {
        match self {
            Self::State => "p.state as value, count(*) as count from passing p",
            Self::Priority => "p.priority::text as value, count(*) as count from passing p",
            Self::Kind => "p.kind as value, count(*) as count from passing p",
            Self::Unit => "p.unit_id::text as value, count(*) as count from passing p",
            Self::Holder => "p.holder_id::text as value, count(*) as count from passing p",
            Self::Subject => "p.subject_id::text as value, count(*) as count from passing p",
            Self::Tag => {
                "w.tag as value, count(*) as count from passing p \
                 join dossiers d on d.ticket_id = p.ticket_id cross join unnest(d.tags) as w (tag)"
            }
        }
    }

    /// The value as the API says it.
    fn shown(self, stored: Option<String>) -> Option<String> {
        match self {
            Self::Priority => Priority::iter()
                .find(|priority| Some(rank(*priority).to_string()) == stored)
                .map(|priority| priority.to_string()),
            _ => stored,
        }
    }
}
