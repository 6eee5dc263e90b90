//! What the steps of one request, or of one stream's history, have asked about others: nobody is
//! asked about twice.
//!
//! It lives as long as one attempt; the next one asks again. Called by [`desk`](super::desk) and
//! [`history`](super::history).

use std::collections::BTreeSet;

use domain::access::known::AccessFacts;
use domain::kernel::{Facts, Needs, TicketId};
use domain::settings::Policy;
use projections::directory::Known;
use uuid::Uuid;

/// The answers so far.
#[derive(Debug, Default)]
pub(super) struct Learned {
    fresh: BTreeSet<Uuid>,
    asked: Needs,
    facts: Facts,
    /// None: nobody was asked.
    policy: Option<Policy>,
}

impl Learned {
    /// These tickets begin with the request, so that nobody knows of them.
    pub(super) fn without(opened: impl Iterator<Item = Uuid>) -> Self {
        let fresh: BTreeSet<Uuid> = opened.collect();
        let tickets = fresh.iter().copied().map(TicketId).collect();
        Self { fresh, asked: Needs { tickets, ..Needs::default() }, ..Self::default() }
    }

    pub(super) fn is_fresh(&self, id: Uuid) -> bool {
        self.fresh.contains(&id)
    }

    pub(super) fn missing(&self, needs: &Needs) -> Option<Needs> {
        let missing = needs.without(&self.asked);
        (self.policy.is_none() || !missing.is_empty()).then_some(missing)
    }

    pub(super) fn learn(&mut self, asked: &Needs, known: Known) {
        self.asked.extend(asked);
        self.facts.extend(known.facts);
        // The first answer stands: all steps are decided by the same settings.
        self.policy.get_or_insert(known.policy);
    }

    /// What is known of access so far.
    pub(super) fn access(&self) -> &AccessFacts {
        &self.facts.access
    }

    pub(super) fn known(&self, needs: &Needs) -> Known {
        let policy = self.policy.clone().unwrap_or_else(Policy::shipped);
        Known { facts: self.facts.of(needs), policy }
    }
}
