//! What the feed tells.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use domain::kernel::{Actor, TicketId};
use domain::ticket_clock;

use crate::dossiers::DossierRow;
use crate::tickets::TicketRow;

/// A ticket as it stood at some place of the log.
#[derive(Debug, Clone, PartialEq)]
pub struct Snapshot {
    /// Its row.
    pub row: TicketRow,
    /// What is known of it besides.
    pub dossier: DossierRow,
}

/// Something happened to a ticket.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// The event's number in the log.
    pub position: i64,
    /// When it happened.
    pub occurred_at: DateTime<Utc>,
    /// Its wire name.
    pub event_type: String,
    /// Who did it.
    pub actor: Actor,
    /// To which ticket.
    pub ticket_id: TicketId,
    /// How the ticket stood before; none: there was none.
    pub before: Option<Arc<Snapshot>>,
    /// How it stood afterwards.
    pub after: Arc<Snapshot>,
}

/// A clock of a ticket went beyond a threshold.
#[derive(Debug, Clone, PartialEq)]
pub struct Crossing {
    /// The event's number in the log.
    pub position: i64,
    /// When it happened, however late it was recorded.
    pub occurred_at: DateTime<Utc>,
    /// Whose clock.
    pub ticket_id: TicketId,
    /// Which threshold of which clock.
    pub said: ticket_clock::event::Crossing,
    /// How the ticket stands at this place of the log.
    pub ticket: Arc<Snapshot>,
}

/// An event that a reader has come past.
#[derive(Debug, Clone, PartialEq)]
pub struct Passed {
    /// Its number in the log.
    pub position: i64,
    /// What it means to a reader.
    pub what: What,
}

/// What an event means to a reader.
#[derive(Debug, Clone, PartialEq)]
pub enum What {
    /// A ticket changed.
    Changed(Arc<Change>),
    /// A clock of a ticket went beyond a threshold; the ticket is as it was.
    Crossed(Arc<Crossing>),
    /// People, units or settings did: who may see what may have.
    Rights,
    /// Nothing.
    Else,
}
