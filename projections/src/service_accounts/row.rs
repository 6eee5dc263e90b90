//! The row, and how an event makes it.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use domain::kernel::{PersonId, ServiceAccountId, ServiceTokenId};
use domain::service_account::event::Registered;
use domain::service_account::{Right, ServiceAccountEvent};
use journal::StreamEvent;
use serde::{Deserialize, Serialize};

use crate::rows::micros;

/// A service account, as it is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ServiceAccountRow {
    /// Its stream.
    pub account_id: ServiceAccountId,
    /// Unique, whatever its case, among those that are not over.
    pub name: String,
    /// What it is for.
    pub purpose: String,
    /// Who answers for it.
    pub owner_id: PersonId,
    /// What it may do.
    pub rights: BTreeSet<Right>,
    /// The system that it is a part of.
    pub system: Option<String>,
    /// Every token it ever had, the newest last.
    pub tokens: Vec<TokenRow>,
    /// When it began, by `occurred_at`, as all instants here.
    pub registered_at: DateTime<Utc>,
    /// When it was over.
    pub retired_at: Option<DateTime<Utc>>,
    /// The number of its events.
    pub version: i64,
}

/// A token of an account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenRow {
    /// Its identity.
    pub token_id: ServiceTokenId,
    /// Since when it served.
    pub issued_at: DateTime<Utc>,
    /// From when on it does not.
    pub ends_at: DateTime<Utc>,
    /// When it was ended before that, by itself or with its account.
    pub revoked_at: Option<DateTime<Utc>>,
}

impl ServiceAccountRow {
    /// The row after an event; none before it is registered.
    pub fn of(
        before: Option<Self>,
        event: &StreamEvent,
        account_event: &ServiceAccountEvent,
        id: ServiceAccountId,
    ) -> Option<Self> {
        let at = micros(event.meta.occurred_at);
        let mut row = match (account_event, before) {
            (ServiceAccountEvent::Registered(e), None) => Self::new(id, e, at),
            (_, before) => before?,
        };
        match account_event {
            ServiceAccountEvent::Registered(_) => {}
            ServiceAccountEvent::TokenIssued(e) => row.tokens.push(TokenRow {
                token_id: e.token,
                issued_at: at,
                ends_at: micros(e.ends_at),
                revoked_at: None,
            }),
            ServiceAccountEvent::TokenRevoked(e) => {
                let revoked = row.tokens.iter_mut().filter(|it| it.token_id == e.token);
                revoked.for_each(|token| token.end(at));
            }
            ServiceAccountEvent::OwnerChanged(e) => row.owner_id = e.owner,
            ServiceAccountEvent::Retired(_) => {
                row.tokens.iter_mut().for_each(|token| token.end(at));
                row.retired_at = Some(at);
            }
        }
        row.version = event.sequence;
        Some(row)
    }

    fn new(id: ServiceAccountId, registered: &Registered, at: DateTime<Utc>) -> Self {
        Self {
            account_id: id,
            name: registered.name.clone(),
            purpose: registered.purpose.clone(),
            owner_id: registered.owner,
            rights: registered.rights.clone(),
            system: registered.system.clone(),
            tokens: Vec::new(),
            registered_at: at,
            retired_at: None,
            version: 0,
        }
    }
}

impl TokenRow {
    /// Whether it serves at this instant.
    pub fn serves(&self, now: DateTime<Utc>) -> bool {
        self.revoked_at.is_none() && now < self.ends_at
    }

    /// What has ended already was not ended by this.
    fn end(&mut self, at: DateTime<Utc>) {
        if self.serves(at) {
            self.revoked_at = Some(at);
        }
    }
}
