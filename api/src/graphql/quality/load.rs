//! Batched reads of what is known of tickets' quality, and how much of it the caller is shown.

use std::sync::Arc;

use async_graphql::async_trait::async_trait;
use async_graphql::dataloader::Loader;
use async_graphql::{Context, Result};
use domain::access::Permission;
use domain::kernel::TicketId;
use projections::ReadError;
use projections::quality::{self, QualityRow};
use projections::tickets::TicketRow;

use super::TicketQuality;
use crate::graphql::access::{reads_of_ticket, working_caller};
use crate::graphql::context::load;
use crate::graphql::loader::{Loaded, Reads, by_key};

/// The quality of a ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct QualityOf(TicketId);

#[async_trait]
impl Loader<QualityOf> for Reads {
    type Value = QualityRow;
    type Error = Arc<ReadError>;

    async fn load(&self, keys: &[QualityOf]) -> Loaded<QualityOf, QualityRow> {
        let ids: Vec<TicketId> = keys.iter().map(|key| key.0).collect();
        by_key(quality::by_ids(&self.pool, &ids).await, |row| QualityOf(row.ticket_id))
    }
}

/// Of a ticket that the caller sees: staff are told everything, whoever asked for the work what they
/// were asked and said; none when there is nothing to tell.
pub(in crate::graphql) async fn of(
    cx: &Context<'_>,
    ticket: &TicketRow,
) -> Result<Option<TicketQuality>> {
    let row = load(cx, QualityOf(ticket.ticket_id)).await?;
    let full = reads_of_ticket(cx, Permission::TicketQualityRead, ticket.ticket_id).await?;
    let me = working_caller(cx)?.person.as_ref().map(|known| known.who.person);
    let own = [ticket.author_id, ticket.requester_id].into_iter().any(|id| Some(id) == me);
    if !full && !own {
        return Ok(None);
    }
    let told = row.filter(|row| full || row.survey_sent_at.is_some());
    Ok(told.map(|row| TicketQuality { row, full }))
}
