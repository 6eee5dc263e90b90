//! The person's business "no".

use super::decide::{AHEAD_MAX_DAYS, GRACE_MAX_DAYS};
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
    /// P3: the role is of the other kind of people.
    #[error("the role does not fit the kind of person")]
    RoleUnfit,
    /// P4
    #[error("only clients belong to an organisation, and it must be a customer organisation")]
    OrganizationUnfit,
    /// P6, P12, P13, P14, P15, P16
    #[error("nobody does this to themselves")]
    NotOneself,
    /// P8
    #[error("the language is none of the deployment's")]
    LanguageUnfit,
    /// P9, P10, P11, P16: the person is a client.
    #[error("only staff have skills, tiers and deputies, and move")]
    StaffOnly,
    /// P9
    #[error("a level is 1 to 5")]
    LevelUnfit,
    /// P9
    #[error("a person has at most 50 skills")]
    SkillsFull,
    /// P10
    #[error("a tier is 1 to 3")]
    TierUnfit,
    /// P11
    #[error("a deputy is another active member of staff")]
    DeputyUnfit,
    /// P11
    #[error("a deputy stands in for 1 to 366 days, from the first to the last")]
    PeriodUnfit,
    /// P9, P11
    #[error("{field} is more than a hundred years away")]
    DateFar {
        /// Which input field.
        field: &'static str,
    },
    /// P14: it is somebody else's already.
    #[error("the account is already linked to another human")]
    LinkedAlready,
    /// P14
    #[error("an account is linked to another person who is here, and whose own it is not")]
    HumanUnfit,
    /// P12
    #[error("nobody else may give access; give it to somebody else first")]
    LastKeeper,
    /// P16
    #[error("a move begins within {AHEAD_MAX_DAYS} days")]
    StartUnfit,
    /// P16
    #[error("what came with the old place is kept for at most {GRACE_MAX_DAYS} days")]
    GraceUnfit,
    /// P13: nothing happens to whoever left.
    #[error("the person has left")]
    Left,
    /// ER5: nothing is written of whoever is erased.
    #[error("the person is erased")]
    Erased,
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
            Self::TextUnfit { field, .. } | Self::DateFar { field } => Some(field),
            Self::LoginUnfit => Some("login"),
            Self::EmailUnfit => Some("email"),
            Self::OrganizationUnfit => Some("organizationId"),
            Self::RoleUnfit => Some("role"),
            Self::LanguageUnfit => Some("language"),
            Self::LevelUnfit => Some("level"),
            Self::TierUnfit => Some("tier"),
            Self::DeputyUnfit => Some("deputyId"),
            Self::PeriodUnfit => Some("until"),
            Self::StartUnfit => Some("from"),
            Self::GraceUnfit => Some("graceDays"),
            Self::SkillsFull => Some("skill"),
            Self::HumanUnfit => Some("humanId"),
            Self::NotFound
            | Self::Exists
            | Self::NotOneself
            | Self::StaffOnly
            | Self::LastKeeper
            | Self::LinkedAlready
            | Self::Erased
            | Self::Left => None,
        }
    }
}
