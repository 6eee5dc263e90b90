//! The subject's business "no".

use crate::kernel::Refusal;
use crate::kernel::text::TextFault;

/// Why a command on a subject is refused. The variant's name is the code: `SUBJECT_EXISTS`.
#[derive(
    Debug, Clone, PartialEq, Eq, thiserror::Error, strum::IntoStaticStr, strum::VariantNames,
)]
#[strum(prefix = "SUBJECT_", serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum SubjectRefusal {
    /// B1: created already.
    #[error("the subject exists already")]
    Exists,
    /// B1
    #[error("name {0}")]
    NameUnfit(TextFault),
}

impl Refusal for SubjectRefusal {
    fn code(&self) -> &'static str {
        self.into()
    }

    fn field(&self) -> Option<&'static str> {
        match self {
            Self::Exists => None,
            Self::NameUnfit(_) => Some("name"),
        }
    }
}
