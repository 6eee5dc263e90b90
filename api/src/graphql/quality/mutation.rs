//! The verbs about tickets' quality.

use async_graphql::{Context, Object, Result};

use super::input::{TicketCheckQualityInput, TicketRateInput};
use crate::graphql::access::SignedIn;
use crate::graphql::ticket::{TicketPayload, steps};

/// How good the work on tickets was.
#[derive(Default)]
pub(in crate::graphql) struct QualityMutation;

/// How good the work on tickets was.
#[Object]
impl QualityMutation {
    /// Answers the survey about a ticket of one's own; again while it is open, to say better.
    #[graphql(guard = "SignedIn")]
    async fn ticket_rate(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Which ticket, and how it was.")] input: TicketRateInput,
    ) -> Result<TicketPayload> {
        steps::run(cx, input).await
    }

    /// Goes through the checklist for a ticket that was drawn; for heads of its unit and directors.
    #[graphql(guard = "SignedIn")]
    async fn ticket_check_quality(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Which ticket, and what was found.")] input: TicketCheckQualityInput,
    ) -> Result<TicketPayload> {
        steps::run(cx, input).await
    }
}
