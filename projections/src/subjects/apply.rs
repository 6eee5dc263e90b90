//! Batches of the log into rows.

use std::collections::BTreeMap;

use async_trait::async_trait;
use domain::Fact;
use journal::Recorded;
use sqlx::PgConnection;

use super::row::SubjectRow;
use crate::error::ProjectionError;
use crate::model::{ReadModel, Step, Table};
use crate::rows;

/// The read model `subjects`.
#[derive(Debug, Clone, Copy)]
pub struct Subjects;

#[async_trait]
impl ReadModel for Subjects {
    fn name(&self) -> &'static str {
        "subjects"
    }

    fn version(&self) -> i32 {
        1
    }

    fn ddl(&self) -> &'static str {
        include_str!("../../../migrations/read/views/subjects.v1.sql")
    }

    fn tables(&self) -> &'static [Table] {
        &[Table { name: "subjects", key: &["subject_id"] }]
    }

    async fn apply(
        &self,
        conn: &mut PgConnection,
        batch: &[Recorded],
        step: Step,
    ) -> Result<bool, ProjectionError> {
        let ids = rows::ids(batch, |fact| matches!(fact, Fact::Subject(..)));
        let mut subjects: BTreeMap<_, SubjectRow> =
            rows::touched(conn, "subjects", include_str!("sql/touched.sql"), &ids).await?;
        for recorded in batch {
            let Fact::Subject(id, event) = &recorded.fact else { continue };
            let row = SubjectRow::fold(subjects.remove(&id.0), event, *id);
            subjects.extend(row.map(|row| (id.0, row)));
        }
        let rows = rows::stored(subjects.values());
        rows::write(conn, include_str!("sql/write.sql"), step, [rows]).await
    }
}
