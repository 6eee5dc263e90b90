//! Remove member: one fewer belongs to it.

use super::{Decided, about, must_stay_bound};
use crate::access::giving::is_oneself;
use crate::access::known::AccessNeeds;
use crate::access::model::AccessSubject;
use crate::access_group::event::{AccessGroupEvent, MemberRemoved};
use crate::access_group::state::AccessGroup;
use crate::kernel::{AccessGroupId, Context, Needs};

/// AG2, AG7. Whoever was added does not belong to it any more, unless they are of its population. Of
/// others, nothing changes.
#[derive(Debug, Clone, PartialEq)]
pub struct RemoveMember {
    /// This group.
    pub group: AccessGroupId,
    /// Who.
    pub member: AccessSubject,
}

impl RemoveMember {
    pub(in crate::access_group) fn needs(&self) -> Needs {
        AccessNeeds { subjects: [self.member].into(), ..about(self.group) }.into()
    }

    pub(in crate::access_group) fn decide(self, group: &AccessGroup, cx: &Context) -> Decided {
        if !group.open()?.members.contains(&self.member) {
            return Ok(vec![]);
        }
        let member = cx.facts.access.subjects.get(&self.member);
        let theirs = member.is_some_and(|member| is_oneself(cx, self.member, member));
        must_stay_bound(self.group, theirs, cx)?;
        Ok(vec![AccessGroupEvent::MemberRemoved(MemberRemoved { member: self.member })])
    }
}
