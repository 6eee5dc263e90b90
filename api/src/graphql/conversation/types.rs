//! Something said on a ticket, as a row of the read side.

use async_graphql::{Context, ID, Object, Result};
use chrono::{DateTime, Utc};
use projections::conversation::CommentRow;

use crate::graphql::id::encode;
use crate::graphql::loader;
use crate::graphql::person::Person;
use crate::graphql::ticket::Ticket;

/// Something said on a ticket.
pub(in crate::graphql) struct Comment(pub(in crate::graphql) CommentRow);

/// Something said on a ticket. Of people that you may not look up it tells the name.
#[Object]
impl Comment {
    /// Opaque and global.
    pub(in crate::graphql) async fn id(&self) -> ID {
        encode(self.0.comment_id)
    }

    /// Whose words.
    async fn author(&self, cx: &Context<'_>) -> Result<Option<Person>> {
        loader::person(cx, self.0.author_id).await
    }

    /// The words; "erased" when their author's personal data were destroyed.
    async fn body(&self) -> &str {
        &self.0.body
    }

    /// Whether it was said among staff.
    async fn internal(&self) -> bool {
        self.0.internal
    }

    /// Who is called upon.
    async fn mentions(&self, cx: &Context<'_>) -> Result<Vec<Person>> {
        loader::people_of(cx, &self.0.mention_ids).await
    }

    /// When it was said.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.occurred_at
    }

    /// The ticket it was said on, when that one was merged into this one; null when you may not
    /// see it.
    async fn origin_ticket(&self, cx: &Context<'_>) -> Result<Option<Ticket>> {
        if self.0.origin_ticket_id == self.0.ticket_id {
            return Ok(None);
        }
        loader::ticket(cx, self.0.origin_ticket_id).await
    }
}
