//! The verbs' inputs, each ending in a command.

use async_graphql::{ID, InputObject, OneofObject};
use chrono::{DateTime, Utc};
use domain::access::model::AccessSubject;
use domain::access_request::AccessRequestCommand;
use domain::access_request::command::{
    Amend, Answer, Approve, AskInfo, Delegate, Reassign, Reject, Submit, Withdraw,
};
use domain::access_request::wanted::{Wanted, What};
use domain::kernel::AccessRequestId;

use super::mutation::AccessRequestPayload;
use crate::graphql::access_grant::AccessLiftedInput;
use crate::graphql::command::{NounInput, Wish};
use crate::graphql::input::{optional, single};
use crate::graphql::payload::Common;
use crate::graphql::permission::{AccessScopeInput, scope, subject};
use crate::graphql::refusal::UserError;

/// What is asked for.
#[derive(Debug, Clone, OneofObject)]
enum AccessWantedInput {
    /// To hold this role, one that can be requested.
    RoleId(ID),
    /// That a rule does not count, for at most 90 days.
    Exception(AccessExceptionInput),
}

/// A rule that would not count.
#[derive(Debug, Clone, InputObject)]
struct AccessExceptionInput {
    /// The one rule.
    lifts: AccessLiftedInput,
    /// What is done in its place, at most 2,000 characters.
    control: String,
}

/// What is asked for, where, for how long and why.
#[derive(Debug, Clone, InputObject)]
struct AskedInput {
    /// What.
    what: AccessWantedInput,
    /// Where; absent: everywhere.
    scope: Option<AccessScopeInput>,
    /// From when on, within a year; absent: as soon as it is approved.
    from: Option<DateTime<Utc>>,
    /// Until when; absent: until it is revoked.
    until: Option<DateTime<Utc>>,
    /// Why, at most 2,000 characters, and as many as the policy asks for.
    justification: String,
}

/// Access that is asked for.
#[derive(Debug, Clone, InputObject)]
pub(super) struct RequestAccessInput {
    /// For whom: a person, a service account or a group.
    beneficiary_id: ID,
    #[graphql(flatten)]
    asked: AskedInput,
    /// The request whose access this one prolongs.
    renews_id: Option<ID>,
    #[graphql(flatten)]
    common: Common,
}

/// Something else that is asked for.
#[derive(Debug, Clone, InputObject)]
pub(super) struct AmendAccessRequestInput {
    /// Which request.
    request_id: ID,
    #[graphql(flatten)]
    asked: AskedInput,
    #[graphql(flatten)]
    common: Common,
}

/// A yes.
#[derive(Debug, Clone, InputObject)]
pub(super) struct ApproveAccessRequestInput {
    /// Which request.
    request_id: ID,
    /// In your words, at most 2,000 characters.
    comment: Option<String>,
    #[graphql(flatten)]
    common: Common,
}

/// A no.
#[derive(Debug, Clone, InputObject)]
pub(super) struct RejectAccessRequestInput {
    /// Which request.
    request_id: ID,
    /// Why, at most 2,000 characters.
    comment: String,
    #[graphql(flatten)]
    common: Common,
}

/// A question to whoever asked.
#[derive(Debug, Clone, InputObject)]
pub(super) struct AskAboutAccessRequestInput {
    /// Which request.
    request_id: ID,
    /// At most 2,000 characters.
    question: String,
    #[graphql(flatten)]
    common: Common,
}

/// What is answered to the last question.
#[derive(Debug, Clone, InputObject)]
pub(super) struct AnswerAccessRequestInput {
    /// Which request.
    request_id: ID,
    /// At most 2,000 characters.
    answer: String,
    #[graphql(flatten)]
    common: Common,
}

/// Your seat is somebody else's.
#[derive(Debug, Clone, InputObject)]
pub(super) struct DelegateApprovalInput {
    /// Which request.
    request_id: ID,
    /// Who has it from now on: somebody who could vote.
    to_id: ID,
    #[graphql(flatten)]
    common: Common,
}

