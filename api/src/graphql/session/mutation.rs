//! Signing in and out.

use async_graphql::{Context, Object, Result};

use super::input::{PasswordChangeInput, SignInInput, SignOutInput, TokenRefreshInput};
use super::types::{PasswordChangePayload, SessionPayload, SignOutPayload};
use crate::graphql::access::{Known, caller};
use crate::graphql::context::services;
use crate::graphql::error::internal;
use crate::graphql::refusal::{UserError, code};
use crate::identity::{SignInError, SignedIn};

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
}

fn session(
    client_mutation_id: Option<String>,
    signed_in: Result<SignedIn, SignInError>,
) -> Result<SessionPayload> {
    Ok(match signed_in {
        Ok(signed_in) => SessionPayload::of(client_mutation_id, signed_in),
        Err(error) => SessionPayload {
            client_mutation_id,
            user_errors: vec![refused(error.code(), &error)?],
            ..SessionPayload::default()
        },
    })
}

/// A refusal with a code; without one it is a fault of ours, told with its cause to the log alone.
fn refused(known: Option<&'static str>, error: &dyn std::error::Error) -> Result<UserError> {
    match known {
        Some(known) => Ok(UserError::new(code(known)?, error.to_string())),
        None => match error.source() {
            Some(cause) => Err(internal(format!("{error}: {cause}"))),
            None => Err(internal(error)),
        },
    }
}
