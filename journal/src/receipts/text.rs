//! The text of a receipt. Its first line keeps it from ever being taken for a checkpoint, whose second
//! line is a number.

use std::fmt;
use std::str::FromStr;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, SecondsFormat, Utc};

use crate::leaf::Entry;

const FIRST: &str = "annals-receipt/v1";
/// No line of one is longer.
const LINE_MAX: usize = 1_024;

/// Not five lines of this form, each in its one spelling.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is not a receipt")]
pub struct NotAReceipt;

/// What is promised: that this event stands in the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventReceipt {
    /// The log.
    pub origin: String,
    /// The event's stream type.
    pub aggregate_type: String,
    /// Its stream's identity.
    pub aggregate_id: String,
    /// Its number in its stream.
    pub sequence: i64,
    /// What the log will have of it.
    pub entry: Entry,
    /// When it was recorded, by the database's clock.
    pub recorded_at: DateTime<Utc>,
}

impl EventReceipt {
    /// Which event: type, identity and sequence.
    pub fn stream(&self) -> String {
        format!("{}/{}/{}", self.aggregate_type, self.aggregate_id, self.sequence)
    }
}

impl fmt::Display for EventReceipt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let entry = STANDARD.encode(self.entry.as_bytes());
        let at = self.recorded_at.to_rfc3339_opts(SecondsFormat::Micros, true);
        write!(f, "{FIRST}\n{}\n{}\n{entry}\n{at}\n", self.origin, self.stream())
    }
}

impl FromStr for EventReceipt {
    type Err = NotAReceipt;

    fn from_str(text: &str) -> Result<Self, NotAReceipt> {
        read(text).filter(|receipt| receipt.to_string() == text).ok_or(NotAReceipt)
    }
}

/// Whatever spelling; the caller compares.
fn read(text: &str) -> Option<EventReceipt> {
    let lines: Vec<&str> = text.split('\n').take(7).collect();
    let [FIRST, origin, stream, entry, at, ""] = lines.as_slice() else { return None };
    if [origin, stream, entry, at].iter().any(|line| line.is_empty() || line.len() > LINE_MAX) {
        return None;
    }
    let [aggregate_type, aggregate_id, sequence] = *stream.split('/').collect::<Vec<_>>() else {
        return None;
    };
    if aggregate_type.is_empty() || aggregate_id.is_empty() {
        return None;
    }
    Some(EventReceipt {
        origin: (*origin).to_owned(),
        aggregate_type: aggregate_type.to_owned(),
        aggregate_id: aggregate_id.to_owned(),
        sequence: sequence.parse().ok()?,
        entry: Entry::parse(&STANDARD.decode(entry).ok()?)?,
        recorded_at: DateTime::parse_from_rfc3339(at).ok()?.with_timezone(&Utc),
    })
}
