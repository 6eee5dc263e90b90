//! Queries of the access guard and the gateway.

use std::collections::BTreeSet;

use domain::kernel::{
    Facts, Needs, PersonFacts, PersonId, SubjectFacts, SubjectId, UnitFacts, UnitId,
};
use domain::person::{PersonKind, Role};
use domain::subject::event::DefaultsChosen;
use sqlx::postgres::PgRow;
use sqlx::{PgPool, Row};
use uuid::Uuid;

use crate::error::ReadError;

/// Somebody who may act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Principal {
    /// Who.
    pub person_id: PersonId,
    /// Staff or client.
    pub kind: PersonKind,
    /// What the person may do.
    pub role: Role,
    /// Neither suspended nor gone.
    pub active: bool,
    /// The units this person heads.
    pub heads: BTreeSet<UnitId>,
}

/// The principal, if the person is registered.
pub async fn principal(pool: &PgPool, id: PersonId) -> Result<Option<Principal>, ReadError> {
    let row =
        sqlx::query(include_str!("sql/principal.sql")).bind(id.0).fetch_optional(pool).await?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(Principal {
        person_id: id,
        kind: word(&row, "kind")?,
        role: word(&row, "role")?,
        active: row.try_get("active")?,
        heads: units(&row, "heads")?,
    }))
}

/// What is known of those a command refers to; one statement, none when nobody is named.
pub async fn facts(pool: &PgPool, needs: &Needs) -> Result<Facts, ReadError> {
    let mut facts = Facts::default();
    if *needs == Needs::default() {
        return Ok(facts);
    }
    let rows = sqlx::query(include_str!("sql/facts.sql"))
        .bind(needs.people.iter().map(|id| id.0).collect::<Vec<_>>())
        .bind(needs.units.iter().map(|id| id.0).collect::<Vec<_>>())
        .bind(needs.subjects.iter().map(|id| id.0).collect::<Vec<_>>())
        .fetch_all(pool)
        .await?;
    for row in &rows {
        let id: Uuid = row.try_get("id")?;
        match row.try_get("noun")? {
            "person" => {
                let known = PersonFacts {
                    kind: word(row, "kind")?,
                    active: row.try_get("active")?,
                    units: units(row, "units")?,
                    role: word(row, "role")?,
                    organization: None,
                };
                facts.people.insert(PersonId(id), known);
            }
            "unit" => {
                facts
                    .units
                    .insert(UnitId(id), UnitFacts { kind: word(row, "kind")?, closed: false });
            }
            _ => {
                let defaults =
                    DefaultsChosen { unit: None, priority: None, skill: None, tier: None };
                facts.subjects.insert(SubjectId(id), SubjectFacts { retired: false, defaults });
            }
        }
    }
    Ok(facts)
}

fn word<T: std::str::FromStr>(row: &PgRow, column: &str) -> Result<T, ReadError> {
    let word: &str = row.try_get(column)?;
    word.parse().map_err(|_| ReadError::Row("directory"))
}

fn units(row: &PgRow, column: &str) -> Result<BTreeSet<UnitId>, sqlx::Error> {
    let ids: Vec<Uuid> = row.try_get(column)?;
    Ok(ids.into_iter().map(UnitId).collect())
}
