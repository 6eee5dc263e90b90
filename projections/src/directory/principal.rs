//! Queries of whoever asks what somebody may do: for a person, and for the person of a session.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use domain::access::decide::World;
use domain::access::{Premise, Who};
use domain::kernel::{AccessGroupId, PersonId, SubjectAccessId, UnitId};
use domain::person::{Life, PersonKind, Role};
use domain::settings::Language;
use journal::Premised;
use sqlx::postgres::PgRow;
use sqlx::{PgPool, Row};
use uuid::Uuid;

use super::access::{Bearing, Wanted, Worlds};
use super::inline::SETTINGS;
use super::read::{PersonState, attributes, set, state};
use crate::error::ReadError;

/// Somebody who may act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Principal {
    /// As far as rights depend on it.
    pub who: Who,
    /// Staff or client.
    pub kind: PersonKind,
    /// Neither suspended nor gone.
    pub active: bool,
    /// The language to be addressed in, if one was chosen.
    pub language: Option<Language>,
    /// What all of this leans on, as it was: themselves, the organisation, in whose place they act, and
    /// the groups that give them something.
    pub premises: Vec<Premised>,
    /// What they have, and under which rules.
    pub world: Arc<World>,
}

/// Who speaks in a session that lives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Speaker {
    /// Who it is.
    pub principal: Principal,
    /// Only choosing another password is allowed.
    pub must_change_password: bool,
}

/// What was read of somebody, but for their world.
struct Found {
    principal: Principal,
    sessions: Vec<Uuid>,
    must_change: Option<bool>,
}

/// The principal, if the person is registered.
pub async fn principal(
    pool: &PgPool,
    id: PersonId,
    now: DateTime<Utc>,
) -> Result<Option<Principal>, ReadError> {
    principal_in(pool, &Worlds::default(), id, now).await
}

/// The same with worlds that are kept.
pub(super) async fn principal_in(
    pool: &PgPool,
    worlds: &Worlds,
    id: PersonId,
    now: DateTime<Utc>,
) -> Result<Option<Principal>, ReadError> {
    Ok(principals(pool, worlds, &[id.0], now).await?.into_iter().next())
}

/// Several of them; who is not registered is left out.
pub(super) async fn principals(
    pool: &PgPool,
    worlds: &Worlds,
    people: &[Uuid],
    now: DateTime<Utc>,
) -> Result<Vec<Principal>, ReadError> {
    let found = found(pool, worlds, people, (&[], now)).await?;
    Ok(found.into_iter().map(|found| found.principal).collect())
}

/// Who speaks in these sessions, in their order; none where no session lives now. One statement for
/// all: what rights depend on is asked for, never remembered.
pub(super) async fn speakers(
    pool: &PgPool,
    worlds: &Worlds,
    sessions: &[Uuid],
    now: DateTime<Utc>,
) -> Result<Vec<Option<Speaker>>, ReadError> {
    let mut speakers = vec![None; sessions.len()];
    for found in found(pool, worlds, &[], (sessions, now)).await? {
        let must_change_password = found.must_change.ok_or(ReadError::Row("credentials"))?;
        let speaker = Speaker { principal: found.principal, must_change_password };
        for (place, session) in speakers.iter_mut().zip(sessions) {
            if found.sessions.contains(session) {
                *place = Some(speaker.clone());
            }
        }
    }
    Ok(speakers)
}

/// Those who were asked for, with the worlds that are kept or worked out.
async fn found(
    pool: &PgPool,
    worlds: &Worlds,
    people: &[Uuid],
    (sessions, now): (&[Uuid], DateTime<Utc>),
) -> Result<Vec<Found>, ReadError> {
    let rows = rows(pool, people, (sessions, now)).await?;
    let mut everybody = BTreeMap::new();
    for row in &rows {
        let person = bearing(row)?;
        everybody.insert(person.person, (person, row));
    }
    let mut wanted = Vec::with_capacity(rows.len());
    for (of, row) in everybody.values() {
        if row.try_get("asked")? {
            let lenders: Vec<Uuid> = row.try_get("lenders")?;
            let lenders = lenders.iter().filter_map(|id| everybody.get(&PersonId(*id)));
            let lenders = lenders.map(|(bearing, _)| bearing.clone()).collect();
            let (on, rules) = (now.date_naive(), row.try_get("rules_revision")?);
            wanted.push(Wanted { of: of.clone(), lenders, on, rules });
        }
    }
    let worlds = worlds.of(pool, &wanted).await?;
    let mut found = Vec::with_capacity(wanted.len());
    for (wanted, world) in wanted.iter().zip(worlds) {
        let Some((_, row)) = everybody.get(&wanted.of.person) else { continue };
        let lenders = wanted.lenders.iter().filter_map(|it| everybody.get(&it.person));
        let lenders: Vec<&PgRow> = lenders.map(|(_, row)| *row).collect();
        found.push(Found {
            principal: read(row, &lenders, world)?,
            sessions: row.try_get("sessions")?,
            must_change: row.try_get("must_change")?,
        });
    }
    Ok(found)
}

