//! Reopen: whoever had left is back.

use super::Decided;
use crate::kernel::Context;
use crate::subject_access::event::{Opened, SubjectAccessEvent};
use crate::subject_access::refusal::SubjectAccessRefusal as No;
use crate::subject_access::state::SubjectAccess;

/// SA1, SA9. The subject takes new grants; nothing of before comes back. Of an open one, nothing
/// changes.
#[derive(Debug, Clone, PartialEq)]
pub struct Reopen {}

impl Reopen {
    pub(in crate::subject_access) fn decide(self, access: &SubjectAccess, cx: &Context) -> Decided {
        let body = access.body()?;
        if !body.closed {
            return Ok(vec![]);
        }
        let subject = body.subject;
        if !cx.facts.access.subjects.get(&subject).is_some_and(|holder| holder.active) {
            return Err(No::SubjectUnfit);
        }
        Ok(vec![SubjectAccessEvent::Opened(Opened { subject })])
    }
}
