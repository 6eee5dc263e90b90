//! What sources know of an item: derived from what they said, from their runs and from what they miss.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::async_trait::async_trait;
use async_graphql::dataloader::Loader;
use async_graphql::{Context, Enum, Result, SimpleObject};
use chrono::{DateTime, Utc};
use domain::ci::words::CiLife;
use domain::kernel::CiId;
use projections::ReadError;
use projections::cis::CiRow;
use projections::cis::health::known_since;
use projections::sync_sources::{self, SyncSourceRow};

use crate::graphql::context::loader;
use crate::graphql::error::internal;
use crate::graphql::loader::{Loaded, Reads};

/// Since when each source says something of an item, and when it last said something anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct KnownSince(CiId);

/// What [`KnownSince`] answers, by source.
type Since = Vec<(String, DateTime<Utc>, DateTime<Utc>)>;

/// All sources that are defined.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Defined;

#[async_trait]
impl Loader<KnownSince> for Reads {
    type Value = Since;
    type Error = Arc<ReadError>;

    async fn load(&self, keys: &[KnownSince]) -> Loaded<KnownSince, Since> {
        let ids: Vec<CiId> = keys.iter().map(|key| key.0).collect();
        let mut found: HashMap<KnownSince, Since> = HashMap::new();
        for (id, source, first_at, last_at) in known_since(&self.pool, &ids).await? {
            found.entry(KnownSince(id)).or_default().push((source, first_at, last_at));
        }
        Ok(found)
    }
}

#[async_trait]
impl Loader<Defined> for Reads {
    type Value = Vec<SyncSourceRow>;
    type Error = Arc<ReadError>;

    async fn load(&self, _keys: &[Defined]) -> Loaded<Defined, Vec<SyncSourceRow>> {
        Ok(HashMap::from([(Defined, sync_sources::all(&self.pool).await?)]))
    }
}

/// How an item stands to a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
enum CiSourceState {
    /// The source named it first in its last run, or since.
    New,
    /// It said something anew in its last run, or since.
    Modified,
    /// It says what it said before.
    Synchronised,
    /// It knows the item and sent it no more.
    Orphan,
    /// The item is retired, or merged into another one.
    Obsolete,
}

/// A source that says something of an item.
#[derive(SimpleObject)]
pub(in crate::graphql) struct CiSource {
    /// What it is called: `manual` is people.
    name: String,
    /// Whose word counts: the lowest.
    rank: u16,
    /// How the item stands to it. A source that nobody has defined has no runs: what it said once is
    /// synchronised.
    state: CiSourceState,
    /// When it last said something anew of the item, or sent all that it has with the item among it.
    last_seen_at: DateTime<Utc>,
    /// Since when it misses the item; null when it does not.
    missing_since: Option<DateTime<Utc>>,
}

/// All sources that say something of the item, the one that counts first.
///
/// # Errors
/// Technical failures.
pub(in crate::graphql) async fn of_item(cx: &Context<'_>, row: &CiRow) -> Result<Vec<CiSource>> {
    let loader = loader(cx)?;
    let known = loader.load_one(KnownSince(row.ci_id)).await.map_err(internal)?.unwrap_or_default();
    let defined = loader.load_one(Defined).await.map_err(internal)?.unwrap_or_default();
    let mut sources = Vec::new();
    for (name, first_at, last_at) in known {
        let ranks = row.given.values().filter_map(|by_source| by_source.get(&name));
        // What it took back it does not say.
        let Some(rank) = ranks.map(|given| given.rank).min() else { continue };
        let source = defined.iter().find(|source| source.name == name);
        let missing_since = row.missing.get(&name).copied();
        let complete = source.and_then(|source| source.complete_at);
        let heard = complete.filter(|_| missing_since.is_none());
        sources.push(CiSource {
            state: state(row, source, (first_at, last_at, missing_since)),
            last_seen_at: heard.map_or(last_at, |heard| heard.max(last_at)),
            name,
            rank,
            missing_since,
        });
    }
    sources.sort_by(|a, b| (a.rank, &a.name).cmp(&(b.rank, &b.name)));
    Ok(sources)
}

fn state(
    row: &CiRow,
    source: Option<&SyncSourceRow>,
    (first_at, last_at, missing): (DateTime<Utc>, DateTime<Utc>, Option<DateTime<Utc>>),
) -> CiSourceState {
    if row.life != CiLife::Active {
        return CiSourceState::Obsolete;
    }
    if missing.is_some() {
        return CiSourceState::Orphan;
    }
    let Some(source) = source.filter(|source| source.runs > 0) else {
        return CiSourceState::Synchronised;
    };
    // A run is recorded at its end: what it said came after the end of the run before it.
    let came = |at| source.earlier_run_at.is_none_or(|earlier| at > earlier);
    match (came(first_at), came(last_at)) {
        (true, _) => CiSourceState::New,
        (false, true) => CiSourceState::Modified,
        (false, false) => CiSourceState::Synchronised,
    }
}
