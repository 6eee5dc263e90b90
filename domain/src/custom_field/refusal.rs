//! The custom field's business "no".

use crate::kernel::Refusal;
use crate::kernel::text::TextFault;

/// Why a command on a custom field is refused. The variant's name is the code:
/// `CUSTOM_FIELD_EXISTS`.
#[derive(
    Debug, Clone, PartialEq, Eq, thiserror::Error, strum::IntoStaticStr, strum::VariantNames,
)]
#[strum(prefix = "CUSTOM_FIELD_", serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum CustomFieldRefusal {
    /// F1: no such field.
    #[error("there is no such custom field")]
    NotFound,
    /// F1: defined already.
    #[error("the custom field exists already")]
    Exists,
    /// F4
    #[error("the custom field is retired")]
    Retired,
    /// F1
    #[error("name {0}")]
    NameUnfit(TextFault),
    /// F1
    #[error("a custom field belongs to one kind of tickets at least")]
    KindsUnfit,
    /// F2
    #[error("what is chosen from has 1 to 100 distinct choices, a text has none")]
    ChoicesUnfit,
    /// F2
    #[error("a choice {0}")]
    ChoiceUnfit(TextFault),
}

impl Refusal for CustomFieldRefusal {
    fn code(&self) -> &'static str {
        self.into()
    }

    fn field(&self) -> Option<&'static str> {
        match self {
            Self::NotFound | Self::Exists | Self::Retired => None,
            Self::NameUnfit(_) => Some("name"),
            Self::KindsUnfit => Some("kinds"),
            Self::ChoicesUnfit | Self::ChoiceUnfit(_) => Some("choices"),
        }
    }
}
