//! One event of each kind of a group, of the policy of access, and of a rule that grants by itself.

use std::collections::BTreeSet;

use domain::access::model::{AccessSubject, Ceiling, RiskTier, Scope, SubjectKind};
use domain::access::population::{Population, Test};
use domain::access_group::AccessGroupEvent;
use domain::access_group::event as group;
use domain::access_policy::event as policy;
use domain::access_policy::{AccessPolicyEvent, Approver, RequestRule, StageRule};
use domain::access_request::stage::{Mode, Span, Threshold};
use domain::assignment_rule::AssignmentRuleEvent;
use domain::assignment_rule::event as rule;
use domain::assignment_rule::simulation::Simulation;
use domain::kernel::{AccessGroupId, ServiceAccountId};
use domain::person::{PersonKind, Role};
use domain::ticket::Tier;
use uuid::Uuid;

use super::samples::{CALENDAR, PERSON, UNIT};
use super::subject_access::ROLE;

const GROUP: AccessGroupId = AccessGroupId(Uuid::from_u128(0x48));
const PROGRAM: ServiceAccountId = ServiceAccountId(Uuid::from_u128(0x4a));

fn population() -> Population {
    let tests = BTreeSet::from([
        Test::Kind(PersonKind::Staff),
        Test::Organization(UNIT),
        Test::Unit(UNIT),
        Test::Role(Role::Agent),
        Test::Tier(Tier(2)),
        Test::Position("night shift".to_owned()),
        Test::Skill { name: "linux".to_owned(), level: 3 },
    ]);
    Population([tests].into())
}

pub(crate) fn access_groups() -> [AccessGroupEvent; 6] {
    let (name, purpose) = ("Night shift".to_owned(), "Works at night".to_owned());
    [
        AccessGroupEvent::Defined(group::Defined {
            name: name.clone(),
            purpose: purpose.clone(),
            owner: PERSON,
        }),
        AccessGroupEvent::Redefined(group::Redefined { name, purpose, owner: PERSON }),
        AccessGroupEvent::PopulationChosen(group::PopulationChosen {
            population: Some(population()),
        }),
        AccessGroupEvent::MemberAdded(group::MemberAdded { member: AccessSubject::Group(GROUP) }),
        AccessGroupEvent::MemberRemoved(group::MemberRemoved {
            member: AccessSubject::Service(PROGRAM),
        }),
        AccessGroupEvent::Retired(group::Retired {}),
    ]
}

fn rules() -> Vec<RequestRule> {
    let span = Span { calendar: Some(CALENDAR), seconds: 28_800 };
    let all = BTreeSet::from([
        Approver::RoleOwner,
        Approver::Superior,
        Approver::Governance,
        Approver::Person(PERSON),
        Approver::Group(GROUP),
        Approver::Holders(ROLE),
    ]);
    let step = Threshold { among: [Approver::RoleOwner].into(), approve: 1, reject: 2 };
    let mode = Mode::Thresholds { steps: vec![step] };
    vec![RequestRule {
        key: "privileged".to_owned(),
        roles: [ROLE].into(),
        tiers: [RiskTier::Privileged].into(),
        stages: vec![StageRule { order: 10, approvers: all, mode, span }],
    }]
}

pub(crate) fn access_policies() -> [AccessPolicyEvent; 5] {
    [
        AccessPolicyEvent::RulesSet(policy::RulesSet { rules: rules() }),
        AccessPolicyEvent::GovernanceChosen(policy::GovernanceChosen {
            governance: Some(GROUP),
            owner: Some(PERSON),
        }),
        AccessPolicyEvent::LimitsChanged(policy::LimitsChanged {
            justification_min: 20,
            max_escalations: 3,
            span: Span { calendar: None, seconds: 86_400 },
            without_subordinates: true,
            rule_people_max: 50,
        }),
        AccessPolicyEvent::BoundaryDrawn(policy::BoundaryDrawn {
            kind: SubjectKind::Service,
            ceiling: Some(Ceiling(vec!["*.read".parse().expect("a pattern")])),
        }),
        AccessPolicyEvent::EmergenciesPrepared(policy::EmergenciesPrepared {
            roles: [(ROLE, GROUP)].into(),
        }),
    ]
}

pub(crate) fn assignment_rules() -> [AssignmentRuleEvent; 5] {
    let definition = || rule::Definition {
        name: "Night shift".to_owned(),
        population: population(),
        gives: [rule::Given { role: ROLE, scope: Scope::Everywhere }].into(),
    };
    let simulation = || Simulation { gains: 12, loses: 3, breaches: 1, digest: "0a".repeat(32) };
    [
        AssignmentRuleEvent::Defined(Box::new(rule::Defined {
            definition: definition(),
            simulation: simulation(),
        })),
        AssignmentRuleEvent::Proposed(Box::new(rule::Proposed {
            definition: definition(),
            simulation: simulation(),
            by: Some(PERSON),
        })),
        AssignmentRuleEvent::Confirmed(rule::Confirmed { by: PERSON, simulation: simulation() }),
        AssignmentRuleEvent::Declined(rule::Declined {}),
        AssignmentRuleEvent::Retired(rule::Retired {}),
    ]
}
