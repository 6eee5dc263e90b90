//! The verbs' inputs, each ending in a command or in several.

mod account;
mod life;
mod moving;
mod profile;
mod register;
mod work;

use async_graphql::ID;
use domain::kernel::PersonId;
use domain::person::PersonCommand;

use crate::graphql::command::Wish;
use crate::graphql::input::single;
use crate::graphql::refusal::UserError;

pub(super) use account::{PersonLinkAccountInput, PersonUnlinkAccountInput};
pub(super) use life::{PersonLeaveInput, PersonRestoreInput, PersonSuspendInput};
pub(super) use moving::PersonMoveInput;
pub(super) use profile::{
    PersonChangeContactsInput, PersonChangeOrganizationInput, PersonChangeRoleInput,
    PersonChooseLanguageInput, PersonRenameInput, PersonTakePositionInput,
};
pub(super) use register::PersonRegisterInput;
pub(super) use work::{
    PersonAppointDeputyInput, PersonAssignTierInput, PersonCertifySkillInput,
    PersonDismissDeputyInput, PersonWithdrawSkillInput,
};

type Wished = Result<Wish<PersonCommand>, UserError>;

fn on(person: &ID, command: impl FnOnce(PersonId) -> PersonCommand) -> Wished {
    let person: PersonId = single("personId", person)?;
    Ok(Wish::On(person.0, command(person)))
}

/// The same part of every input of one command.
macro_rules! of_person {
    ($($input:ty, |$given:ident| $wish:expr;)+) => {$(
        impl crate::graphql::command::NounInput for $input {
            type Command = domain::person::PersonCommand;
            type Payload = crate::graphql::person::mutation::PersonPayload;

            fn common(&self) -> &crate::graphql::payload::Common {
                &self.common
            }

            fn into_wish(self) -> super::Wished {
                let $given = self;
                $wish
            }
        }
    )+};
}
use of_person;
