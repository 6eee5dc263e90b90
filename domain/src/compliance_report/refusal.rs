//! The report's business "no".

use crate::kernel::Refusal;

/// Why a command on a report is refused. The variant's name is the code: `COMPLIANCE_REPORT_EXISTS`.
#[derive(
    Debug, Clone, PartialEq, Eq, thiserror::Error, strum::IntoStaticStr, strum::VariantNames,
)]
#[strum(prefix = "COMPLIANCE_REPORT_", serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum ComplianceReportRefusal {
    /// CR1
    #[error("the report exists already")]
    Exists,
    /// CR2
    #[error("a period begins before it ends, in years of four digits")]
    PeriodUnfit,
    /// CR2
    #[error("a report looks at a position that the log has")]
    PositionUnfit,
    /// CR4
    #[error("a sample has a seed of 1 to 100 visible characters and 25 or 40 items")]
    SampleUnfit,
    /// CR3
    #[error("a report is kept by the SHA-256 of its text")]
    HashUnfit,
}

impl Refusal for ComplianceReportRefusal {
    fn code(&self) -> &'static str {
        self.into()
    }

    fn field(&self) -> Option<&'static str> {
        match self {
            Self::Exists | Self::HashUnfit => None,
            Self::PeriodUnfit => Some("to"),
            Self::PositionUnfit => Some("at"),
            Self::SampleUnfit => Some("sample"),
        }
    }
}
