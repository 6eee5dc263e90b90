//! Close: the subject has nothing any more.

use super::Decided;
use crate::kernel::Context;
use crate::subject_access::event::{Closed, SubjectAccessEvent};
use crate::subject_access::state::SubjectAccess;

/// SA9. From this instant on the subject has nothing and takes nothing. Twice changes nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct Close {}

impl Close {
    pub(in crate::subject_access) fn decide(
        self,
        access: &SubjectAccess,
        _cx: &Context,
    ) -> Decided {
        if access.body()?.closed {
            return Ok(vec![]);
        }
        Ok(vec![SubjectAccessEvent::Closed(Closed {})])
    }
}
