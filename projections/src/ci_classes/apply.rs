//! Batches of the log into rows.

use std::collections::BTreeMap;

use async_trait::async_trait;
use cqrs_es::Aggregate;
use domain::Fact;
use domain::ci_class::CiClass;
use domain::kernel::CiClassId;
use journal::Recorded;
use serde_json::{Value, json};
use sqlx::PgConnection;

use super::row::CiClassRow;
use crate::error::ProjectionError;
use crate::model::{Grain, OnPoison, ReadModel, Step, Table};
use crate::rows;

/// The read model `ci_classes`.
#[derive(Debug, Clone, Copy)]
pub struct CiClasses;

#[async_trait]
impl ReadModel for CiClasses {
    fn name(&self) -> &'static str {
        "ci_classes"
    }

    fn version(&self) -> i32 {
        1
    }

    fn ddl(&self) -> &'static str {
        include_str!("../../../migrations/read/views/ci_classes.v1.sql")
    }

    fn tables(&self) -> &'static [Table] {
        &[Table { name: "ci_classes", key: &["class_id", "version"], stream: Some("class_id") }]
    }

    fn grain(&self) -> Grain {
        Grain::Stream
    }

    fn on_poison(&self) -> OnPoison {
        OnPoison::Park
    }

    fn types(&self) -> &'static [&'static str] {
        const { &[CiClass::TYPE] }
    }

    async fn write(
        &self,
        conn: &mut PgConnection,
        batch: &[&Recorded],
        step: Step,
    ) -> Result<bool, ProjectionError> {
        let mut rows: Vec<CiClassRow> = Vec::new();
        // Where each class's last row of the batch stands.
        let mut last: BTreeMap<CiClassId, usize> = BTreeMap::new();
        let mut ended: Vec<Value> = Vec::new();
        for recorded in batch {
            let Fact::CiClass(id, event) = &recorded.fact else { continue };
            let until = recorded.global_seq;
            match last.insert(*id, rows.len()) {
                Some(before) => rows[before].until_seq = Some(until),
                None => ended.push(json!({"class_id": id, "until_seq": until})),
            }
            rows.push(CiClassRow::of(recorded, event, *id));
        }
        let rows = rows::stored(rows.iter());
        rows::write(conn, include_str!("sql/write.sql"), step, [ended, rows]).await
    }
}
