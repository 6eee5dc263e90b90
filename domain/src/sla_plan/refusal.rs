//! The plan's business "no".

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::decide::define::TARGET_MAX;
use super::decide::{ACTIONS_MAX, THRESHOLDS_MAX};
use crate::kernel::text::TextFault;
use crate::kernel::{CalendarId, Refusal, UnitId};
use crate::sla::ClockKind;
use crate::ticket::Priority;

/// Why a command on a plan is refused. The variant's name is the code: `SLA_PLAN_NAME_UNFIT`. Each
/// says where it is wrong.
#[derive(
    Debug, Clone, PartialEq, Eq, thiserror::Error, strum::IntoStaticStr, strum::VariantNames,
)]
#[strum(prefix = "SLA_PLAN_", serialize_all = "SCREAMING_SNAKE_CASE")]
#[expect(missing_docs, reason = "the fields say where: which priority, clock, threshold, action")]
pub enum SlaPlanRefusal {
    /// L1
    #[error("name {0}")]
    NameUnfit(TextFault),
    /// L2: none at all.
    #[error("a plan has targets")]
    NoTargets,
    /// L2
    #[error("priority {priority} has no targets")]
    TargetsMissing { priority: Priority },
    /// L2
    #[error("the {clock} target of priority {priority} is not 0 to {TARGET_MAX} seconds")]
    TargetUnfit { priority: Priority, clock: ClockKind },
    /// L3
    #[error("the calendar of the {clock} clock does not exist")]
    CalendarUnknown { clock: ClockKind, calendar: CalendarId },
    /// L4
    #[error("the {clock} clock has more than {THRESHOLDS_MAX} thresholds")]
    TooManyThresholds { clock: ClockKind },
    /// L4
    #[error("threshold {percent} % of the {clock} clock is not 1 to 1000 %")]
    ThresholdUnfit { clock: ClockKind, percent: i64 },
    /// L4
    #[error("threshold {percent} % of the {clock} clock is there twice")]
    ThresholdTwice { clock: ClockKind, percent: i64 },
    /// L5
    #[error("threshold {percent} % of the {clock} clock does more than {ACTIONS_MAX} things")]
    TooManyActions { clock: ClockKind, percent: i64 },
    /// L5
    #[error("the unit of threshold {percent} % of the {clock} clock takes no tickets")]
    UnitUnfit { clock: ClockKind, percent: i64, unit: UnitId },
    /// L5
    #[error("the tag of threshold {percent} % of the {clock} clock {fault}")]
    TagUnfit { clock: ClockKind, percent: i64, fault: TextFault },
}

impl Refusal for SlaPlanRefusal {
    fn code(&self) -> &'static str {
        self.into()
    }

    fn field(&self) -> Option<&'static str> {
        Some(match self {
            Self::NameUnfit(_) => "name",
            Self::NoTargets | Self::TargetsMissing { .. } | Self::TargetUnfit { .. } => "targets",
            Self::CalendarUnknown { .. }
            | Self::TooManyThresholds { .. }
            | Self::ThresholdUnfit { .. }
            | Self::ThresholdTwice { .. }
            | Self::TooManyActions { .. }
            | Self::UnitUnfit { .. }
            | Self::TagUnfit { .. } => "clocks",
        })
    }

    fn meta(&self) -> BTreeMap<&'static str, Value> {
        let at = |clock: &ClockKind, percent: &i64| {
            BTreeMap::from([("clock", json!(clock)), ("percent", json!(percent))])
        };
        match self {
            Self::NameUnfit(_) | Self::NoTargets => BTreeMap::new(),
            Self::TargetsMissing { priority } => BTreeMap::from([("priority", json!(priority))]),
            Self::TargetUnfit { priority, clock } => {
                BTreeMap::from([("priority", json!(priority)), ("clock", json!(clock))])
            }
            Self::CalendarUnknown { clock, calendar } => {
                BTreeMap::from([("clock", json!(clock)), ("calendarId", json!(calendar))])
            }
            Self::TooManyThresholds { clock } => BTreeMap::from([("clock", json!(clock))]),
            Self::ThresholdUnfit { clock, percent }
            | Self::ThresholdTwice { clock, percent }
            | Self::TooManyActions { clock, percent }
            | Self::TagUnfit { clock, percent, .. } => at(clock, percent),
            Self::UnitUnfit { clock, percent, unit } => {
                let mut meta = at(clock, percent);
                meta.insert("unitId", json!(unit));
                meta
            }
        }
    }
}
