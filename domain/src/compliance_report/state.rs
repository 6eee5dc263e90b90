//! What a report's decisions need to remember.

use serde::{Deserialize, Serialize};

use super::event::{ComplianceReportEvent, Generated};

/// A report: nothing before it is made.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct ComplianceReport(pub Option<Generated>);

impl ComplianceReport {
    /// Applies an event; never fails, ignores what cannot follow.
    pub fn evolve(&mut self, event: ComplianceReportEvent) {
        let ComplianceReportEvent::Generated(generated) = event;
        self.0.get_or_insert(generated);
    }
}
