//! Roles of the tests' world, and who holds what, told to a command with [`super::Given::knowing`].

use std::collections::BTreeSet;
use std::sync::Arc;

use uuid::Uuid;

use super::world::{ANNA, noon};
use crate::access::known::{AccessFacts, Rulebook};
use crate::access::model::{
    AccessSubject, ActionPattern, Entry, Grant, GrantSource, GrantState, Granted, ObligationSet,
    Registry, RelationName, RelationRule, RiskTier, RoleDefinition, Roles, Scope,
};
use crate::kernel::{Facts, GrantId, RoleId};

/// Works on tickets.
pub(crate) const AGENT: RoleId = RoleId(Uuid::from_u128(0x101));
/// The same, and gives them to others.
pub(crate) const LEAD: RoleId = RoleId(Uuid::from_u128(0x102));
/// Looks after items.
pub(crate) const KEEPER: RoleId = RoleId(Uuid::from_u128(0x103));
/// Is not there.
pub(crate) const NO_ROLE: RoleId = RoleId(Uuid::from_u128(0x10f));

pub(crate) fn pattern(text: &str) -> ActionPattern {
    text.parse().unwrap()
}

/// These actions, however one stands to the object.
pub(crate) fn entry<const N: usize>(actions: [&str; N]) -> Entry {
    Entry::of(actions.map(pattern))
}

/// These actions for whoever stands so to the object.
pub(crate) fn entry_when<const N: usize>(actions: [&str; N], name: RelationName) -> Entry {
    Entry { when: RelationRule(vec![[name].into_iter().collect()]), ..entry(actions) }
}

/// A role of these entries alone.
pub(crate) fn role(id: RoleId, name: &str, entries: impl Into<Vec<Entry>>) -> RoleDefinition {
    RoleDefinition {
        id,
        name: name.to_owned(),
        owner: None,
        risk: RiskTier::Standard,
        entries: entries.into(),
        juniors: BTreeSet::new(),
        mask: vec![],
        requestable: true,
        max_hours: None,
        obligations: ObligationSet::NONE,
    }
}

/// Agents, those who lead them, and keepers.
pub(crate) fn roles() -> Vec<RoleDefinition> {
    let work = entry_when(["ticket.resolve", "ticket.pend"], RelationName::Holds);
    let lead = role(LEAD, "Lead", [entry(["ticket.assign"])]);
    vec![
        role(AGENT, "Agent", [entry(["ticket.read"]), work]),
        RoleDefinition { juniors: [AGENT].into(), ..lead },
        RoleDefinition {
            max_hours: Some(48),
            ..role(KEEPER, "Keeper", [entry(["ci.read", "ci.retire"])])
        },
    ]
}

/// Given to somebody from noon on.
pub(crate) fn grant(what: Granted, scope: Scope) -> Grant {
    Grant {
        id: GrantId(Uuid::from_u128(0x1)),
        what,
        scope,
        from: noon(),
        until: None,
        source: GrantSource::Administrator,
        request: None,
        delegated_by: None,
        pierces: false,
        state: GrantState::Active,
    }
}

/// The world's roles, and Anna, who holds this everywhere.
pub(crate) fn holding(what: impl IntoIterator<Item = Granted>) -> AccessFacts {
    let held = what.into_iter().map(|what| grant(what, Scope::Everywhere)).collect();
    let registry = Registry::ours();
    let roles = Roles::of(roles(), &registry).unwrap();
    AccessFacts {
        rules: Some(Arc::new(Rulebook { registry, roles, ..Rulebook::default() })),
        held,
        acts_as: [AccessSubject::Person(ANNA)].into(),
        ..AccessFacts::default()
    }
}

/// The same under rules that are otherwise.
pub(crate) fn ruled(mut access: AccessFacts, change: impl FnOnce(&mut Rulebook)) -> AccessFacts {
    let mut rules = access.rules.take().unwrap_or_default();
    change(Arc::make_mut(&mut rules));
    AccessFacts { rules: Some(rules), ..access }
}

/// Whoever holds these actions, however they stand to an object.
pub(crate) fn directly<const N: usize>(actions: [&str; N]) -> Granted {
    Granted::Entry(Box::new(entry(actions)))
}

/// As a command is told it.
pub(crate) fn facts(access: AccessFacts) -> Facts {
    Facts { access, ..Facts::default() }
}
