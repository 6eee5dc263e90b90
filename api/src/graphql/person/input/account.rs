//! Whose second account it is.

use async_graphql::{ID, InputObject};
use domain::person::PersonCommand;
use domain::person::command::{LinkAccount, UnlinkAccount};

use super::{of_person, on};
use crate::graphql::input::single;
use crate::graphql::payload::Common;

/// Whose second account it is.
#[derive(Debug, Clone, InputObject)]
pub(in crate::graphql::person) struct PersonLinkAccountInput {
    /// The second account.
    person_id: ID,
    /// Whose: the account that they are known by.
    human_id: ID,
    #[graphql(flatten)]
    common: Common,
}

/// Which account is nobody's second one.
#[derive(Debug, Clone, InputObject)]
pub(in crate::graphql::person) struct PersonUnlinkAccountInput {
    /// The account.
    person_id: ID,
    #[graphql(flatten)]
    common: Common,
}

of_person! {
    PersonLinkAccountInput, |input| {
        let human = single("humanId", &input.human_id)?;
        on(&input.person_id, |person| PersonCommand::LinkAccount(LinkAccount { person, human }))
    };
    PersonUnlinkAccountInput, |input| {
        on(&input.person_id, |person| PersonCommand::UnlinkAccount(UnlinkAccount { person }))
    };
}
