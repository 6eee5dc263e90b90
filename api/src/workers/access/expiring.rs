//! Writes down that grants and exceptions are over, and so are the requests they came from.

use domain::access::model::Grant;
use domain::access_request::words::Ending;
use domain::kernel::SubjectAccessId;
use domain::subject_access::SubjectAccessCommand;
use domain::subject_access::command::Expire;
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
    steps.extend(gateway.ends_of(subject, Ending::Expired, is_over).await?);
    let request = Request::new(steps, subject.0).correlated(gateway.new_id());
    gateway.execute_together(&Caller::system(), request).await.map(drop)
}
