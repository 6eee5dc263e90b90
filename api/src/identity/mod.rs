//! Who is calling: passwords, sessions, tokens.
//!
//! Argon2id for passwords, one hashing at a time; EdDSA access tokens of ten minutes, each bound to
//! a session that can end at once; refresh tokens that serve once. The store is the journal crate's
//! `identity`; that a password changed goes through the gateway as history. Called by the HTTP
//! layer for each request and by the session mutations.

mod error;
mod password;
mod token;

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use domain::kernel::{Actor, ClaimKey, PersonId};
use domain::person::PersonCommand;
use domain::person::command::ChangePassword;
use journal::identity::{Credentials, IdentityStore, Session};
use projections::directory;
use sha2::{Digest, Sha256};
use sqlx::PgPool;
use uuid::Uuid;

use crate::gateway::{Caller, Gateway, GatewayError, Request};

pub use error::{PasswordError, SignInError};
pub use password::{Passwords, must_be_acceptable};
use token::Tokens;

/// How long a session lives without being refreshed.
const SESSION: TimeDelta = TimeDelta::days(14);

/// Signs people in and recognises them; cheap to clone.
#[derive(Debug, Clone)]
pub struct Identity(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    gateway: Gateway,
    store: IdentityStore,
    reads: PgPool,
    passwords: Passwords,
    tokens: Tokens,
}

/// A successful sign-in or refresh.
#[derive(Debug, Clone)]
pub struct SignedIn {
    /// Access token, for `Authorization: Bearer`.
    pub token: String,
    /// Serves once, for a new pair.
    pub refresh_token: String,
    /// When the access token ends.
    pub expires_at: DateTime<Utc>,
    /// Who it is.
    pub caller: Caller,
    /// Only changing the password is allowed.
    pub must_change_password: bool,
}

/// A recognised caller.
#[derive(Debug, Clone)]
pub struct Recognized {
    /// Who it is.
    pub caller: Caller,
    /// Only changing the password is allowed.
    pub must_change_password: bool,
}

impl Identity {
    /// The signing key comes from the key ring, so that all nodes share it.
    pub async fn open(gateway: Gateway, reads: PgPool) -> Result<Self, journal::JournalError> {
        let seed = gateway.journal().keyring().secret("access-tokens").await?;
        Ok(Self(Arc::new(Inner {
            store: IdentityStore::new(gateway.journal().pool().clone()),
            gateway,
            reads,
            passwords: Passwords::default(),
            tokens: Tokens::new(&seed),
        })))
    }

    /// Login and password for a session. Unknown login and wrong password answer alike, in like
    /// time.
    pub async fn sign_in(&self, login: &str, password: &str) -> Result<SignedIn, SignInError> {
        let person = self.person_of(login).await?;
        let credentials = match person {
            Some(person) => self.0.store.credentials(person).await?,
            None => None,
        };
        let hash = credentials.as_ref().map(|found| found.password_hash.clone());
        let right = self.0.passwords.verify(password, hash).await?;
        let (Some(person), Some(credentials), true) = (person, credentials, right) else {
            return Err(SignInError::Failed);
        };
        let refresh_token = token::refresh_token();
        let session = self.0.gateway.new_id();
        let now = self.0.gateway.now();
        let verified = (person, &credentials);
        let until = (now, now + SESSION);
        if !self.0.store.begin(session, verified, &hashed(&refresh_token), until).await? {
            return Err(SignInError::Failed);
        }
        let session = Session {
            session_id: session,
            person_id: person,
            must_change: credentials.must_change,
        };
        self.signed_in(session, refresh_token).await
    }

    /// A refresh token for a new pair; it serves once.
    pub async fn refresh(&self, refresh_token: &str) -> Result<SignedIn, SignInError> {
        let next = token::refresh_token();
        let now = self.0.gateway.now();
        let session = self
            .0
            .store
            .rotate(&hashed(refresh_token), &hashed(&next), (now, now + SESSION))
            .await?
            .ok_or(SignInError::Expired)?;
        self.signed_in(session, next).await
    }

