//! Finds the people, units and subjects a row names, and makes those that are missing.

use std::collections::{HashMap, HashSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, Utc};
use domain::import::incident_log::ForeignPerson;
use domain::kernel::{
    ClaimChange, ClaimKey, Facts, Needs, PersonFacts, PersonId, SubjectFacts, SubjectId, UnitFacts,
    UnitId,
};
use domain::person::PersonCommand;
use domain::person::command::Register;
use domain::subject::SubjectCommand;
use domain::subject::command::Create as CreateSubject;
use domain::subject::event::DefaultsChosen;
use domain::unit::command::{Create as CreateUnit, Join};
use domain::unit::{UnitCommand, UnitKind};
use uuid::Uuid;

use super::error::ImportError;
use crate::gateway::history::{History, Past, Suppose};
use crate::gateway::{Gateway, GatewayError, Guarded};

/// Claim scope of a foreign person: who it is here.
const PERSON: &str = "import.incident-log.person";
/// Names kept in memory; beyond that they are looked up again.
const REMEMBERED: usize = 50_000;
/// How often making somebody is tried while others do the same.
const ROUNDS: u32 = 4;

/// The people of an import.
#[derive(Debug)]
pub(super) struct People {
    gateway: Gateway,
    dry_run: bool,
    known: Mutex<Known>,
}

#[derive(Debug, Default)]
struct Known {
    ids: HashMap<(&'static str, String), Uuid>,
    memberships: HashSet<(UnitId, PersonId)>,
    /// What a dry run would have made.
    supposed: Facts,
}

impl People {
    pub(super) fn new(gateway: Gateway, dry_run: bool) -> Self {
        Self { gateway, dry_run, known: Mutex::default() }
    }

    pub(super) async fn person(
        &self,
        person: &ForeignPerson,
        at: DateTime<Utc>,
    ) -> Result<PersonId, ImportError> {
        // The login, not the name: one name may stand for a caller and for one of the staff.
        let key = ClaimKey::Personal(person.login.clone());
        let wanted = Wanted { scope: PERSON, name: &person.login, key: key.clone(), at };
        let id = self
            .find_or_make(wanted, |id, round| {
                let command = PersonCommand::Register(Box::new(Register {
                    id: PersonId(id),
                    // The login may belong to somebody who is not from this log.
                    login: match round {
                        0 => person.login.clone(),
                        _ => format!("{}-imported-{round}", person.login),
                    },
                    name: person.key.clone(),
                    email: None,
                    phone: None,
                    role: person.role,
                    organization: None,
                }));
                (command, vec![ClaimChange::Hold { scope: PERSON, key: key.clone() }])
            })
            .await?;
        let (role, id) = (person.role, PersonId(id));
        self.suppose(|facts| {
            facts.people.entry(id).or_insert_with(|| PersonFacts {
                kind: role.kind(),
                role,
                active: true,
                units: [].into(),
                organization: None,
            });
        });
        Ok(id)
    }

    pub(super) async fn unit(&self, name: &str, at: DateTime<Utc>) -> Result<UnitId, ImportError> {
        let key = ClaimKey::Plain(name.to_lowercase());
        let kind = UnitKind::SupportUnit;
        let id = self
            .find_or_make(Wanted { scope: "unit.name", name, key, at }, |_, _| {
                let create = CreateUnit { name: name.to_owned(), kind, parent: None };
                (UnitCommand::Create(create), Vec::new())
            })
            .await?;
        self.suppose(|facts| {
            facts.units.entry(UnitId(id)).or_insert(UnitFacts { kind, closed: false });
        });
        Ok(UnitId(id))
    }

    pub(super) async fn subject(
        &self,
        name: &str,
        at: DateTime<Utc>,
    ) -> Result<SubjectId, ImportError> {
        let key = ClaimKey::Plain(name.to_lowercase());
        let id = self
            .find_or_make(Wanted { scope: "subject.name", name, key, at }, |_, _| {
                let create = CreateSubject { name: name.to_owned() };
                (SubjectCommand::Create(create), Vec::new())
            })
            .await?;
        self.suppose(|facts| {
            let defaults = DefaultsChosen::default();
            facts.subjects.insert(SubjectId(id), SubjectFacts { retired: false, defaults });
        });
        Ok(SubjectId(id))
    }

