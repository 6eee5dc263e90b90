//! Nobody gives what they do not have: whether what somebody holds includes what they would give.
//!
//! Compared permission by permission, for every action there is: somebody who has a role's permissions
//! by another way may give the role. Called by every aggregate that gives rights.

use chrono::{DateTime, Utc};

use super::known::{HolderFacts, Rulebook};
use super::model::{
    AccessSubject, ActionId, ActionInfo, ActionName, ActionPattern, Effective, Grant, GrantSource,
    Granted, Human, RelationSet, RiskTier, Scope,
};
use crate::kernel::{Context, PersonId};

/// What would be given.
#[derive(Debug, Clone, Copy)]
pub struct Gift<'a> {
    /// A role, or permissions of their own.
    pub what: &'a Granted,
    /// Where.
    pub scope: &'a Scope,
    /// Until when; none: until it is taken back.
    pub until: Option<DateTime<Utc>>,
    /// Whether barriers would not stop it.
    pub pierces: bool,
}

/// The first action of the gift that these grants do not include now, and for as long; none: all may
/// be given.
///
/// What was delegated to somebody, or taken in an emergency, is not theirs to give.
pub fn not_held(
    gift: Gift<'_>,
    held: &[Grant],
    rules: &Rulebook,
    at: DateTime<Utc>,
) -> Option<ActionName> {
    let tree = &rules.tree;
    let wanted = tree.resolved(gift.scope);
    let fits = |grant: &&Grant| {
        grant.is_live(at)
            && is_own(grant)
            && grant.until.is_none_or(|end| gift.until.is_some_and(|until| until <= end))
            && tree.resolved(&grant.scope).includes(&wanted)
            && (grant.pierces || !gift.pierces)
    };
    let held: Vec<&Grant> = held.iter().filter(fits).collect();
    // What stops at a barrier on the way down is not theirs behind it.
    let arrives = |grant: &Grant, class| match &wanted {
        Scope::Node(place) => {
            tree.covers(&tree.resolved(&grant.scope), (place, None), class, grant.pierces)
        }
        Scope::Everywhere | Scope::Item(_) => true,
    };
    let missing = |(action, info): &(ActionId, &ActionInfo)| {
        let arriving = held.iter().filter(|grant| arrives(grant, info.class));
        let had: Vec<Effective<'_>> =
            arriving.flat_map(|grant| given(&grant.what, *action, rules)).collect();
        given(gift.what, *action, rules).into_iter().any(|wanted| !covers(&had, &info.name, wanted))
    };
    rules.registry.actions().find(missing).map(|(_, info)| info.name.clone())
}

/// Whether whoever does it is this person, with whichever account.
pub fn is_doer(person: PersonId, cx: &Context) -> bool {
    cx.doer() == Some(person) || cx.facts.access.acts_as.contains(&AccessSubject::Person(person))
}

/// Whether whoever does it is the subject, or a human behind it, with whichever account.
pub fn is_oneself(cx: &Context, subject: AccessSubject, holder: &HolderFacts) -> bool {
    let is = |doer: PersonId| {
        let human = cx.facts.access.doer.unwrap_or(Human(doer));
        subject == AccessSubject::Person(doer) || holder.humans.contains(&human)
    };
    cx.doer().is_some_and(is)
}

/// How risky it is to give this: as the role says; of a permission, by its actions.
pub fn risk(what: &Granted, rules: &Rulebook) -> RiskTier {
    match what {
        Granted::Role(role) => {
            rules.roles.definition(*role).map_or(RiskTier::Privileged, |role| role.risk)
        }
        Granted::Entry(entry) => {
            let mut actions = entry.actions.iter().flat_map(|it| rules.registry.matching(it));
            let high = actions.any(|action| rules.registry.info(action).high_risk);
            if high { RiskTier::Privileged } else { RiskTier::Standard }
        }
    }
}

/// Neither in another's place, nor for an emergency.
pub fn is_own(grant: &Grant) -> bool {
    let lent = matches!(grant.source, GrantSource::Delegation | GrantSource::BreakGlass);
    !lent && grant.delegated_by.is_none()
}

/// What this permits of an action.
pub fn given<'a>(what: &'a Granted, action: ActionId, rules: &'a Rulebook) -> Vec<Effective<'a>> {
    match what {
        Granted::Role(role) => {
            let index = rules.roles.index(*role).into_iter();
            index.flat_map(|index| rules.roles.effective(index, action)).collect()
        }
        Granted::Entry(entry) => {
            let name = &rules.registry.info(action).name;
            let matches = entry.actions.iter().any(|pattern| pattern.matches(name));
            let effective = Effective { entry, obligations: entry.obligations };
            matches.then_some(effective).into_iter().collect()
        }
    }
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
