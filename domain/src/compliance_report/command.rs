//! The report's verbs: a table of contents.

pub use super::decide::generate::Generate;
use super::event::ComplianceReportEvent;
use super::refusal::ComplianceReportRefusal;
use super::state::ComplianceReport;
use crate::kernel::{Command, Context};

/// What can be asked of a report.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "each variant is the verb its struct documents")]
pub enum ComplianceReportCommand {
    Generate(Generate),
}

impl Command for ComplianceReportCommand {
    type State = ComplianceReport;
    type Event = ComplianceReportEvent;
    type Refusal = ComplianceReportRefusal;

    fn decide(
        self,
        report: &ComplianceReport,
        _cx: &Context,
    ) -> Result<Vec<ComplianceReportEvent>, ComplianceReportRefusal> {
        match self {
            Self::Generate(c) => c.decide(report),
        }
    }
}
