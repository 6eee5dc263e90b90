//! A first password, given by whoever registers somebody.
//!
//! Looked at and hashed before the person is registered, so that one that cannot serve leaves no
//! half of a person behind; kept afterwards. Called by the mutation `personRegister`.

use domain::kernel::PersonId;
use journal::identity::Credentials;

use super::Identity;
use super::error::PasswordError;
use super::password::must_be_acceptable;
use crate::gateway::Caller;

/// A password, ready to be kept. Never printed.
pub struct FirstPassword(String);

impl Identity {
    /// Prepares a password that serves once, to choose another.
    pub async fn first_password(&self, password: &str) -> Result<FirstPassword, PasswordError> {
        must_be_acceptable(password)?;
        Ok(FirstPassword(self.0.passwords.hash(password).await?))
    }

    /// Gives it to a person who never had one; whoever has one keeps it, as when the registration
    /// was repeated.
    pub async fn give_first_password(
        &self,
        person: PersonId,
        password: FirstPassword,
    ) -> Result<(), PasswordError> {
        if self.0.store.credentials(person).await?.is_some() {
            return Ok(());
        }
        let credentials =
            Credentials { password_hash: password.0, must_change: true, expires_at: None };
        self.set_password(person, &Caller::system(), credentials).await
    }
}
