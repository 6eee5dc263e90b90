//! Queries of whoever asks what somebody may do: for a person, and for the person of a session.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use domain::access::decide::World;
use domain::access::model::Scope;
use domain::access::standard::{holder, standard_role_of};
use domain::access::{Premise, Who};
use domain::kernel::{PersonId, UnitId};
use domain::person::{Life, PersonKind, Role};
use domain::settings::Language;
use journal::Premised;
use sqlx::postgres::PgRow;
use sqlx::{PgPool, Row};
use uuid::Uuid;

use super::inline::SETTINGS;
use super::read::{PersonState, set, state};
use crate::error::ReadError;

/// Somebody who may act.
#[derive(Debug, Clone)]
pub struct Principal {
    /// As far as rights depend on it.
    pub who: Who,
    /// Staff or client.
    pub kind: PersonKind,
    /// Neither suspended nor gone.
    pub active: bool,
    /// The language to be addressed in, if one was chosen.
    pub language: Option<Language>,
    /// What all of this leans on, as it was.
    pub premises: [Premised; 2],
    /// What they hold.
    pub world: Arc<World>,
}

impl PartialEq for Principal {
    /// Of what they hold, as of when it is.
    fn eq(&self, other: &Self) -> bool {
        let rights = |one: &Self| (one.active, one.world.revision(), one.premises);
        self.who == other.who
            && self.kind == other.kind
            && self.language == other.language
            && rights(self) == rights(other)
    }
}

/// Who speaks in a session that lives.
#[derive(Debug, Clone, PartialEq)]
pub struct Speaker {
    /// Who it is.
    pub principal: Principal,
    /// Only choosing another password is allowed.
    pub must_change_password: bool,
}

/// The principal, if the person is registered.
pub async fn principal(pool: &PgPool, id: PersonId) -> Result<Option<Principal>, ReadError> {
    let rows = rows(pool, &[id.0], (&[], DateTime::UNIX_EPOCH)).await?;
    rows.first().map(read).transpose()
}

/// Who speaks in these sessions, in their order; none where no session lives now. One statement for
/// all: what rights depend on is asked for, never remembered.
pub async fn speakers(
    pool: &PgPool,
    sessions: &[Uuid],
    now: DateTime<Utc>,
) -> Result<Vec<Option<Speaker>>, ReadError> {
    let mut found = vec![None; sessions.len()];
    for row in rows(pool, &[], (sessions, now)).await? {
        let speaker =
            Speaker { principal: read(&row)?, must_change_password: row.try_get("must_change")? };
        let theirs: Vec<Uuid> = row.try_get("sessions")?;
        for (place, session) in found.iter_mut().zip(sessions) {
            if theirs.contains(session) {
                *place = Some(speaker.clone());
            }
        }
    }
    Ok(found)
}

async fn rows(
    pool: &PgPool,
    people: &[Uuid],
    (sessions, now): (&[Uuid], DateTime<Utc>),
) -> Result<Vec<PgRow>, sqlx::Error> {
    sqlx::query(include_str!("sql/principals.sql"))
        .bind(people)
        .bind(SETTINGS)
        .bind(sessions)
        .bind(now)
        .fetch_all(pool)
        .await
}

fn read(row: &PgRow) -> Result<Principal, ReadError> {
    let person: PersonState = state(row)?;
    let dispatch_unit: Option<String> = row.try_get("dispatch_unit")?;
    let units = set(row, "units", UnitId)?;
    let dispatches = match dispatch_unit.map(|id| Uuid::parse_str(&id)) {
        Some(Ok(unit)) => units.contains(&UnitId(unit)),
        Some(Err(_)) => return Err(ReadError::Row("directory_settings")),
        None => !units.is_empty(),
    };
    let clients = match person.role {
        Role::ClientGroupLead => set(row, "clients", PersonId)?,
        _ => BTreeSet::new(),
    };
    let id = PersonId(row.try_get("person_id")?);
    let who = Who {
        person: id,
        role: person.role,
        heads: set(row, "heads", UnitId)?,
        people: set(row, "people", PersonId)?,
        dispatches: person.kind == PersonKind::Staff
            && (dispatches || person.role == Role::SystemAdministrator),
        units,
        clients,
    };
    let standard = standard_role_of(person.role);
    Ok(Principal {
        who,
        world: Arc::new(holder(standard, id, Scope::Everywhere)),
        kind: person.kind,
        active: person.life == Life::Active,
        language: person.language,
        premises: [
            Premised { premise: Premise::Person(id), version: row.try_get("moved")? },
            Premised {
                premise: Premise::Organization,
                version: row.try_get("organization_moved")?,
            },
        ],
    })
}
