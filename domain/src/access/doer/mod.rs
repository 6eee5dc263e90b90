//! Whoever does it, under the rules there are: what they hold, and which rules are for them.
//!
//! As a human, with every account: nobody gets by one account what they may not by another. Called by
//! the aggregates that make the rules.

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::{DateTime, Utc};

use crate::access::Permission;
use crate::access::giving::{covers, given, is_own};
use crate::access::known::{AccessFacts, Rulebook};
use crate::access::model::{
    AccessSubject, ActionId, ActionInfo, ActionName, ActionPattern, Effective, Grant, Granted,
    Matcher, RoleDefinition, Scope, ScopePath, ScopeTree,
};
use crate::access::sod::Tenure;
use crate::kernel::{AccessGroupId, Actor, Context, RoleId};

/// Whoever does it.
#[derive(Debug, Clone)]
pub struct Doer<'a> {
    /// The rules there are.
    pub rules: Arc<Rulebook>,
    facts: &'a AccessFacts,
    actor: Actor,
    at: DateTime<Utc>,
}

impl<'a> Doer<'a> {
    /// As the command was told.
    pub fn of(cx: &'a Context) -> Self {
        let facts = &cx.facts.access;
        let rules = facts.rules.clone().unwrap_or_default();
        Self { rules, facts, actor: cx.actor, at: cx.now }
    }

    /// Whether it is Annals itself, which gives what it ships.
    pub fn is_annals(&self) -> bool {
        self.actor == Actor::System
    }

    /// Whether they hold the role now, inherited or not.
    pub fn holds_role(&self, role: RoleId) -> bool {
        let roles = self.grants().filter_map(Grant::role).filter(|held| self.rules.is_live(*held));
        let mut closures = roles.filter_map(|held| self.rules.roles.closure(held));
        closures.any(|closure| closure.contains(&role))
    }

    /// Whether they hold a permission for one of these actions now, wherever and however.
    pub fn holds_some(&self, pattern: &ActionPattern) -> bool {
        let mut actions = self.rules.registry.matching(pattern);
        actions.any(|action| self.grants().any(|grant| !self.given(grant, action).is_empty()))
    }

    /// What they have and will have, as far as it is granted.
    pub fn tenures(&self) -> Vec<Tenure> {
        let all = self.facts.held.iter().chain(&self.facts.held_elsewhere);
        all.filter(|grant| !grant.is_over(self.at)).filter_map(Tenure::of).collect()
    }

    /// Whether a rule for those is for them.
    pub fn is_meant(&self, whom: &Matcher) -> bool {
        match whom {
            Matcher::Any => true,
            Matcher::Subject(subject) => self.facts.acts_as.contains(subject),
            Matcher::Group(id) => self.facts.acts_as.contains(&AccessSubject::Group(*id)),
            Matcher::Role(role) => self.holds_role(*role),
        }
    }

    /// Whether some rule denies them something because they belong to one of these groups, or hold one
    /// of these grants: nobody gets rid of that by themselves.
    pub fn is_bound_by(&self, groups: &BTreeSet<AccessGroupId>, grants: &[&Grant]) -> bool {
        let roles = grants.iter().filter_map(|grant| grant.role());
        let closures = roles.filter_map(|role| self.rules.roles.closure(role));
        let closures: Vec<_> = closures.collect();
        self.rules.denies.values().any(|deny| match &deny.whom {
            Matcher::Group(group) | Matcher::Subject(AccessSubject::Group(group)) => {
                groups.contains(group)
            }
            Matcher::Role(role) => closures.iter().any(|closure| closure.contains(role)),
            Matcher::Any | Matcher::Subject(_) => false,
        })
    }

    /// What they hold now of an action and could give to others everywhere: of this account, in their
    /// own right, and denied by no rule. One for everybody is also for whoever it is given to.
    pub fn givable(&self, action: ActionId) -> Vec<Effective<'_>> {
        let name = &self.rules.registry.info(action).name;
        let denied = self.rules.denies.values().any(|deny| {
            deny.whom != Matcher::Any
                && deny.fields.is_empty()
                && deny.actions.iter().any(|it| it.matches(name))
                && self.is_meant(&deny.whom)
        });
        let everywhere = |grant: &&Grant| {
            grant.is_live(self.at) && is_own(grant) && grant.scope == Scope::Everywhere && !denied
        };
        let grants = self.facts.held.iter().filter(everywhere);
        grants.flat_map(|grant| self.given(grant, action)).collect()
    }

    /// The first action that they would come to have at a place if the barriers stood like this; none:
    /// nothing. That they might draw barriers there is not counted: it takes from others.
    pub fn gained(&self, place: &ScopePath, after: &ScopeTree) -> Option<ActionName> {
        let before = &self.rules.tree;
        let mut actions = self.rules.registry.actions();
        let draws = ActionName::from(Permission::UnitDrawBarrier);
        let gains = |action: ActionId, info: &ActionInfo| {
            let reaches = |tree: &ScopeTree, grant: &Grant| {
                let scope = before.resolved(&grant.scope);
                tree.covers(&scope, (place, None), info.class, grant.pierces)
            };
            let (has, stopped): (Vec<_>, Vec<_>) =
                self.grants().partition(|grant| reaches(before, grant));
            let has: Vec<_> = has.into_iter().flat_map(|it| self.given(it, action)).collect();
            let comes = stopped.into_iter().filter(|grant| reaches(after, grant));
            let mut comes = comes.flat_map(|grant| self.given(grant, action));
            info.name != draws && comes.any(|wanted| !covers(&has, &info.name, wanted))
        };
        let found = actions.find(|(action, info)| gains(*action, info));
        found.map(|(_, info)| info.name.clone())
    }

    /// What holds now.
    fn grants(&self) -> impl Iterator<Item = &Grant> {
        let all = self.facts.held.iter().chain(&self.facts.held_elsewhere);
        all.filter(|grant| grant.is_live(self.at))
    }

    fn given<'g>(&'g self, grant: &'g Grant, action: ActionId) -> Vec<Effective<'g>> {
        match &grant.what {
            Granted::Role(role) if !self.rules.is_live(*role) => Vec::new(),
            what => given(what, action, &self.rules),
        }
    }
}

impl Rulebook {
    /// Whether the role is there and not retired.
    pub fn is_live(&self, role: RoleId) -> bool {
        self.role(role).is_some()
    }

    /// The role, if it is there and not retired.
    pub fn role(&self, role: RoleId) -> Option<&RoleDefinition> {
        self.roles.definition(role).filter(|_| !self.retired.contains(&role))
    }
}
