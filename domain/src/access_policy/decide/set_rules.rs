//! Set rules: requests go another way.

use std::collections::BTreeSet;

use super::{Decided, beyond, fit_span, is_there, must_be_active, must_be_there};
use crate::access::known::AccessNeeds;
use crate::access_policy::event::{AccessPolicyEvent, RulesSet};
use crate::access_policy::refusal::AccessPolicyRefusal as No;
use crate::access_policy::rules::{Approver, RequestRule, StageRule};
use crate::access_policy::state::AccessPolicy;
use crate::access_request::stage::Mode;
use crate::kernel::text::{self, WORD_MAX};
use crate::kernel::{Context, Needs};

/// Most rules.
pub(in crate::access_policy) const RULES_MAX: usize = 100;
/// Most roles that a rule names.
pub(in crate::access_policy) const NAMED_MAX: usize = 200;
/// Most stages of a rule.
pub(in crate::access_policy) const STAGES_MAX: usize = 10;
/// Most approvers of a stage.
pub(in crate::access_policy) const APPROVERS_MAX: usize = 20;
/// Most thresholds of a stage.
const STEPS_MAX: usize = 10;
/// The order of the stage of governance, which no rule makes.
const LAST: u8 = u8::MAX;

/// AP1 to AP4. Requests go this way from now on. The same rules again change nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct SetRules {
    /// All rules; keys of at most 100 characters.
    pub rules: Vec<RequestRule>,
}

impl SetRules {
    pub(in crate::access_policy) fn needs(&self) -> Needs {
        let mut needs = Needs {
            access: AccessNeeds { rules: true, ..AccessNeeds::default() },
            ..Needs::default()
        };
        for rule in &self.rules {
            needs.calendars.extend(rule.stages.iter().filter_map(|stage| stage.span.calendar));
            for approver in rule.approvers() {
                match approver {
                    Approver::Person(person) => drop(needs.people.insert(*person)),
                    Approver::Group(group) => drop(needs.access.groups.insert(*group)),
                    Approver::RoleOwner
                    | Approver::Superior
                    | Approver::Governance
                    | Approver::Holders(_) => {}
                }
            }
        }
        needs
    }

    pub(in crate::access_policy) fn decide(self, policy: &AccessPolicy, cx: &Context) -> Decided {
        if self.rules.len() > RULES_MAX {
            return Err(No::RulesTooMany);
        }
        let rules: Vec<RequestRule> =
            self.rules.into_iter().map(|rule| fit(rule, policy, cx)).collect::<Result<_, _>>()?;
        let mut keys = BTreeSet::new();
        if let Some(twice) = rules.iter().find(|rule| !keys.insert(rule.key.to_lowercase())) {
            return Err(No::KeyTwice { key: twice.key.clone() });
        }
        if rules == policy.rules {
            return Ok(vec![]);
        }
        Ok(vec![AccessPolicyEvent::RulesSet(RulesSet { rules })])
    }
}

fn fit(mut rule: RequestRule, policy: &AccessPolicy, cx: &Context) -> Result<RequestRule, No> {
    rule.key = text::line(&rule.key, WORD_MAX).map_err(|fault| No::KeyUnfit { fault })?;
    let key = || rule.key.clone();
    if rule.roles.len() > NAMED_MAX {
        return Err(No::RolesTooMany { key: key() });
    }
    let holders = rule.approvers().filter_map(|approver| match approver {
        Approver::Holders(role) => Some(role),
        _ => None,
    });
    if !rule.roles.iter().chain(holders).all(|role| is_there(*role, cx)) {
        return Err(No::RoleUnfit { key: key() });
    }
    if rule.stages.is_empty() && !policy.rules.contains(&rule) {
        must_be_theirs(&rule, cx)?;
    }
    if rule.stages.len() > STAGES_MAX {
        return Err(No::StagesTooMany { key: key() });
    }
    let mut orders = BTreeSet::from([LAST]);
    for stage in &rule.stages {
        if !orders.insert(stage.order) {
            return Err(No::OrderUnfit { key: key(), order: stage.order });
        }
        fit_stage(stage, &rule.key, cx)?;
    }
    for approver in rule.approvers() {
        match approver {
            Approver::Person(person) => must_be_active(*person, cx)?,
            Approver::Group(group) => must_be_there(*group, cx)?,
            Approver::RoleOwner
            | Approver::Superior
            | Approver::Governance
            | Approver::Holders(_) => {}
        }
    }
    Ok(rule)
}

fn fit_stage(stage: &StageRule, key: &str, cx: &Context) -> Result<(), No> {
    let (key, order) = (key.to_owned(), stage.order);
    if !(1..=APPROVERS_MAX).contains(&stage.approvers.len()) {
        return Err(No::ApproversUnfit { key, order });
    }
    let fits = match &stage.mode {
        Mode::Any | Mode::All => true,
        Mode::Quorum { needed } => *needed > 0,
        Mode::Thresholds { steps } => {
            (1..=STEPS_MAX).contains(&steps.len())
                && steps.iter().all(|step| {
                    step.approve > 0 && step.reject > 0 && step.among.is_subset(&stage.approvers)
                })
        }
    };
    if !fits {
        return Err(No::ModeUnfit { key, order });
    }
    fit_span(stage.span, cx)
}

/// AP3
fn must_be_theirs(rule: &RequestRule, cx: &Context) -> Result<(), No> {
    if rule.roles.is_empty() {
        return Err(No::RolesMissing { key: rule.key.clone() });
    }
    match rule.roles.iter().find_map(|role| beyond(*role, cx)) {
        Some(action) => Err(No::NotHeld { key: rule.key.clone(), action }),
        None => Ok(()),
    }
}