/// A seat of somebody who cannot vote is somebody else's.
#[derive(Debug, Clone, InputObject)]
pub(super) struct ReassignApprovalInput {
    /// Which request.
    request_id: ID,
    /// The seat, by the person for whom it was meant.
    seat_id: ID,
    /// Who has it from now on: somebody who could vote.
    to_id: ID,
    #[graphql(flatten)]
    common: Common,
}

/// A request that is not wanted any more.
#[derive(Debug, Clone, InputObject)]
pub(super) struct WithdrawAccessRequestInput {
    /// Which request.
    request_id: ID,
    #[graphql(flatten)]
    common: Common,
}

impl AskedInput {
    fn into_wanted(self) -> Result<(Wanted, String), UserError> {
        let what = match self.what {
            AccessWantedInput::RoleId(id) => What::Role { role: single("what.roleId", &id)? },
            AccessWantedInput::Exception(it) => What::Exception {
                lifts: it.lifts.read("what.exception.lifts")?,
                control: it.control,
            },
        };
        let scope = scope("scope", self.scope)?;
        let wanted = Wanted { what, scope, from: self.from, until: self.until };
        Ok((wanted, self.justification))
    }
}

macro_rules! ends_in {
    ($($input:ident, |$it:ident| $wish:expr;)+) => {$(
        impl NounInput for $input {
            type Command = AccessRequestCommand;
            type Payload = AccessRequestPayload;

            fn common(&self) -> &Common {
                &self.common
            }

            fn into_wish(self) -> Result<Wish<AccessRequestCommand>, UserError> {
                let $it = self;
                $wish
            }
        }
    )+};
}

ends_in! {
    RequestAccessInput, |it| {
        let beneficiary: AccessSubject = subject("beneficiaryId", &it.beneficiary_id)?;
        let renews: Option<AccessRequestId> = optional("renewsId", it.renews_id.as_ref())?;
        let (wanted, justification) = it.asked.into_wanted()?;
        let submit = Submit { beneficiary, wanted, justification, renews };
        Ok(Wish::New(AccessRequestCommand::Submit(Box::new(submit))))
    };
    AmendAccessRequestInput, |it| {
        let (wanted, justification) = it.asked.into_wanted()?;
        let amend = Amend { wanted, justification };
        on(&it.request_id, AccessRequestCommand::Amend(Box::new(amend)))
    };
    ApproveAccessRequestInput, |it| {
        on(&it.request_id, AccessRequestCommand::Approve(Approve { comment: it.comment }))
    };
    RejectAccessRequestInput, |it| {
        on(&it.request_id, AccessRequestCommand::Reject(Reject { comment: it.comment }))
    };
    AskAboutAccessRequestInput, |it| {
        on(&it.request_id, AccessRequestCommand::AskInfo(AskInfo { question: it.question }))
    };
    AnswerAccessRequestInput, |it| {
        on(&it.request_id, AccessRequestCommand::Answer(Answer { answer: it.answer }))
    };
    DelegateApprovalInput, |it| {
        let to = single("toId", &it.to_id)?;
        on(&it.request_id, AccessRequestCommand::Delegate(Delegate { to }))
    };
    ReassignApprovalInput, |it| {
        let (seat, to) = (single("seatId", &it.seat_id)?, single("toId", &it.to_id)?);
        on(&it.request_id, AccessRequestCommand::Reassign(Reassign { seat, to }))
    };
    WithdrawAccessRequestInput, |it| {
        on(&it.request_id, AccessRequestCommand::Withdraw(Withdraw {}))
    };
}

/// A command on a request that there is, or what is wrong with its id.
type Named = Result<Wish<AccessRequestCommand>, UserError>;

fn on(id: &ID, command: AccessRequestCommand) -> Named {
    let request: AccessRequestId = single("requestId", id)?;
    Ok(Wish::On(request.0, command))
}
