//! Batches of the log into rows.

use std::collections::BTreeMap;

use async_trait::async_trait;
use domain::Fact;
use journal::Recorded;
use sqlx::PgConnection;

use super::row::UnitRow;
use crate::error::ProjectionError;
use crate::model::{ReadModel, Step, Table};
use crate::rows;

/// The read model `units`.
#[derive(Debug, Clone, Copy)]
pub struct Units;

#[async_trait]
impl ReadModel for Units {
    fn name(&self) -> &'static str {
        "units"
    }

    fn version(&self) -> i32 {
        1
    }

    fn ddl(&self) -> &'static str {
        include_str!("../../../migrations/read/views/units.v1.sql")
    }

    fn tables(&self) -> &'static [Table] {
        &[Table { name: "units", key: &["unit_id"] }]
    }

    async fn apply(
        &self,
        conn: &mut PgConnection,
        batch: &[Recorded],
        step: Step,
    ) -> Result<bool, ProjectionError> {
        let ids = rows::ids(batch, |fact| matches!(fact, Fact::Unit(..)));
        let mut units: BTreeMap<_, UnitRow> =
            rows::touched(conn, "units", include_str!("sql/touched.sql"), &ids).await?;
        for recorded in batch {
            let Fact::Unit(id, event) = &recorded.fact else { continue };
            let row = UnitRow::fold(units.remove(&id.0), &recorded.event, event, *id);
            units.extend(row.map(|row| (id.0, row)));
        }
        let rows = rows::stored(units.values());
        rows::write(conn, include_str!("sql/write.sql"), step, [rows]).await
    }
}
