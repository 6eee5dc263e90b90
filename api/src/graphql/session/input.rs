//! What people say to be let in. None of it is ever printed.

use async_graphql::InputObject;

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
