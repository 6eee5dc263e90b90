//! Sees to requests of which time asks for something: reminders, escalations, their end, their
//! beginning.

use domain::access_request::AccessRequestCommand;
use domain::access_request::command::NoteDeadline;
use domain::access_request::words::Vote;
use projections::access_requests::{RequestRow, RequestState, due};
use sqlx::PgPool;

use super::BATCH;
use super::activating::{Approved, activate};
use crate::gateway::{Caller, Gateway, GatewayError, Request};
use crate::workers::WorkerError;

/// Sees to all of them; how many they were.
pub(super) async fn see_to_due(gateway: &Gateway, reads: &PgPool) -> Result<usize, WorkerError> {
    let rows = due(reads, gateway.now(), BATCH).await?;
    for row in &rows {
        match see_to(gateway, row).await {
            // Something happened to it since the view has seen it: the next round looks again.
            Ok(()) | Err(GatewayError::Stale { .. }) => {}
            Err(GatewayError::Refused(refused)) => {
                let (request, code) = (row.request_id, refused.code);
                tracing::warn!(%request, code, "a deadline of an access request is refused");
            }
            Err(error) => return Err(error.into()),
        }
    }
    Ok(rows.len())
}

async fn see_to(gateway: &Gateway, row: &RequestRow) -> Result<(), GatewayError> {
    let id = row.request_id;
    if row.state == RequestState::Approved {
        let said_last = row.votes.iter().rev().find(|it| it.vote == Vote::Approve && !it.void);
        let owner = said_last.map(|vote| vote.by_id);
        let approved = Approved { request: id, owner, correlation_id: None };
        return activate(gateway, approved).await.map(drop);
    }
    // Sent twice it is done once: what was noted is not due any more.
    let command = AccessRequestCommand::NoteDeadline(NoteDeadline {});
    let mut request = Request::new(command, id.0).correlated(gateway.new_id());
    request.expected_version = Some(row.version);
    gateway.execute(&Caller::system(), request).await.map(drop)
}
