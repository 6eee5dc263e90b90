//! A queue, as its reader has it.

use std::sync::Arc;

use async_graphql::{Context, ID, Json, Object, Result};
use projections::queues::QueueRow;
use projections::tickets::{Scope, TicketFilter, counts};
use serde_json::Value;
use tokio::sync::OnceCell;

use super::list::What;
use super::saved;
use super::words::{QueueSharing, TicketColumn};
use crate::graphql::context::services;
use crate::graphql::error::unread;
use crate::graphql::id::encode_queue;
use crate::graphql::loader;
use crate::graphql::person::Person;
use crate::graphql::unit::Unit;

/// How many tickets several queues have: counted at once, when somebody asks for one of them.
pub(super) struct Counts {
    lists: Vec<(Scope, TicketFilter)>,
    counted: OnceCell<Vec<i64>>,
}

impl Counts {
    pub(super) fn of(lists: Vec<(Scope, TicketFilter)>) -> Self {
        Self { lists, counted: OnceCell::new() }
    }

    async fn at(&self, cx: &Context<'_>, place: usize) -> Result<Option<i64>> {
        let pool = &services(cx)?.reads;
        let counted = self.counted.get_or_try_init(|| counts(pool, &self.lists)).await;
        Ok(counted.map_err(unread)?.get(place).copied())
    }
}

/// A list that people work by.
pub(super) struct Queue {
    pub(super) what: What,
    pub(super) counts: Arc<Counts>,
    /// Where it is counted; none: it cannot be used any more.
    pub(super) place: Option<usize>,
}

/// A list that people work by; what is in it is each reader's own.
#[Object]
impl Queue {
    /// A word for those every desk has, such as MY_WORK; for a saved one its opaque id.
    async fn key(&self) -> String {
        match &self.what {
            What::BuiltIn(key) => key.to_string(),
            What::Saved(row) => encode_queue(row.queue_id).0,
        }
    }

    /// For people; that of a queue every desk has is English.
    async fn name(&self) -> &str {
        match &self.what {
            What::BuiltIn(key) => key.name(),
            What::Saved(row) => &row.name,
        }
    }

    /// How many tickets of it you see now; null when its saved filter can no longer be used.
    async fn count(&self, cx: &Context<'_>) -> Result<Option<i64>> {
        match self.place {
            Some(place) => self.counts.at(cx, place).await,
            None => Ok(None),
        }
    }

    /// How it was saved; null for those every desk has.
    async fn saved(&self) -> Option<SavedQueue> {
        match &self.what {
            What::BuiltIn(_) => None,
            What::Saved(row) => Some(SavedQueue(Arc::clone(row))),
        }
    }
}

/// How a queue was saved.
pub(super) struct SavedQueue(Arc<QueueRow>);

/// How a queue was saved.
#[Object]
impl SavedQueue {
    /// Opaque and global, though not a node.
    async fn id(&self) -> ID {
        encode_queue(self.0.queue_id)
    }

    /// Who saved it.
    async fn owner(&self, cx: &Context<'_>) -> Result<Option<Person>> {
        loader::person(cx, self.0.owner_id).await
    }

    /// Who sees it.
    async fn sharing(&self) -> QueueSharing {
        self.0.sharing.into()
    }

    /// The unit it is shared with.
    async fn unit(&self, cx: &Context<'_>) -> Result<Option<Unit>> {
        let Some(id) = self.0.unit_id else { return Ok(None) };
        loader::unit(cx, id).await
    }

    /// Which tickets: the `where` of the list.
    #[graphql(name = "where")]
    async fn filter(&self) -> Option<Json<Value>> {
        Some(&self.0.filter).filter(|filter| !filter.is_null()).cloned().map(Json)
    }

    /// In which order: the `orderBy` of the list.
    async fn order_by(&self) -> Json<Value> {
        Json(self.0.ordering.clone())
    }

    /// What is shown of each ticket, in order.
    async fn columns(&self) -> Vec<TicketColumn> {
        saved::columns(&self.0)
    }

    /// The number of its events: what `expectedVersion` is compared with.
    async fn version(&self) -> i64 {
        self.0.version
    }
}
