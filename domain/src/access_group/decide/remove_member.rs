//! Remove member: one fewer belongs to it.

use super::Decided;
use crate::access::model::AccessSubject;
use crate::access_group::event::{AccessGroupEvent, MemberRemoved};
use crate::access_group::state::AccessGroup;
use crate::kernel::Context;

/// AG2. Whoever was added does not belong to it any more, unless they are of its population. Of
/// others, nothing changes.
#[derive(Debug, Clone, PartialEq)]
pub struct RemoveMember {
    /// Who.
    pub member: AccessSubject,
}

impl RemoveMember {
    pub(in crate::access_group) fn decide(self, group: &AccessGroup, _cx: &Context) -> Decided {
        if !group.open()?.members.contains(&self.member) {
            return Ok(vec![]);
        }
        Ok(vec![AccessGroupEvent::MemberRemoved(MemberRemoved { member: self.member })])
    }
}