    /// Who this access token speaks for; none when it is not (any more) good.
    pub async fn recognize(&self, token: &str) -> Result<Option<Recognized>, GatewayError> {
        let now = self.0.gateway.now();
        match self.0.tokens.session(token, now) {
            Some(session) => self.recognize_session(session).await,
            None => Ok(None),
        }
    }

    /// Who this session speaks for now; none when it has ended, or the person may no longer act.
    pub async fn recognize_session(
        &self,
        session_id: Uuid,
    ) -> Result<Option<Recognized>, GatewayError> {
        let now = self.0.gateway.now();
        let Some(session) = self.0.store.session(session_id, now).await? else { return Ok(None) };
        let caller = self.caller(&session).await?;
        Ok(caller.map(|caller| Recognized { caller, must_change_password: session.must_change }))
    }

    /// Ends the caller's session at once.
    pub async fn sign_out(&self, caller: &Caller) -> Result<(), journal::JournalError> {
        match caller.session {
            Some(session) => self.0.store.end(session).await,
            None => Ok(()),
        }
    }

    /// Another password for the caller; ends all the other sessions.
    pub async fn change_password(
        &self,
        caller: &Caller,
        current: &str,
        new: &str,
    ) -> Result<(), PasswordError> {
        let Actor::Person(person) = caller.actor else { return Err(PasswordError::Wrong) };
        password::must_be_acceptable(new)?;
        let known = self.0.store.credentials(person).await?;
        let hash = known.map(|known| known.password_hash);
        if !self.0.passwords.verify(current, hash).await? {
            return Err(PasswordError::Wrong);
        }
        if current == new {
            return Err(PasswordError::Same);
        }
        let password_hash = self.0.passwords.hash(new).await?;
        self.set_password(person, caller, Credentials { password_hash, must_change: false }).await
    }

    /// Gives a person a first password, for the first start and the demo organisation.
    pub async fn give_password(
        &self,
        person: PersonId,
        password: &str,
        must_change: bool,
    ) -> Result<(), PasswordError> {
        password::must_be_acceptable(password)?;
        let password_hash = self.0.passwords.hash(password).await?;
        let credentials = Credentials { password_hash, must_change };
        self.set_password(person, &Caller::system(), credentials).await
    }

    /// Whether this person has a password that is good for more than choosing another.
    pub async fn has_own_password(&self, person: PersonId) -> Result<bool, journal::JournalError> {
        Ok(self.0.store.credentials(person).await?.is_some_and(|known| !known.must_change))
    }

    /// Whose login this is.
    pub async fn person_of(&self, login: &str) -> Result<Option<PersonId>, journal::JournalError> {
        let key = ClaimKey::Personal(login.trim().to_lowercase());
        let holders = self.0.gateway.journal().holders("person.login", &[key]).await?;
        Ok(holders.into_iter().flatten().next().map(PersonId))
    }

    async fn set_password(
        &self,
        person: PersonId,
        caller: &Caller,
        credentials: Credentials,
    ) -> Result<(), PasswordError> {
        let must_change = credentials.must_change;
        let command = PersonCommand::ChangePassword(ChangePassword { must_change });
        let now = self.0.gateway.now();
        // The secret first: history must not tell of a password that was never set.
        self.0.store.set_credentials(person, &credentials, now, caller.session).await?;
        let request = Request::new(command, person.0).correlated(self.0.gateway.new_id());
        self.0.gateway.execute(caller, request).await?;
        Ok(())
    }

    async fn signed_in(
        &self,
        session: Session,
        refresh_token: String,
    ) -> Result<SignedIn, SignInError> {
        let caller = self.caller(&session).await?.ok_or(SignInError::Failed)?;
        let (token, expires_at) =
            self.0.tokens.sign(session.person_id, session.session_id, self.0.gateway.now())?;
        Ok(SignedIn {
            token,
            refresh_token,
            expires_at,
            caller,
            must_change_password: session.must_change,
        })
    }

    async fn caller(&self, session: &Session) -> Result<Option<Caller>, GatewayError> {
        let principal = directory::principal(&self.0.reads, session.person_id).await?;
        Ok(principal.filter(|principal| principal.active).map(|principal| Caller {
            actor: Actor::Person(session.person_id),
            person: Some(principal),
            session: Some(session.session_id),
        }))
    }
}

fn hashed(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}
