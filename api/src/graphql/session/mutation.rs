//! Signing in and out, and what ends a session from elsewhere.

use async_graphql::{Context, Object, Result};
use domain::kernel::PersonId;
use serde_json::json;

use super::input::{
    PasswordChangeInput, PersonResetPasswordInput, SessionRevokeInput, SessionRevokeOthersInput,
    SignInInput, SignOutInput, TokenRefreshInput,
};
use super::types::{
    PasswordChangePayload, PersonResetPasswordPayload, SessionPayload, SessionRevokePayload,
    SignOutPayload,
};
use crate::graphql::access::{Known, SignedIn as MayWork, caller};
use crate::graphql::context::{services, visit};
use crate::graphql::error::{failed, internal};
use crate::graphql::id;
use crate::graphql::refusal::{UserError, code};
use crate::identity::{Reset, ResetError, SignInError, SignedIn};

/// Signing in and out. The first two are open to strangers.
#[derive(Default)]
pub(in crate::graphql) struct SessionMutation;

/// Signing in and out.
#[Object]
impl SessionMutation {
    /// Login and password for a session.
    async fn sign_in(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Who wants to sign in.")] input: SignInInput,
    ) -> Result<SessionPayload> {
        let identity = &services(cx)?.identity;
        let signed_in = identity.sign_in(&input.login, &input.password).await;
        session(input.client_mutation_id, signed_in)
    }

    /// A refresh token for a new pair of tokens.
    async fn token_refresh(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "The session that goes on.")] input: TokenRefreshInput,
    ) -> Result<SessionPayload> {
        let signed_in = services(cx)?.identity.refresh(&input.refresh_token).await;
        session(input.client_mutation_id, signed_in)
    }

    /// Ends the session at once, with all its tokens.
    #[graphql(guard = "Known")]
    async fn sign_out(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "The session that ends is the one of the request's token.")] input: Option<
            SignOutInput,
        >,
    ) -> Result<SignOutPayload> {
        services(cx)?.identity.sign_out(caller(cx)?).await.map_err(internal)?;
        let client_mutation_id = input.unwrap_or_default().client_mutation_id;
        Ok(SignOutPayload { client_mutation_id, user_errors: Vec::new() })
    }

    /// Another password for yourself; ends all your other sessions.
    #[graphql(guard = "Known")]
    async fn password_change(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "The old one and the new one.")] input: PasswordChangeInput,
    ) -> Result<PasswordChangePayload> {
        let PasswordChangeInput { client_mutation_id, current_password, new_password } = input;
        let identity = &services(cx)?.identity;
        let changed = identity.change_password(caller(cx)?, &current_password, &new_password).await;
        let user_errors = match changed {
            Ok(()) => Vec::new(),
            Err(error) => vec![refused(error.code(), &error)?],
        };
        Ok(PasswordChangePayload { client_mutation_id, user_errors })
    }

    /// Ends one of your sessions at once, with all its tokens.
    #[graphql(guard = "MayWork")]
    async fn session_revoke(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Which session.")] input: SessionRevokeInput,
    ) -> Result<SessionRevokePayload> {
        let SessionRevokeInput { client_mutation_id, session_id } = input;
        let user_errors = match id::decode_session(&session_id) {
            Err(fault) => vec![UserError::bad_id("sessionId", fault)],
            Ok(session) => match services(cx)?.identity.revoke(caller(cx)?, session).await {
                Ok(()) => Vec::new(),
                Err(error) => vec![refused(error.code(), &error)?.at("sessionId")],
            },
        };
        Ok(SessionRevokePayload { client_mutation_id, user_errors })
    }

    /// Ends all your sessions at once but the one you ask with.
    #[graphql(guard = "MayWork")]
    async fn session_revoke_others(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "The session that stays is the one of the request's token.")]
        input: Option<SessionRevokeOthersInput>,
    ) -> Result<SessionRevokePayload> {
        services(cx)?.identity.revoke_others(caller(cx)?).await.map_err(internal)?;
        let client_mutation_id = input.unwrap_or_default().client_mutation_id;
        Ok(SessionRevokePayload { client_mutation_id, user_errors: Vec::new() })
    }

    /// Gives somebody a password that serves once, to choose another; ends all their sessions.
    #[graphql(guard = "MayWork")]
    async fn person_reset_password(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Who, and why.")] input: PersonResetPasswordInput,
    ) -> Result<PersonResetPasswordPayload> {
        let PersonResetPasswordInput { client_mutation_id, person_id, reason } = input;
        let reset = match id::decode(&person_id) {
            Ok(person) => reset(cx, person, reason).await?,
            Err(fault) => Err(UserError::bad_id("personId", fault)),
        };
        let (one_time_password, user_errors) = match reset {
            Ok(password) => (Some(password), Vec::new()),
            Err(error) => (None, vec![error]),
        };
        Ok(PersonResetPasswordPayload { client_mutation_id, one_time_password, user_errors })
    }
}

async fn reset(
    cx: &Context<'_>,
    person: PersonId,
    reason: String,
) -> Result<Result<String, UserError>> {
    let visit = visit(cx);
    let correlation_id = visit.map(|visit| visit.correlation_id).unwrap_or_default();
    let trace_id = visit.and_then(|visit| visit.trace_id.clone());
    let reset = Reset { person, reason, correlation_id, trace_id };
    match services(cx)?.identity.reset_password(caller(cx)?, reset).await {
        Ok(password) => Ok(Ok(password)),
        Err(ResetError::Gateway(error)) => UserError::from_gateway(error).map(Err),
        Err(error) => refused(error.code(), &error).map(|error| Err(error.at("personId"))),
    }
}

fn session(
    client_mutation_id: Option<String>,
    signed_in: Result<SignedIn, SignInError>,
) -> Result<SessionPayload> {
    Ok(match signed_in {
        Ok(signed_in) => SessionPayload::of(client_mutation_id, signed_in),
        Err(error) => SessionPayload {
            client_mutation_id,
            user_errors: vec![not_signed_in(&error)?],
            ..SessionPayload::default()
        },
    })
}

fn not_signed_in(error: &SignInError) -> Result<UserError> {
    let told = refused(error.code(), error)?;
    Ok(match error {
        SignInError::Locked { retry_after } => told.with("retryAfterSeconds", json!(retry_after)),
        SignInError::Failed
        | SignInError::Expired
        | SignInError::Busy
        | SignInError::Internal(_) => told,
    })
}

/// A refusal with a code; without one it is a technical failure.
fn refused(
    known: Option<&'static str>,
    error: &(dyn std::error::Error + 'static),
) -> Result<UserError> {
    match known {
        Some(known) => Ok(UserError::new(code(known)?, error.to_string())),
        None => Err(failed(error)),
    }
}
