//! The row as its table's columns.

use domain::kernel::{PersonId, UnitId};
use sqlx::postgres::PgRow;
use sqlx::types::Json;

use super::row::PersonRow;
use crate::columns::Columns;
use crate::error::ReadError;

/// The rows of all columns but the one that people are searched by.
pub(super) fn decode(rows: &[PgRow]) -> Result<Vec<PersonRow>, ReadError> {
    rows.iter().map(|row| one(&Columns { table: "people", row })).collect()
}

fn one(row: &Columns<'_>) -> Result<PersonRow, ReadError> {
    let Json(skills) = row.get("skills")?;
    Ok(PersonRow {
        person_id: PersonId(row.get("person_id")?),
        login: row.get("login")?,
        name: row.get("name")?,
        email: row.get("email")?,
        phone: row.get("phone")?,
        kind: row.word("kind")?,
        role: row.word("role")?,
        life: row.word("life")?,
        organization_id: row.maybe("organization_id", UnitId)?,
        position: row.get("position")?,
        language: row.maybe_word("language")?,
        skills,
        tier: row.get("tier")?,
        deputy_id: row.maybe("deputy_id", PersonId)?,
        away_from: row.get("away_from")?,
        away_until: row.get("away_until")?,
        human_id: row.maybe("human_id", PersonId)?,
        registered_at: row.get("registered_at")?,
        version: row.get("version")?,
    })
}
