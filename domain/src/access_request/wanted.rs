//! What is asked for, and why it may come to nothing.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::access::model::{Lifted, Scope};
use crate::kernel::{DenyRuleId, RoleId, SodRuleId};

/// What is asked for, where and for how long.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wanted {
    /// A role or an exception.
    pub what: What,
    /// Where it would be held.
    pub scope: Scope,
    /// From when on; none: as soon as it is approved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<DateTime<Utc>>,
    /// From then on no more; none: as long as nobody takes it away.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<DateTime<Utc>>,
}

/// A role or an exception.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// To hold a role.
    Role {
        /// Which.
        role: RoleId,
    },
    /// That a rule does not count.
    Exception {
        /// Which.
        lifts: Lifted,
        /// What is done in its place, so that no harm comes of it.
        control: String,
    },
}

/// Something about it that the rules take note of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Finding {
    /// It breaks a static rule of duties that lets nobody do so.
    DutiesBlock {
        /// Which.
        rule: SodRuleId,
    },
    /// It breaks one that lets those do so whom governance approves.
    DutiesApprove {
        /// Which.
        rule: SodRuleId,
    },
    /// It breaks one that only takes note of it.
    DutiesRecord {
        /// Which.
        rule: SodRuleId,
    },
    /// All that it would give is denied for good.
    HardDeny {
        /// By which rule.
        rule: DenyRuleId,
    },
    /// Some of it is denied, unless there is an exception.
    SoftDeny {
        /// By which rule.
        rule: DenyRuleId,
    },
    /// It lasts longer than the role does.
    Overlong,
}

/// Why it is rejected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rejection {
    /// Those at a stage said no.
    Votes {
        /// Which, from 1.
        stage: u8,
    },
    /// There is nobody who could approve.
    NoApprover,
    /// It breaks a static rule of duties.
    Duties {
        /// Which.
        rule: SodRuleId,
    },
    /// It is denied for good.
    HardDeny {
        /// By which rule.
        rule: DenyRuleId,
    },
    /// Whoever would benefit is gone.
    BeneficiaryGone,
    /// The role is retired.
    RoleRetired,
}

/// Why what was approved did not become active.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Failure {
    /// It breaks a static rule of duties by now.
    Duties {
        /// Which.
        rule: SodRuleId,
    },
    /// Something else became active at the same time.
    Conflict,
    /// Whoever would benefit is not active.
    BeneficiaryInactive,
    /// The role is retired.
    RoleRetired,
    /// Its time was over before it began.
    Late,
}

impl Finding {
    /// Whether governance must approve for it.
    pub fn is_exceptional(self) -> bool {
        match self {
            Self::DutiesApprove { .. } | Self::SoftDeny { .. } | Self::Overlong => true,
            Self::DutiesBlock { .. } | Self::DutiesRecord { .. } | Self::HardDeny { .. } => false,
        }
    }

    /// Why it is rejected at once, if it is.
    pub fn rejects(self) -> Option<Rejection> {
        match self {
            Self::DutiesBlock { rule } => Some(Rejection::Duties { rule }),
            Self::HardDeny { rule } => Some(Rejection::HardDeny { rule }),
            Self::DutiesApprove { .. }
            | Self::DutiesRecord { .. }
            | Self::SoftDeny { .. }
            | Self::Overlong => None,
        }
    }
}
