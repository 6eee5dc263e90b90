//! Approve: a yes.

use super::{Decided, vote};
use crate::access_request::state::AccessRequest;
use crate::access_request::words::Vote;
use crate::kernel::Context;

/// AR5. A yes at the stage that waits. The same vote again changes nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct Approve {
    /// At most 2,000 characters.
    pub comment: Option<String>,
}

impl Approve {
    pub(in crate::access_request) fn decide(
        self,
        request: &AccessRequest,
        cx: &Context,
    ) -> Decided {
        vote(Vote::Approve, self.comment, request.body()?, cx)
    }
}
