//! What a change of rights would come to, before it is made: what becomes reachable or is lost, which
//! rules of duties it breaks, which ways to more rights without a second person it opens.
//!
//! Pure: it is told the subject's world as it is and as it would be; whoever asks makes up the second.
//! Called for `accessPreview`.

#[cfg(test)]
mod tests;
mod ways;

use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::decide::{Session, World};
use super::filter::{Predicate, compile};
use super::model::{ActionClass, ActionName, Exception, Grant};
use super::sod::{Breach, Separation, Tenure};
use crate::access_policy::state::AccessPolicy;

pub use ways::{Way, ways};

/// An action whose reach would change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Which.
    pub action: ActionName,
    /// Of which class.
    pub class: ActionClass,
    /// Whether much depends on it.
    pub high_risk: bool,
    /// To which objects it can be done now.
    pub before: Predicate,
    /// To which it could be done.
    pub after: Predicate,
}

/// What a change would come to for one subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview {
    /// The actions that reach further, less far or elsewhere, by their names.
    pub changes: Vec<Change>,
    /// For how long which rules of duties would be broken that are not now.
    pub breaches: Vec<Breach>,
    /// By which steps the subject could come to more without anybody else, that they cannot now.
    pub ways: Vec<Way>,
}

/// A subject as it is, or as it would be.
#[derive(Debug, Clone)]
pub struct Standpoint {
    /// What it has, under the rules.
    pub world: Arc<World>,
    /// The rules of duties.
    pub separation: Arc<Separation>,
    /// All that counts together with it, of every account of the human.
    pub tenures: Vec<Tenure>,
    /// What lets it past rules.
    pub exceptions: Vec<Exception>,
}

impl Preview {
    /// What would come of it at this instant, in a session without bounds of its own.
    pub fn of(
        before: &Standpoint,
        after: &Standpoint,
        policy: &AccessPolicy,
        at: DateTime<Utc>,
    ) -> Self {
        let was = before.breaches();
        let breaches = after.breaches().into_iter().filter(|breach| !was.contains(breach));
        let known = ways(&before.world, policy, at);
        let ways = ways(&after.world, policy, at).into_iter().filter(|way| !known.contains(way));
        Self {
            changes: changes(&before.world, &after.world, at),
            breaches: breaches.collect(),
            ways: ways.collect(),
        }
    }
}

impl Standpoint {
    fn breaches(&self) -> Vec<Breach> {
        self.separation.conflicts(&self.tenures, &self.exceptions)
    }
}

/// What holds by one more grant, if it does by itself.
pub fn with(tenures: &[Tenure], grant: &Grant) -> Vec<Tenure> {
    tenures.iter().cloned().chain(Tenure::of(grant)).collect()
}

fn changes(before: &World, after: &World, at: DateTime<Utc>) -> Vec<Change> {
    let session = Session::default();
    let all = after.rules().registry().actions().filter_map(|(_, info)| {
        let of = |world| compile(world, &info.name, at, &session).predicate().clone();
        let (was, is) = (of(before), of(after));
        (was != is).then(|| Change {
            action: info.name.clone(),
            class: info.class,
            high_risk: info.high_risk,
            before: was,
            after: is,
        })
    });
    let mut changes: Vec<Change> = all.collect();
    changes.sort_by(|one, other| one.action.cmp(&other.action));
    changes
}
