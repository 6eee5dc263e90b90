//! The same views, fed from the log instead of the append: for rebuilds and comparisons.

use std::sync::Arc;

use async_trait::async_trait;
use domain::Fact;
use journal::{InlineView, Recorded};
use sqlx::PgConnection;

use super::inline;
use crate::error::ProjectionError;
use crate::model::{Grain, ReadModel, Step, Table};
use crate::rows;

/// The read model `directory`.
#[derive(Debug, Clone, Copy)]
pub struct Directory;

#[async_trait]
impl ReadModel for Directory {
    fn name(&self) -> &'static str {
        "directory"
    }

    fn version(&self) -> i32 {
        5
    }

    fn ddl(&self) -> &'static str {
        include_str!("../../../migrations/read/views/directory.v5.sql")
    }

    fn tables(&self) -> &'static [Table] {
        &[
            Table { name: "directory_people", key: &["person_id"], stream: None },
            Table { name: "directory_memberships", key: &["unit_id", "person_id"], stream: None },
            Table { name: "directory_units", key: &["unit_id"], stream: None },
            Table { name: "directory_subjects", key: &["subject_id"], stream: None },
            Table { name: "directory_fields", key: &["field_id"], stream: None },
            Table { name: "directory_calendars", key: &["calendar_id"], stream: None },
            Table { name: "directory_plans", key: &["plan_id"], stream: None },
            Table { name: "directory_ci_classes", key: &["class_id"], stream: None },
            Table { name: "directory_settings", key: &["settings_id"], stream: None },
            Table { name: "directory_rules", key: &["rule"], stream: None },
            Table { name: "directory_members", key: &["group_id", "member"], stream: None },
            Table { name: "directory_holdings", key: &["subject_id", "holding"], stream: None },
            Table { name: "directory_requests", key: &["request_id"], stream: None },
        ]
    }

    fn inline_views(&self) -> Vec<Arc<dyn InlineView>> {
        inline::views()
    }

    fn grain(&self) -> Grain {
        Grain::Log
    }

    async fn write(
        &self,
        conn: &mut PgConnection,
        batch: &[&Recorded],
        step: Step,
    ) -> Result<bool, ProjectionError> {
        let facts: Vec<(Fact, i64)> =
            batch.iter().map(|recorded| (recorded.fact.clone(), recorded.event.sequence)).collect();
        // Several statements: repeating any of them changes nothing, so that progress may come last.
        rows::write_inline(conn, &inline::views(), &facts).await?;
        rows::write(conn, include_str!("sql/step.sql"), step, []).await
    }
}
