//! What decisions about access itself need to know: the rules as they are, and what whoever decides
//! holds under them.
//!
//! From both follows the first law of giving: nobody gives what they do not hold.

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::access::model::{
    AccessSubject, ActionId, ActionName, ActionPattern, Effective, Entry, Grant, GrantSource,
    Granted, Matcher, Registry, RelationSet, Roles, Scope, SodRule,
};
use crate::kernel::{AccessGroupId, RoleId};

/// The rules, and who asks.
#[derive(Debug, Clone, PartialEq)]
pub struct AccessFacts {
    /// Every action there is.
    pub registry: Arc<Registry>,
    /// Every role that is not retired.
    pub roles: Arc<Roles>,
    /// Every rule of segregation of duties that is not retired.
    pub sod: Vec<SodRule>,
    /// Whoever does it.
    pub doer: Doer,
}

/// Whoever does it, as a human: with all accounts.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Doer {
    /// The account that does it, and the human's others.
    pub accounts: BTreeSet<AccessSubject>,
    /// The groups that one of them belongs to, or a group of theirs does.
    pub groups: BTreeSet<AccessGroupId>,
    /// What they and these groups hold now.
    pub grants: Vec<Grant>,
    /// What a rule denies them, be it somewhere or at times.
    pub denied: Vec<ActionPattern>,
}

/// Who holds a role.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Holders {
    /// Some of them; of many, not all.
    pub some: Vec<AccessSubject>,
    /// How many there are.
    pub count: u64,
}

impl Default for AccessFacts {
    /// Nobody told: there is nothing but what Annals itself can do, and nobody holds any of it.
    fn default() -> Self {
        Self {
            registry: Arc::new(Registry::ours()),
            roles: Arc::default(),
            sod: Vec::new(),
            doer: Doer::default(),
        }
    }
}

impl AccessFacts {
    /// Whether they hold the role, inherited or not.
    pub fn holds_role(&self, role: RoleId) -> bool {
        let held = self.doer.grants.iter().filter_map(Grant::role);
        held.filter_map(|held| self.roles.closure(held)).any(|closure| closure.contains(&role))
    }

    /// Whether they hold a permission for one of these actions, wherever and however.
    pub fn holds_some(&self, pattern: &ActionPattern) -> bool {
        let mut actions = self.registry.matching(pattern);
        actions.any(|action| self.held(action, |_| true).next().is_some())
    }

    /// Whether the rule is for them.
    pub fn is_for_doer(&self, whom: &Matcher) -> bool {
        match whom {
            Matcher::Any => true,
            Matcher::Subject(AccessSubject::Group(id)) | Matcher::Group(id) => {
                self.doer.groups.contains(id)
            }
            Matcher::Subject(subject) => self.doer.accounts.contains(subject),
            Matcher::Role(role) => self.holds_role(*role),
        }
    }

    /// What they hold of an action that they could give to others there: in their own right, at
    /// that place and all within it, and denied by no rule.
    pub fn givable(&self, action: ActionId, scope: &Scope) -> Vec<Effective<'_>> {
        let name = &self.registry.info(action).name;
        if self.doer.denied.iter().any(|pattern| pattern.matches(name)) {
            return Vec::new();
        }
        self.held(action, |grant| is_own(grant) && grant.scope.includes(scope)).collect()
    }

    /// What they hold of an action by these grants.
    fn held(
        &self,
        action: ActionId,
        by: impl Fn(&Grant) -> bool,
    ) -> impl Iterator<Item = Effective<'_>> {
        let name = &self.registry.info(action).name;
        self.doer.grants.iter().filter(move |grant| by(grant)).flat_map(move |grant| {
            let (role, entry) = match &grant.what {
                Granted::Role(id) => (self.roles.index(*id), None),
                Granted::Entry(entry) => (None, Some(entry.as_ref())),
            };
            let gives = |entry: &&Entry| entry.actions.iter().any(|it| it.matches(name));
            let direct = entry.filter(gives);
            let direct = direct.map(|entry| Effective { entry, obligations: entry.obligations });
            role.into_iter().flat_map(move |role| self.roles.effective(role, action)).chain(direct)
        })
    }
}

/// Neither in another's place, nor for an emergency.
fn is_own(grant: &Grant) -> bool {
    let lent = matches!(grant.source, GrantSource::Delegation | GrantSource::BreakGlass);
    !lent && grant.delegated_by.is_none()
}

/// Whether what is wanted of an action is within what is held of it: however one stands to the
/// object, with no more weight, on no more fields, up to no higher level, and on all terms that come
/// with what is held. A pattern is within one that means as much at least, for ever.
pub fn covers(held: &[Effective<'_>], action: &ActionName, wanted: Effective<'_>) -> bool {
    let standings: &[RelationSet] = match wanted.entry.when.0.as_slice() {
        [] => &[RelationSet::NONE],
        some => some,
    };
    let gives = |held: &Effective<'_>, pattern: &ActionPattern, standing: RelationSet| {
        held.entry.actions.iter().any(|own| own.includes(pattern))
            && held.entry.when.holds(standing)
            && reaches(held, &wanted)
    };
    let mut meant = wanted.entry.actions.iter().filter(|pattern| pattern.matches(action));
    meant.all(|pattern| {
        standings.iter().all(|way| held.iter().any(|held| gives(held, pattern, *way)))
    })
}

/// Whether what is held reaches as far as what is wanted, the standing apart.
fn reaches(held: &Effective<'_>, wanted: &Effective<'_>) -> bool {
    let (has, wants) = (held.entry, wanted.entry);
    has.standing >= wants.standing
        && has.fields.includes(&wants.fields)
        && has.level >= wants.level
        && (has.condition.is_none() || has.condition == wants.condition)
        && wanted.obligations.and(held.obligations) == wanted.obligations
}
