//! What says who may do what: one of each noun, each with a past.

use std::collections::{BTreeMap, BTreeSet};

use domain::Fact;
use domain::access::model::{
    AccessSubject, ActionClass, Ceiling, Counted, Entry, Granted, Matcher, RiskTier,
    RoleDefinition, Scope, SodAction, SodKind, SodRule, Strength, SubjectKind,
};
use domain::access::population::{Population, Test};
use domain::access_group::AccessGroupEvent;
use domain::access_group::event as group;
use domain::access_policy::AccessPolicyEvent;
use domain::access_policy::event::{BoundaryDrawn, GovernanceChosen};
use domain::access_template::AccessTemplateEvent;
use domain::access_template::event as template;
use domain::assignment_rule::AssignmentRuleEvent;
use domain::assignment_rule::event as rule;
use domain::assignment_rule::simulation::Simulation;
use domain::deny_rule::DenyRuleEvent;
use domain::deny_rule::event as deny;
use domain::kernel::{
    AccessGroupId, AccessTemplateId, AssignmentRuleId, DenyRuleId, ResourceTypeId, RoleId,
    SodRuleId,
};
use domain::person::PersonKind;
use domain::resource_type::ResourceTypeEvent;
use domain::resource_type::event as resource;
use domain::role::RoleEvent;
use domain::role::event as role;
use domain::sod_rule::SodRuleEvent;
use uuid::Uuid;

use super::desk::LEAVER;
use super::{AGENT, CLIENT};

/// Reads tickets; defined twice.
pub(crate) const LOOKER: RoleId = RoleId(Uuid::from_u128(0xde1));
/// Inherits from it, without one action.
pub(crate) const CHIEF: RoleId = RoleId(Uuid::from_u128(0xde2));
/// Is over; its name is free.
pub(crate) const BYGONE: RoleId = RoleId(Uuid::from_u128(0xde3));
pub(crate) const APART: SodRuleId = SodRuleId(Uuid::from_u128(0xde4));
pub(crate) const SHUT: DenyRuleId = DenyRuleId(Uuid::from_u128(0xde5));
/// Has two members, one of whom was away.
pub(crate) const BOARD: AccessGroupId = AccessGroupId(Uuid::from_u128(0xde6));
/// Lies within it.
pub(crate) const INNER: AccessGroupId = AccessGroupId(Uuid::from_u128(0xde7));
pub(crate) const NEWCOMER: AccessTemplateId = AccessTemplateId(Uuid::from_u128(0xde8));
pub(crate) const INVOICE: ResourceTypeId = ResourceTypeId(Uuid::from_u128(0xde9));
/// Waited, was confirmed.
pub(crate) const STAFF_RULE: AssignmentRuleId = AssignmentRuleId(Uuid::from_u128(0xdea));

/// All of it.
pub(super) fn definitions() -> Vec<Fact> {
    [roles(), rules(), groups(), others()].concat()
}

/// A role that permits these actions.
pub(crate) fn role_of(id: RoleId, name: &str, actions: &[&str]) -> RoleDefinition {
    RoleDefinition {
        id,
        name: name.to_owned(),
        owner: None,
        risk: RiskTier::Standard,
        entries: actions.iter().map(|action| Entry::of([action.parse().unwrap()])).collect(),
        juniors: BTreeSet::new(),
        mask: Vec::new(),
        requestable: false,
        max_hours: None,
        obligations: Default::default(),
    }
}

fn roles() -> Vec<Fact> {
    let chief = RoleDefinition {
        juniors: [LOOKER].into(),
        mask: vec!["event.read".parse().unwrap()],
        ..role_of(CHIEF, "Chief", &["ticket.close"])
    };
    let looker = |actions: &[&str]| Box::new(role_of(LOOKER, "Looker", actions));
    let bygone = Box::new(role_of(BYGONE, "Chief", &["ticket.read"]));
    vec![
        Fact::Role(LOOKER, RoleEvent::Defined(looker(&["ticket.read"]))),
        Fact::Role(BYGONE, RoleEvent::Defined(bygone)),
        Fact::Role(BYGONE, RoleEvent::Retired(role::Retired {})),
        Fact::Role(CHIEF, RoleEvent::Defined(Box::new(chief))),
        Fact::Role(
            LOOKER,
            RoleEvent::Redefined(looker(&["ticket.read", "event.read", "erp:invoice.read"])),
        ),
    ]
}

