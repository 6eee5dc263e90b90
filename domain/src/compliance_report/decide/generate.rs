//! Generate: this report was made, and no other text is it.

use crate::compliance_report::event::{ComplianceReportEvent, Generated};
use crate::compliance_report::refusal::ComplianceReportRefusal;
use crate::compliance_report::state::ComplianceReport;
use crate::compliance_report::words::Question;

/// CR1 to CR4. A report was made.
#[derive(Debug, Clone, PartialEq)]
pub struct Generate {
    /// What was asked.
    pub question: Question,
    /// The last position that the log had.
    pub head: i64,
    /// The SHA-256 of its text, in lower-case hex.
    pub sha256: String,
}

impl Generate {
    pub(in crate::compliance_report) fn decide(
        self,
        report: &ComplianceReport,
    ) -> Result<Vec<ComplianceReportEvent>, ComplianceReportRefusal> {
        let Self { question, head, sha256 } = self;
        if report.0.is_some() {
            return Err(ComplianceReportRefusal::Exists);
        }
        question.fits()?;
        if question.at > head || question.signed > question.at {
            return Err(ComplianceReportRefusal::PositionUnfit);
        }
        let is_hex = sha256.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        if sha256.len() != 64 || !is_hex {
            return Err(ComplianceReportRefusal::HashUnfit);
        }
        Ok(vec![ComplianceReportEvent::Generated(Generated { question, sha256 })])
    }
}
