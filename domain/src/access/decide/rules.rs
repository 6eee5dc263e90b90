//! What holds for everybody: actions, roles, places, rules that deny, duties, boundaries.

use std::collections::BTreeMap;

use crate::access::model::{
    ActionId, ActionName, Ceiling, Deny, Registry, Roles, ScopeTree, SodKind, SodRule, SubjectKind,
};

/// The rules, as they come.
#[derive(Debug, Clone)]
pub struct RuleSet {
    /// Every action there is.
    pub registry: Registry,
    /// Every role that is not retired, worked out for that registry.
    pub roles: Roles,
    /// The places and the barriers among them.
    pub tree: ScopeTree,
    /// What denies.
    pub denies: Vec<Deny>,
    /// What separates duties.
    pub sod: Vec<SodRule>,
    /// Beyond which no subject of a sort gets; none: no bound.
    pub boundaries: BTreeMap<SubjectKind, Ceiling>,
    /// As of which position of the log.
    pub revision: u64,
}

/// The rules, ready to be asked; shared by the worlds of all subjects.
#[derive(Debug, Clone)]
pub struct Rules {
    pub(in crate::access) registry: Registry,
    pub(in crate::access) roles: Roles,
    pub(in crate::access) tree: ScopeTree,
    /// In the order of their identities.
    denies: Vec<Deny>,
    /// Of every action, which of those are for it.
    denies_of: Vec<Vec<u32>>,
    /// Those of single objects, in the order of their identities.
    duties: Vec<SodRule>,
    boundaries: BTreeMap<SubjectKind, Ceiling>,
    pub(super) revision: u64,
}

impl Rules {
    /// These rules, indexed.
    pub fn of(set: RuleSet) -> Self {
        let RuleSet { registry, roles, tree, mut denies, sod, boundaries, revision } = set;
        denies.sort();
        denies.dedup();
        let of = |name: &ActionName| {
            let means = |deny: &Deny| deny.actions.iter().any(|pattern| pattern.matches(name));
            denies.iter().zip(0..).filter(|(deny, _)| means(deny)).map(|(_, place)| place).collect()
        };
        let denies_of = registry.actions().map(|(_, info)| of(&info.name)).collect();
        let mut duties = sod;
        duties.retain(|rule| matches!(rule.kind, SodKind::Dynamic { .. }));
        duties.sort();
        Self { registry, roles, tree, denies, denies_of, duties, boundaries, revision }
    }

    /// Every action there is.
    pub fn registry(&self) -> &Registry {
        &self.registry
    }

    /// As of which position of the log.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// Every role.
    pub fn roles(&self) -> &Roles {
        &self.roles
    }

    /// Every place.
    pub fn tree(&self) -> &ScopeTree {
        &self.tree
    }

    /// What may deny this action.
    pub(in crate::access) fn denies(&self, action: ActionId) -> impl Iterator<Item = &Deny> {
        self.denies_of[action.place()].iter().map(|place| &self.denies[*place as usize])
    }

    /// What separates the duties on one object.
    pub(super) fn duties(&self) -> &[SodRule] {
        &self.duties
    }

    /// Whether subjects of this sort may get so far.
    pub(in crate::access) fn within_boundary(
        &self,
        kind: SubjectKind,
        action: &ActionName,
    ) -> bool {
        self.boundaries.get(&kind).is_none_or(|boundary| boundary.permits(action))
    }
}
