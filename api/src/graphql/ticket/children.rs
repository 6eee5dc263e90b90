//! What became of a resolved ticket's children: the cascade, drawn at once so that it can be told.

use async_graphql::{Context, Enum, Result, SimpleObject};
use domain::kernel::TicketId;
use journal::PositionToken;

use super::Ticket;
use crate::graphql::context::{PATIENCE, services};
use crate::graphql::loader;
use crate::graphql::refusal::{ErrorCode, code};
use crate::workers::processes::cascade::{ChildFate, ChildOutcome, cascade};

/// What became of a child of a resolved ticket.
#[derive(SimpleObject)]
pub(super) struct TicketChildOutcome {
    /// The child as it is now; null when you may not see it, and when the read side has not caught
    /// up in time.
    ticket: Option<Ticket>,
    /// What became of it.
    outcome: TicketChildFate,
    /// Why it was skipped.
    reason: Option<ErrorCode>,
}

/// What a resolution made of a child.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub(super) enum TicketChildFate {
    /// Resolved with its parent.
    Resolved,
    /// It was resolved before, and stays as it is.
    AlreadyResolved,
    /// Its state does not allow it; it stays as it is.
    Skipped,
}

/// Resolves the children of a resolved ticket. When that fails half-way the resolution stands, and
/// the rest follows in the background: then nothing is told.
pub(super) async fn resolved(
    cx: &Context<'_>,
    parent: TicketId,
) -> Result<Option<Vec<TicketChildOutcome>>> {
    let children = match cascade(&services(cx)?.gateway, parent).await {
        Ok(children) => children,
        Err(error) => {
            tracing::warn!(%error, "the children of a resolved ticket follow later");
            return Ok(None);
        }
    };
    let shown = seen(cx, &children).await?;
    let mut told = Vec::with_capacity(children.len());
    for child in children {
        let (outcome, reason) = match &child.outcome {
            ChildFate::Resolved(_) => (TicketChildFate::Resolved, None),
            ChildFate::AlreadyResolved => (TicketChildFate::AlreadyResolved, None),
            ChildFate::Skipped(refused) => (TicketChildFate::Skipped, Some(code(refused.code)?)),
        };
        let ticket = if shown { loader::ticket(cx, child.ticket).await? } else { None };
        told.push(TicketChildOutcome { ticket, outcome, reason });
    }
    Ok(Some(told))
}

/// Waits until the view shows the last of them; whether it does.
async fn seen(cx: &Context<'_>, children: &[ChildOutcome]) -> Result<bool> {
    let place = |child: &ChildOutcome| match child.outcome {
        ChildFate::Resolved(token) => Some(token),
        ChildFate::AlreadyResolved | ChildFate::Skipped(_) => None,
    };
    let last: Option<PositionToken> = children.iter().filter_map(place).max();
    let Some(last) = last else { return Ok(true) };
    Ok(services(cx)?.waiter.passed("tickets", last, PATIENCE).await.is_ok())
}
