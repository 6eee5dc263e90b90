//! An item, as a row of the read side.

use std::collections::BTreeMap;
use std::sync::Arc;

use async_graphql::{Context, ID, Json, Object, Result};
use chrono::{DateTime, Utc};
use domain::access::Permission;
use domain::cmdb::{Catalogue, Datum};
use projections::cis::{At, CiRow};
use serde_json::Value;

use super::attribute::CiAttribute;
use super::licence::{self, CiLicenceUsage};
use super::load::ci;
use super::relation::{self, CiRelation};
use super::words::{CiLife, CiRelationDirection};
use crate::graphql::access::reads_some;
use crate::graphql::health::{self, CiSource};
use crate::graphql::id::{GlobalId, encode};
use crate::graphql::page::{Connection, PageSize};
use crate::graphql::past::as_row;
use crate::graphql::scalar::Cursor;
use crate::graphql::ticket::Ticket;
use crate::graphql::ticket_items;
use crate::graphql::timeline::{self, Event};

/// A configuration item, now or as it was.
pub(in crate::graphql) struct Ci {
    pub(in crate::graphql) row: CiRow,
    /// When it is so.
    pub(in crate::graphql) at: At,
    /// The classes of that moment.
    pub(in crate::graphql) catalogue: Arc<Catalogue>,
}

/// A configuration item, now or as it was.
#[Object]
impl Ci {
    /// Opaque and global.
    pub(in crate::graphql) async fn id(&self) -> ID {
        encode(self.row.ci_id)
    }

    /// What it is called; empty where it has no name.
    async fn name(&self) -> &str {
        &self.row.name
    }

    /// The name of its class, as files say it.
    async fn class(&self) -> &str {
        let class = self.catalogue.by_id(self.row.class_id);
        class.map_or("", |class| class.name.as_str())
    }

    /// Where in its use it is, by the word of its class.
    async fn status(&self) -> Option<&str> {
        self.row.status.as_deref()
    }

    /// Whose it is.
    async fn organization(&self, cx: &Context<'_>) -> Result<Option<Ci>> {
        let Some(id) = self.row.organization_id else { return Ok(None) };
        ci(cx, id, self.at).await
    }

    /// All that is said of it, in the order of its class.
    async fn attributes(&self) -> Vec<CiAttribute> {
        CiAttribute::all(self)
    }

    /// What counts of it, by name: as `value` of `attributes`.
    async fn attributes_json(&self) -> Json<&BTreeMap<String, Datum>> {
        Json(&self.row.attributes)
    }

    /// The row that is read, as JSON with sorted keys; null when you may not read events.
    async fn row(&self, cx: &Context<'_>) -> Option<Json<Value>> {
        as_row(cx, &self.row)
    }

    /// What it is related to, by the relations' names.
    async fn relations(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "One way alone.")] direction: Option<CiRelationDirection>,
        #[graphql(desc = "Of this name alone.")] relation: Option<String>,
        #[graphql(
            desc = "Rows of the page, 1 to 100.",
            default_with = "Some(PageSize::default())"
        )]
        first: Option<PageSize>,
        #[graphql(desc = "Where the page before ended.")] after: Option<Cursor>,
    ) -> Result<Connection<CiRelation>> {
        relation::page(cx, self, (direction, relation), (first, after)).await
    }

    /// How far it is used up; null when it is no licence.
    async fn licence_usage(&self, cx: &Context<'_>) -> Result<Option<CiLicenceUsage>> {
        licence::usage(cx, self).await
    }

    /// The sources that say something of it, as of this day, the one that counts first.
    async fn sources(&self, cx: &Context<'_>) -> Result<Vec<CiSource>> {
        health::of_item(cx, &self.row).await
    }

    /// Where in its life it is.
    async fn life(&self) -> CiLife {
        self.row.life.into()
    }

    /// The item that goes on in its place.
    async fn merged_into(&self, cx: &Context<'_>) -> Result<Option<Ci>> {
        let Some(id) = self.row.merged_into else { return Ok(None) };
        ci(cx, id, self.at).await
    }

    /// When it was registered.
    async fn registered_at(&self) -> DateTime<Utc> {
        self.row.registered_at
    }

    /// When its last event happened.
    async fn changed_at(&self) -> DateTime<Utc> {
        self.row.changed_at
    }

    /// The number of its events: what `expectedVersion` is compared with.
    async fn version(&self) -> i64 {
        self.row.version
    }

    /// The tickets that it has to do with now and that you may see, the newest first: those that name
    /// it, and those with whose items it falls.
    async fn tickets(
        &self,
        cx: &Context<'_>,
        #[graphql(
            desc = "Those alone that somebody has to do something on, or those that nobody \
                          has to."
        )]
        open: Option<bool>,
        #[graphql(
            desc = "Rows of the page, 1 to 100.",
            default_with = "Some(PageSize::default())"
        )]
        first: Option<PageSize>,
        #[graphql(desc = "Where the page before ended.")] after: Option<Cursor>,
    ) -> Result<Connection<Ticket>> {
        ticket_items::known_tickets(cx, (self.row.ci_id, open), (first, after)).await
    }

    /// What happened to it, oldest first, to this day; null when you may not read histories.
    async fn timeline(
        &self,
        cx: &Context<'_>,
        #[graphql(
            desc = "Rows of the page, 1 to 100.",
            default_with = "Some(PageSize::default())"
        )]
        first: Option<PageSize>,
        #[graphql(desc = "Where the page before ended.")] after: Option<Cursor>,
    ) -> Result<Option<Connection<Event>>> {
        if !reads_some(cx, Permission::TimelineRead) {
            return Ok(None);
        }
        timeline::of(cx, GlobalId::Ci(self.row.ci_id), first, after).await.map(Some)
    }
}
