//! The small world of the tests of whatever gives rights: roles, rules, and who holds what.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use super::known::{AccessFacts, Beside, GroupFacts, HolderFacts, Rulebook};
use super::model::{
    AccessSubject, ActionPattern, Counted, Deny, Entry, Grant, GrantSource, GrantState, Granted,
    Human, Matcher, ObligationSet, Registry, RiskTier, RoleDefinition, Roles, Scope, SodAction,
    SodKind, SodRule, Strength,
};
use crate::kernel::testing::world::{ANNA, BEN, CLEO, GUS, HEIDI, NORA, noon};
use crate::kernel::{AccessGroupId, DenyRuleId, Facts, GrantId, PersonId, RoleId, SodRuleId};

/// Reads tickets.
pub(crate) const READER: RoleId = RoleId(Uuid::from_u128(0x501));
/// Reads and resolves them.
pub(crate) const SOLVER: RoleId = RoleId(Uuid::from_u128(0x502));
/// Does everything; privileged.
pub(crate) const ADMIN: RoleId = RoleId(Uuid::from_u128(0x503));
/// Reads people's contacts, for 48 hours at most.
pub(crate) const BRIEF: RoleId = RoleId(Uuid::from_u128(0x504));
/// Registers items.
pub(crate) const BUYER: RoleId = RoleId(Uuid::from_u128(0x505));
/// Retires items.
pub(crate) const SELLER: RoleId = RoleId(Uuid::from_u128(0x506));
/// Is retired.
pub(crate) const GONE: RoleId = RoleId(Uuid::from_u128(0x507));
/// Does not exist.
pub(crate) const NO_ROLE: RoleId = RoleId(Uuid::from_u128(0x50f));

/// Nobody buys and sells.
pub(crate) const PARTED: SodRuleId = SodRuleId(Uuid::from_u128(0x511));
/// Nobody buys and solves, but by exception.
pub(crate) const LIFTABLE: SodRuleId = SodRuleId(Uuid::from_u128(0x512));
/// Who buys and reads is watched.
pub(crate) const WATCHED: SodRuleId = SodRuleId(Uuid::from_u128(0x513));

/// A hard rule that denies.
pub(crate) const HARD: DenyRuleId = DenyRuleId(Uuid::from_u128(0x521));
/// A soft one.
pub(crate) const SOFT: DenyRuleId = DenyRuleId(Uuid::from_u128(0x522));

/// A group.
pub(crate) const TEAM: AccessGroupId = AccessGroupId(Uuid::from_u128(0x531));
/// Another group.
pub(crate) const CREW: AccessGroupId = AccessGroupId(Uuid::from_u128(0x532));
/// A group that is retired.
pub(crate) const ENDED: AccessGroupId = AccessGroupId(Uuid::from_u128(0x533));
/// Does not exist.
pub(crate) const NO_GROUP: AccessGroupId = AccessGroupId(Uuid::from_u128(0x53f));

/// A grant's identity.
pub(crate) fn id(number: u128) -> GrantId {
    GrantId(Uuid::from_u128(0x540 + number))
}

/// So many hours after noon.
pub(crate) fn hours(hours: i64) -> DateTime<Utc> {
    noon() + TimeDelta::hours(hours)
}

/// So many days after noon.
pub(crate) fn days(days: i64) -> DateTime<Utc> {
    noon() + TimeDelta::days(days)
}

/// A pattern of actions.
pub(crate) fn pattern(text: &str) -> ActionPattern {
    text.parse().unwrap()
}

/// An administrator's grant of this role, everywhere, from noon on and for good.
pub(crate) fn grant(number: u128, role: RoleId) -> Grant {
    Grant {
        id: id(number),
        what: Granted::Role(role),
        scope: Scope::Everywhere,
        from: noon(),
        until: None,
        source: GrantSource::Administrator,
        request: None,
        delegated_by: None,
        pierces: false,
        state: GrantState::Active,
    }
}

fn role(id: RoleId, name: &str, actions: &[&str]) -> RoleDefinition {
    RoleDefinition {
        id,
        name: name.to_owned(),
        owner: Some(HEIDI),
        risk: RiskTier::Standard,
        entries: vec![Entry::of(actions.iter().map(|text| pattern(text)))],
        juniors: BTreeSet::new(),
        mask: Vec::new(),
        requestable: true,
        max_hours: None,
        obligations: ObligationSet::NONE,
    }
}

