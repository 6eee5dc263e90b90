//! Nobody gives what they do not have: whether what somebody holds includes what they would give.
//!
//! Compared permission by permission, for every action there is: somebody who has a role's permissions
//! by another way may give the role. Called by every aggregate that gives rights.

use chrono::{DateTime, Utc};

use super::known::{HolderFacts, Rulebook};
use super::model::{
    AccessSubject, ActionId, ActionName, Effective, Entry, Grant, GrantSource, Granted, Human,
    RelationRule, RiskTier, Scope,
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
    let fits = |grant: &&Grant| {
        grant.is_live(at)
            && !matches!(grant.source, GrantSource::Delegation | GrantSource::BreakGlass)
            && grant.until.is_none_or(|end| gift.until.is_some_and(|until| until <= end))
            && grant.scope.includes(gift.scope)
            && (grant.pierces || !gift.pierces)
    };
    let held: Vec<&Grant> = held.iter().filter(fits).collect();
    let missing = |(action, name): &(ActionId, &ActionName)| {
        given(gift.what, (*action, name), rules).iter().any(|wanted| {
            let includes = |had: &Effective<'_>| includes(had, wanted);
            !held
                .iter()
                .any(|grant| given(&grant.what, (*action, name), rules).iter().any(includes))
        })
    };
    let mut actions = rules.registry.actions().map(|(action, info)| (action, &info.name));
    actions.find(missing).map(|(_, name)| name.clone())
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

/// What this permits of an action.
fn given<'a>(
    what: &'a Granted,
    (action, name): (ActionId, &ActionName),
    rules: &'a Rulebook,
) -> Vec<Effective<'a>> {
    match what {
        Granted::Role(role) => {
            let index = rules.roles.index(*role).into_iter();
            index.flat_map(|index| rules.roles.effective(index, action)).collect()
        }
        Granted::Entry(entry) => {
            let matches = entry.actions.iter().any(|pattern| pattern.matches(name));
            let effective = Effective { entry, obligations: entry.obligations };
            matches.then_some(effective).into_iter().collect()
        }
    }
}

/// Whether a permission reaches at least as far as another one, on no harder terms.
fn includes(had: &Effective<'_>, wanted: &Effective<'_>) -> bool {
    let (mine, other): (&Entry, &Entry) = (had.entry, wanted.entry);
    stands_for(&mine.when, &other.when)
        && mine.standing >= other.standing
        && mine.fields.includes(&other.fields)
        && mine.level >= other.level
        && (mine.condition.is_none() || mine.condition == other.condition)
        && wanted.obligations.and(had.obligations) == wanted.obligations
}

/// Whether whoever stands as the other rule asks also stands as this one does.
fn stands_for(mine: &RelationRule, other: &RelationRule) -> bool {
    mine.0.is_empty()
        || (!other.0.is_empty()
            && other.0.iter().all(|set| mine.0.iter().any(|all| set.includes(*all))))
}
