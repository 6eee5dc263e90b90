//! Signing in, and its lock: whoever guesses waits longer and longer, for a login that exists and
//! for one that does not alike.
//!
//! Three failures in a row lock a login for 30 seconds, each further one for twice as long, up to an
//! hour. While it is locked the password is not looked at. The count is kept by a keyed hash of the
//! login. Called by the mutation `signIn`.

use chrono::{DateTime, Utc};
use domain::kernel::PersonId;
use journal::identity::{Credentials, Session};

use super::error::SignInError;
use super::{Identity, SESSION, SignedIn, hashed, normal, token};

/// What the keyed hash of a login is for; with another purpose it is another hash.
const PURPOSE: &str = "identity.sign_in";

impl Identity {
    /// Login and password for a session. Unknown login and wrong password answer alike, in like
    /// time.
    pub async fn sign_in(&self, login: &str, password: &str) -> Result<SignedIn, SignInError> {
        let inner = &self.0;
        let key = inner.gateway.journal().keyring().claim_key(PURPOSE, &normal(login)).await;
        let key = key.map_err(journal::JournalError::from)?;
        self.must_be_unlocked(&key).await?;
        let turn = inner.passwords.turn().await?;
        // Whoever had the turn before may have failed.
        self.must_be_unlocked(&key).await?;
        let known = self.credentials_of(login).await?;
        let hash = known.as_ref().map(|(_, credentials)| credentials.password_hash.clone());
        let (right, _turn) = inner.passwords.verify(turn, password, hash).await?;
        let (Some((person, credentials)), true) = (known, right) else {
            // Counted within the turn, so that the next one finds the lock.
            inner.store.count_failure(&key, inner.gateway.now()).await?;
            return Err(SignInError::Failed);
        };
        inner.store.clear_failures(&key).await?;
        self.begin(person, &credentials).await
    }

    /// Forgets the failures of a login: whoever was given a new password may try it at once.
    pub(super) async fn unlock(&self, login: &str) -> Result<(), journal::JournalError> {
        let key = self.0.gateway.journal().keyring().claim_key(PURPOSE, &normal(login)).await?;
        self.0.store.clear_failures(&key).await
    }

    async fn must_be_unlocked(&self, key: &str) -> Result<(), SignInError> {
        let now = self.0.gateway.now();
        match self.0.store.locked_until(key, now).await? {
            Some(until) => Err(SignInError::Locked { retry_after: seconds_until(until, now) }),
            None => Ok(()),
        }
    }

    async fn credentials_of(
        &self,
        login: &str,
    ) -> Result<Option<(PersonId, Credentials)>, SignInError> {
        let Some(person) = self.person_of(login).await? else { return Ok(None) };
        // Whoever may not act is like nobody: even the count must not tell.
        if self.principal(person).await?.is_none() {
            return Ok(None);
        }
        Ok(self.good_credentials(person).await?.map(|credentials| (person, credentials)))
    }

    async fn begin(
        &self,
        person: PersonId,
        credentials: &Credentials,
    ) -> Result<SignedIn, SignInError> {
        let refresh_token = token::secret();
        let session_id = self.0.gateway.new_id();
        let now = self.0.gateway.now();
        let (verified, until) = ((person, credentials), (now, now + SESSION));
        if !self.0.store.begin(session_id, verified, &hashed(&refresh_token), until).await? {
            return Err(SignInError::Failed);
        }
        let must_change = credentials.must_change;
        let session = Session { session_id, person_id: person, must_change };
        self.signed_in(session, refresh_token).await
    }
}

/// Rounded up: who comes back then is let through.
fn seconds_until(until: DateTime<Utc>, now: DateTime<Utc>) -> i64 {
    let millis = (until - now).num_milliseconds().max(0);
    millis.div_euclid(1000) + i64::from(millis.rem_euclid(1000) > 0)
}
