//! The verbs on grants and exceptions.

use async_graphql::{Context, Object, Result};

use super::batch::{
    AccessBatchPayload, ApplyAccessTemplateInput, GrantAccessBatchInput, RevokeAccessBatchInput,
    apply, grant_all, revoke_all,
};
use super::clean_up::{AccessCleanUpPayload, CleanUpAccessInput, clean_up};
use super::deeds::{done, end_exception, except};
use super::input::{
    BreakGlassInput, ConfirmAccessInput, DelegateAccessInput, EndDelegationInput,
    EndExceptionInput, GrantAccessInput, GrantExceptionInput, ProlongAccessInput,
    RevokeAccessInput,
};
use super::leaving::{CloseAccessInput, ReopenAccessInput, close, reopen};
use super::payload::{AccessExceptionPayload, AccessGrantPayload, AccessHolderPayload};
use crate::graphql::access::SignedIn;

/// Everything that changes what people, programs and groups may do.
#[derive(Default)]
pub(in crate::graphql) struct AccessGrantMutation;

/// Everything that changes what people, programs and groups may do.
#[Object]
impl AccessGrantMutation {
    /// Lets somebody do something, somewhere and for a time: nothing that you may not do yourself.
    #[graphql(guard = "SignedIn")]
    async fn grant_access(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Who may do what.")] input: GrantAccessInput,
    ) -> Result<AccessGrantPayload> {
        done(cx, input).await
    }

    /// Takes a grant back, at once and for ever; the request it came from ends with it.
    #[graphql(guard = "SignedIn")]
    async fn revoke_access(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Which grant.")] input: RevokeAccessInput,
    ) -> Result<AccessGrantPayload> {
        done(cx, input).await
    }

    /// Lets a grant hold longer. One that was asked for is asked for again instead.
    #[graphql(guard = "SignedIn")]
    async fn prolong_access(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Which grant, and until when.")] input: ProlongAccessInput,
    ) -> Result<AccessGrantPayload> {
        done(cx, input).await
    }

    /// Says that somebody who moved needs a grant still: it ends as it did before. Nobody says it of
    /// their own; it takes what granting it takes.
    #[graphql(guard = "SignedIn")]
    async fn confirm_access(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Which grant.")] input: ConfirmAccessInput,
    ) -> Result<AccessGrantPayload> {
        done(cx, input).await
    }

    /// Lends somebody what you may do yourself, for a time; it reaches no further than your own.
    #[graphql(guard = "SignedIn")]
    async fn delegate_access(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "To whom, and what.")] input: DelegateAccessInput,
    ) -> Result<AccessGrantPayload> {
        done(cx, input).await
    }

    /// Gives back what was lent, or takes it back.
    #[graphql(guard = "SignedIn")]
    async fn end_delegation(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Which grant.")] input: EndDelegationInput,
    ) -> Result<AccessGrantPayload> {
        done(cx, input).await
    }

    /// Takes, in an emergency, what was prepared for it, for at most four hours.
    #[graphql(guard = "SignedIn")]
    async fn break_glass(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Which role, and until when.")] input: BreakGlassInput,
    ) -> Result<AccessGrantPayload> {
        done(cx, input).await
    }

    /// Grants up to 100 things at once: all or none, or each by itself.
    #[graphql(guard = "SignedIn")]
    async fn grant_access_batch(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Who may do what.")] input: GrantAccessBatchInput,
    ) -> Result<AccessBatchPayload> {
        grant_all(cx, input).await
    }

    /// Takes up to 100 grants back at once: all or none, or each by itself.
    #[graphql(guard = "SignedIn")]
    async fn revoke_access_batch(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Which grants.")] input: RevokeAccessBatchInput,
    ) -> Result<AccessBatchPayload> {
        revoke_all(cx, input).await
    }

    /// Grants all that a template says, or nothing.
    #[graphql(guard = "SignedIn")]
    async fn apply_access_template(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "To whom, and which template.")] input: ApplyAccessTemplateInput,
    ) -> Result<AccessBatchPayload> {
        apply(cx, input).await
    }

    /// Lets a rule not count for somebody, for a time.
    #[graphql(guard = "SignedIn")]
    async fn grant_exception(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "For whom, which rule, and who answers for it.")]
        input: GrantExceptionInput,
    ) -> Result<AccessExceptionPayload> {
        except(cx, input).await
    }

    /// Lets the rule count again.
    #[graphql(guard = "SignedIn")]
    async fn end_exception(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Which exception.")] input: EndExceptionInput,
    ) -> Result<AccessExceptionPayload> {
        end_exception(cx, input).await
    }

    /// Finds grants that are of no use, and takes them back unless it is only to be shown: those that
    /// are over, whose holder is gone, and doubles.
    #[graphql(guard = "SignedIn")]
    async fn clean_up_access(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "What is looked for, and whether anything is done.")]
        input: CleanUpAccessInput,
    ) -> Result<AccessCleanUpPayload> {
        clean_up(cx, input).await
    }

    /// Takes everything from somebody, at once, and lets them be given nothing; if they leave, in the
    /// same moment.
    #[graphql(guard = "SignedIn")]
    async fn close_access(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "From whom.")] input: CloseAccessInput,
    ) -> Result<AccessHolderPayload> {
        close(cx, input).await
    }

    /// Lets somebody be given access again; nothing of before comes back.
    #[graphql(guard = "SignedIn")]
    async fn reopen_access(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "To whom.")] input: ReopenAccessInput,
    ) -> Result<AccessHolderPayload> {
        reopen(cx, input).await
    }
}
