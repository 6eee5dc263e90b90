//! A list of tickets by the values of its fields.

use std::collections::HashMap;

use async_graphql::{Context, Enum, ID, MergedObject, Object, Result, SimpleObject};
use domain::access::Permission;
use domain::kernel::{PersonId, SubjectId, UnitId};
use projections::tickets::{self, Facet, FacetCount, Scope, Search, TicketFilter};
use uuid::Uuid;

use super::Ticket;
use crate::graphql::access::{reads_all, sees_person};
use crate::graphql::context::{load_all, services};
use crate::graphql::dossier::is_of_the_desk;
use crate::graphql::error::{bad_request, unread};
use crate::graphql::id::encode;
use crate::graphql::page::Connection;

/// By what the tickets of a list can be told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "Facet")]
enum TicketFacetField {
    /// Where in their lives they are.
    State,
    /// How pressing they are.
    Priority,
    /// What sort they are.
    Kind,
    /// Whose they are to do.
    Unit,
    /// Who works on them.
    Holder,
    /// What they are about.
    Subject,
    /// Under which words they are found; one counts under each of its words.
    Tag,
}

/// A list's tickets by the values of one field.
#[derive(SimpleObject)]
struct TicketFacet {
    /// Which field.
    field: TicketFacetField,
    /// Its values that you may see, the most frequent first; at most 100.
    values: Vec<TicketFacetValue>,
}

/// How many tickets of a list have a value.
#[derive(SimpleObject)]
struct TicketFacetValue {
    /// A word, or an id; null for those that have nothing there.
    value: Option<ID>,
    /// For people, when the value is an id.
    label: Option<String>,
    /// How many.
    count: i64,
}

/// One page of a list of tickets, and the whole list by its values.
#[derive(MergedObject)]
#[graphql(name = "TicketConnection")]
pub(in crate::graphql) struct TicketConnection(
    pub(in crate::graphql) Connection<Ticket>,
    pub(in crate::graphql) Facets,
);

/// The list that is counted when somebody asks.
pub(in crate::graphql) struct Facets {
    /// None: a list of the past, which is not counted so.
    pub(in crate::graphql) which: Option<(Scope, Option<TicketFilter>, Option<Search>)>,
}

/// The whole list by its values.
#[Object]
impl Facets {
    /// How many tickets of the whole list have which values; counted only when it is asked for.
    async fn facets(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "By these fields.")] fields: Vec<TicketFacetField>,
    ) -> Result<Vec<TicketFacet>> {
        let mut asked: Vec<Facet> = Vec::new();
        for field in fields.into_iter().map(Facet::from) {
            if !asked.contains(&field) {
                asked.push(field);
            }
        }
        let Some((scope, filter, search)) = &self.which else {
            return Err(bad_request("a list of the past is not counted by its values"));
        };
        let which = (filter.as_ref(), search.as_ref());
        let found = tickets::facets(&services(cx)?.reads, scope, which, &asked).await;
        let mut shown = Vec::new();
        for (field, counts) in found.map_err(unread)? {
            shown.push(TicketFacet {
                field: field.into(),
                values: values(cx, field, counts).await?,
            });
        }
        Ok(shown)
    }
}

async fn values(
    cx: &Context<'_>,
    field: Facet,
    counts: Vec<FacetCount>,
) -> Result<Vec<TicketFacetValue>> {
    let named: Vec<Uuid> = counts.iter().filter_map(|it| it.value.as_ref()?.parse().ok()).collect();
    let names: HashMap<Uuid, (ID, String)> = match field {
        Facet::Tag if !is_of_the_desk(cx) => return Ok(Vec::new()),
        Facet::State | Facet::Priority | Facet::Kind | Facet::Tag => {
            let plain = |it: FacetCount| TicketFacetValue {
                value: it.value.map(ID),
                label: None,
                count: it.count,
            };
            return Ok(counts.into_iter().map(plain).collect());
        }
        Facet::Unit if !reads_all(cx, Permission::UnitRead) => HashMap::new(),
        Facet::Unit => {
            let rows = load_all(cx, named.into_iter().map(UnitId)).await?.into_iter();
            rows.map(|(id, row)| (id.0, (encode(id), row.name))).collect()
        }
        Facet::Holder => {
            let seen = named.into_iter().map(PersonId).filter(|id| sees_person(cx, *id));
            let rows = load_all(cx, seen).await?.into_iter();
            rows.map(|(id, row)| (id.0, (encode(id), row.name))).collect()
        }
        Facet::Subject => {
            let rows = load_all(cx, named.into_iter().map(SubjectId)).await?.into_iter();
            rows.map(|(id, row)| (id.0, (encode(id), row.name))).collect()
        }
    };
    Ok(counts.into_iter().filter_map(|it| with_name(it, &names)).collect())
}

/// What may not be seen is not counted either.
fn with_name(it: FacetCount, names: &HashMap<Uuid, (ID, String)>) -> Option<TicketFacetValue> {
    let Some(value) = it.value else {
        return Some(TicketFacetValue { value: None, label: None, count: it.count });
    };
    let (id, name) = names.get(&value.parse().ok()?)?;
    Some(TicketFacetValue { value: Some(id.clone()), label: Some(name.clone()), count: it.count })
}
