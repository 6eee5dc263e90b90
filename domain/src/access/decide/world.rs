//! What one subject has, ready to be asked.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::kept::Kept;
use super::rules::{Looks, Rules};
use crate::access::model::{
    AccessSubject, ActionId, Entry, Exception, Grant, GrantState, Granted, Human, Lifted, Matcher,
    ObligationSet, RoleIndex,
};
use crate::kernel::words::words;
use crate::kernel::{AccessGroupId, GrantId, PersonId, RoleId};

words! {
    /// Whether a subject may do anything.
    SubjectState {
        /// What was granted.
        Active,
        /// Nothing, until restored.
        Suspended,
        /// Nothing, for good.
        Terminated,
    }
}

/// What one subject has, as it comes.
#[derive(Debug, Clone)]
pub struct Holdings {
    /// Who.
    pub subject: AccessSubject,
    /// Which human that is; of a program none, or who answers for it.
    pub human: Option<Human>,
    /// Whether they may do anything.
    pub state: SubjectState,
    /// Every group they belong to, directly or not.
    pub groups: BTreeSet<AccessGroupId>,
    /// Every grant of theirs and of these groups, past ones too: they say why not.
    pub grants: Vec<Held>,
    /// Grants taken back that may still look active.
    pub revoked: BTreeSet<GrantId>,
    /// What lets them past rules.
    pub exceptions: Vec<Exception>,
    /// What those have of themselves who delegated something to them.
    pub delegators: Vec<Holdings>,
    /// As of which position of the log.
    pub revision: u64,
}

/// A grant that somebody has.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Held {
    /// The grant.
    pub grant: Grant,
    /// As a member of which group; none: it is their own.
    pub through: Option<AccessGroupId>,
}

/// What one subject has, and the rules: all that decisions on this subject need.
#[derive(Debug, Clone)]
pub struct World {
    pub(in crate::access) rules: Arc<Rules>,
    pub(in crate::access) subject: AccessSubject,
    pub(in crate::access) state: SubjectState,
    pub(super) human: Option<Human>,
    pub(super) revision: u64,
    groups: BTreeSet<AccessGroupId>,
    /// In the order of their identities.
    held: Vec<Held>,
    /// Of every role, which grants are of it.
    by_role: Vec<(RoleId, RoleIndex, Vec<u32>)>,
    /// Of every action, which grants give it by no role.
    direct: BTreeMap<ActionId, Vec<u32>>,
    exceptions: Vec<Exception>,
    delegators: BTreeMap<PersonId, World>,
    looks: Looks,
    /// What was compiled of it of late.
    pub(super) kept: Kept,
}

/// Something that gives an action, by a grant.
#[derive(Debug, Clone, Copy)]
pub(in crate::access) struct Given<'a> {
    pub(in crate::access) grant: &'a Grant,
    pub(in crate::access) entry: &'a Entry,
    pub(in crate::access) obligations: ObligationSet,
}

impl Holdings {
    /// Of an active subject that has nothing yet.
    pub fn none(subject: AccessSubject) -> Self {
        Self {
            subject,
            human: subject.person().map(Human),
            state: SubjectState::Active,
            groups: BTreeSet::new(),
            grants: Vec::new(),
            revoked: BTreeSet::new(),
            exceptions: Vec::new(),
            delegators: Vec::new(),
            revision: 0,
        }
    }
}

impl PartialEq for World {
    /// The same holdings under the same rules; what was worked out follows from both.
    fn eq(&self, other: &Self) -> bool {
        self.rules.revision == other.rules.revision
            && (self.subject, self.human, self.state) == (other.subject, other.human, other.state)
            && self.revision == other.revision
            && self.groups == other.groups
            && self.held == other.held
            && self.exceptions == other.exceptions
            && self.delegators == other.delegators
    }
}

impl Eq for World {}

impl World {
    /// The holdings under the rules. The order in which things come is without effect.
    pub fn of(holdings: Holdings, rules: Arc<Rules>) -> Self {
        let Holdings { subject, human, state, groups, revoked, revision, .. } = holdings;
        let mut held = holdings.grants;
        for Held { grant, .. } in &mut held {
            grant.scope = rules.tree.resolved(&grant.scope);
            if revoked.contains(&grant.id) {
                grant.state = GrantState::Revoked;
            }
        }
        held.sort();
        held.dedup();
        let mut by_role: BTreeMap<RoleId, Vec<u32>> = BTreeMap::new();
        let mut direct: BTreeMap<ActionId, Vec<u32>> = BTreeMap::new();
        for (held, place) in held.iter().zip(0..) {
            match &held.grant.what {
                Granted::Role(role) => by_role.entry(*role).or_default().push(place),
                Granted::Entry(entry) => {
                    let meant = entry.actions.iter().flat_map(|it| rules.registry.matching(it));
                    for action in meant.collect::<BTreeSet<_>>() {
                        direct.entry(action).or_default().push(place);
                    }
                }
            }
        }
        // A role that is not there gives nothing.
        let by_role = by_role
            .into_iter()
            .filter_map(|(id, grants)| Some((id, rules.roles.index(id)?, grants)))
            .collect();
        let mut exceptions = holdings.exceptions;
        exceptions.retain(|exception| exception.subject == subject);
        let delegators = holdings.delegators.into_iter().filter_map(|holdings| {
            Some((holdings.subject.person()?, Self::of(holdings, Arc::clone(&rules))))
        });
        let delegators: BTreeMap<PersonId, Self> = delegators.collect();
        let entry = |held: &Held| match &held.grant.what {
            Granted::Entry(entry) => entry.condition.clone(),
            Granted::Role(_) => None,
        };
        let conditions: Vec<_> = held.iter().filter_map(entry).collect();
        let looks = delegators
            .values()
            .fold(rules.looks.and(Looks::of(&conditions)), |looks, it| looks.and(it.looks));
        Self {
            rules,
            subject,
            human,
            state,
            revision,
            groups,
            held,
            by_role,
            direct,
            exceptions,
            delegators,
            looks,
            kept: Kept::default(),
        }
    }

