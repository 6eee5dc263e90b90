//! Who calls: a person, a program, an import, or Annals itself.

use std::collections::BTreeSet;

use domain::access::Permission;
use domain::access::known::AccessFacts;
use domain::kernel::{Actor, PersonId, ServiceAccountId, Source};
use domain::service_account::Right;
use journal::Premised;
use projections::directory::{Doing, Principal};
use uuid::Uuid;

/// Who calls.
#[derive(Debug, Clone)]
pub struct Caller {
    /// As events will name it.
    pub actor: Actor,
    /// What the directory knows of a person: the actor, or on whose behalf commands are imported.
    /// None for a program, for the import of a log and for the system.
    pub person: Option<Principal>,
    /// What a program may do; what a person may follows from their role.
    pub rights: BTreeSet<Permission>,
    /// The system that a program is a part of: it asks about that system's resources alone.
    pub system: Option<String>,
    /// The session, when the person signed in.
    pub session: Option<Uuid>,
}

impl Caller {
    /// Finished history from another desk.
    pub fn import() -> Self {
        Self::of(Actor::Import, None)
    }

    /// A command of the past, on behalf of whoever gave it elsewhere.
    pub fn import_for(person: Principal) -> Self {
        Self::of(Actor::Import, Some(person))
    }

    /// On whose behalf an import acts, if it is on anybody's.
    pub(super) fn on_behalf_of(&self) -> Option<PersonId> {
        let person = self.person.as_ref().filter(|_| self.actor == Actor::Import);
        person.map(|person| person.who.person)
    }

    /// Annals itself.
    pub fn system() -> Self {
        Self::of(Actor::System, None)
    }

    /// A person, without a session.
    pub fn person(id: PersonId, known: Option<Principal>) -> Self {
        Self::of(Actor::Person(id), known)
    }

    /// A program that may do this and nothing else, a part of this system.
    pub fn service(
        account: ServiceAccountId,
        rights: &BTreeSet<Right>,
        system: Option<String>,
    ) -> Self {
        let rights = rights.iter().map(|right| right.permission()).collect();
        Self { rights, system, ..Self::of(Actor::Service(account), None) }
    }

    pub(super) fn of(actor: Actor, person: Option<Principal>) -> Self {
        Self { actor, person, rights: BTreeSet::new(), system: None, session: None }
    }

    /// Whose access commands on access are decided by.
    pub(super) fn doing(&self) -> Doing<'_> {
        match (self.actor, &self.person) {
            (Actor::Service(account), _) => Doing::Service(account),
            (_, Some(person)) => Doing::Person(&person.world),
            (Actor::Person(_) | Actor::Import | Actor::System, None) => Doing::Nobody,
        }
    }

    /// What the rights lean on by which a person acts, and what its decision leans on: each once, as it
    /// was first heard of.
    pub(super) fn premises(&self, facts: &AccessFacts) -> Vec<Premised> {
        let own = match (self.actor, &self.person) {
            (Actor::Person(_), Some(person)) => person.premises.clone(),
            (Actor::Person(_), None) | (Actor::Import | Actor::Service(_) | Actor::System, _) => {
                Vec::new()
            }
        };
        if facts.leans.is_empty() {
            return own;
        }
        let mut all = facts.leans.clone();
        for Premised { premise, version } in own {
            let known = all.entry(premise).or_insert(version);
            *known = version.min(*known);
        }
        all.into_iter().map(|(premise, version)| Premised { premise, version }).collect()
    }

    /// The door its commands come through.
    pub(super) fn source(&self) -> Source {
        match (self.actor, self.session) {
            (Actor::Import | Actor::Service(_), _) => Source::Import,
            (Actor::Person(_), Some(_)) => Source::Graphql,
            (Actor::Person(_) | Actor::System, _) => Source::Process,
        }
    }
}
