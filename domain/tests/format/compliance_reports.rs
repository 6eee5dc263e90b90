//! One event of each kind of a compliance report.

use domain::compliance_report::event::Generated;
use domain::compliance_report::{ComplianceReportEvent, Draw, Question};

use super::samples::instant;

pub(crate) fn compliance_reports() -> [ComplianceReportEvent; 1] {
    [ComplianceReportEvent::Generated(Generated {
        question: Question {
            from: instant(0),
            to: instant(250_001),
            at: 1_042,
            signed: 1_040,
            sample: Some(Draw { seed: "2026-Q1".to_owned(), size: 25 }),
        },
        sha256: "0123456789abcdef".repeat(4),
    })]
}
