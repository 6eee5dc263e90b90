//! The verbs' inputs, each ending in a command.

use async_graphql::{ID, InputObject};
use domain::access_group::AccessGroupCommand;
use domain::access_group::command::{
    AddMember, ChoosePopulation, Define, Redefine, RemoveMember, Retire,
};
use domain::kernel::AccessGroupId;

use super::mutation::AccessGroupPayload;
use crate::graphql::command::{NounInput, Wish};
use crate::graphql::input::single;
use crate::graphql::payload::Common;
use crate::graphql::permission::{PopulationTestInput, population, subject};
use crate::graphql::refusal::UserError;

/// A new group.
#[derive(Debug, Clone, InputObject)]
pub(super) struct DefineAccessGroupInput {
    /// At most 100 characters, unique whatever its case.
    name: String,
    /// What it is for, at most 2,000 characters; nothing personal.
    purpose: String,
    /// Who answers for it: somebody active.
    owner_id: ID,
    #[graphql(flatten)]
    common: Common,
}

/// What a group is called and for from now on, and whose it is.
#[derive(Debug, Clone, InputObject)]
pub(super) struct RedefineAccessGroupInput {
    /// Which one.
    access_group_id: ID,
    /// At most 100 characters, unique whatever its case.
    name: String,
    /// What it is for, at most 2,000 characters; nothing personal.
    purpose: String,
    /// Who answers for it: somebody active.
    owner_id: ID,
    #[graphql(flatten)]
    common: Common,
}

/// Who belongs to a group by what they are.
#[derive(Debug, Clone, InputObject)]
pub(super) struct ChooseAccessGroupPopulationInput {
    /// Which group.
    access_group_id: ID,
    /// Whoever passes all tests of one of these, 1 to 20 of 1 to 20 tests each; absent: only those who
    /// were added.
    population: Option<Vec<Vec<PopulationTestInput>>>,
    #[graphql(flatten)]
    common: Common,
}

/// One more who belongs to a group.
#[derive(Debug, Clone, InputObject)]
pub(super) struct AddAccessGroupMemberInput {
    /// Which group.
    access_group_id: ID,
    /// A person, a service account, or a group that does not lie around it.
    member_id: ID,
    #[graphql(flatten)]
    common: Common,
}

/// One fewer who belongs to a group.
#[derive(Debug, Clone, InputObject)]
pub(super) struct RemoveAccessGroupMemberInput {
    /// Which group.
    access_group_id: ID,
    /// The person, the service account or the group.
    member_id: ID,
    #[graphql(flatten)]
    common: Common,
}

/// The group that is over.
#[derive(Debug, Clone, InputObject)]
pub(super) struct RetireAccessGroupInput {
    /// Which one.
    access_group_id: ID,
    #[graphql(flatten)]
    common: Common,
}

macro_rules! ends_in {
    ($($input:ident, |$it:ident| $wish:expr;)+) => {$(
        impl NounInput for $input {
            type Command = AccessGroupCommand;
            type Payload = AccessGroupPayload;

            fn common(&self) -> &Common {
                &self.common
            }

            fn into_wish(self) -> Result<Wish<AccessGroupCommand>, UserError> {
                let $it = self;
                $wish
            }
        }
    )+};
}

ends_in! {
    DefineAccessGroupInput, |it| {
        let owner = single("ownerId", &it.owner_id)?;
        let define = Define { name: it.name, purpose: it.purpose, owner };
        Ok(Wish::New(AccessGroupCommand::Define(define)))
    };
    RedefineAccessGroupInput, |it| {
        let owner = single("ownerId", &it.owner_id)?;
        let redefine = Redefine { name: it.name, purpose: it.purpose, owner };
        on(&it.access_group_id, |_| AccessGroupCommand::Redefine(redefine))
    };
    ChooseAccessGroupPopulationInput, |it| {
        let population = it.population.map(|tests| population("population", tests)).transpose()?;
        on(&it.access_group_id, |group| {
            AccessGroupCommand::ChoosePopulation(ChoosePopulation { group, population })
        })
    };
    AddAccessGroupMemberInput, |it| {
        let member = subject("memberId", &it.member_id)?;
        on(&it.access_group_id, |group| {
            AccessGroupCommand::AddMember(AddMember { group, member })
        })
    };
    RemoveAccessGroupMemberInput, |it| {
        let member = subject("memberId", &it.member_id)?;
        on(&it.access_group_id, |group| AccessGroupCommand::RemoveMember(RemoveMember { group, member }))
    };
    RetireAccessGroupInput, |it| {
        on(&it.access_group_id, |group| AccessGroupCommand::Retire(Retire { group }))
    };
}

fn on(
    id: &ID,
    command: impl FnOnce(AccessGroupId) -> AccessGroupCommand,
) -> Result<Wish<AccessGroupCommand>, UserError> {
    let group: AccessGroupId = single("accessGroupId", id)?;
    Ok(Wish::On(group.0, command(group)))
}
