//! Draws samples of closed tickets: whose requester is asked how it was, and which are checked.
//!
//! Follows the settled log from a stored place on, each closing at least once; whether a ticket is
//! in a sample follows from its identity and the rates (`domain::ticket_quality::sampling`), and the
//! command's id from the closing. So a restart or a second node asks nobody twice. Imported closings
//! are history: nobody is asked about them.

use std::time::Duration;

use domain::Fact;
use domain::kernel::{Source, TicketId};
use domain::settings::Quality;
use domain::ticket::TicketEvent;
use domain::ticket_quality::TicketQualityCommand;
use domain::ticket_quality::command::Sample;
use journal::Recorded;
use journal::read::LogReader;
use projections::worker::WorkerLease;
use tokio::time::timeout;

use super::lease::Worker;
use super::{WorkerError, named};
use crate::gateway::{Caller, Gateway, GatewayError, Request};

/// Events a round.
const BATCH: i64 = 500;
/// How long is waited for an event before the lease is looked at again.
const IDLE: Duration = Duration::from_secs(1);
/// How long after a page the next one is read: under load, a page has to be worth its statements.
const GATHER: Duration = Duration::from_millis(50);

/// The follower.
#[derive(Debug)]
pub(crate) struct Sampling {
    gateway: Gateway,
}

impl Sampling {
    /// Through this gateway.
    pub(crate) fn new(gateway: Gateway) -> Self {
        Self { gateway }
    }

    /// Looks whether the closings of a page are in the samples.
    async fn follow(&self, page: &[Recorded]) -> Result<(), GatewayError> {
        let closings: Vec<_> = page.iter().filter_map(closing).collect();
        if closings.is_empty() {
            return Ok(());
        }
        let rates = self.gateway.policy().await?.quality;
        for (ticket, recorded) in closings {
            self.sample(&rates, ticket, recorded).await?;
        }
        Ok(())
    }

    /// Most tickets are in no sample: of those nothing is asked.
    async fn sample(
        &self,
        rates: &Quality,
        ticket: TicketId,
        closing: &Recorded,
    ) -> Result<(), GatewayError> {
        let samples = rates.samples(ticket);
        if !samples.survey && !samples.check {
            return Ok(());
        }
        let event = &closing.event;
        let command = TicketQualityCommand::Sample(Sample { ticket });
        let mut request = Request::new(command, ticket.0).correlated(event.meta.correlation_id);
        request.idempotency = Some(named(&format!("sample {ticket} {}", event.sequence)));
        request.causation_id = Some(event.meta.command_id);
        match self.gateway.execute(&Caller::system(), request).await {
            // Reopened since: its next closing is looked at.
            Ok(_) | Err(GatewayError::Refused(_)) => Ok(()),
            Err(error) => Err(error),
        }
    }
}

/// The ticket that was closed, unless it is history.
fn closing(recorded: &Recorded) -> Option<(TicketId, &Recorded)> {
    match &recorded.fact {
        Fact::Ticket(id, TicketEvent::Closed(_))
            if recorded.event.meta.source != Source::Import =>
        {
            Some((*id, recorded))
        }
        _ => None,
    }
}

impl Worker for Sampling {
    fn name(&self) -> &'static str {
        "sampling"
    }

    async fn round(&mut self, lease: &mut WorkerLease) -> Result<Duration, WorkerError> {
        let journal = self.gateway.journal();
        let done = lease.done_through().await?;
        let mut log = LogReader::after(journal.keyring(), journal.upcasters(), done);
        let page = log.page(lease.conn(), i64::MAX, BATCH).await?;
        self.follow(&page).await?;
        if page.is_empty() {
            let mut head = journal.head();
            // Nothing new within the time is as good as something.
            let _ = timeout(IDLE, head.wait_for(|head| *head > done)).await;
            return Ok(Duration::ZERO);
        }
        lease.note_done_through(log.position()).await?;
        metrics::gauge!("worker_done_through", "worker" => "sampling").set(log.position() as f64);
        Ok(GATHER)
    }
}
