//! Confirm: a second person says yes.

use super::{Decided, fit, seen};
use crate::access::giving::is_oneself;
use crate::access::known::AccessNeeds;
use crate::access::model::AccessSubject;
use crate::assignment_rule::event::{AssignmentRuleEvent, Confirmed};
use crate::assignment_rule::refusal::AssignmentRuleRefusal as No;
use crate::assignment_rule::simulation::SimulationQuery;
use crate::assignment_rule::state::AssignmentRule;
use crate::kernel::{Actor, AssignmentRuleId, Context, Needs};

/// AA3, AA5. What waits comes into force, as it could be defined now.
#[derive(Debug, Clone, PartialEq)]
pub struct Confirm {
    /// This rule.
    pub rule: AssignmentRuleId,
    /// The digest of the simulation that they saw.
    pub seen: String,
}

impl Confirm {
    pub(in crate::assignment_rule) fn needs(&self, rule: &AssignmentRule) -> Needs {
        let waiting = rule.0.as_deref().and_then(|body| body.waiting.as_ref());
        let Some(waiting) = waiting else { return Needs::default() };
        let definition = waiting.definition.clone();
        let subjects = waiting.by.map(AccessSubject::Person).into_iter().collect();
        Needs {
            units: definition.population.units(),
            access: AccessNeeds {
                rules: true,
                subjects,
                simulation: Some(SimulationQuery { rule: self.rule, definition }),
                ..AccessNeeds::default()
            },
            ..Needs::default()
        }
    }

    pub(in crate::assignment_rule) fn decide(self, rule: &AssignmentRule, cx: &Context) -> Decided {
        let waiting = rule.open()?.waiting.as_ref().ok_or(No::NothingWaits)?;
        let (Actor::Person(by), None) = (cx.actor, cx.on_behalf_of) else {
            return Err(No::NotInPerson);
        };
        let proposer = waiting.by.map(AccessSubject::Person);
        let is_same = |proposer: AccessSubject| match cx.facts.access.subjects.get(&proposer) {
            Some(holder) => is_oneself(cx, proposer, holder),
            None => proposer == AccessSubject::Person(by),
        };
        if proposer.is_some_and(is_same) {
            return Err(No::SamePerson);
        }
        fit(&waiting.definition, cx)?;
        let simulation = seen(&self.seen, cx)?;
        Ok(vec![AssignmentRuleEvent::Confirmed(Confirmed { by, simulation })])
    }
}
