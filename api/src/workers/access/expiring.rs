//! Writes down that grants and exceptions are over, and so are the requests they came from.

use domain::access::model::{Grant, GrantState};
use domain::access_request::command::End;
use domain::access_request::state::Phase;
use domain::access_request::words::Ending;
use domain::access_request::{AccessRequest, AccessRequestCommand};
use domain::kernel::SubjectAccessId;
use domain::subject_access::command::Expire;
use domain::subject_access::{SubjectAccess, SubjectAccessCommand};
use projections::access_grants::over;
use sqlx::PgPool;

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
async fn expire(gateway: &Gateway, subject: SubjectAccessId) -> Result<(), GatewayError> {
    let now = gateway.now();
    let is_over = |grant: &Grant| grant.is_over(now);
    let mut steps = vec![Step::Access(subject.0, SubjectAccessCommand::Expire(Expire {}))];
    steps.extend(ends(gateway, subject, Ending::Expired, is_over).await?);
    let request = Request::new(steps, subject.0).correlated(gateway.new_id());
    gateway.execute_together(&Caller::system(), request).await.map(drop)
}

/// The steps by which the requests end that led to these grants of a subject, those that hold.
pub(crate) async fn ends(
    gateway: &Gateway,
    subject: SubjectAccessId,
    ending: Ending,
    which: impl Fn(&Grant) -> bool,
) -> Result<Vec<Step>, GatewayError> {
    let access = gateway.journal().load::<SubjectAccess>(subject.0).await?.state;
    let taken = access.grants().filter(|it| it.state == GrantState::Active && which(it));
    let mut steps = Vec::new();
    for id in taken.filter_map(|grant| grant.request) {
        let request = gateway.journal().load::<AccessRequest>(id.0).await?.state.0;
        if request.is_some_and(|body| matches!(body.phase, Phase::Active(_))) {
            steps.push(Step::AccessRequest(id, AccessRequestCommand::End(End { ending })));
        }
    }
    Ok(steps)
}
