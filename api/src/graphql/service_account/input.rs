//! The verbs' inputs, each ending in a command.

use async_graphql::{ID, InputObject};
use chrono::{DateTime, Utc};
use domain::kernel::{ServiceAccountId, ServiceTokenId};
use domain::service_account::ServiceAccountCommand;
use domain::service_account::command::{ChangeOwner, Register, Retire, RevokeToken};

use super::mutation::ServiceAccountPayload;
use super::words::ServiceRight;
use crate::graphql::command::{NounInput, Wish};
use crate::graphql::id::decode_service_token;
use crate::graphql::input::single;
use crate::graphql::payload::Common;
use crate::graphql::refusal::UserError;

/// A program that may do a few things.
#[derive(Debug, Clone, InputObject)]
pub(super) struct ServiceAccountRegisterInput {
    /// At most 100 characters, unique whatever its case.
    name: String,
    /// What it is for, at most 2,000 characters; nothing personal.
    purpose: String,
    /// Who answers for it: an active member of staff.
    owner_id: ID,
    /// What it may do: at least one thing, and nothing that you may not do yourself.
    rights: Vec<ServiceRight>,
    /// The system that it is a part of, as its resource types name it: it asks about its resources
    /// alone then. Absent: about everything.
    system: Option<String>,
    #[graphql(flatten)]
    common: Common,
}

/// Something to speak with.
#[derive(Debug, Clone, InputObject)]
pub(super) struct ServiceAccountTokenIssueInput {
    /// Which account speaks with it.
    pub(super) service_account_id: ID,
    /// From when on it does not serve: at most 90 days ahead.
    pub(super) ends_at: DateTime<Utc>,
    #[graphql(flatten)]
    pub(super) common: Common,
}

/// A token that serves no more.
#[derive(Debug, Clone, InputObject)]
pub(super) struct ServiceAccountTokenRevokeInput {
    /// Which account's.
    service_account_id: ID,
    /// Which token, by its id.
    token_id: ID,
    #[graphql(flatten)]
    common: Common,
}

/// Somebody else who answers for it.
#[derive(Debug, Clone, InputObject)]
pub(super) struct ServiceAccountChangeOwnerInput {
    /// Which account.
    service_account_id: ID,
    /// An active member of staff.
    owner_id: ID,
    #[graphql(flatten)]
    common: Common,
}

/// An account that is over.
#[derive(Debug, Clone, InputObject)]
pub(super) struct ServiceAccountRetireInput {
    /// Which account.
    service_account_id: ID,
    #[graphql(flatten)]
    common: Common,
}

impl ServiceAccountTokenRevokeInput {
    /// Which token of which account.
    pub(super) fn named(&self) -> Result<(ServiceAccountId, ServiceTokenId), UserError> {
        let account = single("serviceAccountId", &self.service_account_id)?;
        let token = decode_service_token(&self.token_id);
        Ok((account, token.map_err(|fault| UserError::bad_id("tokenId", fault))?))
    }
}

macro_rules! ends_in {
    ($($input:ident, |$it:ident| $wish:expr;)+) => {$(
        impl NounInput for $input {
            type Command = ServiceAccountCommand;
            type Payload = ServiceAccountPayload;

            fn common(&self) -> &Common {
                &self.common
            }

            fn into_wish(self) -> Result<Wish<ServiceAccountCommand>, UserError> {
                let $it = self;
                $wish
            }
        }
    )+};
}

ends_in! {
    ServiceAccountRegisterInput, |it| {
        let register = Register {
            name: it.name,
            purpose: it.purpose,
            owner: single("ownerId", &it.owner_id)?,
            rights: it.rights.into_iter().map(Into::into).collect(),
            system: it.system,
        };
        Ok(Wish::New(ServiceAccountCommand::Register(Box::new(register))))
    };
    ServiceAccountTokenRevokeInput, |it| {
        let (account, token) = it.named()?;
        Ok(Wish::On(account.0, ServiceAccountCommand::RevokeToken(RevokeToken { token })))
    };
    ServiceAccountChangeOwnerInput, |it| {
        let owner = single("ownerId", &it.owner_id)?;
        let command = ServiceAccountCommand::ChangeOwner(ChangeOwner { owner });
        on(command, &it.service_account_id)
    };
    ServiceAccountRetireInput, |it| {
        on(ServiceAccountCommand::Retire(Retire {}), &it.service_account_id)
    };
}

fn on(command: ServiceAccountCommand, id: &ID) -> Result<Wish<ServiceAccountCommand>, UserError> {
    let account: ServiceAccountId = single("serviceAccountId", id)?;
    Ok(Wish::On(account.0, command))
}
