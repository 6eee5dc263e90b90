//! Who is there: the demo organisation, whose people sign in, among twenty units and two thousand
//! clients.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use cqrs_es::Aggregate;
use domain::kernel::{Actor, ClaimChange, ClaimKey, PersonId, SubjectId, UnitId};
use domain::person::event::Registered;
use domain::person::{Person, PersonEvent, Role};
use domain::unit::event::{Created, Joined};
use domain::unit::{Unit, UnitEvent, UnitKind};
use journal::{Append, ClaimOf, Journal, NewEvent, StreamAppend};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;
use sqlx::{PgPool, Row};
use uuid::Uuid;

use super::{id_at, meta, new_event, personal, shape};
use crate::Fault;

/// How many clients besides those of the demo.
const CLIENTS: usize = 2_000;
/// Agents in each unit that is added.
const AGENTS: usize = 8;
/// People an append.
const TOGETHER: usize = 100;

/// Those who appear in tickets.
#[derive(Debug, Clone)]
pub(crate) struct Organisation {
    /// Support units with their agents; the first have the most tickets.
    pub(crate) units: Vec<(UnitId, Vec<PersonId>)>,
    /// The first have the most tickets.
    pub(crate) clients: Vec<PersonId>,
    pub(crate) subjects: Vec<SubjectId>,
}

impl Organisation {
    /// Nobody anybody knows: for a journal alone.
    pub(crate) fn strangers(seed: u64) -> Self {
        let mut chance = ChaCha8Rng::seed_from_u64(seed);
        let mut id = || id_at(&mut chance, DateTime::UNIX_EPOCH + TimeDelta::days(18_000));
        let mut people = |count: usize| (0..count).map(|_| PersonId(id())).collect::<Vec<_>>();
        let agents = people(10);
        let clients = people(CLIENTS);
        Self {
            units: vec![(UnitId(clients[0].0), agents)],
            subjects: vec![SubjectId(clients[1].0)],
            clients,
        }
    }

    /// Appends what the demo lacks; `reads` searches the views, which know the demo already.
    pub(crate) async fn found(
        journal: &Journal,
        reads: &PgPool,
        seed: u64,
        at: DateTime<Utc>,
    ) -> Result<Self, Fault> {
        let mut founding =
            Founding { chance: ChaCha8Rng::seed_from_u64(seed), at, journal: journal.clone() };
        let mut organisation = demo(reads).await?;
        while organisation.units.len() < shape::UNITS.len() {
            let number = organisation.units.len();
            organisation.units.push(founding.unit(number).await?);
        }
        organisation.clients.extend(founding.people(CLIENTS, "caller", Role::Client).await?);
        Ok(organisation)
    }
}

/// What the demo has: the Service Desk has the most tickets, Carla Client reports the most.
async fn demo(reads: &PgPool) -> Result<Organisation, Fault> {
    let units = ids(reads, "select unit_id as id, name from view_units.units").await?;
    let people =
        ids(reads, "select person_id as id, login as name from view_people.people").await?;
    let subjects = ids(reads, "select subject_id as id, name from view_subjects.subjects").await?;
    let unit = |name: &str| units.get(name).copied().ok_or_else(|| format!("no unit {name}"));
    let person = |name: &str| people.get(name).copied().ok_or_else(|| format!("no {name}"));
    let mut subjects: Vec<SubjectId> = subjects.into_values().map(SubjectId).collect();
    subjects.sort();
    let desk = [PersonId(person("agent1")?), PersonId(person("agent2")?)];
    Ok(Organisation {
        units: vec![
            (UnitId(unit("Service Desk")?), desk.into()),
            (UnitId(unit("Infrastructure")?), vec![PersonId(person("agent3")?)]),
        ],
        clients: vec![PersonId(person("client1")?), PersonId(person("client2")?)],
        subjects,
    })
}

async fn ids(reads: &PgPool, sql: &str) -> Result<HashMap<String, Uuid>, Fault> {
    let rows = sqlx::query(sql).fetch_all(reads).await?;
    rows.iter().map(|row| Ok((row.try_get("name")?, row.try_get("id")?))).collect()
}

struct Founding {
    chance: ChaCha8Rng,
    at: DateTime<Utc>,
    journal: Journal,
}

impl Founding {
    async fn unit(&mut self, number: usize) -> Result<(UnitId, Vec<PersonId>), Fault> {
        let name = format!("Group {number}");
        let agents = self.people(AGENTS, &format!("agent.{number}"), Role::Agent).await?;
        let id = id_at(&mut self.chance, self.at);
        let created = Created { name: name.clone(), kind: UnitKind::SupportUnit, parent: None };
        let mut events = vec![self.said(&UnitEvent::Created(created))];
        for person in &agents {
            events.push(self.said(&UnitEvent::Joined(Joined { person: *person })));
        }
        let stream =
            StreamAppend { aggregate_type: Unit::TYPE, aggregate_id: id, expected: 0, events };
        let change = ClaimChange::Hold { scope: "unit.name", key: ClaimKey::of_name(&name) };
        let claim = ClaimOf { aggregate_type: Unit::TYPE, aggregate_id: id, change };
        let append = Append { streams: vec![stream], claims: vec![claim], ..Append::default() };
        self.journal.append(&append).await?;
        Ok((UnitId(id), agents))
    }

    async fn people(
        &mut self,
        count: usize,
        login: &str,
        role: Role,
    ) -> Result<Vec<PersonId>, Fault> {
        let mut people = Vec::with_capacity(count);
        while people.len() < count {
            let mut append = Append::default();
            for _ in 0..TOGETHER.min(count - people.len()) {
                let login = format!("{login}.{}", people.len());
                people.push(self.person(&mut append, login, role));
            }
            self.journal.append(&append).await?;
        }
        Ok(people)
    }

    fn person(&mut self, append: &mut Append, login: String, role: Role) -> PersonId {
        let id = PersonId(id_at(&mut self.chance, self.at));
        let registered = Registered {
            login: personal(id, login.clone()),
            name: personal(id, format!("Person {login}")),
            email: None,
            phone: None,
            kind: role.kind(),
            role,
            organization: None,
        };
        let events = vec![self.said(&PersonEvent::Registered(Box::new(registered)))];
        let aggregate_type = Person::TYPE;
        append.streams.push(StreamAppend {
            aggregate_type,
            aggregate_id: id.0,
            expected: 0,
            events,
        });
        let change = ClaimChange::Hold { scope: "person.login", key: ClaimKey::Personal(login) };
        append.claims.push(ClaimOf { aggregate_type, aggregate_id: id.0, change });
        id
    }

    fn said<E: cqrs_es::DomainEvent + serde::Serialize>(&mut self, event: &E) -> NewEvent {
        let meta = meta(&mut self.chance, Actor::System, self.at);
        new_event(event, meta)
    }
}
