//! The template's business "no".

use crate::kernel::Refusal;
use crate::kernel::text::TextFault;

/// Why a command on a template is refused. The variant's name is the code: `TEMPLATE_EXISTS`.
#[derive(
    Debug, Clone, PartialEq, Eq, thiserror::Error, strum::IntoStaticStr, strum::VariantNames,
)]
#[strum(prefix = "TEMPLATE_", serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum TemplateRefusal {
    /// P1: no such template.
    #[error("there is no such template")]
    NotFound,
    /// P1: defined already.
    #[error("the template exists already")]
    Exists,
    /// P4
    #[error("the template is retired")]
    Retired,
    /// P1, P2
    #[error("{field} {fault}")]
    TextUnfit {
        /// Which input field.
        field: &'static str,
        /// What is wrong with it.
        fault: TextFault,
    },
    /// P2
    #[error("a task is not opened from a template")]
    KindUnfit,
    /// P2
    #[error("the subject is not known")]
    SubjectUnknown,
    /// P2
    #[error("the subject is retired")]
    SubjectRetired,
    /// P2
    #[error("tickets go to open departments and support units alone")]
    UnitUnfit,
    /// P2
    #[error("a template has at most {max} tags", max = super::decide::TAGS_MAX)]
    TagsTooMany,
}

impl Refusal for TemplateRefusal {
    fn code(&self) -> &'static str {
        self.into()
    }

    fn field(&self) -> Option<&'static str> {
        match self {
            Self::NotFound | Self::Exists | Self::Retired => None,
            Self::TextUnfit { field, .. } => Some(field),
            Self::KindUnfit => Some("kind"),
            Self::SubjectUnknown | Self::SubjectRetired => Some("subjectId"),
            Self::UnitUnfit => Some("unitId"),
            Self::TagsTooMany => Some("tags"),
        }
    }
}
