//! Under what circumstances a grant or a rule holds: a closed list.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Timelike, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::fields::FieldName;
use crate::calendar::TimeOfDay;

/// Most conditions within one, at any depth.
pub const CONDITIONS_MAX: usize = 32;
/// Most values of one condition.
pub const ATTRIBUTE_VALUES_MAX: usize = 200;

/// A circumstance.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Condition {
    /// By the clocks of a zone it is this time or later, and earlier than that; a window that ends
    /// before it begins lasts over midnight.
    TimeWindow {
        /// Whose clocks.
        zone: Zone,
        /// From then on.
        from: TimeOfDay,
        /// No more at that time.
        until: TimeOfDay,
    },
    /// An attribute of the object is one of these.
    AttributeIn {
        /// Which attribute.
        name: FieldName,
        /// Which values.
        values: BTreeSet<String>,
    },
    /// The object's risk is no higher.
    RiskAtMost(u8),
    /// All of these; none: always.
    All(Vec<Condition>),
}

/// A time zone, ordered by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Zone(pub Tz);

/// What a condition looks at.
#[derive(Debug, Clone, Copy)]
pub struct Surroundings<'a> {
    /// When.
    pub at: DateTime<Utc>,
    /// What is known of the object.
    pub attributes: &'a BTreeMap<FieldName, String>,
    /// How risky it is, as far as known.
    pub risk: Option<u8>,
}

/// A condition cannot be answered: a permit under it permits nothing, a rule that denies under it
/// denies.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
pub enum ConditionFault {
    /// The object has no such attribute.
    #[error("the object has no attribute {0}")]
    MissingAttribute(FieldName),
    /// Nobody said how risky the object is.
    #[error("the object's risk is not known")]
    MissingRisk,
    /// It begins when it ends.
    #[error("the time window is empty")]
    EmptyWindow,
}

impl Condition {
    /// Whether it holds.
    ///
    /// # Errors
    /// Something it looks at is not there. Of a list that is so as soon as one part cannot be
    /// answered, whatever the others say: the order is without effect.
    pub fn holds(&self, around: Surroundings<'_>) -> Result<bool, ConditionFault> {
        match self {
            Self::TimeWindow { zone, from, until } => window(*zone, *from, *until, around.at),
            Self::AttributeIn { name, values } => match around.attributes.get(name) {
                Some(value) => Ok(values.contains(value)),
                None => Err(ConditionFault::MissingAttribute(name.clone())),
            },
            Self::RiskAtMost(most) => {
                around.risk.map(|risk| risk <= *most).ok_or(ConditionFault::MissingRisk)
            }
            Self::All(parts) => {
                let mut faults = Vec::new();
                let mut all = true;
                for part in parts {
                    match part.holds(around) {
                        Ok(holds) => all &= holds,
                        Err(fault) => faults.push(fault),
                    }
                }
                faults.into_iter().min().map_or(Ok(all), Err)
            }
        }
    }

    /// How many conditions there are within it, itself included.
    pub fn size(&self) -> usize {
        match self {
            Self::All(parts) => 1 + parts.iter().map(Self::size).sum::<usize>(),
            Self::TimeWindow { .. } | Self::AttributeIn { .. } | Self::RiskAtMost(_) => 1,
        }
    }

    /// Whether some part of it looks at the clock.
    pub fn looks_at_time(&self) -> bool {
        match self {
            Self::TimeWindow { .. } => true,
            Self::AttributeIn { .. } | Self::RiskAtMost(_) => false,
            Self::All(parts) => parts.iter().any(Self::looks_at_time),
        }
    }

    /// Whether it is within the bounds, and no window in it is empty.
    pub fn fits(&self) -> bool {
        let parts_fit = match self {
            Self::TimeWindow { from, until, .. } => from != until,
            Self::AttributeIn { values, .. } => (1..=ATTRIBUTE_VALUES_MAX).contains(&values.len()),
            Self::RiskAtMost(_) => true,
            Self::All(parts) => parts.iter().all(Self::fits),
        };
        parts_fit && self.size() <= CONDITIONS_MAX
    }
}

pub(in crate::access) fn window(
    zone: Zone,
    from: TimeOfDay,
    until: TimeOfDay,
    at: DateTime<Utc>,
) -> Result<bool, ConditionFault> {
    let now = at.with_timezone(&zone.0).num_seconds_from_midnight();
    let (from, until) = (from.seconds(), until.seconds());
    match from.cmp(&until) {
        std::cmp::Ordering::Less => Ok(from <= now && now < until),
        std::cmp::Ordering::Greater => Ok(from <= now || now < until),
        std::cmp::Ordering::Equal => Err(ConditionFault::EmptyWindow),
    }
}

impl PartialOrd for Zone {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Zone {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.name().cmp(other.0.name())
    }
}
