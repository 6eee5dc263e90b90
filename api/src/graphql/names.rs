//! Whom the tickets of a page name, read at once with the page: one statement for all people, one for
//! all units, however the answer's fields take turns. A row that stands alone has none of them and asks
//! the request's loaders.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use async_graphql::{Context, Lookahead, Result};
use domain::access::Permission;
use domain::kernel::{PersonId, UnitId};
use projections::people::PersonRow;
use projections::tickets::TicketRow;
use projections::units::UnitRow;
use projections::{people, units};
use tokio::try_join;

use super::access::{reads_all, sees_person};
use super::context::loader;
use super::error::unread;
use super::loader as loaded;
use super::person::Person;
use super::unit::Unit;

/// A field of a ticket, and the person it names.
type Named = (&'static str, fn(&TicketRow) -> Option<PersonId>);

/// All that name one.
const NAMED: [Named; 4] = [
    ("requester", |row| Some(row.requester_id)),
    ("reporter", |row| Some(row.author_id)),
    ("holder", |row| row.holder_id),
    ("lastHolder", |row| row.last_holder_id),
];

/// People and units by their identity; cheap to clone.
#[derive(Default, Clone)]
pub(super) struct Names(Option<Arc<Known>>);

struct Known {
    people: HashMap<PersonId, PersonRow>,
    units: HashMap<UnitId, UnitRow>,
}

impl Names {
    /// Those that the answer shows of these tickets.
    pub(super) async fn of(cx: &Context<'_>, rows: &[&TicketRow]) -> Result<Self> {
        let ahead = cx.look_ahead();
        let pages = [ahead.field("nodes"), ahead.field("edges").field("node")];
        let shows =
            |field: &str| pages.iter().any(|page: &Lookahead<'_>| page.field(field).exists());
        let mut asked = BTreeSet::new();
        for (_, person) in NAMED.iter().filter(|(field, _)| shows(field)) {
            asked.extend(rows.iter().filter_map(|row| person(row)));
        }
        if shows("assignees") {
            asked.extend(rows.iter().flat_map(|row| &row.assignee_ids).copied());
        }
        let mut of_units = BTreeSet::new();
        if shows("unit") && reads_all(cx, Permission::UnitRead) {
            of_units.extend(rows.iter().filter_map(|row| row.unit_id));
        }
        let known = read(cx, asked, of_units).await?;
        Ok(Self(Some(Arc::new(known))))
    }

    /// A person named by something the caller sees, as [`loaded::person`] shows them.
    pub(super) async fn person(&self, cx: &Context<'_>, id: PersonId) -> Result<Option<Person>> {
        match self.0.as_ref().and_then(|known| known.people.get(&id)) {
            Some(row) => Ok(Some(Person { row: row.clone(), full: sees_person(cx, id) })),
            None => loaded::person(cx, id).await,
        }
    }

    /// These people, in the same order, as [`loaded::people_of`] shows them.
    pub(super) async fn people(&self, cx: &Context<'_>, ids: &[PersonId]) -> Result<Vec<Person>> {
        let Some(known) = &self.0 else { return loaded::people_of(cx, ids).await };
        let rows: Option<Vec<&PersonRow>> = ids.iter().map(|id| known.people.get(id)).collect();
        let Some(rows) = rows else { return loaded::people_of(cx, ids).await };
        let shown =
            |row: &PersonRow| Person { full: sees_person(cx, row.person_id), row: row.clone() };
        Ok(rows.into_iter().map(shown).collect())
    }

    /// A unit, if the caller may see units.
    pub(super) async fn unit(&self, cx: &Context<'_>, id: UnitId) -> Result<Option<Unit>> {
        // Whoever may not see units has none here.
        match self.0.as_ref().and_then(|known| known.units.get(&id)) {
            Some(row) => Ok(Some(Unit(row.clone()))),
            None => loaded::unit(cx, id).await,
        }
    }
}

async fn read(
    cx: &Context<'_>,
    asked: BTreeSet<PersonId>,
    of_units: BTreeSet<UnitId>,
) -> Result<Known> {
    let pool = &loader(cx)?.loader().pool;
    let asked: Vec<PersonId> = asked.into_iter().collect();
    let of_units: Vec<UnitId> = of_units.into_iter().collect();
    let people = async {
        if asked.is_empty() { Ok(Vec::new()) } else { people::by_ids(pool, &asked).await }
    };
    let units = async {
        if of_units.is_empty() { Ok(Vec::new()) } else { units::by_ids(pool, &of_units).await }
    };
    let (people, units) = try_join!(people, units).map_err(unread)?;
    Ok(Known {
        people: people.into_iter().map(|row| (row.person_id, row)).collect(),
        units: units.into_iter().map(|row| (row.unit_id, row)).collect(),
    })
}
