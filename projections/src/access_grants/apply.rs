//! Batches of the log into rows.

use std::collections::BTreeSet;

use async_trait::async_trait;
use cqrs_es::Aggregate;
use domain::Fact;
use domain::subject_access::{SubjectAccess, SubjectAccessEvent};
use domain::unit::Unit;
use journal::Recorded;
use serde::de::DeserializeOwned;
use serde_json::Value;
use sqlx::{PgConnection, Row};
use uuid::Uuid;

use super::change::barrier;
use super::desk::Desk;
use crate::error::ProjectionError;
use crate::model::{Grain, OnPoison, ReadModel, Step, Table};
use crate::rows;

/// The read model `access_grants`.
#[derive(Debug, Clone, Copy)]
pub struct AccessGrants;

#[async_trait]
impl ReadModel for AccessGrants {
    fn name(&self) -> &'static str {
        "access_grants"
    }

    fn version(&self) -> i32 {
        3
    }

    fn ddl(&self) -> &'static str {
        include_str!("../../../migrations/read/views/access_grants.v3.sql")
    }

    fn tables(&self) -> &'static [Table] {
        &[
            Table { name: "access_subjects", key: &["subject_id"], stream: Some("subject_id") },
            Table {
                name: "access_grants",
                key: &["subject_id", "grant_id"],
                stream: Some("subject_id"),
            },
            Table {
                name: "access_exceptions",
                key: &["subject_id", "exception_id"],
                stream: Some("subject_id"),
            },
            Table {
                name: "access_changes",
                key: &["global_seq", "part"],
                stream: Some("subject_id"),
            },
        ]
    }

    fn grain(&self) -> Grain {
        Grain::Stream
    }

    fn on_poison(&self) -> OnPoison {
        OnPoison::Park
    }

    fn types(&self) -> &'static [&'static str] {
        const { &[SubjectAccess::TYPE, Unit::TYPE] }
    }

    async fn write(
        &self,
        conn: &mut PgConnection,
        batch: &[&Recorded],
        step: Step,
    ) -> Result<bool, ProjectionError> {
        let mut desk = if step.fresh { Desk::default() } else { load(conn, batch).await? };
        for recorded in batch {
            match &recorded.fact {
                Fact::SubjectAccess(id, event) => desk.evolve(*id, event, recorded),
                Fact::Unit(id, event) => desk.changes.extend(barrier(*id, event, recorded)),
                _ => {}
            }
        }
        let rows = [
            rows::stored(desk.holders.values()),
            rows::stored(desk.grants()),
            rows::stored(desk.exceptions()),
            rows::stored(desk.changes.iter()),
        ];
        rows::write(conn, include_str!("sql/write.sql"), step, rows).await
    }
}

/// The subjects of the batch before it: what its events name, and all that stands of those who lose
/// everything.
async fn load(conn: &mut PgConnection, batch: &[&Recorded]) -> Result<Desk, ProjectionError> {
    let mut streams = BTreeSet::new();
    let (mut closed, mut named) = (Vec::new(), Vec::new());
    for recorded in batch {
        let Fact::SubjectAccess(id, event) = &recorded.fact else { continue };
        streams.insert(id.0);
        match event {
            SubjectAccessEvent::Closed(_) => closed.push(id.0),
            SubjectAccessEvent::Prolonged(e) => named.push(e.grant.0),
            SubjectAccessEvent::Shortened(e) => named.push(e.grant.0),
            SubjectAccessEvent::Confirmed(e) => named.push(e.grant.0),
            SubjectAccessEvent::Revoked(e) => named.push(e.grant.0),
            SubjectAccessEvent::Expired(e) => named.push(e.grant.0),
            SubjectAccessEvent::ExceptionEnded(e) => named.push(e.exception.0),
            SubjectAccessEvent::Opened(_)
            | SubjectAccessEvent::Granted(_)
            | SubjectAccessEvent::Excepted(_) => {}
        }
    }
    let streams: Vec<Uuid> = streams.into_iter().collect();
    let holders = include_str!("sql/holders.sql");
    let mut desk = Desk::default();
    desk.holders = rows::touched(conn, "access_subjects", holders, &streams).await?;
    if closed.is_empty() && named.is_empty() {
        return Ok(desk);
    }
    let asked = (&streams, &closed, &named);
    for row in stored(conn, "access_grants", include_str!("sql/known_grants.sql"), asked).await? {
        desk.known_grant(row);
    }
    let exceptions = include_str!("sql/known_exceptions.sql");
    for row in stored(conn, "access_exceptions", exceptions, asked).await? {
        desk.known_exception(row);
    }
    Ok(desk)
}

async fn stored<T: DeserializeOwned>(
    conn: &mut PgConnection,
    table: &'static str,
    sql: &'static str,
    (streams, closed, named): (&Vec<Uuid>, &Vec<Uuid>, &Vec<Uuid>),
) -> Result<Vec<T>, ProjectionError> {
    let query = sqlx::query(sql).bind(streams).bind(closed).bind(named);
    let rows = query.fetch_all(conn).await?;
    rows.iter()
        .map(|row| {
            let stored: Value = row.try_get("stored")?;
            serde_json::from_value(stored).map_err(|_| ProjectionError::Row(table))
        })
        .collect()
}
