//! The payloads of signing in and out.

use async_graphql::SimpleObject;
use chrono::{DateTime, Utc};

use crate::graphql::person::Viewer;
use crate::graphql::refusal::UserError;
use crate::identity::SignedIn;

/// A session, or why there is none.
#[derive(Default, SimpleObject)]
pub(super) struct SessionPayload {
    /// As you sent it.
    pub(super) client_mutation_id: Option<String>,
    /// Goes into the header `Authorization: Bearer` of every request.
    pub(super) token: Option<String>,
    /// Serves once, for the next pair of tokens.
    pub(super) refresh_token: Option<String>,
    /// When the token ends.
    pub(super) expires_at: Option<DateTime<Utc>>,
    /// Who is signed in.
    pub(super) viewer: Option<Viewer>,
    /// Why nobody is signed in; empty when somebody is.
    pub(super) user_errors: Vec<UserError>,
}

impl SessionPayload {
    pub(super) fn of(client_mutation_id: Option<String>, signed_in: SignedIn) -> Self {
        Self {
            client_mutation_id,
            token: Some(signed_in.token),
            refresh_token: Some(signed_in.refresh_token),
            expires_at: Some(signed_in.expires_at),
            viewer: Some(Viewer::new(signed_in.caller, signed_in.must_change_password)),
            user_errors: Vec::new(),
        }
    }
}

/// What became of signing out.
#[derive(SimpleObject)]
pub(super) struct SignOutPayload {
    /// As you sent it.
    pub(super) client_mutation_id: Option<String>,
    /// Always empty: whoever is signed in can sign out.
    pub(super) user_errors: Vec<UserError>,
}

/// What became of another password.
#[derive(SimpleObject)]
pub(super) struct PasswordChangePayload {
    /// As you sent it.
    pub(super) client_mutation_id: Option<String>,
    /// Why the password is still the old one; empty when it is not.
    pub(super) user_errors: Vec<UserError>,
}
