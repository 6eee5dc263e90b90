//! Writes down that grants and exceptions are over, and so are the requests they came from.

use domain::access::model::GrantState;
use domain::access_request::AccessRequestCommand;
use domain::access_request::command::End;
use domain::access_request::words::Ending;
use domain::kernel::{AccessRequestId, SubjectAccessId};
use domain::subject_access::SubjectAccess;
use domain::subject_access::SubjectAccessCommand;
use domain::subject_access::command::Expire;
use projections::access_grants::over;
use sqlx::PgPool;
use uuid::Uuid;

use super::BATCH;
use crate::gateway::{Caller, Gateway, GatewayError, Request, Step};
use crate::workers::WorkerError;

/// Sees to everybody who has something that is over; how many they were.
pub(super) async fn expire_due(gateway: &Gateway, reads: &PgPool) -> Result<usize, WorkerError> {
    let due = over(reads, gateway.now(), BATCH).await?;
    for subject in &due {
        match expire(gateway, *subject).await {
            // Somebody else was quicker, or the view is behind: the next round looks again.
            Ok(()) | Err(GatewayError::Refused(_) | GatewayError::Stale { .. }) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(due.len())
}

/// Writes down what is over of one subject, in one append with the ends of its requests.
pub(crate) async fn expire(
    gateway: &Gateway,
    subject: SubjectAccessId,
) -> Result<(), GatewayError> {
    let access = gateway.journal().load::<SubjectAccess>(subject.0).await?.state;
    let now = gateway.now();
    let over = access.grants().filter(|it| it.state == GrantState::Active && it.is_over(now));
    let ended = over.filter_map(|grant| grant.request).map(|request| {
        let end = AccessRequestCommand::End(End { ending: Ending::Expired });
        Step::AccessRequest(request, end)
    });
    let expire = Step::Access(subject.0, SubjectAccessCommand::Expire(Expire {}));
    let steps = std::iter::once(expire.clone()).chain(ended).collect();
    match together(gateway, subject.0, steps).await {
        // A request that says otherwise keeps no grant from being over.
        Err(GatewayError::Refused(_)) => together(gateway, subject.0, vec![expire]).await,
        other => other,
    }
}

async fn together(gateway: &Gateway, stream: Uuid, steps: Vec<Step>) -> Result<(), GatewayError> {
    let request = Request::new(steps, stream).correlated(gateway.new_id());
    gateway.execute_together(&Caller::system(), request).await.map(drop)
}

/// The step by which a request ends whose access was taken away.
pub(crate) fn revoked(request: AccessRequestId) -> Step {
    let end = End { ending: Ending::Revoked };
    Step::AccessRequest(request, AccessRequestCommand::End(end))
}
