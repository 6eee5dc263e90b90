//! How a ticket gets into the state that a cell of the table speaks of.

use serde_json::{Value, json};

use super::desk::Desk;

/// Who stands how to a ticket: a block of the table.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cast {
    /// Who does it.
    pub(super) actor: &'static str,
    /// Who reported the ticket.
    pub(super) author: &'static str,
    /// The unit that has it.
    pub(super) unit: &'static str,
    /// Whom of the unit it names.
    pub(super) named: &'static [&'static str],
    /// Who holds or resolves it, when it is somebody else.
    pub(super) other: &'static str,
}

/// In which state the ticket is, as the actor sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stage {
    /// In dispatch.
    New,
    /// Given to the unit, and free.
    Free,
    /// Held by the actor.
    HeldByMe,
    /// Held by somebody else.
    HeldByOther,
    /// Waiting for the caller.
    Pending,
    /// Resolved by the actor.
    ResolvedByMe,
    /// Resolved by somebody else.
    ResolvedByOther,
    /// Closed after somebody else resolved it.
    Closed,
    /// Cancelled by the director.
    Cancelled,
}

impl Stage {
    /// By the word that the table calls it.
    pub(super) fn named(word: &str) -> Self {
        match word {
            "new" => Self::New,
            "free" => Self::Free,
            "held-by-me" => Self::HeldByMe,
            "held-by-other" => Self::HeldByOther,
            "pending" => Self::Pending,
            "resolved-by-me" => Self::ResolvedByMe,
            "resolved-by-other" => Self::ResolvedByOther,
            "closed" => Self::Closed,
            "cancelled" => Self::Cancelled,
            other => panic!("the table has no state {other}"),
        }
    }

    /// A ticket there; its id.
    pub(super) async fn ticket(self, desk: &Desk, cast: &Cast) -> Value {
        let id = desk.open(cast.author, "A cell of the table").await;
        if self == Self::New {
            return id;
        }
        desk.assign(&id, Some(cast.unit), cast.named).await;
        let holder = match self {
            Self::HeldByMe | Self::ResolvedByMe => cast.actor,
            _ => cast.other,
        };
        match self {
            Self::New | Self::Free => {}
            Self::HeldByMe | Self::HeldByOther => start(desk, holder, &id).await,
            Self::Pending => {
                let input = json!({"ticketId": id, "pendingReason": "CALLER"});
                desk.done("director", "ticketPend", input).await;
            }
            Self::ResolvedByMe | Self::ResolvedByOther | Self::Closed => {
                start(desk, holder, &id).await;
                let input = json!({"ticketId": id, "code": "FIXED", "solution": "New battery."});
                desk.done(holder, "ticketResolve", input).await;
                if self == Self::Closed {
                    desk.done("director", "ticketClose", json!({"ticketId": id})).await;
                }
            }
            Self::Cancelled => {
                desk.done("director", "ticketCancel", json!({"ticketId": id})).await;
            }
        }
        id
    }
}

async fn start(desk: &Desk, holder: &str, id: &Value) {
    desk.done(holder, "ticketStartWork", json!({"ticketId": id})).await;
}
