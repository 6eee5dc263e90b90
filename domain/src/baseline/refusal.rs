//! The baseline's business "no".

use crate::kernel::Refusal;
use crate::kernel::text::TextFault;

/// Why a command on a baseline is refused. The variant's name is the code: `BASELINE_EXISTS`.
#[derive(
    Debug, Clone, PartialEq, Eq, thiserror::Error, strum::IntoStaticStr, strum::VariantNames,
)]
#[strum(prefix = "BASELINE_", serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum BaselineRefusal {
    /// O1: no such baseline.
    #[error("there is no such baseline")]
    NotFound,
    /// O1: named already.
    #[error("the baseline exists already")]
    Exists,
    /// O1
    #[error("name {0}")]
    NameUnfit(TextFault),
    /// O1
    #[error("note {0}")]
    NoteUnfit(TextFault),
    /// O2: it has not been yet, or is before the log.
    #[error("a baseline is a moment that has been")]
    MomentUnfit,
    /// O3
    #[error("the baseline is withdrawn")]
    Withdrawn,
}

impl Refusal for BaselineRefusal {
    fn code(&self) -> &'static str {
        self.into()
    }

    fn field(&self) -> Option<&'static str> {
        match self {
            Self::NotFound | Self::Exists | Self::Withdrawn => None,
            Self::NameUnfit(_) => Some("name"),
            Self::NoteUnfit(_) => Some("note"),
            Self::MomentUnfit => Some("moment"),
        }
    }
}