    /// The same with one more grant, which its subject has by itself.
    #[must_use]
    pub fn with(&self, grant: Grant) -> Self {
        let one_more = Held { grant, through: None };
        let holdings = Holdings {
            human: self.human,
            state: self.state,
            groups: self.groups.clone(),
            grants: self.held.iter().cloned().chain([one_more]).collect(),
            exceptions: self.exceptions.clone(),
            revision: self.revision,
            ..Holdings::none(self.subject)
        };
        let with = Self::of(holdings, Arc::clone(&self.rules));
        let delegators = self.delegators.clone();
        let looks = delegators.values().fold(with.looks, |looks, it| looks.and(it.looks));
        Self { delegators, looks, ..with }
    }

    /// Who it is.
    pub fn subject(&self) -> AccessSubject {
        self.subject
    }

    /// As of which position of the log it is, and the rules with it.
    pub fn revision(&self) -> u64 {
        self.revision.max(self.rules.revision)
    }

    /// The rules it stands under.
    pub fn rules(&self) -> &Rules {
        &self.rules
    }

    /// Whether decisions look at what is known of an object; else it need not be told.
    pub fn looks_at_attributes(&self) -> bool {
        self.looks.at_attributes
    }

    /// From when until when nothing begins or ends that it has, this instant within; none: it looks
    /// at the clock besides.
    pub(super) fn steady(&self, at: DateTime<Utc>) -> Option<(DateTime<Utc>, DateTime<Utc>)> {
        let around = (DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC);
        (!self.looks.at_time).then(|| {
            self.instants().fold(around, |(from, until), instant| match instant <= at {
                true => (from.max(instant), until),
                false => (from, until.min(instant)),
            })
        })
    }

    fn instants(&self) -> Box<dyn Iterator<Item = DateTime<Utc>> + '_> {
        let grants = self.held.iter().flat_map(|held| [Some(held.grant.from), held.grant.until]);
        let exceptions = self.exceptions.iter().flat_map(|it| [it.from, it.until]);
        let above = self.delegators.values().flat_map(Self::instants);
        Box::new(grants.flatten().chain(exceptions).chain(above))
    }

    /// Whether it may do anything.
    pub fn state(&self) -> SubjectState {
        self.state
    }

    /// Every group the subject belongs to, directly or not.
    pub fn groups(&self) -> &BTreeSet<AccessGroupId> {
        &self.groups
    }

    /// Every group that gives something to the subject, or to whoever delegated to it.
    pub fn sources(&self) -> impl Iterator<Item = AccessGroupId> + '_ {
        let delegated = self.delegators.values().flat_map(|world| &world.held);
        self.held.iter().chain(delegated).filter_map(|held| held.through)
    }

    /// Every grant the subject has or had, in the order of their identities.
    pub fn held(&self) -> &[Held] {
        &self.held
    }

    /// All that gives this action, live or not.
    pub(in crate::access) fn giving(&self, action: ActionId) -> impl Iterator<Item = Given<'_>> {
        let by_role = self.by_role.iter().flat_map(move |(_, role, grants)| {
            self.rules.roles.effective(*role, action).flat_map(move |effective| {
                grants.iter().map(move |place| Given {
                    grant: self.grant(*place),
                    entry: effective.entry,
                    obligations: effective.obligations,
                })
            })
        });
        let direct = self.direct.get(&action).into_iter().flatten().filter_map(|place| {
            let grant = self.grant(*place);
            match &grant.what {
                Granted::Entry(entry) => {
                    Some(Given { grant, entry, obligations: entry.obligations })
                }
                Granted::Role(_) => None,
            }
        });
        by_role.chain(direct)
    }

    /// Whether a rule for those is for this subject at this instant.
    pub(in crate::access) fn is_meant_by(&self, whom: &Matcher, at: DateTime<Utc>) -> bool {
        match whom {
            Matcher::Any => true,
            Matcher::Group(group) | Matcher::Subject(AccessSubject::Group(group)) => {
                self.subject == AccessSubject::Group(*group) || self.groups.contains(group)
            }
            Matcher::Subject(subject) => self.subject == *subject,
            // Whatever the session activates: nobody leaves a rule behind with a role.
            Matcher::Role(role) => self.by_role.iter().any(|(id, _, grants)| {
                let closure = self.rules.roles.closure(*id);
                closure.is_some_and(|closure| closure.contains(role))
                    && grants.iter().any(|place| self.grant(*place).is_live(at))
            }),
        }
    }

    /// Whether an exception lets the subject past the rule at this instant.
    pub(in crate::access) fn is_excepted(&self, rule: Lifted, at: DateTime<Utc>) -> bool {
        self.exceptions.iter().any(|exception| exception.lifts(rule, at))
    }

    /// What somebody has who delegated to the subject; none: nothing.
    pub(in crate::access) fn delegator(&self, person: PersonId) -> Option<&World> {
        self.delegators.get(&person)
    }

    fn grant(&self, place: u32) -> &Grant {
        &self.held[place as usize].grant
    }
}
