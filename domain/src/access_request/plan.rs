//! The plan of a request: which stages it goes through, made once and stored.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::known::RequestFacts;
use super::stage::{Mode, Span, Threshold};
use super::wanted::{Finding, Rejection, Wanted, What};
use crate::access::model::Level;
use crate::access_policy::{Approver, StageRule};
use crate::kernel::PersonId;

/// The order of the stage of governance: after all others.
const LAST: u8 = u8::MAX;

/// The stages of a request, and to whom it goes when nobody decides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// The level at which approvers must be able to decide.
    pub risk: Level,
    /// What the rules noted.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub findings: BTreeSet<Finding>,
    /// The rules that apply, by their keys.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub rules: BTreeSet<String>,
    /// In order; none: approved by a rule that says so.
    pub stages: Vec<Stage>,
    /// Who sits down with the others when nobody has decided, level by level.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub escalations: Vec<BTreeSet<PersonId>>,
}

/// A stage as it will be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stage {
    /// The rules that made it, by their keys; none: what applies without one.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub rules: BTreeSet<String>,
    /// Who sits there.
    pub approvers: BTreeSet<PersonId>,
    /// How many votes decide.
    pub mode: Mode<PersonId>,
    /// How long it may take.
    pub span: Span,
}

/// A stage of approvers that are not people yet.
struct Draft {
    rules: BTreeSet<String>,
    approvers: BTreeSet<Approver>,
    mode: Mode<Approver>,
    span: Span,
}

/// AR2 to AR4: the plan of what is wanted, or why there can be none.
pub fn plan(wanted: &Wanted, facts: &RequestFacts, now: DateTime<Utc>) -> Result<Plan, Rejection> {
    let findings = findings(wanted, facts, now);
    if let Some(rejection) = findings.iter().find_map(|finding| finding.rejects()) {
        return Err(rejection);
    }
    let (rules, mut drafts) = drafts(wanted, facts);
    let is_exception = matches!(wanted.what, What::Exception { .. });
    let exceptional = is_exception || findings.iter().any(|finding| finding.is_exceptional());
    if exceptional {
        drafts.insert(LAST, governance(facts));
    } else if rules.is_empty() {
        drafts.insert(0, owner(facts));
    }
    let stages = drafts.into_values().map(|draft| seat(draft, facts)).collect::<Result<_, _>>()?;
    let levels = [Approver::RoleOwner, Approver::Governance].map(|it| voters(&it, facts));
    let levels = levels.into_iter().filter(|people| !people.is_empty());
    let escalations = levels.take(facts.policy.max_escalations.into()).collect();
    Ok(Plan { risk: facts.risk, findings, rules, stages, escalations })
}

fn findings(wanted: &Wanted, facts: &RequestFacts, now: DateTime<Utc>) -> BTreeSet<Finding> {
    let mut findings = facts.findings.clone();
    let longest = facts.role.and_then(|role| role.max_duration);
    if let (Some(longest), Some(until)) = (longest, wanted.until)
        && until - wanted.from.unwrap_or(now) > longest
    {
        findings.insert(Finding::Overlong);
    }
    findings
}

/// AR3: the rules that apply, and their stages by order.
fn drafts(wanted: &Wanted, facts: &RequestFacts) -> (BTreeSet<String>, BTreeMap<u8, Draft>) {
    let (mut rules, mut drafts) = (BTreeSet::new(), BTreeMap::new());
    let (What::Role { role }, Some(terms)) = (&wanted.what, facts.role) else {
        return (rules, drafts);
    };
    for rule in facts.policy.rules.iter().filter(|rule| rule.applies(*role, terms.tier)) {
        rules.insert(rule.key.clone());
        for stage in &rule.stages {
            let StageRule { order, approvers, mode, span } = stage.clone();
            let key = rule.key.clone();
            let merged = match drafts.remove(&order) {
                None => Draft { rules: [key].into(), approvers, mode, span },
                Some(Draft { mut rules, approvers: others, mode: other, span: longer }) => {
                    rules.insert(key);
                    let approvers = &approvers | &others;
                    let span = if span.seconds < longer.seconds { span } else { longer };
                    Draft { rules, approvers, mode: other.strictest(mode), span }
                }
            };
            drafts.insert(order, merged);
        }
    }
    (rules, drafts)
}

fn governance(facts: &RequestFacts) -> Draft {
    let mode = Mode::Quorum { needed: 2 };
    let approvers = [Approver::Governance].into();
    Draft { rules: BTreeSet::new(), approvers, mode, span: facts.policy.span }
}

fn owner(facts: &RequestFacts) -> Draft {
    let approvers = [Approver::RoleOwner].into();
    Draft { rules: BTreeSet::new(), approvers, mode: Mode::Any, span: facts.policy.span }
}

/// AR4: with people who can vote, enough for its mode; else with the owner, then with governance.
/// Nobody stands in for governance.
fn seat(draft: Draft, facts: &RequestFacts) -> Result<Stage, Rejection> {
    let governs = draft.approvers == BTreeSet::from([Approver::Governance]);
    let others = if governs { [].as_slice() } else { &[Approver::RoleOwner, Approver::Governance] };
    let mut people: BTreeSet<PersonId> =
        draft.approvers.iter().flat_map(|approver| voters(approver, facts)).collect();
    let mut others = others.iter();
    while people.len() < draft.mode.people_needed() {
        people.extend(voters(others.next().ok_or(Rejection::NoApprover)?, facts));
    }
    let mode = with_people(draft.mode, &people, facts);
    Ok(Stage { rules: draft.rules, approvers: people, mode, span: draft.span })
}

/// The mode of these people. Of thresholds those stay that they can reach; if there is none, everybody
/// is asked.
fn with_people(
    mode: Mode<Approver>,
    people: &BTreeSet<PersonId>,
    facts: &RequestFacts,
) -> Mode<PersonId> {
    let steps = match mode {
        Mode::Any => return Mode::Any,
        Mode::All => return Mode::All,
        Mode::Quorum { needed } => return Mode::Quorum { needed },
        Mode::Thresholds { steps } => steps,
    };
    let reachable = |step: Threshold<Approver>| {
        let all = step.among.is_empty();
        let named = step.among.iter().flat_map(|approver| voters(approver, facts));
        let among: BTreeSet<PersonId> = if all { people.clone() } else { named.collect() };
        let enough = among.intersection(people).count() >= step.approve.into();
        enough.then_some(Threshold { among, approve: step.approve, reject: step.reject })
    };
    let steps: Vec<_> = steps.into_iter().filter_map(reachable).collect();
    if steps.is_empty() { Mode::All } else { Mode::Thresholds { steps } }
}

fn voters(approver: &Approver, facts: &RequestFacts) -> BTreeSet<PersonId> {
    let people = facts.approvers.get(approver).into_iter().flatten();
    people.copied().filter(|person| facts.voter(*person).is_some()).collect()
}
