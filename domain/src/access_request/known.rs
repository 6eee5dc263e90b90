//! What a request's decisions need to know: the policy, the role, and which people stand behind its
//! approvers now.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};

use super::stage::{Span, Steps};
use super::wanted::{Finding, Wanted};
use crate::access::model::{AccessSubject, Human, Level, RiskTier};
use crate::access_policy::Approver;
use crate::access_policy::state::AccessPolicy;
use crate::kernel::PersonId;

/// For which request something must be known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestQuery {
    /// What is asked for.
    pub wanted: Wanted,
    /// By whom.
    pub requester: Option<PersonId>,
    /// For whom.
    pub beneficiary: AccessSubject,
    /// People who may be told to decide, besides those behind approvers and whoever does it.
    pub people: BTreeSet<PersonId>,
    /// Spans whose end is asked for, besides those of the policy.
    pub spans: BTreeSet<Span>,
}

/// What is known for it, now.
#[derive(Debug, Clone, PartialEq)]
pub struct RequestFacts {
    /// Which rules apply, and by how much.
    pub policy: Arc<AccessPolicy>,
    /// Of the role, if there is one and it exists.
    pub role: Option<RoleTerms>,
    /// How high the level is at which approvers must be able to decide.
    pub risk: Level,
    /// What the rules note about it.
    pub findings: BTreeSet<Finding>,
    /// Whether the beneficiary is there and active.
    pub beneficiary_active: bool,
    /// The humans who ask and who benefit: themselves, whose second account it is, or who answers
    /// for a program or belongs to a group.
    pub parties: BTreeSet<Human>,
    /// Who answers to one of them.
    pub subordinates: BTreeSet<PersonId>,
    /// The people behind each approver.
    pub approvers: BTreeMap<Approver, BTreeSet<PersonId>>,
    /// Of them all, the active people who may decide requests.
    pub deciders: BTreeMap<PersonId, Decider>,
    /// When the spans end that start now.
    pub steps: BTreeMap<Span, Steps>,
}

/// What a role says of those who hold it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RoleTerms {
    /// How much depends on it.
    pub tier: RiskTier,
    /// Whether it can be asked for.
    pub requestable: bool,
    /// How long it is held at a time; none: without an end.
    pub max_duration: Option<TimeDelta>,
    /// Whether it is over.
    pub retired: bool,
}

/// Somebody who may decide requests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decider {
    /// Which human it is.
    pub human: Human,
    /// Up to which level.
    pub level: Level,
}

impl RequestFacts {
    /// AR5: whether this person could vote on it, and as which human.
    pub fn voter(&self, person: PersonId) -> Option<Human> {
        let decider = self.deciders.get(&person)?;
        let answers = self.policy.without_subordinates && self.subordinates.contains(&person);
        let is_party = self.is_party(person) || answers;
        (decider.level >= self.risk && !is_party).then_some(decider.human)
    }

    /// Whether this person is, as a human, who asks or who benefits.
    pub fn is_party(&self, person: PersonId) -> bool {
        let itself = Human(person);
        let human = self.deciders.get(&person).map_or(itself, |decider| decider.human);
        self.parties.contains(&itself) || self.parties.contains(&human)
    }

    /// Whether this human is among those counted, whose accounts may have been told apart then.
    pub fn was_counted(&self, human: Human, counted: &BTreeSet<Human>) -> bool {
        let now = |was: &Human| self.deciders.get(&was.0).map_or(*was, |decider| decider.human);
        counted.iter().any(|was| *was == human || now(was) == human)
    }

    /// When a span ends that starts now. Hours of a calendar that is gone are any hours.
    pub fn steps(&self, span: Span, now: DateTime<Utc>) -> Steps {
        self.steps.get(&span).copied().unwrap_or_else(|| {
            let at =
                |percent: i64| now + TimeDelta::seconds(i64::from(span.seconds) * percent / 100);
            Steps { half_at: at(50), most_at: at(90), due_at: at(100) }
        })
    }
}
