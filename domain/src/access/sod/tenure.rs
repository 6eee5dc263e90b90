//! What is had, from when to when, and where it comes from.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use crate::access::decide::{Holdings, SubjectState};
use crate::access::model::{Grant, GrantState, Granted};
use crate::kernel::{AccessRequestId, GrantId};

/// Something that one human has for a time, or has asked for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Tenure {
    /// What.
    pub what: Granted,
    /// From this instant on.
    pub from: DateTime<Utc>,
    /// No more at this instant; none: for good.
    pub until: Option<DateTime<Utc>>,
    /// Where it comes from.
    pub origin: Origin,
}

/// Where something that is had comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Origin {
    /// A grant, whoever of the human's accounts and groups has it.
    Grant(GrantId),
    /// A request that is still open, or was approved and does not hold yet.
    Request(AccessRequestId),
}

impl Tenure {
    /// What a grant gives for its time; nothing if it was taken back or is over for good.
    pub fn of(grant: &Grant) -> Option<Self> {
        (grant.state == GrantState::Active).then(|| Self {
            what: grant.what.clone(),
            from: grant.from,
            until: grant.until,
            origin: Origin::Grant(grant.id),
        })
    }
}

/// Everything that the accounts of one human have, in groups and in others' places too. Who was
/// suspended may be restored; who left has nothing any more.
pub fn tenures(accounts: &[Holdings]) -> Vec<Tenure> {
    let accounts = accounts.iter().filter(|account| account.state != SubjectState::Terminated);
    let of_account = |account: &Holdings| {
        let there = account.grants.iter().filter(|held| !account.revoked.contains(&held.grant.id));
        there.filter_map(|held| Tenure::of(&held.grant)).collect::<Vec<_>>()
    };
    // A group that two accounts belong to is counted once.
    accounts.flat_map(of_account).collect::<BTreeSet<_>>().into_iter().collect()
}
