//! What the events told, kept as a past: what was so at any position up to the last one.

mod access;
mod changes;
mod erasures;

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use chrono::{DateTime, Utc};
use domain::Fact;
use domain::access::model::{AccessSubject, Human, RoleDefinition, SodRule};
use domain::kernel::{
    AccessRequestId, ErasureId, EvidenceHoldId, ExceptionId, GrantId, PersonId, RoleId,
    ServiceAccountId, ServiceTokenId, SodRuleId,
};
use domain::person::{Life, PersonEvent, PersonKind};
use domain::role::RoleEvent;
use domain::service_account::ServiceAccountEvent;
use domain::sod_rule::SodRuleEvent;
use serde_json::{Map, Value};
use uuid::Uuid;

use super::told::Told;

pub(super) use access::{Chain, KnownException, KnownGrant, Way};
pub(super) use changes::{Change, ChangeKind};
pub(super) use erasures::{KnownErasure, KnownHold};

/// Something that was one thing after another, each since a position.
#[derive(Debug, Clone)]
pub(super) struct Past<T>(Vec<(i64, T)>);

/// Everything.
#[derive(Debug, Default)]
pub(super) struct Known {
    pub(super) people: BTreeMap<PersonId, KnownPerson>,
    pub(super) grants: BTreeMap<GrantId, KnownGrant>,
    pub(super) exceptions: BTreeMap<ExceptionId, KnownException>,
    pub(super) requests: BTreeMap<AccessRequestId, Chain>,
    /// Whose stream is whose.
    pub(super) subjects: BTreeMap<Uuid, AccessSubject>,
    /// None: retired.
    pub(super) roles: BTreeMap<RoleId, Past<Option<RoleDefinition>>>,
    pub(super) duties: BTreeMap<SodRuleId, Past<Option<SodRule>>>,
    pub(super) programs: BTreeMap<ServiceAccountId, KnownProgram>,
    pub(super) erasures: BTreeMap<ErasureId, KnownErasure>,
    pub(super) holds: BTreeMap<EvidenceHoldId, KnownHold>,
    pub(super) changes: Vec<Change>,
    /// Who was given what.
    pub(super) given: BTreeMap<AccessSubject, Vec<GrantId>>,
    /// What changes are told against: what each stream said last in each way.
    said: BTreeMap<(String, Uuid), Map<String, Value>>,
    /// What rules are called.
    names: BTreeMap<Uuid, String>,
}

/// When something happened, and where that stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mark {
    pub(super) position: i64,
    pub(super) at: DateTime<Utc>,
    pub(super) by: String,
}

/// Somebody.
#[derive(Debug)]
pub(super) struct KnownPerson {
    pub(super) registered: Mark,
    pub(super) kind: PersonKind,
    pub(super) life: Past<Life>,
    pub(super) left: Option<Mark>,
    pub(super) suspended: Vec<Mark>,
    pub(super) restored: Vec<Mark>,
    pub(super) moved: Vec<Mark>,
    /// Whose second account it is; none: a human's own.
    pub(super) second_of: Past<Option<Human>>,
}

/// A program.
#[derive(Debug)]
pub(super) struct KnownProgram {
    pub(super) registered: Mark,
    pub(super) name: String,
    pub(super) owner: Past<PersonId>,
    pub(super) tokens: BTreeMap<ServiceTokenId, KnownToken>,
    pub(super) retired: Option<Mark>,
}

/// A token of a program; not its secret.
#[derive(Debug)]
pub(super) struct KnownToken {
    pub(super) issued: Mark,
    pub(super) ends_at: DateTime<Utc>,
    pub(super) revoked: Option<Mark>,
}

impl<T> Past<T> {
    pub(super) fn begin(position: i64, value: T) -> Self {
        Self(vec![(position, value)])
    }

    pub(super) fn then(&mut self, position: i64, value: T) {
        self.0.push((position, value));
    }

    /// What it was behind this position.
    pub(super) fn at(&self, position: i64) -> Option<&T> {
        self.since(position).map(|(_, value)| value)
    }

    /// The same, with the position that it had been so since.
    pub(super) fn since(&self, position: i64) -> Option<(i64, &T)> {
        let found = self.0.iter().rev().find(|(since, _)| *since <= position);
        found.map(|(since, value)| (*since, value))
    }
}

impl Mark {
    pub(super) fn of(told: &Told) -> Self {
        Self { position: told.position, at: told.occurred_at, by: told.actor.clone() }
    }

    /// Who made it happen; none: no person.
    pub(super) fn person(&self) -> Option<PersonId> {
        self.by.strip_prefix("person:")?.parse().ok().map(PersonId)
    }

    /// Whether it was told behind the one position and not behind the other.
    pub(super) fn is_in(&self, (after, through): (i64, i64)) -> bool {
        after < self.position && self.position <= through
    }
}

impl KnownPerson {
    /// Whether they were there and had not left.
    pub(super) fn is_there(&self, position: i64) -> bool {
        self.life.at(position).is_some_and(|life| *life != Life::Left)
    }
}

impl KnownProgram {
    pub(super) fn is_there(&self, position: i64) -> bool {
        self.registered.position <= position
            && self.retired.as_ref().is_none_or(|retired| position < retired.position)
    }
}

impl KnownToken {
    /// Whether it served at this instant, as known at this position.
    pub(super) fn serves(&self, position: i64, at: DateTime<Utc>) -> bool {
        self.issued.position <= position
            && self.revoked.as_ref().is_none_or(|revoked| position < revoked.position)
            && at < self.ends_at
    }
}

