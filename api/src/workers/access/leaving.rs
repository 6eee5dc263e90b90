//! What somebody who left did while they did: lent at that very moment, or asked for, it comes to nothing
//! a moment later. All else went with them, in the append by which they left.

use domain::kernel::PersonId;
use journal::StreamEvent;

use crate::gateway::{Caller, Gateway, GatewayError, Request};
use crate::workers::Cause;

/// Sees to what is still open of somebody who left with this event.
pub(crate) async fn see_off(
    gateway: &Gateway,
    person: PersonId,
    event: &StreamEvent,
) -> Result<(), GatewayError> {
    let steps = gateway.after_leaving(person).await?;
    if steps.is_empty() {
        return Ok(());
    }
    let cause = Cause::of(event);
    let mut request = Request::new(steps, person.0).correlated(cause.correlation_id);
    request.causation_id = Some(cause.command_id);
    match gateway.execute_together(&Caller::system(), request).await {
        Ok(_) => Ok(()),
        Err(GatewayError::Refused(refused)) => {
            tracing::warn!(%person, code = refused.code, "what somebody left behind is refused");
            Ok(())
        }
        Err(error) => Err(error),
    }
}
