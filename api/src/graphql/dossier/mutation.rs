//! The verbs of a dossier.

use async_graphql::{Context, Object, Result};

use super::input::{
    TicketEmptyFieldInput, TicketFillFieldInput, TicketLinkInput, TicketTagInput,
    TicketUnlinkInput, TicketUntagInput, TicketUnwatchInput, TicketWatchInput,
};
use crate::graphql::access::SignedIn;
use crate::graphql::ticket::{TicketPayload, steps};

/// What stands in tickets' dossiers.
#[derive(Default)]
pub(in crate::graphql) struct DossierMutation;

/// What stands in tickets' dossiers.
#[Object]
impl DossierMutation {
    /// Puts a ticket under a word.
    #[graphql(guard = "SignedIn")]
    async fn ticket_tag(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Which ticket, and which word.")] input: TicketTagInput,
    ) -> Result<TicketPayload> {
        steps::run(cx, input).await
    }

    /// Takes a ticket from under a word.
    #[graphql(guard = "SignedIn")]
    async fn ticket_untag(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Which ticket, and which word.")] input: TicketUntagInput,
    ) -> Result<TicketPayload> {
        steps::run(cx, input).await
    }

    /// Lets somebody of staff hear of a ticket, and see it.
    #[graphql(guard = "SignedIn")]
    async fn ticket_watch(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Which ticket, and who.")] input: TicketWatchInput,
    ) -> Result<TicketPayload> {
        steps::run(cx, input).await
    }

    /// Lets somebody hear of a ticket no longer.
    #[graphql(guard = "SignedIn")]
    async fn ticket_unwatch(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Which ticket, and who.")] input: TicketUnwatchInput,
    ) -> Result<TicketPayload> {
        steps::run(cx, input).await
    }

    /// Says that two tickets have to do with each other, on both.
    #[graphql(guard = "SignedIn")]
    async fn ticket_link(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Which tickets, and how.")] input: TicketLinkInput,
    ) -> Result<TicketPayload> {
        steps::run(cx, input).await
    }

    /// Says that two tickets no longer have to do with each other in this way, on both.
    #[graphql(guard = "SignedIn")]
    async fn ticket_unlink(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Which tickets, and how.")] input: TicketUnlinkInput,
    ) -> Result<TicketPayload> {
        steps::run(cx, input).await
    }

    /// Lets a custom field of a ticket say something.
    #[graphql(guard = "SignedIn")]
    async fn ticket_fill_field(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Which ticket, which field, and what.")] input: TicketFillFieldInput,
    ) -> Result<TicketPayload> {
        steps::run(cx, input).await
    }

    /// Lets a custom field of a ticket say nothing any more.
    #[graphql(guard = "SignedIn")]
    async fn ticket_empty_field(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Which ticket, and which field.")] input: TicketEmptyFieldInput,
    ) -> Result<TicketPayload> {
        steps::run(cx, input).await
    }
}
