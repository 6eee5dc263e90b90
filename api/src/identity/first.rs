//! A first password, given by whoever registers somebody.
//!
//! Looked at and hashed before the person is registered, so that one that cannot serve leaves no
//! half of a person behind; kept afterwards. Called by the mutation `personRegister`.

use domain::kernel::PersonId;
use journal::Receipt;
use journal::identity::Credentials;

use super::Identity;
use super::error::PasswordError;
use super::password::must_be_acceptable;
use crate::gateway::Caller;

/// A password, ready to be kept. Never printed.
pub struct FirstPassword {
    password_hash: String,
    must_change: bool,
}

impl Identity {
    /// Prepares a password; one that must be changed serves once, to choose another.
    pub async fn first_password(
        &self,
        password: &str,
        must_change: bool,
    ) -> Result<FirstPassword, PasswordError> {
        must_be_acceptable(password)?;
        let password_hash = self.0.passwords.hash(password).await?;
        Ok(FirstPassword { password_hash, must_change })
    }

    /// Gives it to a person who never had one; whoever has one keeps it, as when the registration
    /// was repeated. Answers what the history tells of it.
    pub async fn give_first_password(
        &self,
        person: PersonId,
        password: FirstPassword,
    ) -> Result<Option<Receipt>, PasswordError> {
        if self.0.store.credentials(person).await?.is_some() {
            return Ok(None);
        }
        let FirstPassword { password_hash, must_change } = password;
        let credentials = Credentials { password_hash, must_change, expires_at: None };
        self.set_password(person, &Caller::system(), credentials).await.map(Some)
    }
}
