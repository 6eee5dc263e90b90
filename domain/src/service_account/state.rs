//! What a service account's decisions need to remember.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::event::ServiceAccountEvent;
use super::refusal::ServiceAccountRefusal;
use super::words::Right;
use crate::kernel::{PersonId, ServiceTokenId};

/// A service account: nothing before it is registered.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct ServiceAccount(pub Option<Box<Body>>);

/// A service account that was registered.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Body {
    /// Unique, whatever its case.
    pub name: String,
    /// What it is for.
    pub purpose: String,
    /// Who answers for it.
    pub owner: PersonId,
    /// What it may do.
    pub rights: BTreeSet<Right>,
    /// The system that it is a part of.
    #[serde(default)]
    pub system: Option<String>,
    /// Every token it ever had.
    pub tokens: BTreeMap<ServiceTokenId, Token>,
    /// Whether it is over.
    pub retired: bool,
}

/// A token, without its secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Token {
    /// From this instant on it does not serve.
    pub ends_at: DateTime<Utc>,
    /// Whether it was ended before.
    pub revoked: bool,
}

impl ServiceAccount {
    /// The account, else Z1's refusal.
    pub fn body(&self) -> Result<&Body, ServiceAccountRefusal> {
        self.0.as_deref().ok_or(ServiceAccountRefusal::NotFound)
    }

    /// The account if it is not over, else Z6's refusal.
    pub(super) fn open(&self) -> Result<&Body, ServiceAccountRefusal> {
        let body = self.body()?;
        if body.retired { Err(ServiceAccountRefusal::Retired) } else { Ok(body) }
    }

    /// The name that is not free because of it.
    pub(super) fn name_held(&self) -> Option<&str> {
        self.0.as_deref().filter(|body| !body.retired).map(|body| body.name.as_str())
    }

    /// Applies an event; never fails, ignores what cannot follow.
    pub fn evolve(&mut self, event: ServiceAccountEvent) {
        if let ServiceAccountEvent::Registered(e) = event {
            self.0.get_or_insert_with(|| {
                Box::new(Body {
                    name: e.name,
                    purpose: e.purpose,
                    owner: e.owner,
                    rights: e.rights,
                    system: e.system,
                    tokens: BTreeMap::new(),
                    retired: false,
                })
            });
            return;
        }
        let Some(body) = self.0.as_deref_mut() else { return };
        match event {
            ServiceAccountEvent::Registered(_) => {}
            ServiceAccountEvent::TokenIssued(e) => {
                body.tokens.insert(e.token, Token { ends_at: e.ends_at, revoked: false });
            }
            ServiceAccountEvent::TokenRevoked(e) => {
                if let Some(token) = body.tokens.get_mut(&e.token) {
                    token.revoked = true;
                }
            }
            ServiceAccountEvent::OwnerChanged(e) => body.owner = e.owner,
            ServiceAccountEvent::Retired(_) => {
                body.retired = true;
                body.tokens.values_mut().for_each(|token| token.revoked = true);
            }
        }
    }
}

impl Body {
    /// Z3, Z4, Z6: whether it speaks with this token now, as far as it knows itself.
    pub fn speaks_with(&self, token: ServiceTokenId, now: DateTime<Utc>) -> bool {
        self.tokens.get(&token).is_some_and(|token| token.serves(now))
    }
}

impl Token {
    /// Whether it still serves.
    pub fn serves(&self, now: DateTime<Utc>) -> bool {
        !self.revoked && now < self.ends_at
    }
}
