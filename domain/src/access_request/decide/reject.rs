//! Reject: a no.

use super::{Decided, vote};
use crate::access_request::refusal::AccessRequestRefusal;
use crate::access_request::state::AccessRequest;
use crate::access_request::words::Vote;
use crate::kernel::Context;
use crate::kernel::text::TextFault;

/// AR5. A no at the stage that waits, and why. The same vote again changes nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct Reject {
    /// At most 2,000 characters; whoever asked wants to know.
    pub comment: String,
}

impl Reject {
    pub(in crate::access_request) fn decide(
        self,
        request: &AccessRequest,
        cx: &Context,
    ) -> Decided {
        if self.comment.trim().is_empty() {
            return Err(AccessRequestRefusal::CommentUnfit(TextFault::Empty));
        }
        vote(Vote::Reject, Some(self.comment), request.body()?, cx)
    }
}
