//! Queries of the gateway and of routing.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use domain::access::population::Attributes;
use domain::custom_field::FieldForm;
use domain::kernel::{
    CalendarFacts, CalendarId, Facts, FieldFacts, FieldId, Needs, PersonFacts, PersonId, PlanFacts,
    SlaPlanId, SubjectFacts, SubjectId, UnitFacts, UnitId,
};
use domain::person::state::{Deputy, Skill};
use domain::person::{Life, PersonKind, Role};
use domain::routing::{Candidate, RoutedUnit};
use domain::settings::{Language, Policy};
use domain::sla_plan::event::Defined;
use domain::subject::event::DefaultsChosen;
use domain::ticket::{TicketKind, Tier};
use domain::unit::{RoutingMethod, UnitKind};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};
use sqlx::postgres::PgRow;
use sqlx::{PgPool, Row};
use uuid::Uuid;

use super::inline::SETTINGS;
use super::said::SKILL;
use crate::error::ReadError;
use crate::tickets::loads;

/// What a command's decision is told.
#[derive(Debug, Clone, PartialEq)]
pub struct Known {
    /// Of those it refers to.
    pub facts: Facts,
    /// The settings in force.
    pub policy: Policy,
}

#[derive(Deserialize)]
pub(super) struct PersonState {
    pub(super) kind: PersonKind,
    pub(super) role: Role,
    pub(super) life: Life,
    pub(super) organization: Option<UnitId>,
    pub(super) language: Option<Language>,
    tier: Option<Tier>,
    position: Option<String>,
    deputy: Option<DeputyState>,
}

#[derive(Deserialize)]
struct DeputyState {
    person: PersonId,
    from: NaiveDate,
    until: NaiveDate,
}

#[derive(Deserialize)]
struct UnitState {
    kind: UnitKind,
    closed: bool,
    routing: Option<RoutingMethod>,
}

#[derive(Deserialize)]
struct SubjectState {
    retired: bool,
    defaults: Option<DefaultsChosen>,
}

#[derive(Deserialize)]
struct FieldState {
    kinds: BTreeSet<TicketKind>,
    form: FieldForm,
    choices: Vec<String>,
    client_visible: bool,
    retired: bool,
}

#[derive(Deserialize)]
struct CalendarState {
    version: i64,
}

#[derive(Deserialize)]
struct PlanState {
    version: i64,
    definition: Defined,
}

/// What is known of those a command refers to, and the settings; one statement.
pub async fn known(pool: &PgPool, needs: &Needs) -> Result<Known, ReadError> {
    let rows = sqlx::query(include_str!("sql/facts.sql"))
        .bind(needs.people.iter().map(|id| id.0).collect::<Vec<_>>())
        .bind(needs.units.iter().map(|id| id.0).collect::<Vec<_>>())
        .bind(needs.subjects.iter().map(|id| id.0).collect::<Vec<_>>())
        .bind(needs.fields.iter().map(|id| id.0).collect::<Vec<_>>())
        .bind(SETTINGS)
        .bind(needs.calendars.iter().map(|id| id.0).collect::<Vec<_>>())
        .bind(needs.plans.iter().map(|id| id.0).collect::<Vec<_>>())
        .bind(needs.sla)
        .fetch_all(pool)
        .await?;
    let mut known = Known { facts: Facts::default(), policy: Policy::shipped() };
    for row in &rows {
        let id: Uuid = row.try_get("id")?;
        match row.try_get("noun")? {
            "person" => {
                known.facts.people.insert(PersonId(id), person_facts(row)?);
            }
            "unit" => {
                let unit: UnitState = state(row)?;
                let unit = UnitFacts { kind: unit.kind, closed: unit.closed };
                known.facts.units.insert(UnitId(id), unit);
            }
            "subject" => {
                let subject: SubjectState = state(row)?;
                let subject = SubjectFacts {
                    retired: subject.retired,
                    defaults: subject.defaults.unwrap_or_default(),
                };
                known.facts.subjects.insert(SubjectId(id), subject);
            }
            "field" => {
                known.facts.fields.insert(FieldId(id), field_facts(state(row)?));
            }
            "calendar" => {
                let calendar: CalendarState = state(row)?;
                let calendar = CalendarFacts { version: calendar.version };
                known.facts.calendars.insert(CalendarId(id), calendar);
            }
            "plan" => {
                let plan: PlanState = state(row)?;
                let plan = PlanFacts { version: plan.version, definition: plan.definition };
                known.facts.plans.insert(SlaPlanId(id), plan);
            }
            _ => known.policy = policy(row.try_get("state")?)?,
        }
    }
    Ok(known)
}