impl Known {
    /// The next event.
    pub(super) fn fold(&mut self, told: &Told) {
        match &told.fact {
            Fact::Person(id, event) => self.person(*id, event, told),
            Fact::SubjectAccess(id, event) => self.access(*id, event, told),
            Fact::AccessRequest(id, event) => self.request(*id, event, told),
            Fact::ServiceAccount(id, event) => self.program(*id, event, told),
            Fact::Erasure(id, event) => self.erasure(*id, event, told),
            Fact::EvidenceHold(id, event) => self.hold(*id, event, told),
            _ => {}
        }
        // Before what it changed is forgotten.
        self.change(told);
        match &told.fact {
            Fact::Role(id, event) => {
                let role = match event {
                    RoleEvent::Defined(role) | RoleEvent::Redefined(role) => Some((**role).clone()),
                    RoleEvent::Retired(_) => None,
                };
                put(&mut self.roles, *id, told.position, role);
            }
            Fact::SodRule(id, event) => {
                let rule = match event {
                    SodRuleEvent::Defined(rule) | SodRuleEvent::Redefined(rule) => {
                        Some((**rule).clone())
                    }
                    SodRuleEvent::Retired(_) => None,
                };
                put(&mut self.duties, *id, told.position, rule);
            }
            _ => {}
        }
    }

    fn person(&mut self, id: PersonId, event: &PersonEvent, told: &Told) {
        let mark = Mark::of(told);
        if let PersonEvent::Registered(e) = event {
            let position = told.position;
            self.people.entry(id).or_insert_with(|| KnownPerson {
                registered: mark,
                kind: e.kind,
                life: Past::begin(position, Life::Active),
                left: None,
                suspended: Vec::new(),
                restored: Vec::new(),
                moved: Vec::new(),
                second_of: Past::begin(position, None),
            });
            return;
        }
        let Some(person) = self.people.get_mut(&id) else { return };
        match event {
            PersonEvent::Suspended(_) => {
                person.life.then(told.position, Life::Suspended);
                person.suspended.push(mark);
            }
            PersonEvent::Restored(_) => {
                person.life.then(told.position, Life::Active);
                person.restored.push(mark);
            }
            PersonEvent::Left(_) => {
                person.life.then(told.position, Life::Left);
                person.left = Some(mark);
            }
            PersonEvent::Moved(_) => person.moved.push(mark),
            PersonEvent::AccountLinked(e) => person.second_of.then(told.position, Some(e.human)),
            PersonEvent::AccountUnlinked(_) => person.second_of.then(told.position, None),
            PersonEvent::Registered(_)
            | PersonEvent::PasswordChanged(_)
            | PersonEvent::RoleChanged(_)
            | PersonEvent::Renamed(_)
            | PersonEvent::ContactsChanged(_)
            | PersonEvent::PositionTaken(_)
            | PersonEvent::LanguageChosen(_)
            | PersonEvent::OrganizationChanged(_)
            | PersonEvent::SkillCertified(_)
            | PersonEvent::SkillWithdrawn(_)
            | PersonEvent::TierAssigned(_)
            | PersonEvent::DeputyAppointed(_)
            | PersonEvent::DeputyDismissed(_) => {}
        }
    }

    fn program(&mut self, id: ServiceAccountId, event: &ServiceAccountEvent, told: &Told) {
        let mark = Mark::of(told);
        if let ServiceAccountEvent::Registered(e) = event {
            self.programs.entry(id).or_insert_with(|| KnownProgram {
                registered: mark,
                name: e.name.clone(),
                owner: Past::begin(told.position, e.owner),
                tokens: BTreeMap::new(),
                retired: None,
            });
            return;
        }
        let Some(program) = self.programs.get_mut(&id) else { return };
        match event {
            ServiceAccountEvent::Registered(_) => {}
            ServiceAccountEvent::TokenIssued(e) => {
                let token = KnownToken { issued: mark, ends_at: e.ends_at, revoked: None };
                program.tokens.insert(e.token, token);
            }
            ServiceAccountEvent::TokenRevoked(e) => {
                if let Some(token) = program.tokens.get_mut(&e.token) {
                    token.revoked.get_or_insert(mark);
                }
            }
            ServiceAccountEvent::OwnerChanged(e) => program.owner.then(told.position, e.owner),
            ServiceAccountEvent::Retired(_) => {
                for token in program.tokens.values_mut() {
                    token.revoked.get_or_insert_with(|| mark.clone());
                }
                program.retired = Some(mark);
            }
        }
    }

    /// Which human it was, whose account this is.
    pub(super) fn human(&self, person: PersonId, position: i64) -> Human {
        let known = self.people.get(&person).and_then(|person| person.second_of.at(position));
        known.copied().flatten().unwrap_or(Human(person))
    }

    /// The roles that were there, as they were defined.
    pub(super) fn roles_at(&self, position: i64) -> impl Iterator<Item = (i64, &RoleDefinition)> {
        self.roles.values().filter_map(move |past| {
            let (since, role) = past.since(position)?;
            Some((since, role.as_ref()?))
        })
    }
}

fn put<K: Ord, T>(all: &mut BTreeMap<K, Past<Option<T>>>, id: K, position: i64, value: Option<T>) {
    match all.entry(id) {
        Entry::Vacant(free) => drop(free.insert(Past::begin(position, value))),
        Entry::Occupied(mut taken) => taken.get_mut().then(position, value),
    }
}
