//! Process managers: what happens to other tickets because of what happened to one.
//!
//! They follow the settled log from a stored place on, each event at least once, and remember
//! nothing besides: every consequence is decided on the streams as they are now, and sent under an
//! id that follows from its cause. So a crash, a second node or a mutation that draws the same
//! consequence inline changes nothing. Imported events have none: history tells all that happened.

pub mod cascade;
mod resolution;
mod tasks;

use std::time::Duration;

use domain::Fact;
use domain::kernel::{Source, TicketId};
use domain::ticket::TicketEvent;
use journal::Recorded;
use projections::worker::WorkerLease;

use super::WorkerError;
use super::following::Page;
use super::lease::Worker;
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
        let Fact::Ticket(ticket, event) = &recorded.fact else { return Ok(()) };
        if recorded.event.meta.source == Source::Import {
            return Ok(());
        }
        self.turned(*ticket, Turn::of(event), recorded).await
    }

    async fn turned(
        &self,
        ticket: TicketId,
        turn: Turn,
        recorded: &Recorded,
    ) -> Result<(), GatewayError> {
        match turn {
            Turn::Resolved => {
                for child in cascade::cascade(&self.gateway, ticket).await? {
                    tracing::debug!(?child, "a child of a resolved ticket");
                }
                tasks::ended(&self.gateway, ticket, &recorded.event).await
            }
            Turn::Ended => tasks::ended(&self.gateway, ticket, &recorded.event).await,
            Turn::Reopened => tasks::reopened(&self.gateway, ticket, &recorded.event).await,
            Turn::Other => Ok(()),
        }
    }
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
