//! End: the access that was asked for is over.

use super::Decided;
use crate::access_request::event::{AccessRequestEvent, Ended};
use crate::access_request::refusal::AccessRequestRefusal;
use crate::access_request::state::{AccessRequest, Phase};
use crate::access_request::words::Ending;
use crate::kernel::Context;

/// AR10. The access came to its end. It ends once; of what has ended, nothing changes.
#[derive(Debug, Clone, PartialEq)]
pub struct End {
    /// How.
    pub ending: Ending,
}

impl End {
    pub(in crate::access_request) fn decide(
        self,
        request: &AccessRequest,
        _cx: &Context,
    ) -> Decided {
        match request.body()?.phase {
            Phase::Active(_) => Ok(vec![AccessRequestEvent::Ended(Ended { ending: self.ending })]),
            Phase::Ended(_) => Ok(vec![]),
            _ => Err(AccessRequestRefusal::NotActive),
        }
    }
}