fn rules() -> Vec<Fact> {
    let apart = |n| {
        let set = [Counted::Role(LOOKER), Counted::Role(BYGONE), Counted::Role(CHIEF)].into();
        let kind = SodKind::Static { set, n };
        let name = "Apart".to_owned();
        Box::new(SodRule { id: APART, name, action: SodAction::Block, kind })
    };
    let shut = Box::new(deny::Definition {
        name: "Shut".to_owned(),
        strength: Strength::Soft,
        whom: Matcher::Group(BOARD),
        actions: vec!["ticket.merge".parse().unwrap()],
        scope: Scope::Everywhere,
        condition: None,
        fields: BTreeSet::new(),
    });
    vec![
        Fact::SodRule(APART, SodRuleEvent::Defined(apart(2))),
        Fact::SodRule(APART, SodRuleEvent::Redefined(apart(3))),
        Fact::DenyRule(SHUT, DenyRuleEvent::Defined(shut)),
        Fact::DenyRule(SHUT, DenyRuleEvent::Retired(deny::Retired {})),
    ]
}

fn groups() -> Vec<Fact> {
    let defined = |name: &str| {
        let (name, purpose) = (name.to_owned(), "Decides".to_owned());
        AccessGroupEvent::Defined(group::Defined { name, purpose, owner: AGENT })
    };
    let added = |member| AccessGroupEvent::MemberAdded(group::MemberAdded { member });
    let removed = |member| AccessGroupEvent::MemberRemoved(group::MemberRemoved { member });
    let population = Population([[Test::Kind(PersonKind::Staff)].into()].into());
    let chosen = group::PopulationChosen { population: Some(population) };
    let board = [
        defined("Board"),
        added(AccessSubject::Person(AGENT)),
        added(AccessSubject::Person(CLIENT)),
        removed(AccessSubject::Person(AGENT)),
        added(AccessSubject::Group(INNER)),
        added(AccessSubject::Person(AGENT)),
        removed(AccessSubject::Person(CLIENT)),
        AccessGroupEvent::PopulationChosen(chosen),
    ];
    let inner = [
        defined("Inner board"),
        added(AccessSubject::Person(LEAVER)),
        AccessGroupEvent::Redefined(group::Redefined {
            name: "Inner circle".to_owned(),
            purpose: "Advises".to_owned(),
            owner: AGENT,
        }),
    ];
    let inner = inner.map(|event| Fact::AccessGroup(INNER, event));
    inner.into_iter().chain(board.map(|event| Fact::AccessGroup(BOARD, event))).collect()
}

fn others() -> Vec<Fact> {
    let item =
        template::Item { what: Granted::Role(LOOKER), scope: Scope::Everywhere, hours: Some(24) };
    let newcomer = template::Definition { name: "Newcomer".to_owned(), items: vec![item] };
    let read = resource::Verb { class: ActionClass::Data, high_risk: false };
    let approve = resource::Verb { class: ActionClass::Approval, high_risk: true };
    let verbs = BTreeMap::from([("read".to_owned(), read)]);
    let invoice = resource::Defined {
        system: "erp".to_owned(),
        name: "invoice".to_owned(),
        label: "Invoice".to_owned(),
        verbs: verbs.clone(),
        registrar: None,
    };
    let more = resource::Redefined {
        label: "Invoice".to_owned(),
        verbs: verbs.into_iter().chain([("approve".to_owned(), approve)]).collect(),
    };
    let definition = rule::Definition {
        name: "Staff".to_owned(),
        population: Population([[Test::Kind(PersonKind::Staff)].into()].into()),
        gives: [rule::Given { role: LOOKER, scope: Scope::Everywhere }].into(),
    };
    let simulation = Simulation { gains: 2, loses: 0, breaches: 0, digest: "0".repeat(64) };
    let proposed = rule::Proposed { definition, simulation: simulation.clone(), by: Some(AGENT) };
    let confirmed = rule::Confirmed { by: CLIENT, simulation };
    let ceiling = Some(Ceiling(vec!["ci.*".parse().unwrap()]));
    vec![
        Fact::AccessTemplate(NEWCOMER, AccessTemplateEvent::Defined(Box::new(newcomer))),
        Fact::ResourceType(INVOICE, ResourceTypeEvent::Defined(invoice)),
        Fact::ResourceType(INVOICE, ResourceTypeEvent::Redefined(more)),
        Fact::AssignmentRule(STAFF_RULE, AssignmentRuleEvent::Proposed(Box::new(proposed))),
        Fact::AssignmentRule(STAFF_RULE, AssignmentRuleEvent::Confirmed(confirmed)),
        Fact::AccessPolicy(AccessPolicyEvent::GovernanceChosen(GovernanceChosen {
            governance: Some(BOARD),
            owner: Some(AGENT),
        })),
        Fact::AccessPolicy(AccessPolicyEvent::BoundaryDrawn(BoundaryDrawn {
            kind: SubjectKind::Service,
            ceiling,
        })),
    ]
}
