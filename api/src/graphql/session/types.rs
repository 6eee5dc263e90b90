//! A session, as its person sees it, and the payloads of everything about sessions.

use async_graphql::{ID, Object, SimpleObject};
use chrono::{DateTime, Utc};
use journal::identity::SessionRow;
use uuid::Uuid;

use crate::graphql::id::encode_session;
use crate::graphql::person::Viewer;
use crate::graphql::refusal::UserError;
use crate::identity::SignedIn;

/// A session, and which one asks.
pub(in crate::graphql) struct Session {
    row: SessionRow,
    asking: Option<Uuid>,
}

impl Session {
    /// `asking` is the session of the request's token.
    pub(in crate::graphql) fn new(row: SessionRow, asking: Option<Uuid>) -> Self {
        Self { row, asking }
    }
}

/// Somewhere you are signed in.
#[Object]
impl Session {
    /// For ending it.
    async fn id(&self) -> ID {
        encode_session(self.row.session_id)
    }

    /// When you signed in.
    async fn created_at(&self) -> DateTime<Utc> {
        self.row.created_at
    }

    /// When its tokens were last refreshed; at first, when you signed in.
    async fn last_used_at(&self) -> DateTime<Utc> {
        self.row.last_used_at
    }

    /// When it ends unless it is refreshed.
    async fn expires_at(&self) -> DateTime<Utc> {
        self.row.expires_at
    }

    /// Whether it is the one you ask with.
    async fn current(&self) -> bool {
        self.asking == Some(self.row.session_id)
    }
}

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

/// What became of ending sessions.
#[derive(SimpleObject)]
pub(super) struct SessionRevokePayload {
    /// As you sent it.
    pub(super) client_mutation_id: Option<String>,
    /// Why nothing ended; empty when it is over.
    pub(super) user_errors: Vec<UserError>,
}

/// What became of a reset.
#[derive(SimpleObject)]
pub(super) struct PersonResetPasswordPayload {
    /// As you sent it.
    pub(super) client_mutation_id: Option<String>,
    /// Told this once and kept nowhere. It serves for 24 hours, to choose another.
    pub(super) one_time_password: Option<String>,
    /// Why the password is still the old one; empty when it is not.
    pub(super) user_errors: Vec<UserError>,
}
