//! Batches of the log into rows.

use std::collections::BTreeSet;

use async_trait::async_trait;
use cqrs_es::Aggregate;
use domain::conversation::Conversation;
use domain::ticket::Ticket;
use journal::Recorded;
use sqlx::PgConnection;
use uuid::Uuid;

use super::row::{self, Texts};
use crate::error::ProjectionError;
use crate::model::{Grain, ReadModel, Step, Table};
use crate::rows;
use crate::tickets::SEEN_BY;

/// The read model `search`.
#[derive(Debug, Clone, Copy)]
pub struct Searches;

#[async_trait]
impl ReadModel for Searches {
    fn name(&self) -> &'static str {
        "search"
    }

    fn version(&self) -> i32 {
        1
    }

    fn ddl(&self) -> &'static str {
        include_str!("../../../migrations/read/views/search.v1.sql")
    }

    fn tables(&self) -> &'static [Table] {
        &[Table { name: "ticket_texts", key: &["ticket_id"], stream: None }]
    }

    fn grain(&self) -> Grain {
        Grain::Log
    }

    fn types(&self) -> &'static [&'static str] {
        const { &[Ticket::TYPE, Conversation::TYPE] }
    }

    fn behind(&self) -> &'static [&'static str] {
        SEEN_BY
    }

    async fn write(
        &self,
        conn: &mut PgConnection,
        batch: &[&Recorded],
        step: Step,
    ) -> Result<bool, ProjectionError> {
        let ids: BTreeSet<Uuid> =
            batch.iter().flat_map(|recorded| row::tickets(&recorded.fact)).collect();
        let ids: Vec<Uuid> = ids.into_iter().collect();
        let mut texts: Texts =
            rows::touched(conn, "ticket_texts", include_str!("sql/touched.sql"), &ids).await?;
        for recorded in batch {
            row::fold(&mut texts, &recorded.fact);
        }
        let rows = rows::stored(texts.values());
        rows::write(conn, include_str!("sql/write.sql"), step, [rows]).await
    }
}
