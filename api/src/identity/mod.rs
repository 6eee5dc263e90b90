//! Who is calling: passwords, sessions, tokens of people and of programs.
//!
//! Argon2id for passwords, one hashing at a time; a lock on logins that fail in a row; EdDSA access
//! tokens of ten minutes, each bound to a session that can end at once; refresh tokens that serve
//! once, and end the session when they come again. The store is the journal crate's `identity`; that
//! a password changed goes through the gateway as history. Called by the HTTP layer for each request,
//! by the session mutations, and by streams that must end with their session.

mod error;
mod first;
mod lockout;
mod marks;
mod password;
mod reset;
mod revocations;
mod service;
mod sessions;
mod token;

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use domain::kernel::{Actor, ClaimKey, PersonId};
use domain::person::PersonCommand;
use domain::person::command::ChangePassword;
use journal::Receipt;
use journal::identity::{Credentials, IdentityStore, Session};
use projections::directory::{Principal, Speaker};
use sha2::{Digest, Sha256};
use tokio::sync::broadcast;
use uuid::Uuid;

use crate::gateway::{Caller, Gateway, GatewayError, Request};

pub use error::{PasswordError, ResetError, SessionError, SignInError};
pub use first::FirstPassword;
pub use password::{Passwords, must_be_acceptable};
pub use reset::Reset;
pub use revocations::Ended;
pub use service::{ServiceDenied, is_service_token};
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
    passwords: Passwords,
    tokens: Tokens,
    ended: broadcast::Sender<Ended>,
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
    pub async fn open(gateway: Gateway) -> Result<Self, journal::JournalError> {
        let seed = gateway.journal().keyring().secret("access-tokens").await?;
        Ok(Self(Arc::new(Inner {
            store: IdentityStore::new(gateway.journal().pool().clone()),
            gateway,
            passwords: Passwords::default(),
            tokens: Tokens::new(&seed),
            ended: broadcast::Sender::new(revocations::BEHIND),
        })))
    }

    /// A refresh token for a new pair; it serves once, and ends the session when it comes again.
    pub async fn refresh(&self, refresh_token: &str) -> Result<SignedIn, SignInError> {
        let next = token::secret();
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
        let speaker = self.0.gateway.directory().speaker(session_id, now).await?;
        let active = speaker.filter(|speaker| speaker.principal.active);
        Ok(active.map(|Speaker { principal, must_change_password }| {
            let person = principal.who.person;
            let session = Some(session_id);
            let caller = Caller { session, ..Caller::person(person, Some(principal)) };
            Recognized { caller, must_change_password }
        }))
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
        let known = self.good_credentials(person).await?;
        let hash = known.map(|known| known.password_hash);
        let turn = self.0.passwords.turn().await?;
        let (right, turn) = self.0.passwords.verify(turn, current, hash).await?;
        drop(turn);
        if !right {
            return Err(PasswordError::Wrong);
        }
        if current == new {
            return Err(PasswordError::Same);
        }
        let password_hash = self.0.passwords.hash(new).await?;
        let credentials = Credentials { password_hash, must_change: false, expires_at: None };
        self.set_password(person, caller, credentials).await.map(|_| ())
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
        let credentials = Credentials { password_hash, must_change, expires_at: None };
        self.set_password(person, &Caller::system(), credentials).await.map(|_| ())
    }

    /// Whether somebody knows this person's password: whoever chose it, or, while it serves, whoever
    /// was given it by a reset. The one-time password of a first start may never have been seen.
    pub async fn has_own_password(&self, person: PersonId) -> Result<bool, journal::JournalError> {
        let known = self.good_credentials(person).await?;
        Ok(known.is_some_and(|known| !known.must_change || known.expires_at.is_some()))
    }

    /// Whose login this is.
    pub async fn person_of(&self, login: &str) -> Result<Option<PersonId>, journal::JournalError> {
        Ok(self.people_of(&[login.to_owned()]).await?.into_iter().flatten().next())
    }

    /// Whose logins these are, in their order, from one look.
    pub async fn people_of(
        &self,
        logins: &[String],
    ) -> Result<Vec<Option<PersonId>>, journal::JournalError> {
        let keys: Vec<_> = logins.iter().map(|it| ClaimKey::Personal(normal(it))).collect();
        let holders = self.0.gateway.journal().holders("person.login", &keys).await?;
        Ok(holders.into_iter().map(|holder| holder.map(PersonId)).collect())
    }

    /// A person's credentials, unless they have ceased to serve.
    async fn good_credentials(
        &self,
        person: PersonId,
    ) -> Result<Option<Credentials>, journal::JournalError> {
        let now = self.0.gateway.now();
        let known = self.0.store.credentials(person).await?;
        Ok(known.filter(|known| known.expires_at.is_none_or(|end| now < end)))
    }

    async fn set_password(
        &self,
        person: PersonId,
        caller: &Caller,
        credentials: Credentials,
    ) -> Result<Receipt, PasswordError> {
        let must_change = credentials.must_change;
        let command = PersonCommand::ChangePassword(ChangePassword { must_change });
        let now = self.0.gateway.now();
        // The secret first: history must not tell of a password that was never set.
        self.0.store.set_credentials(person, &credentials, now, caller.session).await?;
        let request = Request::new(command, person.0).correlated(self.0.gateway.new_id());
        Ok(self.0.gateway.execute(caller, request).await?.receipt)
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
        Ok(self.principal(session.person_id).await?.map(|principal| Caller {
            session: Some(session.session_id),
            ..Caller::person(session.person_id, Some(principal))
        }))
    }

    /// What the directory knows of a person who may act.
    async fn principal(&self, person: PersonId) -> Result<Option<Principal>, GatewayError> {
        let principal = self.0.gateway.principal(person).await?;
        Ok(principal.filter(|principal| principal.active))
    }
}

/// A login as it is compared: whatever its case.
fn normal(login: &str) -> String {
    login.trim().to_lowercase()
}

fn hashed(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}
