//! Whoever leaves has nothing any more, through whichever door they left.

use domain::access_request::words::Ending;
use domain::kernel::{PersonId, SubjectAccessId};
use domain::subject_access::command::Close;
use domain::subject_access::{SubjectAccess, SubjectAccessCommand};
use journal::StreamEvent;

use super::expiring::ends;
use crate::gateway::{Caller, Gateway, GatewayError, Request, Step};
use crate::workers::{Cause, named};

/// Closes the access of somebody who left with this event, once, with the requests it came from.
///
/// Whoever had to give access, and is the last who may, keeps it on paper: they have left all the
/// same, and that alone lets them do nothing.
pub(crate) async fn close(
    gateway: &Gateway,
    person: PersonId,
    event: &StreamEvent,
) -> Result<(), GatewayError> {
    let subject = SubjectAccessId(person.0);
    let access = gateway.journal().load::<SubjectAccess>(subject.0).await?.state;
    if access.0.is_none_or(|body| body.closed) {
        return Ok(());
    }
    let mut steps = vec![Step::Access(subject.0, SubjectAccessCommand::Close(Close {}))];
    steps.extend(ends(gateway, subject, Ending::Revoked, |_| true).await?);
    let cause = Cause::of(event);
    let mut request = Request::new(steps, subject.0).correlated(cause.correlation_id);
    request.idempotency = Some(named(&format!("close {person} {}", event.sequence)));
    request.causation_id = Some(cause.command_id);
    match gateway.execute_together(&Caller::system(), request).await {
        Ok(_) | Err(GatewayError::Refused(_)) => Ok(()),
        Err(error) => Err(error),
    }
}