fn bearing(row: &PgRow) -> Result<Bearing, ReadError> {
    let person: PersonState = state(row)?;
    Ok(Bearing {
        person: PersonId(row.try_get("person_id")?),
        life: person.life,
        attributes: attributes(row)?,
        revision: row.try_get("revision")?,
    })
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

fn read(row: &PgRow, lenders: &[&PgRow], world: Arc<World>) -> Result<Principal, ReadError> {
    let person: PersonState = state(row)?;
    let mut who = standing(row, &person)?;
    for lender in lenders {
        who.lenders.push(standing(lender, &state(lender)?)?);
    }
    Ok(Principal {
        who,
        kind: person.kind,
        active: person.life == Life::Active,
        language: person.language,
        premises: premises(row, lenders, &world)?,
        world,
    })
}

/// As far as they stand to anything by what they are; of those who lend them something, nothing.
fn standing(row: &PgRow, person: &PersonState) -> Result<Who, ReadError> {
    let dispatch_unit: Option<String> = row.try_get("dispatch_unit")?;
    let around = Around {
        units: set(row, "units", UnitId)?,
        heads: set(row, "heads", UnitId)?,
        people: set(row, "people", PersonId)?,
        clients: set(row, "clients", PersonId)?,
        dispatch_unit: dispatch_unit.as_deref().map(unit).transpose()?,
    };
    Ok(who(PersonId(row.try_get("person_id")?), person, around))
}

/// Whom and what somebody has around them.
pub(super) struct Around {
    pub(super) units: BTreeSet<UnitId>,
    pub(super) heads: BTreeSet<UnitId>,
    pub(super) people: BTreeSet<PersonId>,
    /// Those of the organisation they would speak for.
    pub(super) clients: BTreeSet<PersonId>,
    /// Whose people place what routing could not; none: everybody of a unit does.
    pub(super) dispatch_unit: Option<UnitId>,
}

/// A unit as settings name it.
pub(super) fn unit(text: &str) -> Result<UnitId, ReadError> {
    let id = Uuid::parse_str(text).map_err(|_| ReadError::Row("directory_settings"))?;
    Ok(UnitId(id))
}

/// As far as rights depend on it.
pub(super) fn who(id: PersonId, person: &PersonState, around: Around) -> Who {
    let Around { units, heads, people, clients, dispatch_unit } = around;
    let dispatches = dispatch_unit.map_or(!units.is_empty(), |unit| units.contains(&unit));
    Who {
        person: id,
        role: person.role,
        heads,
        people,
        dispatches: person.kind == PersonKind::Staff
            && (dispatches || person.role == Role::SystemAdministrator),
        units,
        clients: if person.role == Role::ClientGroupLead { clients } else { BTreeSet::new() },
        lenders: Vec::new(),
    }
}

/// Of themselves, the organisation, and whoever else what they have comes from.
fn premises(row: &PgRow, lenders: &[&PgRow], world: &World) -> Result<Vec<Premised>, ReadError> {
    let mut premises = Vec::with_capacity(2 + lenders.len());
    for row in [row].iter().chain(lenders) {
        let premise = Premise::Person(PersonId(row.try_get("person_id")?));
        premises.push(Premised { premise, version: row.try_get("moved")? });
    }
    let version = row.try_get("organization_moved")?;
    premises.insert(1, Premised { premise: Premise::Organization, version });
    let (ids, moves): (Vec<Uuid>, Vec<i64>) =
        (row.try_get("groups_moved")?, row.try_get("groups_moves")?);
    let moved: BTreeMap<Uuid, i64> = ids.into_iter().zip(moves).collect();
    let groups: BTreeSet<AccessGroupId> = world.sources().collect();
    premises.extend(groups.into_iter().map(|AccessGroupId(id)| Premised {
        premise: Premise::of_subject(SubjectAccessId(id)),
        version: moved.get(&id).copied().unwrap_or(0),
    }));
    Ok(premises)
}

/// Everybody who is registered: so many behind this one.
pub(super) async fn everybody(
    pool: &PgPool,
    after: Option<PersonId>,
    limit: i64,
) -> Result<Vec<PersonId>, ReadError> {
    let rows = sqlx::query(include_str!("sql/everybody.sql"))
        .bind(after.map(|after| after.0))
        .bind(limit)
        .fetch_all(pool)
        .await?;
    rows.iter().map(|row| Ok(PersonId(row.try_get("person_id")?))).collect()
}

/// Who has nothing by birthright, and has not left, with what they are here to do; the first so many
/// behind this one.
pub async fn unentitled(
    pool: &PgPool,
    after: Option<PersonId>,
    limit: i64,
) -> Result<Vec<(PersonId, Role)>, ReadError> {
    let rows = sqlx::query(include_str!("sql/unentitled.sql"))
        .bind(after.map_or(Uuid::nil(), |after| after.0))
        .bind(limit)
        .fetch_all(pool)
        .await?;
    let person = |row: &PgRow| {
        let person: PersonState = state(row)?;
        Ok((PersonId(row.try_get("person_id")?), person.role))
    };
    rows.iter().map(person).collect()
}
