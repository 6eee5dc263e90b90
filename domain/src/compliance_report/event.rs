//! What can have happened to a compliance report. These names and shapes are the storage format: add,
//! never rename, never change a meaning.

use cqrs_es::DomainEvent;
use serde::{Deserialize, Serialize};

use super::words::Question;

/// An event of a report's stream.
#[derive(
    Debug, Clone, PartialEq, Serialize, Deserialize, strum::IntoStaticStr, strum::VariantNames,
)]
#[serde(rename_all = "snake_case")]
#[strum(prefix = "compliance_report.", serialize_all = "snake_case")]
pub enum ComplianceReportEvent {
    /// See [`Generated`].
    Generated(Generated),
}

impl DomainEvent for ComplianceReportEvent {
    fn event_type(&self) -> String {
        <&'static str>::from(self).to_owned()
    }
    fn event_version(&self) -> String {
        "1".to_owned()
    }
}

/// A report was made, and this is what its text hashes to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Generated {
    /// What was asked: enough to make it again.
    pub question: Question,
    /// The SHA-256 of its text, in lower-case hex.
    pub sha256: String,
}
