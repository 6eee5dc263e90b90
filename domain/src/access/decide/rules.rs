//! What holds for everybody: actions, roles, places, rules that deny, duties, boundaries.

use std::collections::BTreeMap;

use crate::access::model::{
    ActionId, ActionName, Ceiling, Condition, Deny, Registry, Roles, ScopeTree, SodKind, SodRule,
    SubjectKind,
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
    pub(super) looks: Looks,
    pub(super) revision: u64,
}

/// What decisions look at beside grants and relations.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Looks {
    /// Some condition, and with it what is known of an object.
    pub(super) at_attributes: bool,
    /// The clock, beside the instants of grants.
    pub(super) at_time: bool,
}

impl Looks {
    pub(super) fn of<'a>(conditions: impl IntoIterator<Item = &'a Condition>) -> Self {
        conditions.into_iter().fold(Self::default(), |looks, condition| {
            looks.and(Self { at_attributes: true, at_time: condition.looks_at_time() })
        })
    }

    #[must_use]
    pub(super) fn and(self, other: Self) -> Self {
        Self {
            at_attributes: self.at_attributes || other.at_attributes,
            at_time: self.at_time || other.at_time,
        }
    }
}

impl Rules {
    /// These rules, indexed.
    pub fn of(set: RuleSet) -> Self {
        let RuleSet { registry, roles, tree, mut denies, sod, boundaries, revision } = set;
        denies.iter_mut().for_each(|deny| deny.scope = tree.resolved(&deny.scope));
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
        let entries = roles.definitions().flat_map(|role| &role.entries);
        let conditions = entries.filter_map(|entry| entry.condition.as_ref());
        let looks = Looks::of(denies.iter().filter_map(|deny| deny.condition.as_ref()))
            .and(Looks::of(conditions));
        Self { registry, roles, tree, denies, denies_of, duties, boundaries, looks, revision }
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
