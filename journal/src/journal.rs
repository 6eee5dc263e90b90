//! The handle on one journal: pools, key ring, inline views, signals; loading of streams.

use std::sync::Arc;

use cqrs_es::{Aggregate, DomainEvent};
use domain::kernel::ClaimKey;
use sqlx::{PgPool, Row};
use tokio::sync::{Notify, watch};
use uuid::Uuid;

use crate::append;
use crate::error::JournalError;
use crate::inline::InlineView;
use crate::lock::StreamLocks;
use crate::read::{StreamEvent, open_events, stored_event};
use crate::seal::Keyring;
use crate::upcast::Upcasters;

/// An open journal; cheap to clone.
#[derive(Debug, Clone)]
pub struct Journal(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    pool: PgPool,
    keyring: Keyring,
    inline: Vec<Arc<dyn InlineView>>,
    append_sql: String,
    upcasters: Upcasters,
    locks: StreamLocks,
    appended: Notify,
    head: watch::Sender<i64>,
}

/// An aggregate folded from its stream.
#[derive(Debug, Clone, PartialEq)]
pub struct Loaded<A> {
    /// Its state.
    pub state: A,
    /// The number of events it was folded from.
    pub version: i64,
}

impl<A: Default> Default for Loaded<A> {
    fn default() -> Self {
        Self { state: A::default(), version: 0 }
    }
}

impl Journal {
    /// `pool`'s connections act as `annals_app`.
    pub fn new(pool: PgPool, keyring: Keyring, inline: Vec<Arc<dyn InlineView>>) -> Self {
        let append_sql = append::statement_text(&inline);
        Self(Arc::new(Inner {
            pool,
            keyring,
            inline,
            append_sql,
            upcasters: Upcasters::default(),
            locks: StreamLocks::default(),
            appended: Notify::new(),
            head: watch::Sender::new(0),
        }))
    }

    /// Loads a stream from its beginning.
    pub async fn load<A: Aggregate>(&self, id: Uuid) -> Result<Loaded<A>, JournalError> {
        let mut loaded = Loaded::default();
        self.catch_up(id, &mut loaded).await?;
        Ok(loaded)
    }

    /// Folds in the events that were appended since.
    pub async fn catch_up<A: Aggregate>(
        &self,
        id: Uuid,
        loaded: &mut Loaded<A>,
    ) -> Result<(), JournalError> {
        for event in self.stream(A::TYPE, id, loaded.version).await? {
            loaded.version = event.sequence;
            loaded.state.apply(typed::<A>(event)?);
        }
        Ok(())
    }

    /// The events of a stream after a version, opened.
    pub async fn stream(
        &self,
        aggregate_type: &str,
        id: Uuid,
        after: i64,
    ) -> Result<Vec<StreamEvent>, JournalError> {
        let rows = sqlx::query(include_str!("read/sql/stream.sql"))
            .bind(aggregate_type)
            .bind(id.to_string())
            .bind(after)
            .fetch_all(&self.0.pool)
            .await?;
        let events = rows.iter().map(stored_event).collect::<Result<Vec<_>, _>>()?;
        open_events(&self.0.keyring, &self.0.upcasters, events).await
    }

    /// Which of these keys of a scope are held, and by which stream.
    pub async fn holders(
        &self,
        scope: &str,
        keys: &[ClaimKey],
    ) -> Result<Vec<Option<Uuid>>, JournalError> {
        let mut stored = Vec::with_capacity(keys.len());
        for key in keys {
            stored.push(append::stored_key(self, scope, key).await?);
        }
        let rows = sqlx::query(include_str!("read/sql/holders.sql"))
            .bind(scope)
            .bind(&stored)
            .fetch_all(&self.0.pool)
            .await?;
        rows.iter()
            .map(|row| {
                let holder: Option<String> = row.try_get("aggregate_id")?;
                Ok(holder.and_then(|id| id.parse().ok()))
            })
            .collect()
    }

    /// The next number for people.
    pub async fn next_ticket_number(&self) -> Result<i64, JournalError> {
        let row = sqlx::query(include_str!("read/sql/next_ticket_number.sql"))
            .fetch_one(&self.0.pool)
            .await?;
        Ok(row.try_get("number")?)
    }

    /// Connections that act as `annals_app`.
    pub fn pool(&self) -> &PgPool {
        &self.0.pool
    }

    /// The key ring.
    pub fn keyring(&self) -> &Keyring {
        &self.0.keyring
    }

    /// The upcasters in force.
    pub fn upcasters(&self) -> &Upcasters {
        &self.0.upcasters
    }

    /// The queues of this process.
    pub fn locks(&self) -> &StreamLocks {
        &self.0.locks
    }

    /// The number of the newest settled event this process has heard of.
    pub fn head(&self) -> watch::Receiver<i64> {
        self.0.head.subscribe()
    }

    /// Tells everybody who waits that the log has grown to this number.
    pub fn announce(&self, head: i64) {
        self.0.head.send_if_modified(|known| {
            let grown = head > *known;
            *known = head.max(*known);
            grown
        });
    }

    pub(crate) fn inline_views(&self) -> &[Arc<dyn InlineView>] {
        &self.0.inline
    }

    pub(crate) fn append_sql(&self) -> &str {
        &self.0.append_sql
    }

    pub(crate) fn signal_append(&self) {
        self.0.appended.notify_one();
    }

    /// Waits until something was appended in this process.
    pub(crate) async fn appended(&self) {
        self.0.appended.notified().await;
    }
}

fn typed<A: Aggregate>(event: StreamEvent) -> Result<A::Event, JournalError> {
    let decoded: Result<A::Event, _> = serde_json::from_value(event.payload.clone());
    match decoded {
        Ok(decoded) if decoded.event_type() == event.event_type => {
            event.of_version(&decoded.event_version())?;
            Ok(decoded)
        }
        _ => Err(event.undecodable()),
    }
}
