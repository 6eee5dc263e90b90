//! Batched reads of conversations: the first pages of all tickets of a level, and their counts.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use async_graphql::async_trait::async_trait;
use async_graphql::dataloader::Loader;
use domain::kernel::{CommentId, TicketId};
use projections::ReadError;
use projections::conversation::{self, CommentRow};

use crate::graphql::loader::{Loaded, Reads, by_key};

/// The first comments on a ticket, at most so many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct FirstOf {
    pub(super) ticket: TicketId,
    pub(super) first: i64,
    pub(super) with_internal: bool,
}

/// How many comments there are on a ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct CountOf {
    pub(super) ticket: TicketId,
    pub(super) with_internal: bool,
}

#[async_trait]
impl Loader<CommentId> for Reads {
    type Value = CommentRow;
    type Error = Arc<ReadError>;

    async fn load(&self, keys: &[CommentId]) -> Loaded<CommentId, CommentRow> {
        by_key(conversation::by_ids(&self.pool, keys).await, |row| row.comment_id)
    }
}

#[async_trait]
impl Loader<FirstOf> for Reads {
    type Value = Vec<CommentRow>;
    type Error = Arc<ReadError>;

    /// One statement a size; those of a level of an answer mostly agree on it.
    async fn load(&self, keys: &[FirstOf]) -> Loaded<FirstOf, Vec<CommentRow>> {
        let mut alike: BTreeMap<(i64, bool), Vec<TicketId>> = BTreeMap::new();
        for key in keys {
            alike.entry((key.first, key.with_internal)).or_default().push(key.ticket);
        }
        let mut found: HashMap<FirstOf, Vec<CommentRow>> = HashMap::new();
        for ((first, with_internal), tickets) in alike {
            let rows = conversation::by_tickets(&self.pool, &tickets, with_internal, first).await;
            for row in rows.map_err(Arc::new)? {
                let key = FirstOf { ticket: row.ticket_id, first, with_internal };
                found.entry(key).or_default().push(row);
            }
        }
        Ok(found)
    }
}

#[async_trait]
impl Loader<CountOf> for Reads {
    type Value = i64;
    type Error = Arc<ReadError>;

    async fn load(&self, keys: &[CountOf]) -> Loaded<CountOf, i64> {
        let mut found = HashMap::new();
        for with_internal in [false, true] {
            let asked = keys.iter().filter(|key| key.with_internal == with_internal);
            let tickets: Vec<TicketId> = asked.map(|key| key.ticket).collect();
            if tickets.is_empty() {
                continue;
            }
            let counts = conversation::counts(&self.pool, &tickets, with_internal).await;
            for (ticket, count) in counts.map_err(Arc::new)? {
                found.insert(CountOf { ticket, with_internal }, count);
            }
        }
        Ok(found)
    }
}
