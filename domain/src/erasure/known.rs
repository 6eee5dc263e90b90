//! What keeps a person from being erased, fetched before it is decided.

use std::collections::BTreeSet;

use crate::kernel::words::words;
use crate::kernel::{AccessRequestId, ErasureId, EvidenceHoldId};

/// What is known of a person who would be erased, or on whom evidence would be held.
///
/// Whoever answers for it takes premise `evidence` as it stood before: what is found here and what is
/// appended on it then come in this order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Bonds {
    /// Whether they have left, for good.
    pub left: bool,
    /// Whether anything given to them has not come to its end, or may still begin.
    pub access: bool,
    /// Open requests by which they would come to access.
    pub requests: BTreeSet<AccessRequestId>,
    /// Holds in force on them, and on any ticket that holds words under their key.
    pub holds: BTreeSet<EvidenceHoldId>,
    /// The erasure of them that has begun.
    pub begun: Option<ErasureId>,
}

words! {
    /// What stands in the way.
    Obstacle {
        /// Evidence is held.
        Held,
        /// The person has not left.
        PersonActive,
        /// They have access.
        AccessOpen,
        /// Access is asked for, for them.
        RequestOpen,
    }
}

impl Bonds {
    /// ER3: all that stands in the way, the gravest first.
    pub fn obstacles(&self) -> Vec<Obstacle> {
        let found = [
            (!self.holds.is_empty(), Obstacle::Held),
            (!self.left, Obstacle::PersonActive),
            (self.access, Obstacle::AccessOpen),
            (!self.requests.is_empty(), Obstacle::RequestOpen),
        ];
        found.into_iter().filter(|(stands, _)| *stands).map(|(_, obstacle)| obstacle).collect()
    }
}
