//! The row, and which facts make one.

use chrono::{DateTime, Utc};
use domain::Fact;
use domain::conversation::ConversationEvent;
use domain::kernel::{Actor, CommentId, Meta, PersonId, Personal, TicketId};
use domain::ticket::TicketEvent;
use journal::Recorded;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::rows::{micros, shown};

/// Something said on a ticket. The words are clear, or the word `erased`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommentRow {
    /// Its identity.
    pub comment_id: CommentId,
    /// The ticket it stands on now.
    pub ticket_id: TicketId,
    /// The ticket it was said on.
    pub origin_ticket_id: TicketId,
    /// Whose words.
    pub author_id: PersonId,
    /// The words.
    pub body: String,
    /// Whether it was said among staff.
    pub internal: bool,
    /// Who is called upon, sorted.
    pub mention_ids: Vec<PersonId>,
    /// When.
    pub occurred_at: DateTime<Utc>,
    /// The permanent number of its event.
    pub global_seq: i64,
}

impl CommentRow {
    /// What the event says, if it says anything.
    pub(super) fn of(recorded: &Recorded) -> Option<Self> {
        let meta = &recorded.event.meta;
        let row = |comment, ticket, author, body: &Personal<String>, internal| Self {
            comment_id: comment,
            ticket_id: ticket,
            origin_ticket_id: ticket,
            author_id: author,
            body: shown(body),
            internal,
            mention_ids: Vec::new(),
            occurred_at: micros(meta.occurred_at),
            global_seq: recorded.global_seq,
        };
        match &recorded.fact {
            Fact::Conversation(id, ConversationEvent::Replied(e)) => {
                let mention_ids = e.mentions.iter().copied().collect();
                Some(Self { mention_ids, ..row(e.comment, *id, e.author, &e.body, false) })
            }
            Fact::Conversation(id, ConversationEvent::Noted(e)) => {
                let mention_ids = e.mentions.iter().copied().collect();
                Some(Self { mention_ids, ..row(e.comment, *id, e.author, &e.body, true) })
            }
            Fact::Ticket(id, TicketEvent::Assigned(e)) => {
                let comment = passing_note(*id, recorded.event.sequence);
                Some(row(comment, *id, speaker(meta)?, e.note.as_ref()?, true))
            }
            _ => None,
        }
    }
}

/// The identity of what was said when a ticket was given away, the same in every rebuild.
fn passing_note(ticket: TicketId, sequence: i64) -> CommentId {
    CommentId(Uuid::new_v5(&ticket.0, &sequence.to_be_bytes()))
}

/// Whose words a note without an author is.
fn speaker(meta: &Meta) -> Option<PersonId> {
    meta.on_behalf_of.or(match meta.actor {
        Actor::Person(person) => Some(person),
        Actor::Service(_) | Actor::Import | Actor::System => None,
    })
}