fn parted(id: SodRuleId, other: RoleId, action: SodAction) -> SodRule {
    let set = [Counted::Role(BUYER), Counted::Role(other)].into();
    SodRule { id, name: id.to_string(), action, kind: SodKind::Static { set, n: 2 } }
}

fn deny(id: DenyRuleId, strength: Strength) -> Deny {
    Deny {
        id,
        strength,
        whom: Matcher::Any,
        actions: vec![pattern("ticket.cancel")],
        scope: Scope::Everywhere,
        condition: None,
        fields: BTreeSet::new(),
    }
}

/// The roles and the rules.
pub(crate) fn rulebook() -> Rulebook {
    let registry = Registry::ours();
    let roles = [
        role(READER, "Reader", &["ticket.use", "ticket.read"]),
        RoleDefinition { juniors: [READER].into(), ..role(SOLVER, "Solver", &["ticket.resolve"]) },
        RoleDefinition { risk: RiskTier::Privileged, ..role(ADMIN, "Administrator", &["*"]) },
        RoleDefinition { max_hours: Some(48), ..role(BRIEF, "Brief", &["person.read_contacts"]) },
        role(BUYER, "Buyer", &["ci.register"]),
        role(SELLER, "Seller", &["ci.retire"]),
        role(GONE, "Gone", &["ticket.read"]),
    ];
    let duties = [
        parted(PARTED, SELLER, SodAction::Block),
        parted(LIFTABLE, SOLVER, SodAction::Approve),
        parted(WATCHED, READER, SodAction::Record),
    ];
    let denies = [deny(HARD, Strength::Hard), deny(SOFT, Strength::Soft)];
    Rulebook {
        roles: Roles::of(roles, &registry).unwrap(),
        registry,
        tree: Default::default(),
        retired: [GONE].into(),
        duties: duties.map(|rule| (rule.id, rule)).into(),
        denies: denies.map(|rule| (rule.id, rule)).into(),
    }
}

/// Somebody active, with nothing beside their own stream.
pub(crate) fn holder(human: PersonId) -> HolderFacts {
    HolderFacts {
        active: true,
        humans: [Human(human)].into(),
        own: Beside::default(),
        beside: [(Human(human), Beside::default())].into(),
    }
}

/// Whoever does it holds everything; people are as in the world, and so is a group of Anna and Ben's.
pub(crate) fn known() -> AccessFacts {
    let people = [ANNA, BEN, NORA, HEIDI, CLEO].map(|it| (AccessSubject::Person(it), holder(it)));
    let gone = HolderFacts { active: false, ..holder(GUS) };
    let gone = (AccessSubject::Person(GUS), gone);
    let team = HolderFacts {
        active: true,
        humans: [Human(ANNA), Human(BEN)].into(),
        own: Beside::default(),
        beside: [ANNA, BEN].map(|it| (Human(it), Beside::default())).into(),
    };
    let team = (AccessSubject::Group(TEAM), team);
    let group = GroupFacts { people: [ANNA, BEN].into(), ..GroupFacts::default() };
    let ended = GroupFacts { retired: true, ..GroupFacts::default() };
    AccessFacts {
        rules: Some(Arc::new(rulebook())),
        held: vec![Grant { pierces: true, ..grant(0, ADMIN) }],
        subjects: people.into_iter().chain([gone, team]).collect(),
        groups: BTreeMap::from([(TEAM, group), (CREW, GroupFacts::default()), (ENDED, ended)]),
        ..AccessFacts::default()
    }
}

/// As facts that a test tells.
pub(crate) fn facts(access: AccessFacts) -> Facts {
    Facts { access, ..Facts::default() }
}

/// The same with a rule for those, and nothing else is asked about them.
pub(crate) fn bound(mut access: AccessFacts, whom: Matcher) -> AccessFacts {
    let mut rules = rulebook();
    rules.denies.values_mut().for_each(|deny| deny.whom = whom.clone());
    access.rules = Some(Arc::new(rules));
    access
}
