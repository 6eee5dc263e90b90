//! Health, as the schema knows it.

use std::sync::Arc;

use async_graphql::{Context, Enum, ID, Object, Result};
use chrono::{DateTime, Utc};
use domain::cmdb::Catalogue;
use projections::cis::At;
use projections::cis::health::{ClassHealth, Finding};

use crate::graphql::ci::{Ci, ci, cis};
use crate::graphql::id::encode;

/// What can be amiss with an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "projections::cis::health::FindingKind")]
pub(super) enum CiFindingKind {
    /// It lacks what its class requires or recommends.
    Incomplete,
    /// Nothing was heard of it for long.
    Stale,
    /// It could be related to others and is to none.
    Orphan,
    /// It may be the same thing as another one.
    Duplicate,
    /// A source that knows it sent it no more.
    Missing,
}

/// How the active items of a class are.
pub(super) struct CiHealth {
    pub(super) counts: ClassHealth,
    pub(super) catalogue: Arc<Catalogue>,
}

/// How the active items of a class are. An item can have several things amiss with it.
#[Object]
impl CiHealth {
    /// The class's own id.
    async fn class_id(&self) -> ID {
        encode(self.counts.class_id)
    }

    /// The class's name.
    async fn class(&self) -> &str {
        let class = self.catalogue.by_id(self.counts.class_id);
        class.map_or("", |class| class.name.as_str())
    }

    /// `healthy` in a hundred of `total`: 0 to 100.
    async fn score(&self) -> f64 {
        self.counts.healthy as f64 * 100.0 / self.counts.total as f64
    }

    /// Items of exactly this class.
    async fn total(&self) -> i64 {
        self.counts.total
    }

    /// With which nothing is amiss.
    async fn healthy(&self) -> i64 {
        self.counts.healthy
    }

    /// That lack what their class requires or recommends.
    async fn incomplete(&self) -> i64 {
        self.counts.incomplete
    }

    /// Of which nothing was heard for long.
    async fn stale(&self) -> i64 {
        self.counts.stale
    }

    /// That could be related to others and are to none.
    async fn orphan(&self) -> i64 {
        self.counts.orphan
    }

    /// That may be the same thing as another one.
    async fn duplicate(&self) -> i64 {
        self.counts.duplicate
    }

    /// That a source knows and sent no more.
    async fn missing(&self) -> i64 {
        self.counts.missing
    }
}

/// What is amiss with an item, and why it is said.
pub(in crate::graphql) struct CiFinding(pub(super) Finding);

/// What is amiss with an item, and why it is said.
#[Object]
impl CiFinding {
    /// The item.
    async fn ci(&self, cx: &Context<'_>) -> Result<Option<Ci>> {
        ci(cx, self.0.ci_id, At::Now).await
    }

    /// INCOMPLETE: the attributes it lacks. MISSING and STALE: the sources that miss it. DUPLICATE:
    /// what it has in common with the others: `name`, an attribute, or `source` when a row of a source
    /// matched both. ORPHAN: none.
    async fn names(&self) -> &[String] {
        &self.0.names
    }

    /// STALE: when something last happened to it. MISSING: when it was first not sent. Else null.
    async fn since(&self) -> Option<DateTime<Utc>> {
        self.0.since
    }

    /// DUPLICATE: what it may be the same thing as, the first ten. Else none.
    async fn others(&self, cx: &Context<'_>) -> Result<Vec<Ci>> {
        cis(cx, &self.0.others, At::Now).await
    }
}
