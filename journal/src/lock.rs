//! Commands for one stream queue in this process before they race in the database.
//!
//! A fixed number of fair locks, shared by hash: bounded memory, and two streams that share one
//! merely wait for each other. Several streams are locked in order, so nobody waits in a circle.

use std::collections::BTreeSet;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use tokio::sync::{Mutex, OwnedMutexGuard};
use uuid::Uuid;

const STRIPES: usize = 1024;

/// The queues of all streams.
#[derive(Debug, Clone)]
pub struct StreamLocks(Arc<Vec<Arc<Mutex<()>>>>);

impl Default for StreamLocks {
    fn default() -> Self {
        Self(Arc::new((0..STRIPES).map(|_| Arc::default()).collect()))
    }
}

impl StreamLocks {
    /// Waits for its turn on all these streams; the turn ends when the guards are dropped.
    pub async fn turn(&self, streams: &[Uuid]) -> Vec<OwnedMutexGuard<()>> {
        let stripes: BTreeSet<usize> = streams.iter().map(stripe).collect();
        let mut guards = Vec::with_capacity(stripes.len());
        for index in stripes {
            guards.push(Arc::clone(&self.0[index]).lock_owned().await);
        }
        guards
    }
}

fn stripe(stream: &Uuid) -> usize {
    let mut hasher = DefaultHasher::new();
    stream.hash(&mut hasher);
    // Any residue will do; truncation on 32-bit targets included.
    let hash = hasher.finish() as usize;
    hash % STRIPES
}
