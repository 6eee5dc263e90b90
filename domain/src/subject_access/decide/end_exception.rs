//! End exception: the rule counts again.

use super::Decided;
use crate::kernel::{Context, ExceptionId};
use crate::subject_access::event::{ExceptionEnded, SubjectAccessEvent};
use crate::subject_access::state::SubjectAccess;

/// SA7. The rule counts again. Of an exception that is not there, or not any more, nothing changes.
#[derive(Debug, Clone, PartialEq)]
pub struct EndException {
    /// Which.
    pub exception: ExceptionId,
}

impl EndException {
    pub(in crate::subject_access) fn decide(
        self,
        access: &SubjectAccess,
        _cx: &Context,
    ) -> Decided {
        if !access.body()?.exceptions.contains_key(&self.exception) {
            return Ok(vec![]);
        }
        let ended = ExceptionEnded { exception: self.exception };
        Ok(vec![SubjectAccessEvent::ExceptionEnded(ended)])
    }
}
