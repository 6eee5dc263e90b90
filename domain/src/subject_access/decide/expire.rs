//! Expire: what has come to its end is written down.

use super::Decided;
use crate::access::model::GrantState;
use crate::kernel::Context;
use crate::subject_access::event::{ExceptionEnded, Expired, SubjectAccessEvent};
use crate::subject_access::state::SubjectAccess;

/// SA5. Of every grant and exception whose end has come it is said so; none of them held since then.
#[derive(Debug, Clone, PartialEq)]
pub struct Expire {}

impl Expire {
    pub(in crate::subject_access) fn decide(self, access: &SubjectAccess, cx: &Context) -> Decided {
        access.body()?;
        let over = access.grants().filter(|grant| grant.state == GrantState::Active);
        let over = over.filter(|grant| grant.is_over(cx.now));
        let over = over.map(|grant| SubjectAccessEvent::Expired(Expired { grant: grant.id }));
        let past = access.exceptions().filter(|exception| exception.until <= cx.now);
        let past = past.map(|exception| {
            SubjectAccessEvent::ExceptionEnded(ExceptionEnded { exception: exception.id })
        });
        Ok(over.chain(past).collect())
    }
}