/// The settings in force; the shipped ones before any were established.
pub async fn settings(pool: &PgPool) -> Result<Policy, ReadError> {
    Ok(known(pool, &Needs::default()).await?.policy)
}

/// A unit with its people, for routing; none when there is no such unit.
pub async fn team(pool: &PgPool, unit: UnitId) -> Result<Option<RoutedUnit>, ReadError> {
    let row =
        sqlx::query(include_str!("sql/routing_unit.sql")).bind(unit.0).fetch_optional(pool).await?;
    let Some(row) = row else { return Ok(None) };
    let found: UnitState = state(&row)?;
    let rows = sqlx::query(include_str!("sql/candidates.sql")).bind(unit.0).fetch_all(pool).await?;
    let mut people: Vec<Candidate> = rows.iter().map(candidate).collect::<Result<_, _>>()?;
    let ids: Vec<PersonId> = people.iter().map(|person| person.person).collect();
    let loads = loads(pool, &ids).await?;
    for person in &mut people {
        let load = loads.get(&person.person).copied().unwrap_or_default();
        (person.load, person.last_given) = (load.open, load.newest);
    }
    let method = found.routing.unwrap_or(RoutingMethod::Pull);
    Ok(Some(RoutedUnit { id: unit, kind: found.kind, closed: found.closed, method, people }))
}

fn person_facts(row: &PgRow) -> Result<PersonFacts, ReadError> {
    let person: PersonState = state(row)?;
    Ok(PersonFacts {
        kind: person.kind,
        role: person.role,
        active: person.life == Life::Active,
        units: set(row, "units", UnitId)?,
        organization: person.organization,
    })
}

/// What groups and rules look at; the row has the person's units.
pub(super) fn attributes(row: &PgRow) -> Result<Attributes, ReadError> {
    attributes_of(row.try_get("state")?, set(row, "units", UnitId)?)
}

/// The same of what is known of a person, and the units they belong to.
pub(super) fn attributes_of(said: Value, units: BTreeSet<UnitId>) -> Result<Attributes, ReadError> {
    let person: PersonState = parsed(said.clone())?;
    Ok(Attributes {
        kind: person.kind,
        role: person.role,
        organization: person.organization,
        units,
        tier: person.tier,
        position: person.position,
        skills: skills(parsed(said)?)?,
    })
}

fn field_facts(field: FieldState) -> FieldFacts {
    FieldFacts {
        kinds: field.kinds,
        form: field.form,
        choices: field.choices,
        client_visible: field.client_visible,
        retired: field.retired,
    }
}

fn candidate(row: &PgRow) -> Result<Candidate, ReadError> {
    let person: PersonState = state(row)?;
    let said: Map<String, Value> = state(row)?;
    Ok(Candidate {
        person: PersonId(row.try_get("person_id")?),
        active: person.life == Life::Active && person.kind == PersonKind::Staff,
        tier: person.tier,
        skills: skills(said)?,
        deputy: person.deputy.map(|deputy| Deputy {
            person: deputy.person,
            from: deputy.from,
            until: deputy.until,
        }),
        load: 0,
        last_given: None,
    })
}

fn skills(said: Map<String, Value>) -> Result<BTreeMap<String, Skill>, ReadError> {
    said.into_iter()
        .filter(|(_, value)| !value.is_null())
        .filter_map(|(field, value)| Some((field.strip_prefix(SKILL)?.to_owned(), value)))
        .map(|(skill, value)| Ok((skill, parsed(value)?)))
        .collect()
}

/// Who belongs to a unit now, active or not.
pub async fn staff(pool: &PgPool, unit: UnitId) -> Result<BTreeSet<PersonId>, ReadError> {
    let ids = sqlx::query_scalar(include_str!("sql/staff.sql")).bind(unit.0).fetch_all(pool);
    Ok(ids.await?.into_iter().map(PersonId).collect())
}

/// What was set, over what is shipped.
fn policy(said: Value) -> Result<Policy, ReadError> {
    let mut policy = json!(Policy::shipped());
    if let (Value::Object(all), Value::Object(said)) = (&mut policy, said) {
        all.extend(said);
    }
    parsed(policy)
}

pub(super) fn state<T: DeserializeOwned>(row: &PgRow) -> Result<T, ReadError> {
    parsed(row.try_get("state")?)
}

pub(super) fn parsed<T: DeserializeOwned>(value: Value) -> Result<T, ReadError> {
    serde_json::from_value(value).map_err(|_| ReadError::Row("directory"))
}

pub(super) fn set<T: Ord>(
    row: &PgRow,
    column: &str,
    id: fn(Uuid) -> T,
) -> Result<BTreeSet<T>, sqlx::Error> {
    let ids: Vec<Uuid> = row.try_get(column)?;
    Ok(ids.into_iter().map(id).collect())
}
