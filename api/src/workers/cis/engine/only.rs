//! What a host has besides what its inventory tells is gone: what this source alone has said of it is
//! retired, its relation to the host ends.

use std::collections::BTreeSet;
use std::time::Duration;

use domain::ci::CiCommand;
use domain::ci::command::Retire;
use domain::kernel::CiId;
use sqlx::Row;
use uuid::Uuid;

use super::apply::Failure;
use super::{Engine, found};
use crate::gateway::GatewayError;
use crate::gateway::bulk::Work;
use crate::workers::cis::report::{Change, Done};
use crate::workers::cis::row::Only;

/// How long the views may take to show what the journal has.
const PATIENCE: Duration = Duration::from_secs(30);

impl Engine {
    pub(super) async fn only(&self, work: &mut Work<'_>, only: &Only) -> Result<Done, Failure> {
        let host = found(work, |finder| finder.end(&only.relation, &only.host)).await?;
        let mut kept = BTreeSet::new();
        for named in &only.kept {
            // One whose row was refused is not there, and is not gone for that.
            if let Some(id) = found(work, |finder| finder.perhaps(named)).await? {
                kept.insert(id);
            }
        }
        let related = self.related(host, &only.relation).await?;
        let gone: Vec<CiId> = related.into_iter().filter(|id| !kept.contains(id)).collect();
        work.load(gone.iter().copied()).await?;
        let mut done = Done::default();
        for id in gone {
            if !self.is_ours(work, id, only) {
                continue;
            }
            let name = work.item(id).and_then(|body| body.value(domain::cmdb::NAME));
            let name = name.and_then(|name| name.value()).map(|name| name.plain());
            let events = work.decide(id, CiCommand::Retire(Retire)).await?;
            done.events += events.len() as u64;
            if !events.is_empty() {
                done.changes.push(Change::retired(&name.unwrap_or_else(|| id.to_string())));
            }
        }
        Ok(done)
    }

    /// Whether nobody else has a word about it.
    fn is_ours(&self, work: &Work<'_>, id: CiId, only: &Only) -> bool {
        let Some(body) = work.item(id).filter(|body| body.facts().active) else { return false };
        let catalogue = work.catalogue();
        let of_class = only.classes.iter().any(|name| {
            catalogue.by_name(name).is_some_and(|class| catalogue.is_a(body.class, class.id))
        });
        let said = || body.given.values().flat_map(|sources| sources.keys());
        let related = || body.relations.values().flat_map(|to| to.values());
        of_class
            && said().all(|source| *source == self.speaker.origin.name)
            && related().all(|origin| origin.name == self.speaker.origin.name)
    }

    /// Waits until the views show what was there before this import: what it makes itself it knows.
    /// To be called before it writes, for nothing is shown while it does.
    pub(in crate::workers::cis) async fn ready(&self) -> Result<(), GatewayError> {
        self.waiter.caught_up(PATIENCE).await.map_err(|_| GatewayError::Busy)
    }

    /// What was related to an item when the import began.
    async fn related(&self, host: CiId, relation: &str) -> Result<Vec<CiId>, Failure> {
        let rows = sqlx::query(include_str!("related.sql"))
            .bind(host.0)
            .bind(relation)
            .fetch_all(&self.reads)
            .await
            .map_err(|error| GatewayError::Reading(error.into()))?;
        let id = |row: &sqlx::postgres::PgRow| row.try_get::<Uuid, _>("from_id").map(CiId);
        let ids: Result<Vec<CiId>, sqlx::Error> = rows.iter().map(id).collect();
        Ok(ids.map_err(|error| GatewayError::Reading(error.into()))?)
    }
}
