//! The handle on one journal: pools, key ring, inline views, signals; loading of streams.

use std::sync::{Arc, OnceLock};

use cqrs_es::{Aggregate, DomainEvent};
use domain::kernel::ClaimKey;
use sqlx::PgPool;
use tokio::sync::{Notify, watch};
use uuid::Uuid;

use crate::append;
use crate::engine::Engine;
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
    upcasters: Upcasters,
    locks: StreamLocks,
    appended: Arc<Notify>,
    engine: OnceLock<Engine>,
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
        Self(Arc::new(Inner {
            pool,
            keyring,
            inline,
            upcasters: Upcasters::default(),
            locks: StreamLocks::default(),
            appended: Arc::default(),
            engine: OnceLock::new(),
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
            fold(loaded, event)?;
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
        let rows = self.engine().streams.ask((aggregate_type.to_owned(), id, after)).await?;
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
            let key = append::stored_key(self, scope, key).await?;
            stored.push((scope.to_owned(), key));
        }
        self.engine().holders.ask(stored).await
    }

    /// The next number for people.
    pub async fn next_ticket_number(&self) -> Result<i64, JournalError> {
        self.engine().numbers.ask(()).await
    }

    /// Writes what waits to be written and ends the journal's own connections. Whoever asks later
    /// hears that it is closed; without it, the journal ends with its last handle or with its pool.
    pub async fn close(&self) {
        self.engine().close().await;
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

    pub(crate) fn engine(&self) -> &Engine {
        let Inner { pool, inline, appended, engine, .. } = self.0.as_ref();
        engine.get_or_init(|| Engine::start(pool, inline, Arc::clone(appended)))
    }

    /// Something was appended in this process.
    pub(crate) fn tell_appended(&self) {
        self.0.appended.notify_one();
    }

    /// Waits until something was appended in this process.
    pub(crate) async fn appended(&self) {
        self.0.appended.notified().await;
    }
}

/// Folds a stream's next event in.
pub(crate) fn fold<A: Aggregate>(
    loaded: &mut Loaded<A>,
    event: StreamEvent,
) -> Result<(), JournalError> {
    loaded.version = event.sequence;
    loaded.state.apply(typed::<A>(event)?);
    Ok(())
}

fn typed<A: Aggregate>(mut event: StreamEvent) -> Result<A::Event, JournalError> {
    let decoded: Result<A::Event, _> = serde_json::from_value(event.payload.take());
    match decoded {
        Ok(decoded) if decoded.event_type() == event.event_type => {
            event.of_version(&decoded.event_version())?;
            Ok(decoded)
        }
        _ => Err(event.undecodable()),
    }
}
