//! Who may act.

use async_graphql::{ID, InputObject};
use domain::person::PersonCommand;
use domain::person::command::{Restore, Suspend};

use super::{of_person, on};
use crate::graphql::payload::Common;

/// Somebody who may do nothing for now.
#[derive(Debug, Clone, InputObject)]
pub(in crate::graphql::person) struct PersonSuspendInput {
    /// Who.
    person_id: ID,
    #[graphql(flatten)]
    common: Common,
}

/// Somebody who may act again.
#[derive(Debug, Clone, InputObject)]
pub(in crate::graphql::person) struct PersonRestoreInput {
    /// Who.
    person_id: ID,
    #[graphql(flatten)]
    common: Common,
}

/// Somebody who is gone, for ever.
#[derive(Debug, Clone, InputObject)]
pub(in crate::graphql::person) struct PersonLeaveInput {
    /// Who.
    pub(in crate::graphql::person) person_id: ID,
    #[graphql(flatten)]
    pub(in crate::graphql::person) common: Common,
}

of_person! {
    PersonSuspendInput, |input| {
        on(&input.person_id, |person| PersonCommand::Suspend(Suspend { person }))
    };
    PersonRestoreInput, |input| {
        on(&input.person_id, |_| PersonCommand::Restore(Restore {}))
    };
}
