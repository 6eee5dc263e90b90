//! The person's business "no".

use crate::kernel::Refusal;
use crate::kernel::text::TextFault;

/// Why a command on a person is refused. The variant's name is the code: `PERSON_EXISTS`.
#[derive(
    Debug, Clone, PartialEq, Eq, thiserror::Error, strum::IntoStaticStr, strum::VariantNames,
)]
#[strum(prefix = "PERSON_", serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum PersonRefusal {
    /// P1: no such person.
    #[error("there is no such person")]
    NotFound,
    /// P1: registered already.
    #[error("the person exists already")]
    Exists,
    /// P1
    #[error("a login contains no white space")]
    LoginUnfit,
    /// P1
    #[error("an e-mail address contains an @")]
    EmailUnfit,
    /// P4
    #[error("only clients belong to an organisation, and it must be a customer organisation")]
    OrganizationUnfit,
    /// P1
    #[error("{field} {fault}")]
    TextUnfit {
        /// Which input field.
        field: &'static str,
        /// What is wrong with it.
        fault: TextFault,
    },
}

impl Refusal for PersonRefusal {
    fn code(&self) -> &'static str {
        self.into()
    }

    fn field(&self) -> Option<&'static str> {
        match self {
            Self::TextUnfit { field, .. } => Some(field),
            Self::LoginUnfit => Some("login"),
            Self::EmailUnfit => Some("email"),
            Self::OrganizationUnfit => Some("organizationId"),
            Self::NotFound | Self::Exists => None,
        }
    }
}
