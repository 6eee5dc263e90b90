//! What this process has folded of late, so that the next command on it need not load it again.
//!
//! A remembered state may be older than the log: another process may have appended since. It serves
//! for one thing alone, a decision whose append names the version it was made on: that append proves
//! the state or stores nothing. Whatever else comes of it, a refusal or nothing to do, has to be
//! found again on a loaded state before anybody hears of it. What is told of other streams is never
//! taken from here, because no version proves it. Called by the gateway.
//!
//! It holds opened personal data. A state is used for as long after it was opened as the key ring
//! uses a key, however often it was folded on meanwhile, and then dropped.

use std::any::Any;
use std::io::{self, Write};
use std::sync::Arc;

use cqrs_es::Aggregate;
use moka::policy::EvictionPolicy;
use moka::sync::Cache;
use uuid::Uuid;

use crate::error::JournalError;
use crate::journal::{Journal, Loaded};
use crate::seal::keyring::FRESH;

/// What all states may weigh together, as JSON.
const CAPACITY: u64 = 32 * 1024 * 1024;
/// A heavier state is loaded again: weighing and copying it would cost what loading does.
const HEAVIEST: usize = 64 * 1024;
/// What a state weighs besides.
const PLACE: u32 = 256;

/// Folded streams.
#[derive(Debug)]
pub(crate) struct Memory(Cache<(&'static str, Uuid), Remembered>);

/// A `Loaded<A>`, whichever aggregate's it is.
#[derive(Debug, Clone)]
struct Remembered {
    loaded: Arc<dyn Any + Send + Sync>,
    weight: u32,
}

impl Default for Memory {
    fn default() -> Self {
        let cache = Cache::builder()
            .max_capacity(CAPACITY)
            .weigher(|_, remembered: &Remembered| remembered.weight)
            .time_to_live(FRESH)
            .eviction_policy(EvictionPolicy::lru());
        Self(cache.build())
    }
}

#[cfg(test)]
impl Memory {
    /// What everything weighs, when what was too much has gone.
    pub(crate) fn weight(&self) -> u64 {
        self.0.run_pending_tasks();
        self.0.weighted_size()
    }
}

impl Journal {
    /// Loads a stream, or takes it out of memory if it is there; see the module for what a recalled
    /// one is good for. Whoever has appended to it remembers it anew.
    pub async fn recall_or_load<A>(&self, id: Uuid) -> Result<Loaded<A>, JournalError>
    where
        A: Aggregate + Clone + 'static,
    {
        match self.recall(id) {
            Some(recalled) => Ok(recalled),
            None => self.load(id).await,
        }
    }

    fn recall<A: Aggregate + Clone + 'static>(&self, id: Uuid) -> Option<Loaded<A>> {
        let remembered = self.memory().0.remove(&(A::TYPE, id))?;
        let loaded = remembered.loaded.downcast::<Loaded<A>>().ok()?;
        let fresh = Some(loaded).filter(|loaded| loaded.opened.elapsed() < FRESH)?;
        Some(Loaded { recalled: true, ..Arc::unwrap_or_clone(fresh) })
    }

    /// Remembers a stream as a stored append has left it.
    pub fn remember<A: Aggregate + 'static>(&self, id: Uuid, loaded: Loaded<A>) {
        if loaded.opened.elapsed() < FRESH
            && let Some(weight) = weight(&loaded.state)
        {
            let remembered = Remembered { loaded: Arc::new(loaded), weight };
            self.memory().0.insert((A::TYPE, id), remembered);
        }
    }
}

/// None: too heavy.
fn weight<A: Aggregate>(state: &A) -> Option<u32> {
    let mut scales = Scales(0);
    serde_json::to_writer(&mut scales, state).ok()?;
    Some(u32::try_from(scales.0).ok()?.saturating_add(PLACE))
}

/// Counts bytes, and takes no more than the heaviest.
struct Scales(usize);

impl Write for Scales {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len();
        match self.0 > HEAVIEST {
            true => Err(io::ErrorKind::FileTooLarge.into()),
            false => Ok(bytes.len()),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