    /// Assignees belong to the unit of their ticket (T7).
    pub(super) async fn membership(
        &self,
        unit: UnitId,
        person: PersonId,
        at: DateTime<Utc>,
    ) -> Result<(), ImportError> {
        if self.known().memberships.contains(&(unit, person)) {
            return Ok(());
        }
        self.suppose(|facts| {
            if let Some(facts) = facts.people.get_mut(&person) {
                facts.units.insert(unit);
            }
        });
        for _ in 0..ROUNDS {
            let command = UnitCommand::Join(Join { person });
            let there = async || History::open(&self.gateway, unit.0).await;
            match self.make(there, command, Vec::new(), at).await {
                Ok(()) => break,
                Err(GatewayError::Stale { .. }) => {}
                Err(error) => return Err(error.into()),
            }
        }
        let mut known = self.known();
        if known.memberships.len() >= REMEMBERED {
            known.memberships.clear();
        }
        known.memberships.insert((unit, person));
        Ok(())
    }

    async fn find_or_make<C: Guarded>(
        &self,
        wanted: Wanted<'_>,
        command: impl Fn(Uuid, u32) -> (C, Vec<ClaimChange>),
    ) -> Result<Uuid, ImportError> {
        let name = (wanted.scope, wanted.name.to_owned());
        if let Some(id) = self.known().ids.get(&name) {
            return Ok(*id);
        }
        for round in 0..ROUNDS {
            let keys = std::slice::from_ref(&wanted.key);
            let found = self.gateway.journal().holders(wanted.scope, keys).await?;
            if let Some(id) = found.into_iter().flatten().next() {
                return Ok(self.remember(name, id));
            }
            let id = self.gateway.new_id();
            let (command, claims) = command(id, round);
            let new = async || Ok(History::begin(&self.gateway, id).await);
            match self.make(new, command, claims, wanted.at).await {
                Ok(()) => return Ok(self.remember(name, id)),
                // Made by somebody else meanwhile, or the login is another person's.
                Err(GatewayError::ClaimTaken { .. }) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Err(GatewayError::Busy.into())
    }

    async fn make<C: Guarded>(
        &self,
        history: impl AsyncFnOnce() -> Result<History<C>, GatewayError>,
        command: C,
        claims: Vec<ClaimChange>,
        at: DateTime<Utc>,
    ) -> Result<(), GatewayError> {
        if self.dry_run {
            return Ok(());
        }
        let mut history = history().await?;
        let correlation_id = self.gateway.new_id();
        let past = Past { command, at, on_behalf_of: None, correlation_id, reason: None };
        history.step(past).await?;
        for claim in claims {
            history.claim(claim);
        }
        if history.events() > 0 {
            history.commit().await?;
        }
        Ok(())
    }

    fn remember(&self, name: (&'static str, String), id: Uuid) -> Uuid {
        let mut known = self.known();
        // A dry run finds nothing again in the database: there it must remember all.
        if known.ids.len() >= REMEMBERED && !self.dry_run {
            known.ids.clear();
        }
        *known.ids.entry(name).or_insert(id)
    }

    fn suppose(&self, change: impl FnOnce(&mut Facts)) {
        if self.dry_run {
            change(&mut self.known().supposed);
        }
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        // Plain maps: a panic elsewhere leaves nothing half done in them.
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Suppose for People {
    fn add_to(&self, facts: &mut Facts, needs: &Needs) {
        let known = self.known();
        let supposed = &known.supposed;
        for id in &needs.people {
            facts.people.extend(supposed.people.get(id).map(|person| (*id, person.clone())));
        }
        for id in &needs.units {
            facts.units.extend(supposed.units.get(id).map(|unit| (*id, unit.clone())));
        }
        for id in &needs.subjects {
            let subject = supposed.subjects.get(id).map(|subject| (*id, subject.clone()));
            facts.subjects.extend(subject);
        }
    }
}

/// What is looked for.
struct Wanted<'a> {
    scope: &'static str,
    name: &'a str,
    key: ClaimKey,
    at: DateTime<Utc>,
}
