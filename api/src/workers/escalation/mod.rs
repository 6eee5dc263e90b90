//! Escalation: what a plan has done to a ticket whose clock crossed a threshold.
//!
//! It follows the settled log for crossings, and does the actions of the version of the plan that
//! the crossing names, one after the other, as commands in Annals' own name whose cause is the
//! crossing. Their ids follow from it, so a crash, a second node or a page that is read twice does
//! nothing twice. A "no" of the rules is counted and written down, and the next action has its turn:
//! the highest tier, a ticket that is for each of several people, a unit that was closed.
//!
//! Nothing is done
//! - for crossings of imported history: who had to hear of it did, at another desk;
//! - to tickets that are closed or cancelled by now;
//! - for a crossing that another change found, such as other terms or a reopening (it has a `since`),
//!   when the same threshold of the clock was crossed before: what had to be done about it is done,
//!   and a ticket whose priority was raised because it was late, which makes it later still, must
//!   not climb on by itself. When the clock crosses the threshold anew, second by second, after
//!   its cycle began again, all is done again.
//!
//! People are told by a command as well (`ticket_clock.notified`), not by a projection of the
//! crossings: so all actions obey one set of rules, the timeline shows that and when people were
//! told, and the outbox needs to know neither plans nor what was crossed before.

mod actions;
mod crossing;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use cqrs_es::Aggregate;
use domain::Fact;
use domain::kernel::TicketId;
use domain::sla_plan::event::Defined;
use domain::sla_plan::{SlaPlan, SlaPlanEvent};
use futures_util::{StreamExt, TryStreamExt, stream};
use projections::worker::WorkerLease;

use self::crossing::{Crossing, PlanVersion};
use super::WorkerError;
use super::following::Page;
use super::lease::Worker;
use crate::gateway::Gateway;

/// Tickets whose crossings are followed side by side.
const TOGETHER: usize = 16;
/// Definitions kept in memory. Beyond, all are forgotten: a desk has a few dozen.
const KEPT: usize = 200;

/// The follower.
#[derive(Debug)]
pub(crate) struct Escalation {
    gateway: Gateway,
    /// None: there is no such version.
    plans: BTreeMap<PlanVersion, Option<Arc<Defined>>>,
}

impl Escalation {
    /// Through this gateway.
    pub(crate) fn new(gateway: Gateway) -> Self {
        Self { gateway, plans: BTreeMap::new() }
    }

    /// The crossings of a page that something is to be done about, by ticket.
    async fn due(&mut self, page: &Page) -> Result<Vec<Vec<Crossing>>, WorkerError> {
        let mut due: BTreeMap<TicketId, Vec<Crossing>> = BTreeMap::new();
        for recorded in &page.events {
            let Some(mut crossing) = Crossing::of(recorded) else { continue };
            let Some(plan) = self.plan(crossing.plan).await? else { continue };
            crossing.actions = plan.actions(crossing.clock, crossing.percent).to_vec();
            if !crossing.actions.is_empty() {
                due.entry(crossing.ticket).or_default().push(crossing);
            }
        }
        Ok(due.into_values().collect())
    }

    /// A version of a plan, which never changes.
    async fn plan(&mut self, version: PlanVersion) -> Result<Option<Arc<Defined>>, WorkerError> {
        if let Some(known) = self.plans.get(&version) {
            return Ok(known.clone());
        }
        let PlanVersion { id, version: number } = version;
        let events = self.gateway.journal().stream(SlaPlan::TYPE, id.0, number - 1).await?;
        let event = events.iter().find(|event| event.sequence == number);
        let defined = match event.map(|event| event.fact()).transpose()? {
            Some(Fact::SlaPlan(_, SlaPlanEvent::Defined(defined))) => Some(Arc::new(*defined)),
            _ => None,
        };
        if self.plans.len() >= KEPT {
            self.plans.clear();
        }
        self.plans.insert(version, defined.clone());
        Ok(defined)
    }
}

impl Worker for Escalation {
    fn name(&self) -> &'static str {
        "escalation"
    }

    async fn round(&mut self, lease: &mut WorkerLease) -> Result<Duration, WorkerError> {
        let Some(page) = Page::next(self.gateway.journal(), lease).await? else {
            return Ok(Duration::ZERO);
        };
        let due = self.due(&page).await?;
        let gateway = &self.gateway;
        // What happens to one ticket happens in order.
        let each = stream::iter(due).map(|crossings| async move {
            for crossing in &crossings {
                crossing.follow(gateway).await?;
            }
            Ok::<_, WorkerError>(())
        });
        each.buffer_unordered(TOGETHER).try_collect::<()>().await?;
        page.is_done(self.name(), lease).await
    }
}
