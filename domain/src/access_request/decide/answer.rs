//! Answer: the question is answered.

use super::{Decided, must_be_party};
use crate::access_request::event::{AccessRequestEvent, InfoGiven};
use crate::access_request::refusal::AccessRequestRefusal;
use crate::access_request::state::AccessRequest;
use crate::kernel::text::{self, REASON_MAX};
use crate::kernel::{Context, Personal};

/// AR11. Whoever asked for the access, or benefits, answers the last question.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// At most 2,000 characters.
    pub answer: String,
}

impl Answer {
    pub(in crate::access_request) fn decide(
        self,
        request: &AccessRequest,
        cx: &Context,
    ) -> Decided {
        let body = request.body()?;
        body.round()?;
        let by = must_be_party(body, cx)?;
        if body.question.is_none() || body.answer.is_some() {
            return Err(AccessRequestRefusal::NotAsked);
        }
        let answer =
            text::required(&self.answer, REASON_MAX).map_err(AccessRequestRefusal::AnswerUnfit)?;
        let answer = Personal::of(cx.words_of(), answer);
        Ok(vec![AccessRequestEvent::InfoGiven(InfoGiven { by, answer })])
    }
}
