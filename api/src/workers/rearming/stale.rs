//! Tickets as some moment found them, and those that have to come under newer terms.

use std::collections::BTreeSet;
use std::fmt;

use cqrs_es::Aggregate;
use domain::Fact;
use domain::calendar::{Calendar, CalendarEvent};
use domain::kernel::{CalendarId, SlaPlanId, TicketId};
use domain::sla::{CalendarVersion, Terms, TermsCause};
use domain::sla_plan::{SlaPlan, SlaPlanEvent};
use domain::ticket::command::RestateTerms;
use domain::ticket::{TicketCommand, TicketEvent};
use journal::Recorded;
use projections::tickets::measured::Measured;

use crate::gateway::{Gateway, GatewayError};
use crate::workers::{Cause, Consequence, Drawn, draw};

/// Terms that a ticket was said to be under, by what they were made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Stamped {
    ticket: TicketId,
    /// How many events the ticket had by then.
    seen: i64,
    pub(super) plan: (SlaPlanId, i64),
    pub(super) calendars: BTreeSet<CalendarVersion>,
}

/// A plan or a calendar was defined anew.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Edited {
    /// Which event says so.
    pub(super) global_seq: i64,
    pub(super) newer: Newer,
}

/// What terms are behind of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Newer {
    /// Its version, the number of its event.
    Plan(SlaPlanId, i64),
    /// Likewise.
    Calendar(CalendarId, i64),
}

/// A ticket under terms that are not the newest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Stale {
    ticket: TicketId,
    /// How many events the ticket had when it was found so.
    seen: i64,
    pub(super) newer: Newer,
}

impl Stamped {
    /// Those that an event says.
    pub(super) fn by(recorded: &Recorded) -> Option<Self> {
        let Fact::Ticket(ticket, event) = &recorded.fact else { return None };
        let terms = match event {
            TicketEvent::Opened(e) => e.sla.as_deref(),
            TicketEvent::SlaTermsRestated(e) => e.terms.as_deref(),
            _ => None,
        };
        Some(Self::of((*ticket, recorded.event.sequence), terms?))
    }

    fn of((ticket, seen): (TicketId, i64), terms: &Terms) -> Self {
        let clocks = [&terms.reaction, &terms.work, &terms.deadline];
        let calendars = clocks.into_iter().filter_map(|clock| clock.calendar).collect();
        Self { ticket, seen, plan: (terms.plan, terms.plan_version), calendars }
    }
}

impl From<Measured> for Stamped {
    fn from(it: Measured) -> Self {
        Self::of((it.ticket, it.version), &it.terms)
    }
}

impl Edited {
    /// What an event edits. A first version edits nothing: there are no terms yet that name it.
    pub(super) fn by(recorded: &Recorded) -> Option<Self> {
        let version = recorded.event.sequence;
        let newer = match &recorded.fact {
            Fact::SlaPlan(id, SlaPlanEvent::Defined(_)) => Newer::Plan(*id, version),
            Fact::Calendar(id, CalendarEvent::Defined(_)) => Newer::Calendar(*id, version),
            _ => return None,
        };
        (version > 1).then_some(Self { global_seq: recorded.global_seq, newer })
    }
}

impl Newer {
    /// The command that defined it.
    pub(super) async fn cause(self, gateway: &Gateway) -> Result<Option<Cause>, GatewayError> {
        let (noun, id, version) = match self {
            Self::Plan(id, version) => (SlaPlan::TYPE, id.0, version),
            Self::Calendar(id, version) => (Calendar::TYPE, id.0, version),
        };
        let events = gateway.journal().stream(noun, id, version - 1).await?;
        Ok(events.first().map(Cause::of))
    }

    fn terms_cause(self) -> TermsCause {
        match self {
            Self::Plan(..) => TermsCause::PlanEdit,
            Self::Calendar(..) => TermsCause::CalendarEdit,
        }
    }
}

impl fmt::Display for Newer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Plan(id, version) => write!(f, "plan {id} {version}"),
            Self::Calendar(id, version) => write!(f, "calendar {id} {version}"),
        }
    }
}

impl Stale {
    /// Behind of this.
    pub(super) fn of(it: &Stamped, newer: Newer) -> Self {
        Self { ticket: it.ticket, seen: it.seen, newer }
    }

    /// Brings it under the newest terms, unless it is, or is open no more.
    pub(super) async fn restate(
        self,
        gateway: &Gateway,
        cause: Option<Cause>,
    ) -> Result<(), GatewayError> {
        let Self { ticket, seen, newer } = self;
        let command = RestateTerms { cause: newer.terms_cause() };
        let consequence = Consequence {
            ticket,
            command: TicketCommand::RestateTerms(command),
            identity: format!("rearm {ticket} {seen} {newer}"),
            expected_version: None,
            reason: None,
            cause,
        };
        match draw(gateway, consequence).await {
            Ok(Drawn::Done(outcome)) => {
                if outcome.receipt.token.is_some() && !outcome.receipt.replayed {
                    metrics::counter!("tickets_rearmed_total").increment(1);
                }
                Ok(())
            }
            Ok(Drawn::Refused(refused)) => {
                tracing::warn!(%ticket, no = refused.code, "a ticket keeps older terms");
                Ok(())
            }
            Err(error) if error.is_passing() => Err(error),
            Err(error) => {
                tracing::error!(%ticket, %error, "a ticket keeps older terms");
                Ok(())
            }
        }
    }
}
