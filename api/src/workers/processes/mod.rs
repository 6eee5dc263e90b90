//! Process managers: what happens to other tickets because of what happened to one, and to the access
//! of whoever left.
//!
//! They follow the settled log from a stored place on, each event at least once, and remember
//! nothing besides: every consequence is decided on the streams as they are now, and sent under an
//! id that follows from its cause. So a crash, a second node or a mutation that draws the same
//! consequence inline changes nothing. Imported events have none: a log tells all that happened, and the import
//! of commands draws theirs at their own instants.

pub mod cascade;
mod resolution;
mod tasks;

use std::time::Duration;

use cqrs_es::Aggregate;
use domain::Fact;
use domain::kernel::{Source, TicketId};
use domain::person::PersonEvent;
use domain::ticket::{Ticket, TicketEvent};
use journal::{Recorded, StreamEvent};
use projections::worker::WorkerLease;
use uuid::Uuid;

use super::following::Page;
use super::lease::Worker;
use super::{WorkerError, access};
use crate::gateway::{Gateway, GatewayError};

/// The follower.
#[derive(Debug)]
pub(crate) struct Processes {
    gateway: Gateway,
}

/// What an event can lead to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Turn {
    /// Solved, so its open children are too.
    Resolved,
    /// Nobody works on it any more.
    Ended,
    /// Somebody works on it again.
    Reopened,
    /// Nothing.
    Other,
}

impl Processes {
    /// Through this gateway.
    pub(crate) fn new(gateway: Gateway) -> Self {
        Self { gateway }
    }

    async fn follow(&self, recorded: &Recorded) -> Result<(), GatewayError> {
        if let Fact::Person(person, PersonEvent::Left(_)) = &recorded.fact {
            return access::see_off(&self.gateway, *person, &recorded.event).await;
        }
        let Fact::Ticket(ticket, event) = &recorded.fact else { return Ok(()) };
        if recorded.event.meta.source == Source::Import {
            return Ok(());
        }
        turned(&self.gateway, *ticket, (Turn::of(event), &recorded.event)).await.map(drop)
    }
}

/// A consequence that was drawn: of which ticket, and its command.
type Drew = (TicketId, Uuid);

/// Draws what an event leads to.
async fn turned(
    gateway: &Gateway,
    ticket: TicketId,
    (turn, event): (Turn, &StreamEvent),
) -> Result<Vec<Drew>, GatewayError> {
    let mut drew = Vec::new();
    if turn == Turn::Resolved {
        for child in cascade::cascade(gateway, ticket).await? {
            tracing::debug!(?child, "a child of a resolved ticket");
            drew.push((child.ticket, child.command_id));
        }
    }
    drew.extend(match turn {
        Turn::Resolved | Turn::Ended => tasks::ended(gateway, ticket, event).await?,
        Turn::Reopened => tasks::reopened(gateway, ticket, event).await?,
        Turn::Other => None,
    });
    Ok(drew)
}

/// Draws what an imported command led to on other tickets, and what that led to in turn: the
/// follower leaves imported events alone. `gateway` stands at the command's instant. Repeated, it
/// does nothing twice.
pub(super) async fn follow_past(
    gateway: &Gateway,
    ticket: TicketId,
    command_id: Uuid,
) -> Result<(), GatewayError> {
    let mut waiting = vec![(ticket, command_id)];
    while let Some((ticket, command_id)) = waiting.pop() {
        for event in gateway.journal().stream(Ticket::TYPE, ticket.0, 0).await? {
            if event.meta.command_id != command_id {
                continue;
            }
            let Fact::Ticket(_, told) = event.fact()? else { continue };
            waiting.extend(turned(gateway, ticket, (Turn::of(&told), &event)).await?);
        }
    }
    Ok(())
}

impl Worker for Processes {
    fn name(&self) -> &'static str {
        "processes"
    }

    async fn round(&mut self, lease: &mut WorkerLease) -> Result<Duration, WorkerError> {
        let Some(page) = Page::next(self.gateway.journal(), lease).await? else {
            return Ok(Duration::ZERO);
        };
        for recorded in &page.events {
            self.follow(recorded).await?;
        }
        page.is_done(self.name(), lease).await
    }
}

impl Turn {
    fn of(event: &TicketEvent) -> Self {
        match event {
            TicketEvent::Resolved(_)
            | TicketEvent::ResolvedWithParent(_)
            | TicketEvent::ResolvedWithTasks(_) => Self::Resolved,
            TicketEvent::Closed(_) | TicketEvent::Cancelled(_) | TicketEvent::Merged(_) => {
                Self::Ended
            }
            TicketEvent::Reopened(_) => Self::Reopened,
            TicketEvent::Opened(_)
            | TicketEvent::Assigned(_)
            | TicketEvent::WorkStarted(_)
            | TicketEvent::WorkStopped(_)
            | TicketEvent::Pended(_)
            | TicketEvent::Resumed(_)
            | TicketEvent::Classified(_)
            | TicketEvent::Prioritized(_)
            | TicketEvent::Escalated(_)
            | TicketEvent::SlaTermsRestated(_) => Self::Other,
        }
    }

    /// Whether the event tells a resolution.
    fn is_resolution(event: &TicketEvent) -> bool {
        Self::of(event) == Self::Resolved
    }
}
