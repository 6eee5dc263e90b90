//! Tokens of programs: `annals_svc_<secret>_<checksum>`.
//!
//! The secret is 256 random bits, so that its SHA-256 is all that has to be kept, and a slow hash
//! would protect nothing. The checksum tells a token that was cut off or mistyped from one that is
//! unknown, without a look at the database; the prefix lets scanners of source code find one that was
//! checked in. What a token is for, and whether it still serves, its account's events say: they are
//! asked with each request, so that a revocation binds at once. Called by the routes that
//! programs may take and by the mutations of service accounts.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::kernel::{ServiceAccountId, ServiceTokenId};
use domain::person::PersonKind;
use domain::service_account::ServiceAccount;
use journal::JournalError;

use super::{Identity, hashed, token};
use crate::gateway::{Caller, GatewayError};

/// What tokens of programs begin with, and no token of a person.
const PREFIX: &str = "annals_svc_";
/// Hexadecimal digits of the checksum.
const CHECK: usize = 8;

/// Why a program is not let in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ServiceDenied {
    /// The checksum does not fit.
    #[error("the service token is not whole; copy it again")]
    Broken,
    /// Unknown, revoked or ended; nobody is told which.
    #[error("the service token is not or no longer valid")]
    Unknown,
    /// The account speaks for nobody.
    #[error("the owner of the service account does not work here any more; it needs another one")]
    Ownerless,
}

impl Identity {
    /// The program that this token speaks for now.
    pub async fn recognize_service(
        &self,
        token: &str,
    ) -> Result<Result<Caller, ServiceDenied>, GatewayError> {
        if !is_whole(token) {
            return Ok(Err(ServiceDenied::Broken));
        }
        let (store, gateway) = (&self.0.store, &self.0.gateway);
        let Some((account, id)) = store.service_token(&hashed(token)).await? else {
            return Ok(Err(ServiceDenied::Unknown));
        };
        let now = gateway.now();
        let state = gateway.journal().load::<ServiceAccount>(account.0).await?.state;
        let Some(body) = state.0.filter(|body| body.speaks_with(id, now)) else {
            return Ok(Err(ServiceDenied::Unknown));
        };
        let owner = self.principal(body.owner).await?;
        if owner.is_none_or(|owner| owner.kind != PersonKind::Staff) {
            return Ok(Err(ServiceDenied::Ownerless));
        }
        store.use_service_token(id, now).await?;
        Ok(Ok(Caller::service(account, &body.rights, body.system)))
    }

    /// A new token's text, of which the hash is kept: before the event that issues it, for history must
    /// not tell of a token that never was.
    pub async fn keep_service_token(
        &self,
        account: ServiceAccountId,
        token: ServiceTokenId,
    ) -> Result<String, JournalError> {
        let text = new_token();
        let now = self.0.gateway.now();
        self.0.store.keep_service_token((account, token), &hashed(&text), now).await?;
        Ok(text)
    }

    /// Forgets a token that was not issued after all.
    pub async fn discard_service_token(&self, token: ServiceTokenId) -> Result<(), JournalError> {
        self.0.store.discard_service_token(token).await
    }

    /// Destroys what a token is recognised by, or all tokens of an account, once that is history.
    pub async fn end_service_tokens(
        &self,
        account: ServiceAccountId,
        token: Option<ServiceTokenId>,
    ) -> Result<(), JournalError> {
        self.0.store.end_service_tokens(account, token).await
    }

    /// When these tokens last spoke, to the minute; those that never did are absent.
    pub async fn service_tokens_used(
        &self,
        tokens: &[ServiceTokenId],
    ) -> Result<HashMap<ServiceTokenId, DateTime<Utc>>, JournalError> {
        self.0.store.service_tokens_used(tokens).await
    }
}

/// Whether this is meant to be a program's token.
pub fn is_service_token(text: &str) -> bool {
    text.starts_with(PREFIX)
}

fn new_token() -> String {
    let unchecked = format!("{PREFIX}{}", token::secret());
    let check = checksum(&unchecked);
    format!("{unchecked}_{check}")
}

fn is_whole(token: &str) -> bool {
    let parts = token.rsplit_once('_').filter(|_| is_service_token(token));
    parts.is_some_and(|(unchecked, check)| checksum(unchecked) == check)
}

fn checksum(text: &str) -> String {
    let hash = hashed(text);
    let mut digits: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
    digits.truncate(CHECK);
    digits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_whole_or_not_and_no_other_s() {
        let (token, other) = (new_token(), new_token());
        assert!(is_whole(&token) && is_service_token(&token) && token != other);
        assert_eq!(token.len(), PREFIX.len() + 43 + 1 + CHECK);
        let swapped = token.replacen("svc_", "svc_x", 1);
        for broken in [&token[..token.len() - 1], &token[1..], &swapped, PREFIX, "", "a.b.c"] {
            assert!(!is_whole(broken), "{broken}");
        }
        let (_, check) = other.rsplit_once('_').unwrap();
        let (mine, _) = token.rsplit_once('_').unwrap();
        assert!(!is_whole(&format!("{mine}_{check}")));
    }
}
