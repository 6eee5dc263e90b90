//! The policy in force.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::event::AccessPolicyEvent;
use super::rules::RequestRule;
use crate::access::model::{Ceiling, SubjectKind};
use crate::access_request::stage::Span;
use crate::kernel::{AccessGroupId, PersonId, RoleId};

/// The policy of access; before any change, the shipped one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AccessPolicy {
    /// Which stages requests go through.
    pub rules: Vec<RequestRule>,
    /// Who is asked for exceptions, and when nobody else is there.
    pub governance: Option<AccessGroupId>,
    /// Who answers for roles that are nobody's.
    pub owner: Option<PersonId>,
    /// How many characters a justification has at least.
    pub justification_min: u16,
    /// How often a stage goes a level up.
    pub max_escalations: u8,
    /// How long a stage may take that no rule made.
    pub span: Span,
    /// Whether nobody decides what somebody asks for whom they answer to.
    pub without_subordinates: bool,
    /// Up to how many people a rule grants by itself without a second person.
    pub rule_people_max: u32,
    /// What subjects of a sort do at most.
    pub boundaries: BTreeMap<SubjectKind, Ceiling>,
    /// Roles that can be taken in an emergency, by whose people.
    pub emergencies: BTreeMap<RoleId, AccessGroupId>,
}

impl Default for AccessPolicy {
    /// What a deployment starts with: whoever answers for a role decides within three days, then
    /// governance.
    fn default() -> Self {
        Self {
            rules: Vec::new(),
            governance: None,
            owner: None,
            justification_min: 10,
            max_escalations: 2,
            span: Span { calendar: None, seconds: 3 * 86_400 },
            without_subordinates: true,
            rule_people_max: 50,
            boundaries: BTreeMap::new(),
            emergencies: BTreeMap::new(),
        }
    }
}

impl AccessPolicy {
    /// Applies an event; never fails.
    pub fn evolve(&mut self, event: AccessPolicyEvent) {
        match event {
            AccessPolicyEvent::RulesSet(e) => self.rules = e.rules,
            AccessPolicyEvent::GovernanceChosen(e) => {
                (self.governance, self.owner) = (e.governance, e.owner);
            }
            AccessPolicyEvent::LimitsChanged(e) => {
                self.justification_min = e.justification_min;
                self.max_escalations = e.max_escalations;
                self.span = e.span;
                self.without_subordinates = e.without_subordinates;
                self.rule_people_max = e.rule_people_max;
            }
            AccessPolicyEvent::BoundaryDrawn(e) => {
                match e.ceiling {
                    Some(ceiling) => self.boundaries.insert(e.kind, ceiling),
                    None => self.boundaries.remove(&e.kind),
                };
            }
            AccessPolicyEvent::EmergenciesPrepared(e) => self.emergencies = e.roles,
        }
    }
}
