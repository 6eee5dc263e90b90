//! A crossing, and whether something is to be done about it still.

use chrono::{DateTime, Utc};
use cqrs_es::Aggregate;
use domain::Fact;
use domain::kernel::{SlaPlanId, Source, TicketId};
use domain::sla::ClockKind;
use domain::sla::stopwatch::BREACH;
use domain::sla_plan::EscalationAction;
use domain::ticket::Ticket;
use domain::ticket::state::Body;
use domain::ticket_clock::{TicketClock, TicketClockEvent};
use journal::Recorded;

use super::actions;
use crate::gateway::{Gateway, GatewayError};
use crate::workers::Cause;

/// A plan as one of its events defined it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct PlanVersion {
    pub(super) id: SlaPlanId,
    /// The number of the event in its stream, from 1.
    pub(super) version: i64,
}

/// A clock crossed a threshold.
#[derive(Debug, Clone)]
pub(super) struct Crossing {
    pub(super) ticket: TicketId,
    pub(super) clock: ClockKind,
    /// 100 is the breach.
    pub(super) percent: u16,
    pub(super) cycle: u32,
    /// By whose terms.
    pub(super) plan: PlanVersion,
    /// What is to be done about it, in order.
    pub(super) actions: Vec<EscalationAction>,
    /// What recorded it.
    pub(super) cause: Cause,
    /// The number of its event in the stream of the ticket's clocks.
    pub(super) sequence: i64,
    /// When only a later change made it so.
    pub(super) since: Option<DateTime<Utc>>,
}

impl Crossing {
    /// The crossing that an event tells, unless it is another desk's history. What the plan does
    /// about it is not known yet.
    pub(super) fn of(recorded: &Recorded) -> Option<Self> {
        if recorded.event.meta.source == Source::Import {
            return None;
        }
        let Fact::TicketClock(ticket, event) = &recorded.fact else { return None };
        let (clock, percent) = place(event)?;
        let (cycle, id, version, since) = match event {
            TicketClockEvent::ThresholdReached(e) => {
                (e.cycle, e.plan, e.plan_version, e.reached_since)
            }
            TicketClockEvent::Breached(e) => (e.cycle, e.plan, e.plan_version, e.breached_since),
            TicketClockEvent::Notified(_)
            | TicketClockEvent::DeadlineNeared(_)
            | TicketClockEvent::DeadlinePassed(_) => return None,
        };
        Some(Self {
            ticket: *ticket,
            clock,
            percent,
            cycle,
            plan: PlanVersion { id, version },
            actions: Vec::new(),
            cause: Cause::of(&recorded.event),
            sequence: recorded.event.sequence,
            since,
        })
    }

    /// Does what there is to be done about it. Fails only when the same may go well later.
    pub(super) async fn follow(&self, gateway: &Gateway) -> Result<(), GatewayError> {
        match self.answer(gateway).await {
            Err(error) if !error.is_passing() => {
                tracing::error!(ticket = %self.ticket, %error, "a crossing cannot be followed");
                Ok(())
            }
            other => other,
        }
    }

    async fn answer(&self, gateway: &Gateway) -> Result<(), GatewayError> {
        if self.is_old_news(gateway).await? {
            metrics::counter!("escalations_skipped_total", "because" => "done_before").increment(1);
            return Ok(());
        }
        if self.body(gateway).await?.is_none() {
            metrics::counter!("escalations_skipped_total", "because" => "ticket_over").increment(1);
            return Ok(());
        }
        actions::all(gateway, self).await
    }

    /// The ticket as it is now; none when it is over, or was never opened.
    pub(super) async fn body(&self, gateway: &Gateway) -> Result<Option<Body>, GatewayError> {
        let ticket = gateway.journal().load::<Ticket>(self.ticket.0).await?.state;
        Ok(ticket.0.map(|body| *body).filter(|body| !body.state.is_over()))
    }

    /// Whether it was crossed before, and is found again because something else changed.
    async fn is_old_news(&self, gateway: &Gateway) -> Result<bool, GatewayError> {
        if self.since.is_none() {
            return Ok(false);
        }
        let events = gateway.journal().stream(TicketClock::TYPE, self.ticket.0, 0).await?;
        for event in events.iter().take_while(|event| event.sequence < self.sequence) {
            if let Fact::TicketClock(_, told) = event.fact()?
                && place(&told) == Some((self.clock, self.percent))
            {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

/// The clock and the threshold that were crossed; none when nothing was.
fn place(event: &TicketClockEvent) -> Option<(ClockKind, u16)> {
    match event {
        TicketClockEvent::ThresholdReached(e) => Some((e.clock, e.percent)),
        TicketClockEvent::Breached(e) => Some((e.clock, BREACH)),
        TicketClockEvent::Notified(_)
        | TicketClockEvent::DeadlineNeared(_)
        | TicketClockEvent::DeadlinePassed(_) => None,
    }
}
