//! Batches of the log into rows.

use std::collections::BTreeMap;

use async_trait::async_trait;
use cqrs_es::Aggregate;
use domain::Fact;
use domain::conversation::Conversation;
use domain::kernel::TicketId;
use domain::ticket::{Ticket, TicketEvent};
use journal::Recorded;
use serde_json::json;
use sqlx::PgConnection;

use super::row::CommentRow;
use crate::error::ProjectionError;
use crate::model::{Grain, ReadModel, Step, Table};
use crate::rows;
use crate::tickets::SEEN_BY;

/// The read model `conversation`.
#[derive(Debug, Clone, Copy)]
pub struct Conversations;

/// What a batch adds, and which tickets' comments of before it stand elsewhere now.
#[derive(Debug, Default)]
struct Said {
    comments: Vec<CommentRow>,
    moved: BTreeMap<TicketId, TicketId>,
}

#[async_trait]
impl ReadModel for Conversations {
    fn name(&self) -> &'static str {
        "conversation"
    }

    fn version(&self) -> i32 {
        1
    }

    fn ddl(&self) -> &'static str {
        include_str!("../../../migrations/read/views/conversation.v1.sql")
    }

    fn tables(&self) -> &'static [Table] {
        &[Table { name: "comments", key: &["comment_id"], stream: None }]
    }

    fn grain(&self) -> Grain {
        Grain::Log
    }

    fn types(&self) -> &'static [&'static str] {
        const { &[Ticket::TYPE, Conversation::TYPE] }
    }

    fn behind(&self) -> &'static [&'static str] {
        SEEN_BY
    }

    async fn write(
        &self,
        conn: &mut PgConnection,
        batch: &[&Recorded],
        step: Step,
    ) -> Result<bool, ProjectionError> {
        let mut said = Said::default();
        for recorded in batch {
            said.comments.extend(CommentRow::of(recorded));
            if let Fact::Ticket(id, TicketEvent::Merged(e)) = &recorded.fact {
                said.merge(*id, e.into);
            }
        }
        let moved =
            said.moved.iter().map(|(from, into)| json!({"source": from, "target": into})).collect();
        let rows = rows::stored(said.comments.iter());
        rows::write(conn, include_str!("sql/write.sql"), step, [rows, moved]).await
    }
}

impl Said {
    /// Whatever stands on the one ticket stands on the other from now on.
    fn merge(&mut self, from: TicketId, into: TicketId) {
        for comment in self.comments.iter_mut().filter(|comment| comment.ticket_id == from) {
            comment.ticket_id = into;
        }
        for target in self.moved.values_mut().filter(|target| **target == from) {
            *target = into;
        }
        // What came before the batch and already left stays where it went.
        self.moved.entry(from).or_insert(into);
    }
}
