//! What a decision on rights leans on beside the object's own stream: who the caller is, and how the
//! organisation stands.
//!
//! Rights are read before a command is decided and may have shrunk when its events are appended. Each
//! event that can take rights from somebody moves a premise; an append names the premises it was
//! decided on as they were then, and is refused when one of them has moved since. What only adds
//! rights moves nothing: whoever has just got more is told no once too often at worst. Moved and
//! compared by the journal, read with the rights themselves.

use strum::Display;

use crate::fact::Fact;
use crate::kernel::PersonId;
use crate::person::PersonEvent;
use crate::settings::SettingsEvent;
use crate::unit::UnitEvent;

/// What may move. Its display form is its name in the journal, at most 64 characters long.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Display)]
pub enum Premise {
    /// What this person may by themselves.
    #[strum(to_string = "person:{0}")]
    Person(PersonId),
    /// Who answers for whom, which is written in what others do: units and whom they belong to.
    #[strum(to_string = "organization")]
    Organization,
}

impl Premise {
    /// What a fact moves.
    pub fn moved_by(fact: &Fact) -> Vec<Self> {
        match fact {
            Fact::Person(id, event) => match event {
                PersonEvent::Suspended(_) | PersonEvent::Left(_) | PersonEvent::RoleChanged(_) => {
                    vec![Self::Person(*id)]
                }
                // A lead speaks for those who belong to an organisation, and as long as they do.
                PersonEvent::OrganizationChanged(_) => {
                    vec![Self::Person(*id), Self::Organization]
                }
                PersonEvent::Registered(_)
                | PersonEvent::Restored(_)
                | PersonEvent::PasswordChanged(_)
                | PersonEvent::Renamed(_)
                | PersonEvent::ContactsChanged(_)
                | PersonEvent::PositionTaken(_)
                | PersonEvent::LanguageChosen(_)
                | PersonEvent::SkillCertified(_)
                | PersonEvent::SkillWithdrawn(_)
                | PersonEvent::TierAssigned(_)
                | PersonEvent::DeputyAppointed(_)
                | PersonEvent::DeputyDismissed(_) => Vec::new(),
            },
            // Who heads the unit, or its department, loses the person with them.
            Fact::Unit(_, UnitEvent::Left(e)) => vec![Self::Person(e.person), Self::Organization],
            Fact::Unit(_, UnitEvent::HeadDismissed(e)) => vec![Self::Person(e.person)],
            // Another one spoke for it before.
            Fact::Unit(_, UnitEvent::LeadAppointed(_) | UnitEvent::Closed(_))
            | Fact::Settings(SettingsEvent::DispatchChanged(_)) => vec![Self::Organization],
            _ => Vec::new(),
        }
    }
}
