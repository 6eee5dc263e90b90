//! A stage of approval: who sits at it, what counts as a yes, and what the votes come to.
//!
//! Pure arithmetic, without rights: who may sit and vote is the verbs' business.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::words::{Outcome, Vote};
use crate::kernel::{CalendarId, PersonId};

/// How many votes decide. `A` is how the policy, or the stored plan, names those who approve.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", bound(deserialize = "A: Ord + Deserialize<'de>"))]
pub enum Mode<A: Ord> {
    /// The first vote.
    Any,
    /// Everybody approves, or somebody rejects.
    All,
    /// So many approve, or so many reject that they cannot any more.
    Quorum {
        /// How many, at least 1.
        needed: u8,
    },
    /// The first of these that is satisfied, from above.
    Thresholds {
        /// In order.
        steps: Vec<Threshold<A>>,
    },
}

/// So many of some.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(bound(deserialize = "A: Ord + Deserialize<'de>"))]
pub struct Threshold<A: Ord> {
    /// Whose votes count; none: everybody's.
    pub among: BTreeSet<A>,
    /// How many approve, at least 1.
    pub approve: u8,
    /// How many reject, at least 1.
    pub reject: u8,
}

/// How long a stage may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Span {
    /// In whose hours; none: always.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calendar: Option<CalendarId>,
    /// How many of their seconds.
    pub seconds: u32,
}

/// What a span comes to when it starts now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Steps {
    /// Half of it is over.
    pub half_at: DateTime<Utc>,
    /// Nine tenths of it are over.
    pub most_at: DateTime<Utc>,
    /// It is over.
    pub due_at: DateTime<Utc>,
}

/// A seat at a stage, by whom it was meant for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seat {
    /// Who has it now.
    pub holder: PersonId,
    /// After how many escalations it was set.
    pub level: u8,
    /// What whoever has it said.
    pub vote: Option<Vote>,
}

/// The seats of a stage, by whom they were meant for.
pub type Seats = BTreeMap<PersonId, Seat>;

impl<A: Ord + Clone> Mode<A> {
    /// The stricter of two; what cannot be compared asks everybody.
    #[must_use]
    pub fn strictest(self, other: Self) -> Self {
        match (self, other) {
            (one, other) if one == other => one,
            (Self::Any, mode) | (mode, Self::Any) => mode,
            (Self::Quorum { needed: one }, Self::Quorum { needed: other }) => {
                Self::Quorum { needed: one.max(other) }
            }
            (Self::All | Self::Quorum { .. } | Self::Thresholds { .. }, _) => Self::All,
        }
    }

    /// How many people there are at least, if it is ever to be satisfied.
    pub fn people_needed(&self) -> usize {
        match self {
            Self::Any | Self::All => 1,
            Self::Quorum { needed } => usize::from(*needed).max(1),
            Self::Thresholds { steps } => {
                let least = steps.iter().map(|step| usize::from(step.approve)).min();
                least.unwrap_or(1).max(1)
            }
        }
    }
}

/// What the votes come to after so many escalations.
///
/// Approvals are counted before rejections. Without a seat nothing passes. Whoever was silent until
/// an escalation is not waited for by [`Mode::All`].
pub fn outcome(mode: &Mode<PersonId>, seats: &Seats, level: u8) -> Outcome {
    let count = |vote, among: &dyn Fn(&PersonId) -> bool| {
        seats.iter().filter(|(seat, it)| it.vote == Some(vote) && among(seat)).count()
    };
    let reached = |among: &dyn Fn(&PersonId) -> bool, approve: usize, reject: usize| {
        if count(Vote::Approve, among) >= approve.max(1) {
            Outcome::Passed
        } else if count(Vote::Reject, among) >= reject.max(1) {
            Outcome::Rejected
        } else {
            Outcome::Open
        }
    };
    let everybody = |_: &PersonId| true;
    match mode {
        Mode::Any => reached(&everybody, 1, 1),
        Mode::All => {
            let awaited = |seat: &&Seat| seat.vote.is_some() || seat.level >= level;
            reached(&everybody, seats.values().filter(awaited).count(), 1)
        }
        Mode::Quorum { needed } => {
            let needed = usize::from(*needed);
            reached(&everybody, needed, (seats.len() + 1).saturating_sub(needed))
        }
        Mode::Thresholds { steps } => {
            let each = steps.iter().map(|step| {
                let among = |seat: &PersonId| step.among.is_empty() || step.among.contains(seat);
                reached(&among, step.approve.into(), step.reject.into())
            });
            each.into_iter().find(|outcome| *outcome != Outcome::Open).unwrap_or(Outcome::Open)
        }
    }
}
