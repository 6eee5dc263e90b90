//! Which lists have turned out to be long of late: nobody has to count their beginning again, each time
//! somebody turns a page.
//!
//! And how many tickets there are in total, about: of few, a walk through all is soon over.
//!
//! Never what is in a list: if one has become short meanwhile, its page is found a little later.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use sqlx::{PgPool, Row};
use uuid::Uuid;

use crate::error::ReadError;

/// For how long it is believed.
const BELIEVED: Duration = Duration::from_secs(60);
/// Of how many lists at most.
const LISTS: usize = 10_000;

/// What was learned.
#[derive(Debug, Default)]
pub struct Long {
    /// Each with when it was found to be long.
    lists: Mutex<HashMap<Uuid, Instant>>,
    /// How many tickets there were, and when.
    total: Mutex<Option<(Total, Instant)>>,
}

/// About how many tickets there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Total {
    pub(super) all: i64,
    /// Those that are neither closed nor cancelled.
    pub(super) live: i64,
}

impl Long {
    /// Whether the list was long a while ago.
    pub(super) fn has(&self, list: Uuid) -> bool {
        // Whoever panicked left a map of lists.
        let known = self.lists.lock().unwrap_or_else(PoisonError::into_inner);
        known.get(&list).is_some_and(|noted| noted.elapsed() < BELIEVED)
    }

    /// The list is long.
    pub(super) fn note(&self, list: Uuid) {
        // As above.
        let mut known = self.lists.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= LISTS {
            known.clear();
        }
        // From when it was counted on, so that it is counted again.
        let counted = known.get(&list).copied().filter(|noted| noted.elapsed() < BELIEVED);
        known.insert(list, counted.unwrap_or_else(Instant::now));
    }

    /// About how many tickets there are, as the database says without counting them.
    pub(super) async fn total(&self, pool: &PgPool) -> Result<Total, ReadError> {
        // A number and its time are whole whoever panicked.
        let known = *self.total.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((total, _)) = known.filter(|(_, said)| said.elapsed() < BELIEVED) {
            return Ok(total);
        }
        let total = sqlx::query(include_str!("sql/total.sql")).fetch_one(pool).await?;
        let total = Total { all: total.try_get("total")?, live: total.try_get("live")? };
        // As above.
        *self.total.lock().unwrap_or_else(PoisonError::into_inner) = Some((total, Instant::now()));
        Ok(total)
    }
}
