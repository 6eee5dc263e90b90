//! The subject's business "no".

use crate::kernel::Refusal;
use crate::kernel::text::TextFault;

/// Why a command on a subject is refused. The variant's name is the code: `SUBJECT_EXISTS`.
#[derive(
    Debug, Clone, PartialEq, Eq, thiserror::Error, strum::IntoStaticStr, strum::VariantNames,
)]
#[strum(prefix = "SUBJECT_", serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum SubjectRefusal {
    /// B1: no such subject.
    #[error("there is no such subject")]
    NotFound,
    /// B1: created already.
    #[error("the subject exists already")]
    Exists,
    /// B1, B2
    #[error("name {0}")]
    NameUnfit(TextFault),
    /// B3
    #[error("this unit takes no tickets")]
    UnitUnfit,
    /// B3
    #[error("skill {0}")]
    SkillUnfit(TextFault),
    /// B3
    #[error("a tier is 1 to 3")]
    TierUnfit,
    /// B3
    #[error("there is no such plan")]
    PlanUnknown,
}

impl Refusal for SubjectRefusal {
    fn code(&self) -> &'static str {
        self.into()
    }

    fn field(&self) -> Option<&'static str> {
        match self {
            Self::NotFound | Self::Exists => None,
            Self::NameUnfit(_) => Some("name"),
            Self::UnitUnfit => Some("unitId"),
            Self::SkillUnfit(_) => Some("skill"),
            Self::TierUnfit => Some("tier"),
            Self::PlanUnknown => Some("slaPlanId"),
        }
    }
}
