//! The row.

use chrono::{DateTime, Utc};
use domain::kernel::{AccessRequestId, CommentId, PersonId, TicketId};
use domain::notice::{NoticeChannel, NoticeKind};
use serde::{Deserialize, Serialize};

/// Somebody is told of an event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeRow {
    /// The event's permanent number.
    pub global_seq: i64,
    /// Who is told.
    pub recipient_id: PersonId,
    /// By which way.
    pub channel: NoticeChannel,
    /// About which ticket; none: it is about an access request.
    pub ticket_id: Option<TicketId>,
    /// About which access request; none: it is about a ticket.
    pub request_id: Option<AccessRequestId>,
    /// What happened.
    pub kind: NoticeKind,
    /// Who did it, or for whom it was done; none: nobody by hand.
    pub actor_id: Option<PersonId>,
    /// When it happened.
    pub occurred_at: DateTime<Utc>,
    /// The comment, if there is one.
    pub comment_id: Option<CommentId>,
}
