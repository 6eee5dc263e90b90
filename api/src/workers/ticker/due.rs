//! A ticket that is due, on its way to be recorded.

use std::sync::Arc;

use cqrs_es::Aggregate;
use domain::kernel::TicketId;
use domain::ticket::Ticket;
use projections::sla_timers::Alarm;
use tokio::sync::Semaphore;
use tokio::time::sleep;
use uuid::Uuid;

use super::GRACE;
use super::record::{Recorded, record};
use crate::gateway::{Caller, Gateway, GatewayError};

/// What is due of a ticket.
#[derive(Debug)]
pub(super) struct Due {
    pub(super) ticket: TicketId,
    /// The last of its own events that this follows from.
    pub(super) version: i64,
    /// Not recorded, the earliest first; at least one.
    pub(super) alarms: Vec<Alarm>,
}

/// Commands that need not be sent again.
#[derive(Debug)]
pub(super) struct Told {
    pub(super) ticket: TicketId,
    pub(super) commands: Vec<Uuid>,
}

impl Due {
    /// Records it, unless something happened to the ticket that the view has not seen. What cannot be
    /// recorded for a reason of its own is said aloud and left alone, so that others go on.
    pub(super) async fn record(
        self,
        gateway: Gateway,
        places: Arc<Semaphore>,
    ) -> Result<Told, GatewayError> {
        if let Some(last) = self.alarms.last() {
            let late = (gateway.now() - last.at()).to_std().unwrap_or_default();
            sleep(GRACE.saturating_sub(late)).await;
        }
        // Nobody closes it.
        let _place = places.acquire().await;
        let ticket = self.ticket;
        match self.in_turn(&gateway).await {
            Ok(commands) => Ok(Told { ticket, commands }),
            Err(error) if is_transient(&error) => Err(error),
            Err(error) => {
                metrics::counter!("worker_failures_total", "worker" => "ticker").increment(1);
                tracing::error!(%ticket, %error, "what is due of a ticket cannot be recorded");
                let all = self.alarms.iter().map(|alarm| alarm.command_id(ticket));
                Ok(Told { ticket, commands: all.collect() })
            }
        }
    }

    /// The commands that were sent.
    async fn in_turn(&self, gateway: &Gateway) -> Result<Vec<Uuid>, GatewayError> {
        let journal = gateway.journal();
        if !journal.stream(Ticket::TYPE, self.ticket.0, self.version).await?.is_empty() {
            return Ok(Vec::new());
        }
        let mut commands = Vec::with_capacity(self.alarms.len());
        for alarm in &self.alarms {
            match record(gateway, &Caller::system(), (self.ticket, *alarm)).await? {
                Recorded::Now => {
                    let late = (gateway.now() - alarm.at()).as_seconds_f64();
                    metrics::histogram!("sla_timer_lateness_seconds").record(late.max(0.0));
                }
                Recorded::Before => {}
                Recorded::Later => break,
            }
            commands.push(alarm.command_id(self.ticket));
        }
        Ok(commands)
    }
}

/// Whether it is everybody's fault, and passes.
fn is_transient(error: &GatewayError) -> bool {
    match error {
        GatewayError::Internal(error) => error.is_transient(),
        GatewayError::Reading(_) | GatewayError::Busy | GatewayError::Outdated => true,
        GatewayError::Refused(_)
        | GatewayError::Forbidden
        | GatewayError::Stale { .. }
        | GatewayError::KeyReused
        | GatewayError::ClaimTaken { .. } => false,
    }
}
