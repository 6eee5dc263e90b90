//! What can have happened to a service level plan. These names and shapes are the storage format:
//! add, never rename, never change a meaning.

use std::collections::{BTreeMap, BTreeSet};

use cqrs_es::DomainEvent;
use serde::{Deserialize, Serialize};

use super::words::EscalationAction;
use crate::kernel::CalendarId;
use crate::sla::{ChangePolicy, ClockKind, PauseState};
use crate::ticket::Priority;

/// An event of a plan's stream.
#[derive(
    Debug, Clone, PartialEq, Serialize, Deserialize, strum::IntoStaticStr, strum::VariantNames,
)]
#[serde(rename_all = "snake_case")]
#[strum(prefix = "sla_plan.", serialize_all = "snake_case")]
pub enum SlaPlanEvent {
    /// See [`Defined`].
    Defined(Box<Defined>),
}

impl DomainEvent for SlaPlanEvent {
    fn event_type(&self) -> String {
        <&'static str>::from(self).to_owned()
    }
    fn event_version(&self) -> String {
        "1".to_owned()
    }
}

/// This is the plan from now on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Defined {
    /// Unique, whatever its case.
    pub name: String,
    /// What becomes of the time before, when a ticket comes under its terms.
    pub policy: ChangePolicy,
    /// How long things may take, for each priority.
    pub targets: BTreeMap<Priority, Targets>,
    /// How each clock counts, and what is done beyond its thresholds.
    pub clocks: Clocks,
}

/// How long things may take, in seconds; 0: no target.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Targets {
    /// Until somebody starts to work.
    pub reaction_seconds: u32,
    /// While somebody works.
    pub work_seconds: u32,
    /// Until it is solved.
    pub deadline_seconds: u32,
}

/// Something for each of the three clocks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the fields are the clocks")]
pub struct Clocks {
    pub reaction: Clock,
    pub work: Clock,
    pub deadline: Clock,
}

/// How a clock counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clock {
    /// In whose hours; none: always.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calendar: Option<CalendarId>,
    /// States in which it does not run.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub pause_states: BTreeSet<PauseState>,
    /// What is done when, the lowest first.
    pub thresholds: Vec<Threshold>,
}

/// What is done beyond a share of the limit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Threshold {
    /// The share, in percent.
    pub percent: u16,
    /// What, in order; the crossing is recorded in any case.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub actions: Vec<EscalationAction>,
}

impl Targets {
    /// That of one clock.
    pub fn of(&self, clock: ClockKind) -> u32 {
        match clock {
            ClockKind::Reaction => self.reaction_seconds,
            ClockKind::Work => self.work_seconds,
            ClockKind::Deadline => self.deadline_seconds,
        }
    }
}

impl Clocks {
    /// That of one clock.
    pub fn of(&self, clock: ClockKind) -> &Clock {
        match clock {
            ClockKind::Reaction => &self.reaction,
            ClockKind::Work => &self.work,
            ClockKind::Deadline => &self.deadline,
        }
    }

    /// All of them.
    pub fn all(&self) -> [(ClockKind, &Clock); 3] {
        [ClockKind::Reaction, ClockKind::Work, ClockKind::Deadline]
            .map(|kind| (kind, self.of(kind)))
    }
}

impl Defined {
    /// What is done beyond a threshold of a clock.
    pub fn actions(&self, clock: ClockKind, percent: u16) -> &[EscalationAction] {
        let thresholds = &self.clocks.of(clock).thresholds;
        let found = thresholds.iter().find(|threshold| threshold.percent == percent);
        found.map_or(&[], |threshold| threshold.actions.as_slice())
    }
}
