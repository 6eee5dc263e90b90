//! What can have happened to a ticket's clocks. These names and shapes are the storage format: add,
//! never rename, never change a meaning. A crossing happened when the threshold was crossed, however
//! late it was recorded.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use cqrs_es::DomainEvent;
use serde::{Deserialize, Serialize};

use crate::kernel::SlaPlanId;
use crate::sla::ClockKind;
use crate::sla::stopwatch::BREACH;
use crate::sla_plan::Whom;

/// An event of the stream of a ticket's clocks.
#[derive(
    Debug, Clone, PartialEq, Serialize, Deserialize, strum::IntoStaticStr, strum::VariantNames,
)]
#[serde(rename_all = "snake_case")]
#[strum(prefix = "ticket_clock.", serialize_all = "snake_case")]
pub enum TicketClockEvent {
    /// See [`ThresholdReached`].
    ThresholdReached(ThresholdReached),
    /// See [`Breached`].
    Breached(Breached),
    /// See [`Notified`].
    Notified(Notified),
    /// See [`DeadlineNeared`].
    DeadlineNeared(DeadlineNeared),
    /// See [`DeadlinePassed`].
    DeadlinePassed(DeadlinePassed),
}

impl DomainEvent for TicketClockEvent {
    fn event_type(&self) -> String {
        <&'static str>::from(self).to_owned()
    }
    fn event_version(&self) -> String {
        "1".to_owned()
    }
}

/// What a threshold's and a limit's crossing say alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Crossing {
    /// Of which clock.
    pub clock: ClockKind,
    /// The share of the limit, in percent; 100 is the breach.
    pub percent: u16,
    /// In which cycle, from 1.
    pub cycle: u32,
    /// By the terms of which plan.
    pub plan: SlaPlanId,
    /// Of which version of it.
    pub plan_version: i64,
    /// The limit.
    pub limit_seconds: u32,
    /// What was used.
    pub used_seconds: i64,
    /// The first second beyond, when only a later event made it so.
    pub since: Option<DateTime<Utc>>,
}

impl TicketClockEvent {
    /// What it says of a crossing, whichever it is; none of one that people were told of, and none
    /// of a deadline that was set by hand.
    pub fn crossing(&self) -> Option<Crossing> {
        Some(match self {
            Self::ThresholdReached(e) => Crossing {
                clock: e.clock,
                percent: e.percent,
                cycle: e.cycle,
                plan: e.plan,
                plan_version: e.plan_version,
                limit_seconds: e.limit_seconds,
                used_seconds: e.used_seconds,
                since: e.reached_since,
            },
            Self::Breached(e) => Crossing {
                clock: e.clock,
                percent: BREACH,
                cycle: e.cycle,
                plan: e.plan,
                plan_version: e.plan_version,
                limit_seconds: e.limit_seconds,
                used_seconds: e.used_seconds,
                since: e.breached_since,
            },
            Self::Notified(_) | Self::DeadlineNeared(_) | Self::DeadlinePassed(_) => return None,
        })
    }
}

/// More is used than a share of the limit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ThresholdReached {
    /// Of which clock.
    pub clock: ClockKind,
    /// The share, in percent; not 100.
    pub percent: u16,
    /// In which cycle, from 1.
    pub cycle: u32,
    /// By the terms of which plan.
    pub plan: SlaPlanId,
    /// Of which version of it.
    pub plan_version: i64,
    /// The limit.
    pub limit_seconds: u32,
    /// What was used.
    pub used_seconds: i64,
    /// The first second beyond the threshold, when only a later event made it so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reached_since: Option<DateTime<Utc>>,
}

/// More is used than the limit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Breached {
    /// Of which clock.
    pub clock: ClockKind,
    /// In which cycle, from 1.
    pub cycle: u32,
    /// By the terms of which plan.
    pub plan: SlaPlanId,
    /// Of which version of it.
    pub plan_version: i64,
    /// The limit.
    pub limit_seconds: u32,
    /// What was used.
    pub used_seconds: i64,
    /// The first second beyond the limit, when only a later event made it so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub breached_since: Option<DateTime<Utc>>,
}

/// People are told of a crossing: who these are then, readers of the log find out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Notified {
    /// Of which clock.
    pub clock: ClockKind,
    /// The threshold, in percent; 100 is the breach.
    pub percent: u16,
    /// In which cycle, from 1.
    pub cycle: u32,
    /// Whom the plan names.
    pub whom: BTreeSet<Whom>,
}

/// Less than a day is left until a deadline that was set by hand; watchers are told.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DeadlineNeared {
    /// The deadline.
    pub deadline_at: DateTime<Utc>,
}

/// A deadline that was set by hand is over, and the ticket is not done; watchers are told.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DeadlinePassed {
    /// The deadline.
    pub deadline_at: DateTime<Utc>,
}
