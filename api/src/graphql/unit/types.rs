//! A unit, as a row of the read side.

use async_graphql::{Context, Enum, ID, Object, Result};
use chrono::{DateTime, Utc};
use projections::units::UnitRow;

use crate::graphql::id::encode;
use crate::graphql::loader;
use crate::graphql::page::{Connection, Edge, PageSize, cursor, known, place, rows};
use crate::graphql::permission::words::{ActionClass, classes};
use crate::graphql::person::Person;
use crate::graphql::scalar::Cursor;
use crate::graphql::ticket::RoutingMethod;

/// What sort of unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::unit::UnitKind")]
pub(in crate::graphql) enum UnitKind {
    /// Holds support units together.
    Department,
    /// Works on tickets.
    SupportUnit,
    /// Whom the desk works for.
    CustomerOrganization,
}

/// A department, a support unit or a customer organisation.
pub(in crate::graphql) struct Unit(pub(in crate::graphql) UnitRow);

/// A department, a support unit or a customer organisation.
#[Object]
impl Unit {
    /// Opaque and global.
    pub(in crate::graphql) async fn id(&self) -> ID {
        encode(self.0.unit_id)
    }

    /// Unique among units.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// What sort.
    async fn kind(&self) -> UnitKind {
        self.0.kind.into()
    }

    /// The department it stands in.
    async fn parent(&self, cx: &Context<'_>) -> Result<Option<Unit>> {
        let Some(id) = self.0.parent_id else { return Ok(None) };
        loader::unit(cx, id).await
    }

    /// Who heads it.
    async fn heads(&self, cx: &Context<'_>) -> Result<Vec<Person>> {
        loader::people_of(cx, &self.0.head_ids).await
    }

    /// The client who speaks for a customer organisation.
    async fn lead(&self, cx: &Context<'_>) -> Result<Option<Person>> {
        let Some(id) = self.0.lead_id else { return Ok(None) };
        loader::person(cx, id).await
    }

    /// The staff who belong to it.
    async fn people(
        &self,
        cx: &Context<'_>,
        #[graphql(
            desc = "Rows of the page, 1 to 100.",
            default_with = "Some(PageSize::default())"
        )]
        first: Option<PageSize>,
        #[graphql(desc = "Where the page before ended.")] after: Option<Cursor>,
    ) -> Result<Connection<Person>> {
        let list = format!("people:{}", self.0.unit_id);
        let skipped: Option<usize> = after.map(|after| place(&list, &after)).transpose()?;
        let all = &self.0.people_ids;
        let start = skipped.unwrap_or(0).min(all.len());
        let end = start.saturating_add(usize::try_from(rows(first)).unwrap_or(0)).min(all.len());
        let people = loader::people_of(cx, &all[start..end]).await?;
        let place = |person: &Person| all.iter().position(|id| *id == person.row.person_id);
        let edge = |node: Person| Edge {
            cursor: cursor(&list, place(&node).map_or(end, |place| place + 1)),
            node,
        };
        Ok(Connection {
            edges: people.into_iter().map(edge).collect(),
            has_next: end < all.len(),
            has_previous: start > 0,
            count: known(i64::try_from(all.len()).unwrap_or(i64::MAX)),
        })
    }

    /// How its new tickets find their people.
    async fn routing(&self) -> RoutingMethod {
        self.0.routing.into()
    }

    /// Whether it takes nothing any more.
    async fn closed(&self) -> bool {
        self.0.closed
    }

    /// The classes of actions for which what is granted above the unit ends at it, unless it pierces
    /// barriers.
    async fn barriers(&self) -> Vec<ActionClass> {
        classes(self.0.barrier)
    }

    /// When it was created.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }

    /// The number of its events: what `expectedVersion` is compared with.
    async fn version(&self) -> i64 {
        self.0.version
    }
}
