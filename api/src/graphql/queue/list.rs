//! Which queues somebody has, and what each of them stands for.

use std::collections::BTreeSet;
use std::sync::Arc;

use async_graphql::{Context, ID, Result};
use chrono::{DateTime, Utc};
use domain::access::decide::ObjectView;
use domain::access::{Permission, Relation, Who};
use domain::kernel::UnitId;
use domain::person::PersonKind;
use projections::queues::{self, QueueRow};
use projections::tickets::queue::offered;
use projections::tickets::{BuiltIn, Lined};

use super::saved::{Unusable, is_seen, lined};
use super::types::{Counts, Queue};
use crate::graphql::access::{reads_this, scope, working_caller};
use crate::graphql::context::services;
use crate::graphql::error::unread;
use crate::graphql::id::decode_queue;

/// A queue, and the list it stands for.
pub(in crate::graphql) struct Known {
    pub(in crate::graphql) what: What,
    pub(in crate::graphql) lined: std::result::Result<Lined, Unusable>,
}

/// Where a queue comes from.
#[derive(Clone)]
pub(in crate::graphql) enum What {
    BuiltIn(BuiltIn),
    Saved(Arc<QueueRow>),
}

impl Known {
    fn saved(row: QueueRow, now: DateTime<Utc>) -> Self {
        Self { lined: lined(&row, now), what: What::Saved(Arc::new(row)) }
    }
}

/// The caller as somebody who has queues; none: Annals itself.
fn who<'c>(cx: &Context<'c>) -> Result<Option<&'c Who>> {
    Ok(working_caller(cx)?.person.as_ref().map(|known| &known.who))
}

/// All queues of the caller: those every desk has, then the saved ones by name.
pub(super) async fn all(cx: &Context<'_>) -> Result<Vec<Known>> {
    let Some(who) = who(cx)? else { return Ok(Vec::new()) };
    let now = services(cx)?.gateway.now();
    let built_in = offered(who, now).into_iter();
    let mut known: Vec<Known> =
        built_in.map(|(key, lined)| Known { what: What::BuiltIn(key), lined: Ok(lined) }).collect();
    if who.role.kind() == PersonKind::Staff {
        let units: BTreeSet<UnitId> = who.units.union(&who.heads).copied().collect();
        let units: Vec<UnitId> = units.into_iter().collect();
        let rows = queues::visible(&services(cx)?.reads, who.person, &units).await;
        let rows = rows.map_err(unread)?.into_iter().filter(|row| is_read(cx, row));
        known.extend(rows.map(|row| Known::saved(row, now)));
    }
    Ok(known)
}

/// The queue of this key; none: the caller has no such queue.
pub(in crate::graphql) async fn by_key(cx: &Context<'_>, key: &str) -> Result<Option<Known>> {
    by_key_at(cx, key, services(cx)?.gateway.now()).await
}

/// The same as the list that it stands for at this instant.
pub(super) async fn by_key_at(
    cx: &Context<'_>,
    key: &str,
    now: DateTime<Utc>,
) -> Result<Option<Known>> {
    let Some(who) = who(cx)? else { return Ok(None) };
    if let Ok(key) = key.parse::<BuiltIn>() {
        let lined = key.of(who, now);
        return Ok(lined.map(|lined| Known { what: What::BuiltIn(key), lined: Ok(lined) }));
    }
    let Ok(id) = decode_queue(&ID(key.to_owned())) else { return Ok(None) };
    let row = queues::by_id(&services(cx)?.reads, id).await.map_err(unread)?;
    let seen = |row: &QueueRow| {
        who.role.kind() == PersonKind::Staff && is_seen(row, who) && is_read(cx, row)
    };
    Ok(row.filter(seen).map(|row| Known::saved(row, now)))
}

/// Whether the caller may read this one of their queues. It lies where the unit does that it is shared with.
fn is_read(cx: &Context<'_>, row: &QueueRow) -> bool {
    reads_this(cx, Permission::QueueRead, |known| {
        let stands = |who: &Who| {
            let shared = row.unit_id.map(|unit| Relation::to_unit(who, unit)).unwrap_or_default();
            Relation { own: who.person == known.who.person, ..shared }
        };
        ObjectView::as_seen(&known.who, stands).at(&known.world, row.unit_id)
    })
}

/// The queues as the API shows them: they are counted together, when the first is asked.
pub(super) fn shown(cx: &Context<'_>, known: Vec<Known>) -> Vec<Queue> {
    let scope = scope(cx, Permission::TicketRead);
    let usable = known.iter().filter_map(|known| known.lined.as_ref().ok());
    let lists = usable.map(|lined| (scope.clone(), lined.filter.clone())).collect();
    let counts = Arc::new(Counts::of(lists));
    let mut counted = 0..;
    let queue = |known: Known| {
        let place = known.lined.is_ok().then(|| counted.next()).flatten();
        Queue { what: known.what, counts: Arc::clone(&counts), place }
    };
    known.into_iter().map(queue).collect()
}
