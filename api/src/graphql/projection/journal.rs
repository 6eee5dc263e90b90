//! The journal's state.

use async_graphql::Object;
use journal::sequencer;

use crate::graphql::scalar::Position;

/// How the journal gives events their place in the log.
pub(super) struct JournalStatus(pub(super) sequencer::JournalStatus);

/// How the journal gives events their place in the log.
#[Object]
impl JournalStatus {
    /// The number of the last event of the log; 0 for none.
    async fn head(&self) -> Position {
        Position::Number(self.0.head)
    }

    /// How many recorded events have no number yet, counted up to 100,000.
    async fn unsettled(&self) -> i64 {
        self.0.unsettled
    }

    /// For how long the oldest of them has been waiting, in whole seconds, rounded up.
    async fn unsettled_seconds(&self) -> i64 {
        self.0.unsettled_seconds.ceil() as i64
    }

    /// For how long the oldest writing transaction of the database server has been open, in whole
    /// seconds, rounded up; 0 when there is none.
    async fn fence_age_seconds(&self) -> i64 {
        self.0.fence_age_seconds.ceil() as i64
    }

    /// Whose transaction that is: no event that was begun after it gets a number before it ends.
    async fn holder(&self) -> Option<FenceHolder> {
        self.0.holder.clone().map(FenceHolder)
    }

    /// The database server's process for the node that gives the numbers; null when none does.
    async fn leader_pid(&self) -> Option<i32> {
        self.0.leader_pid
    }

    /// How often that work has changed hands.
    async fn epoch(&self) -> i64 {
        self.0.epoch
    }
}

/// Whose open transaction holds up the order of new events.
pub(super) struct FenceHolder(sequencer::Holder);

/// Whose open transaction holds up the order of new events.
#[Object]
impl FenceHolder {
    /// Its process at the database server; null for a prepared transaction.
    async fn pid(&self) -> Option<i32> {
        self.0.pid
    }

    /// The database it works in; it need not be ours.
    async fn database(&self) -> Option<&str> {
        self.0.database.as_deref()
    }

    /// What it calls itself.
    async fn application(&self) -> Option<&str> {
        self.0.application.as_deref()
    }

    /// Whether it is prepared: then somebody has to commit it or roll it back.
    async fn prepared(&self) -> bool {
        self.0.prepared
    }
}
