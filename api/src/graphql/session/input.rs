//! What people say to be let in. None of it is ever printed.

use async_graphql::{ID, InputObject};

/// Who wants to sign in.
#[derive(InputObject)]
pub(super) struct SignInInput {
    /// Comes back in the payload as it is.
    pub(super) client_mutation_id: Option<String>,
    /// The login, whatever its case.
    pub(super) login: String,
    /// The password.
    #[graphql(secret)]
    pub(super) password: String,
}

/// A session that goes on.
#[derive(InputObject)]
pub(super) struct TokenRefreshInput {
    /// Comes back in the payload as it is.
    pub(super) client_mutation_id: Option<String>,
    /// From the last sign-in or refresh; it serves once.
    #[graphql(secret)]
    pub(super) refresh_token: String,
}

/// A session that ends.
#[derive(Default, InputObject)]
pub(super) struct SignOutInput {
    /// Comes back in the payload as it is.
    pub(super) client_mutation_id: Option<String>,
}

/// Another password for oneself.
#[derive(InputObject)]
pub(super) struct PasswordChangeInput {
    /// Comes back in the payload as it is.
    pub(super) client_mutation_id: Option<String>,
    /// The password so far.
    #[graphql(secret)]
    pub(super) current_password: String,
    /// The password from now on, 8 to 256 characters.
    #[graphql(secret)]
    pub(super) new_password: String,
}

/// One of your sessions that ends.
#[derive(InputObject)]
pub(super) struct SessionRevokeInput {
    /// Comes back in the payload as it is.
    pub(super) client_mutation_id: Option<String>,
    /// Which; from `viewer { sessions { id } }`.
    pub(super) session_id: ID,
}

/// All your sessions that end but this one.
#[derive(Default, InputObject)]
pub(super) struct SessionRevokeOthersInput {
    /// Comes back in the payload as it is.
    pub(super) client_mutation_id: Option<String>,
}

/// Somebody who cannot sign in any more.
#[derive(InputObject)]
pub(super) struct PersonResetPasswordInput {
    /// Comes back in the payload as it is.
    pub(super) client_mutation_id: Option<String>,
    /// Who; not yourself.
    pub(super) person_id: ID,
    /// Why, in your words, at most 2,000 characters; it stands in the history.
    pub(super) reason: String,
}
