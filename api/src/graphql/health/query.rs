//! Scores by class, and the list behind each count.

use std::sync::Arc;

use async_graphql::{Context, Object, Result};
use chrono::TimeDelta;
use domain::access::Permission;
use domain::cmdb::Catalogue;
use domain::kernel::{CiClassId, CiId};
use projections::cis::At;
use projections::cis::health::{Finding, Health, Terms};
use projections::sync_sources;

use super::types::{CiFinding, CiFindingKind, CiHealth};
use crate::graphql::access::MayRead;
use crate::graphql::ci::catalogue;
use crate::graphql::context::services;
use crate::graphql::error::{bad_request, unread};
use crate::graphql::page::{Connection, Counter, PageSize, page_of, place, rows};
use crate::graphql::scalar::Cursor;

/// Most days that can be asked for: ten years.
const STALE_DAYS_MAX: i32 = 3_650;

/// How good what is known of items is.
#[derive(Default)]
pub(in crate::graphql) struct HealthQuery;

/// How good what is known of items is.
#[Object]
impl HealthQuery {
    /// How the active items are, class by class, by the classes' names; classes without items are not
    /// among them. Everything is counted when you ask.
    #[graphql(guard = "MayRead(Permission::CiRead)")]
    async fn ci_health(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Of this class and those that inherit from it; absent: all.")]
        class: Option<String>,
        #[graphql(
            desc = "Days without news after which an item is stale: 1 to 3,650.",
            default = 60
        )]
        stale_days: i32,
    ) -> Result<Vec<CiHealth>> {
        let (health, catalogue) = health(cx, class, stale_days).await?;
        let found = health.by_class(&services(cx)?.reads).await.map_err(unread)?;
        let name = |id: CiClassId| catalogue.by_id(id).map(|class| class.name.clone());
        let mut found: Vec<_> = found.into_iter().map(|it| (name(it.class_id), it)).collect();
        found.sort_by(|(a, _), (b, _)| a.cmp(b));
        let one = |counts| CiHealth { counts, catalogue: Arc::clone(&catalogue) };
        Ok(found.into_iter().map(|(_, counts)| one(counts)).collect())
    }

    /// The active items with which this is amiss, and why, in no order that means anything.
    #[graphql(guard = "MayRead(Permission::CiRead)")]
    #[expect(clippy::too_many_arguments, reason = "each is an argument of the field")]
    async fn ci_findings(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "What is amiss.")] kind: CiFindingKind,
        #[graphql(desc = "Of this class and those that inherit from it; absent: all.")]
        class: Option<String>,
        #[graphql(
            desc = "Days without news after which an item is stale: 1 to 3,650.",
            default = 60
        )]
        stale_days: i32,
        #[graphql(
            desc = "Rows of the page, 1 to 100.",
            default_with = "Some(PageSize::default())"
        )]
        first: Option<PageSize>,
        #[graphql(desc = "Where the page before ended.")] after: Option<Cursor>,
    ) -> Result<Connection<CiFinding>> {
        let pool = services(cx)?.reads.clone();
        let list = format!("ciFindings {kind:?}");
        let after: Option<CiId> = after.map(|after| place(&list, &after)).transpose()?;
        let (health, _) = health(cx, class, stale_days).await?;
        let (size, kind) = (rows(first), kind.into());
        let found = health.findings(&pool, kind, (size + 1, after)).await.map_err(unread)?;
        let edge = |finding: Finding| (finding.ci_id, CiFinding(finding));
        let health = Arc::new(health);
        let count: Counter = Box::new(move || {
            let (pool, health) = (pool.clone(), Arc::clone(&health));
            Box::pin(async move {
                let classes = health.by_class(&pool).await.map_err(unread)?;
                Ok(classes.iter().map(|class| class.count(kind)).sum())
            })
        });
        Ok(page_of(&list, (found, size), after.is_some(), edge, count))
    }
}

/// What is looked at, and by which classes.
async fn health(
    cx: &Context<'_>,
    class: Option<String>,
    stale_days: i32,
) -> Result<(Health, Arc<Catalogue>)> {
    if !(1..=STALE_DAYS_MAX).contains(&stale_days) {
        return Err(bad_request(format!("staleDays is 1 to {STALE_DAYS_MAX}")));
    }
    let catalogue = catalogue(cx, At::Now).await?;
    let class = match class {
        None => None,
        Some(name) => {
            let found = catalogue.by_name(&name).map(|class| class.id);
            let named: String = name.chars().take(80).collect();
            Some(found.ok_or_else(|| bad_request(format!("there is no class {named:?}")))?)
        }
    };
    let services = services(cx)?;
    let stale_before = services.gateway.now() - TimeDelta::days(stale_days.into());
    let sources = sync_sources::all(&services.reads).await.map_err(unread)?;
    let heard =
        sources.into_iter().filter(|it| it.complete_at.is_some_and(|at| at >= stale_before));
    let heard = heard.map(|it| it.name).collect();
    Ok((Health { terms: Terms::of(&catalogue, class), stale_before, heard }, catalogue))
}
