//! Under what circumstances something holds: a closed list.

use async_graphql::{InputObject, Object, OneofObject};
use domain::access::model::{Condition, Zone};

use super::patterns::{parsed, unfit};
use super::words::AccessConditionKind;
use crate::graphql::refusal::UserError;

/// A time of the day, by the clocks of a zone.
#[derive(Debug, Clone, InputObject)]
pub(in crate::graphql) struct AccessTimeWindowInput {
    /// The IANA name of the zone, such as Europe/Berlin.
    zone: String,
    /// From this time on, such as 08:00.
    from: String,
    /// No more at this time; a window that ends before it begins lasts over midnight.
    until: String,
}

/// What an attribute of the object has to be.
#[derive(Debug, Clone, InputObject)]
pub(in crate::graphql) struct AccessAttributeInput {
    /// Which attribute.
    name: String,
    /// One of these, at most 200 of 200 characters.
    values: Vec<String>,
}

/// A circumstance; at most 32 within one. What cannot be answered permits nothing, and denies.
#[derive(Debug, Clone, OneofObject)]
pub(in crate::graphql) enum AccessConditionInput {
    /// It is that time of the day.
    TimeWindow(AccessTimeWindowInput),
    /// An attribute of the object is one of these.
    AttributeIn(AccessAttributeInput),
    /// The object's risk is no higher, 0 to 255.
    RiskAtMost(i32),
    /// All of these.
    All(Vec<AccessConditionInput>),
}

/// A circumstance, as it was said.
pub(in crate::graphql) struct AccessCondition(pub(in crate::graphql) Condition);

impl AccessConditionInput {
    /// As the rules judge it; `place` is where it stands in the input.
    pub(in crate::graphql) fn read(self, place: &str) -> Result<Condition, UserError> {
        Ok(match self {
            Self::TimeWindow(it) => Condition::TimeWindow {
                zone: zone(&format!("{place}.timeWindow.zone"), &it.zone)?,
                from: parsed(&format!("{place}.timeWindow.from"), &it.from)?,
                until: parsed(&format!("{place}.timeWindow.until"), &it.until)?,
            },
            Self::AttributeIn(it) => Condition::AttributeIn {
                name: parsed(&format!("{place}.attributeIn.name"), &it.name)?,
                values: it.values.into_iter().collect(),
            },
            Self::RiskAtMost(most) => {
                let place = format!("{place}.riskAtMost");
                let most = u8::try_from(most).map_err(|_| unfit(&place, "is not 0 to 255"))?;
                Condition::RiskAtMost(most)
            }
            Self::All(parts) => {
                let parts = parts.into_iter().enumerate();
                let parts = parts.map(|(index, part)| part.read(&format!("{place}.all[{index}]")));
                Condition::All(parts.collect::<Result<_, _>>()?)
            }
        })
    }
}

fn zone(place: &str, name: &str) -> Result<Zone, UserError> {
    name.parse().map(Zone).map_err(|_| unfit(place, "is not the name of a time zone"))
}

/// A circumstance, as it was said. What its kind does not take is null or empty.
#[Object]
impl AccessCondition {
    /// What it looks at.
    async fn kind(&self) -> AccessConditionKind {
        match self.0 {
            Condition::TimeWindow { .. } => AccessConditionKind::TimeWindow,
            Condition::AttributeIn { .. } => AccessConditionKind::AttributeIn,
            Condition::RiskAtMost(_) => AccessConditionKind::RiskAtMost,
            Condition::All(_) => AccessConditionKind::All,
        }
    }

    /// Of a time of the day: the IANA name of the zone.
    async fn zone(&self) -> Option<&str> {
        match &self.0 {
            Condition::TimeWindow { zone, .. } => Some(zone.0.name()),
            _ => None,
        }
    }

    /// Of a time of the day: from then on.
    async fn from(&self) -> Option<String> {
        match &self.0 {
            Condition::TimeWindow { from, .. } => Some(from.to_string()),
            _ => None,
        }
    }

    /// Of a time of the day: no more at that time.
    async fn until(&self) -> Option<String> {
        match &self.0 {
            Condition::TimeWindow { until, .. } => Some(until.to_string()),
            _ => None,
        }
    }

    /// Of an attribute: which one.
    async fn attribute(&self) -> Option<&str> {
        match &self.0 {
            Condition::AttributeIn { name, .. } => Some(name.as_str()),
            _ => None,
        }
    }

    /// Of an attribute: what it has to be.
    async fn values(&self) -> Vec<&str> {
        match &self.0 {
            Condition::AttributeIn { values, .. } => values.iter().map(String::as_str).collect(),
            _ => Vec::new(),
        }
    }

    /// Of a risk: how high it is at most.
    async fn risk_at_most(&self) -> Option<u8> {
        match self.0 {
            Condition::RiskAtMost(most) => Some(most),
            _ => None,
        }
    }

    /// The conditions that have to hold together.
    async fn all(&self) -> Vec<Self> {
        match &self.0 {
            Condition::All(parts) => parts.iter().cloned().map(Self).collect(),
            _ => Vec::new(),
        }
    }
}
