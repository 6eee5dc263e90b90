//! A permission grant: one subject has one role, or one entry, somewhere and for a time.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::entry::Entry;
use super::scope::Scope;
use crate::kernel::words::words;
use crate::kernel::{AccessRequestId, GrantId, PersonId, RoleId};

/// What is granted.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Granted {
    /// All that a role permits.
    Role(RoleId),
    /// This alone.
    Entry(Box<Entry>),
}

words! {
    /// Where a grant comes from.
    GrantSource {
        /// From who somebody is.
        Birthright,
        /// From a request that was approved.
        Request,
        /// From a template.
        Template,
        /// Under an exception.
        Exception,
        /// Taken in an emergency.
        BreakGlass,
        /// From somebody who has it, and only as long as they do.
        Delegation,
        /// From a rule that grants by itself.
        Rule,
        /// From an administrator.
        Administrator,
    }

    /// What became of a grant.
    GrantState {
        /// Holds between its instants.
        Active,
        /// Taken back.
        Revoked,
        /// Found to be over, and written down as such.
        Expired,
    }
}

/// A grant, as far as decisions depend on it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Grant {
    /// Which one.
    pub id: GrantId,
    /// What is granted.
    pub what: Granted,
    /// Where it holds.
    pub scope: Scope,
    /// From this instant on.
    pub from: DateTime<Utc>,
    /// No more at this instant; none: until it is taken back.
    #[serde(default)]
    pub until: Option<DateTime<Utc>>,
    /// Where it comes from.
    pub source: GrantSource,
    /// By which request.
    #[serde(default)]
    pub request: Option<AccessRequestId>,
    /// In whose place: it reaches no further than that person's own rights do.
    #[serde(default)]
    pub delegated_by: Option<PersonId>,
    /// Whether barriers do not stop it.
    #[serde(default)]
    pub pierces: bool,
    /// What became of it.
    pub state: GrantState,
}

impl Grant {
    /// Whether the instant lies between its two, the end excluded.
    pub fn spans(&self, at: DateTime<Utc>) -> bool {
        self.from <= at && !self.is_over(at)
    }

    /// Whether it has ended by then.
    pub fn is_over(&self, at: DateTime<Utc>) -> bool {
        self.until.is_some_and(|until| until <= at)
    }

    /// Whether it holds at this instant.
    pub fn is_live(&self, at: DateTime<Utc>) -> bool {
        self.state == GrantState::Active && self.spans(at)
    }

    /// The role, if it is one.
    pub fn role(&self) -> Option<RoleId> {
        match &self.what {
            Granted::Role(id) => Some(*id),
            Granted::Entry(_) => None,
        }
    }
}
