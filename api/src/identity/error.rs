//! Why somebody cannot sign in, or change a password.

use crate::gateway::GatewayError;

/// Signing in or refreshing failed.
#[derive(Debug, thiserror::Error, strum::IntoStaticStr, strum::VariantNames)]
#[strum(prefix = "SIGN_IN_", serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum SignInError {
    /// Unknown login or wrong password; nobody is told which.
    #[error("login or password is wrong")]
    Failed,
    /// The refresh token was used, revoked, or is too old.
    #[error("the session has ended; sign in again")]
    Expired,
    /// Too many failures in a row for this login; the password is not even looked at.
    #[error("too many failed sign-ins; try again in {retry_after} seconds")]
    Locked {
        /// Seconds until the password is looked at again.
        retry_after: i64,
    },
    /// Too many people sign in at once.
    #[error("too many sign-ins at once; try again")]
    Busy,
    /// Technical failure.
    #[error("signing in failed: {0}")]
    #[strum(disabled)]
    Internal(#[source] Box<GatewayError>),
}

impl SignInError {
    /// The stable code; none for a technical failure.
    pub fn code(&self) -> Option<&'static str> {
        (!matches!(self, Self::Internal(_))).then(|| self.into())
    }
}

/// Changing a password failed.
#[derive(Debug, thiserror::Error, strum::IntoStaticStr, strum::VariantNames)]
#[strum(prefix = "PASSWORD_", serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum PasswordError {
    /// The current password is not right.
    #[error("the current password is wrong")]
    Wrong,
    /// The new one is the old one.
    #[error("the new password is the old one")]
    Same,
    /// Shorter than 8 characters.
    #[error("a password has at least 8 characters")]
    TooShort,
    /// Longer than 256 characters: hashing it would be a way to wear us out.
    #[error("a password has at most 256 characters")]
    TooLong,
    /// Too many people sign in at once.
    #[error("too many sign-ins at once; try again")]
    Busy,
    /// Technical failure.
    #[error("changing the password failed: {0}")]
    #[strum(disabled)]
    Internal(#[source] Box<GatewayError>),
}

impl PasswordError {
    /// The stable code; none for a technical failure.
    pub fn code(&self) -> Option<&'static str> {
        (!matches!(self, Self::Internal(_))).then(|| self.into())
    }
}

/// Ending a session failed.
#[derive(Debug, thiserror::Error, strum::IntoStaticStr, strum::VariantNames)]
#[strum(prefix = "SESSION_", serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum SessionError {
    /// No such session, or another person's; nobody is told which.
    #[error("you have no such session")]
    NotFound,
    /// Technical failure.
    #[error("ending the session failed: {0}")]
    #[strum(disabled)]
    Internal(#[from] journal::JournalError),
}

impl SessionError {
    /// The stable code; none for a technical failure.
    pub fn code(&self) -> Option<&'static str> {
        (!matches!(self, Self::Internal(_))).then(|| self.into())
    }
}

/// Giving somebody a one-time password failed.
#[derive(Debug, thiserror::Error, strum::IntoStaticStr, strum::VariantNames)]
#[strum(prefix = "PASSWORD_RESET_", serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum ResetError {
    /// One changes one's own password by knowing it.
    #[error("nobody resets their own password; change it instead")]
    Oneself,
    /// The person has left.
    #[error("the person has left and signs in no more")]
    Left,
    /// What the gateway answered instead of a receipt.
    #[error(transparent)]
    #[strum(disabled)]
    Gateway(#[from] GatewayError),
}

impl ResetError {
    /// The stable code; none for what the gateway answered.
    pub fn code(&self) -> Option<&'static str> {
        (!matches!(self, Self::Gateway(_))).then(|| self.into())
    }
}

impl From<journal::JournalError> for ResetError {
    fn from(error: journal::JournalError) -> Self {
        GatewayError::from(error).into()
    }
}

impl From<HashingBusy> for ResetError {
    fn from(_: HashingBusy) -> Self {
        GatewayError::Busy.into()
    }
}

impl From<journal::JournalError> for SignInError {
    fn from(error: journal::JournalError) -> Self {
        GatewayError::from(error).into()
    }
}

impl From<GatewayError> for SignInError {
    fn from(error: GatewayError) -> Self {
        Self::Internal(Box::new(error))
    }
}

impl From<journal::JournalError> for PasswordError {
    fn from(error: journal::JournalError) -> Self {
        GatewayError::from(error).into()
    }
}

impl From<GatewayError> for PasswordError {
    fn from(error: GatewayError) -> Self {
        Self::Internal(Box::new(error))
    }
}

/// Hashing could not be done in time.
#[derive(Debug, thiserror::Error)]
#[error("too many sign-ins at once")]
pub struct HashingBusy;

impl From<HashingBusy> for SignInError {
    fn from(_: HashingBusy) -> Self {
        Self::Busy
    }
}

impl From<HashingBusy> for PasswordError {
    fn from(_: HashingBusy) -> Self {
        Self::Busy
    }
}
