//! Segregation of duties: which rules the things that one human has would break, and when.
//!
//! Counted is whatever any account of the human has: of itself or as a member of a group, a role or
//! what the role inherits, in somebody's place, and what was only asked for so far. Two times that
//! touch do not overlap. Where a grant holds makes no difference: who pays and who orders are two,
//! in whichever unit. What of this is refused, let pass or taken back is for those to say who keep
//! the grants, by the rule's action; rules of single objects are a gate of [`super::decide`].

mod sweep;
mod tenure;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use super::model::{
    ActionClass, ActionName, Counted, Exception, Granted, Lifted, Registry, Roles, SodAction,
    SodKind, SodRule,
};
use crate::kernel::{RoleId, SodRuleId};

pub use tenure::{Origin, Tenure, tenures};

/// The static rules, ready to be asked about anybody.
#[derive(Debug, Clone)]
pub struct Separation {
    rules: Vec<Parted>,
}

/// A rule, and what gives each of the things it counts.
#[derive(Debug, Clone)]
struct Parted {
    id: SodRuleId,
    action: SodAction,
    n: usize,
    counted: Vec<Giving>,
}

#[derive(Debug, Clone)]
struct Giving {
    what: Counted,
    /// The roles that do.
    roles: BTreeSet<RoleId>,
    /// The actions, any of which is enough.
    actions: Vec<ActionName>,
}

/// For how long what somebody has breaks a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Breach {
    /// Which rule.
    pub rule: SodRuleId,
    /// What happens then.
    pub action: SodAction,
    /// From this instant on.
    pub from: DateTime<Utc>,
    /// No more at this instant; none: for good.
    pub until: Option<DateTime<Utc>>,
    /// What is had together.
    pub counted: BTreeSet<Counted>,
    /// By what.
    pub by: BTreeSet<Origin>,
}

impl Separation {
    /// The static ones of these rules; those of single objects say nothing here.
    pub fn of<'a>(
        rules: impl IntoIterator<Item = &'a SodRule>,
        roles: &Roles,
        registry: &Registry,
    ) -> Self {
        let parted = |rule: &SodRule| match &rule.kind {
            SodKind::Static { set, n } => Some(Parted {
                id: rule.id,
                action: rule.action,
                n: (*n).into(),
                counted: set.iter().map(|what| Giving::of(what, roles, registry)).collect(),
            }),
            SodKind::Dynamic { .. } => None,
        };
        let mut rules: Vec<Parted> = rules.into_iter().filter_map(parted).collect();
        rules.sort_by_key(|rule| rule.id);
        Self { rules }
    }

    /// What all of this together breaks, in the order of the rules and of time. An exception for any
    /// account of the human lifts its rule for its time.
    pub fn conflicts(&self, tenures: &[Tenure], exceptions: &[Exception]) -> Vec<Breach> {
        let of_rule = |rule: &Parted| {
            let lifting = exceptions.iter().filter(|it| it.lifts == Lifted::Sod(rule.id));
            let lifted: Vec<_> = lifting.map(|it| (it.from, it.until)).collect();
            sweep::breaches(rule, tenures, &lifted)
        };
        self.rules.iter().flat_map(of_rule).collect()
    }

    /// What breaks by the new one, within its time: only rules that count something it gives.
    pub fn brought_by(
        &self,
        new: &Tenure,
        others: &[Tenure],
        exceptions: &[Exception],
    ) -> Vec<Breach> {
        let concerned = self.rules.iter().filter(|rule| !rule.given_by(&new.what).is_empty());
        let concerned = Self { rules: concerned.cloned().collect() };
        let together: Vec<Tenure> = others.iter().chain([new]).cloned().collect();
        let breaches = concerned.conflicts(&together, exceptions).into_iter();
        breaches.filter_map(|breach| breach.within(new.from, new.until)).collect()
    }

    /// The rules that whoever has this breaks, with nothing else.
    pub fn inherent(&self, what: &Granted) -> Vec<SodRuleId> {
        let breaks = |rule: &&Parted| rule.given_by(what).len() >= rule.n;
        self.rules.iter().filter(breaks).map(|rule| rule.id).collect()
    }
}

impl Breach {
    /// As much of it as lies in this time.
    fn within(self, from: DateTime<Utc>, until: Option<DateTime<Utc>>) -> Option<Self> {
        let from = self.from.max(from);
        let until = sweep::earlier(self.until, until);
        until.is_none_or(|until| from < until).then_some(Self { from, until, ..self })
    }
}

impl Parted {
    /// Which of the things it counts this gives, by their places.
    fn given_by(&self, what: &Granted) -> Vec<usize> {
        let places = self.counted.iter().enumerate();
        places.filter(|(_, giving)| giving.is_given_by(what)).map(|(place, _)| place).collect()
    }
}

impl Giving {
    fn of(what: &Counted, roles: &Roles, registry: &Registry) -> Self {
        let actions: Vec<_> = match what {
            Counted::Role(_) => Vec::new(),
            Counted::Actions(pattern) => {
                // To have to do with a type is no act on it, unless the rule names just that.
                let acts = registry.matching(pattern).filter(|action| {
                    !pattern.is_wild() || registry.info(*action).class != ActionClass::Function
                });
                acts.collect()
            }
        };
        let gives = |role: RoleId| match what {
            Counted::Role(id) => roles.closure(role).is_some_and(|closure| closure.contains(id)),
            Counted::Actions(_) => actions.iter().any(|action| roles.permits(role, *action)),
        };
        let roles = roles.definitions().map(|role| role.id).filter(|role| gives(*role)).collect();
        let actions = actions.iter().map(|action| registry.info(*action).name.clone()).collect();
        Self { what: what.clone(), roles, actions }
    }

    fn is_given_by(&self, what: &Granted) -> bool {
        match what {
            Granted::Role(role) => self.roles.contains(role),
            Granted::Entry(entry) => self
                .actions
                .iter()
                .any(|action| entry.actions.iter().any(|pattern| pattern.matches(action))),
        }
    }
}
