//! Which lists have turned out to be long of late: nobody has to count their beginning again, each time
//! somebody turns a page.
//!
//! Never what is in a list: if one has become short meanwhile, its page is found a little later.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use uuid::Uuid;

/// For how long it is believed.
const BELIEVED: Duration = Duration::from_secs(60);
/// Of how many lists at most.
const LISTS: usize = 10_000;

/// Long lists, each with when it was found to be one.
#[derive(Debug, Default)]
pub struct Long(Mutex<HashMap<Uuid, Instant>>);

impl Long {
    /// Whether the list was long a while ago.
    pub(super) fn has(&self, list: Uuid) -> bool {
        // Whoever panicked left a map of lists.
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.get(&list).is_some_and(|noted| noted.elapsed() < BELIEVED)
    }

    /// The list is long.
    pub(super) fn note(&self, list: Uuid) {
        // As above.
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= LISTS {
            known.clear();
        }
        // From when it was counted on, so that it is counted again.
        let counted = known.get(&list).copied().filter(|noted| noted.elapsed() < BELIEVED);
        known.insert(list, counted.unwrap_or_else(Instant::now));
    }
}
