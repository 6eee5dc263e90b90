//! Batches of the log into rows.

use std::collections::BTreeMap;

use async_trait::async_trait;
use domain::Fact;
use journal::Recorded;
use sqlx::PgConnection;

use super::row::PersonRow;
use crate::error::ProjectionError;
use crate::model::{ReadModel, Step, Table};
use crate::rows;

/// The read model `people`.
#[derive(Debug, Clone, Copy)]
pub struct People;

#[async_trait]
impl ReadModel for People {
    fn name(&self) -> &'static str {
        "people"
    }

    fn version(&self) -> i32 {
        1
    }

    fn ddl(&self) -> &'static str {
        include_str!("../../../migrations/read/views/people.v1.sql")
    }

    fn tables(&self) -> &'static [Table] {
        &[Table { name: "people", key: &["person_id"] }]
    }

    async fn apply(
        &self,
        conn: &mut PgConnection,
        batch: &[Recorded],
        step: Step,
    ) -> Result<bool, ProjectionError> {
        let ids = rows::ids(batch, |fact| matches!(fact, Fact::Person(..)));
        let mut people: BTreeMap<_, PersonRow> =
            rows::touched(conn, "people", include_str!("sql/touched.sql"), &ids).await?;
        for recorded in batch {
            let Fact::Person(id, event) = &recorded.fact else { continue };
            let row = PersonRow::fold(people.remove(&id.0), &recorded.event, event, *id);
            people.extend(row.map(|row| (id.0, row)));
        }
        let rows = rows::stored(people.values());
        rows::write(conn, include_str!("sql/write.sql"), step, [rows]).await
    }
}
