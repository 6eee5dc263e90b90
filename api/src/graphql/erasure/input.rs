//! The verbs' inputs, each ending in a command.

use async_graphql::{ID, InputObject};
use domain::erasure::ErasureCommand;
use domain::erasure::command::{Approve, Refuse, Request, Withdraw};
use domain::kernel::{CiId, ErasureId, PersonId};

use super::mutation::ErasurePayload;
use super::words::{ErasureExemption, ErasureGround};
use crate::graphql::command::{NounInput, Wish};
use crate::graphql::id::decode;
use crate::graphql::input::single;
use crate::graphql::payload::Common;
use crate::graphql::refusal::UserError;

/// Somebody who is to be erased.
#[derive(Debug, Clone, InputObject)]
pub(super) struct ErasureRequestInput {
    /// Whom; yourself, too. Or an item that tells of somebody, such as a contact, once it is retired.
    person_id: ID,
    /// With which right.
    ground: ErasureGround,
    /// Why, at most 2,000 characters. It stays, so it should name nobody.
    why: String,
    #[graphql(flatten)]
    common: Common,
}

/// An erasure that may be carried out.
#[derive(Debug, Clone, InputObject)]
pub(super) struct ErasureApproveInput {
    /// Which erasure.
    erasure_id: ID,
    #[graphql(flatten)]
    common: Common,
}

/// An erasure that may not.
#[derive(Debug, Clone, InputObject)]
pub(super) struct ErasureRefuseInput {
    /// Which erasure.
    erasure_id: ID,
    /// What the law says for it.
    exemption: ErasureExemption,
    /// Why, at most 2,000 characters. It stays, so it should name nobody.
    why: String,
    #[graphql(flatten)]
    common: Common,
}

/// An erasure that is not wanted any more.
#[derive(Debug, Clone, InputObject)]
pub(super) struct ErasureWithdrawInput {
    /// Which erasure.
    erasure_id: ID,
    #[graphql(flatten)]
    common: Common,
}

macro_rules! ends_in {
    ($($input:ident, |$it:ident| $wish:expr;)+) => {$(
        impl NounInput for $input {
            type Command = ErasureCommand;
            type Payload = ErasurePayload;

            fn common(&self) -> &Common {
                &self.common
            }

            fn into_wish(self) -> Result<Wish<ErasureCommand>, UserError> {
                let $it = self;
                $wish
            }
        }
    )+};
}

ends_in! {
    ErasureRequestInput, |it| {
        let person = whom(&it.person_id)?;
        let request = Request { person, ground: it.ground.into(), why: it.why };
        Ok(Wish::New(ErasureCommand::Request(request)))
    };
    ErasureApproveInput, |it| on(ErasureCommand::Approve(Approve {}), &it.erasure_id);
    ErasureRefuseInput, |it| {
        let refuse = Refuse { ground: it.exemption.into(), why: it.why };
        on(ErasureCommand::Refuse(refuse), &it.erasure_id)
    };
    ErasureWithdrawInput, |it| on(ErasureCommand::Withdraw(Withdraw {}), &it.erasure_id);
}

/// A person by their id or, since what an item tells of somebody is sealed under its own identity, by an
/// item's.
pub(in crate::graphql) fn whom(id: &ID) -> Result<PersonId, UserError> {
    let person = single("personId", id);
    person.or_else(|fault| decode(id).map(|CiId(item)| PersonId(item)).map_err(|_| fault))
}

fn on(command: ErasureCommand, id: &ID) -> Result<Wish<ErasureCommand>, UserError> {
    let erasure: ErasureId = single("erasureId", id)?;
    Ok(Wish::On(erasure.0, command))
}
