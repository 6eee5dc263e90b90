//! What people have to do, for routing.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::kernel::PersonId;
use sqlx::{PgPool, Row};
use uuid::Uuid;

use crate::error::ReadError;

/// What somebody has to do.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Load {
    /// Open tickets given to them or held by them, or given to a deputy in their place.
    pub open: u32,
    /// When the newest of theirs was opened, open or not.
    pub newest: Option<DateTime<Utc>>,
}

/// The loads of these people; whoever never had a ticket is absent.
pub async fn loads(
    pool: &PgPool,
    people: &[PersonId],
) -> Result<BTreeMap<PersonId, Load>, ReadError> {
    let people: Vec<Uuid> = people.iter().map(|person| person.0).collect();
    let rows = sqlx::query(include_str!("sql/loads.sql")).bind(people).fetch_all(pool).await?;
    rows.iter()
        .map(|row| {
            let open: i64 = row.try_get("open")?;
            let load =
                Load { open: open.try_into().unwrap_or(u32::MAX), newest: row.try_get("newest")? };
            Ok((PersonId(row.try_get("person_id")?), load))
        })
        .collect()
}
