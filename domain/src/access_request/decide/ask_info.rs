//! Ask info: somebody at the stage wants to know more.

use super::{Decided, QUESTIONS_MAX, in_person};
use crate::access_request::event::{AccessRequestEvent, InfoAsked};
use crate::access_request::refusal::AccessRequestRefusal;
use crate::access_request::state::AccessRequest;
use crate::kernel::text::{self, REASON_MAX};
use crate::kernel::{Context, Personal};

/// AR11. A question to whoever asked. The time goes on.
#[derive(Debug, Clone, PartialEq)]
pub struct AskInfo {
    /// At most 2,000 characters.
    pub question: String,
}

impl AskInfo {
    pub(in crate::access_request) fn decide(
        self,
        request: &AccessRequest,
        cx: &Context,
    ) -> Decided {
        let body = request.body()?;
        let by = in_person(cx)?;
        body.round()?.seat_of(by).ok_or(AccessRequestRefusal::NotApprover)?;
        if body.questions >= QUESTIONS_MAX {
            return Err(AccessRequestRefusal::TooManyQuestions);
        }
        let question = text::required(&self.question, REASON_MAX)
            .map_err(AccessRequestRefusal::QuestionUnfit)?;
        let question = Personal::of(cx.words_of(), question);
        Ok(vec![AccessRequestEvent::InfoAsked(InfoAsked { by, question })])
    }
}
