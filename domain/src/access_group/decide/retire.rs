//! Retire: nobody has anything through it any more.

use super::{Decided, about, is_theirs, must_stay_bound};
use crate::access_group::event::{AccessGroupEvent, Retired};
use crate::access_group::state::AccessGroup;
use crate::kernel::{AccessGroupId, Context, Needs};

/// AG6, AG7. It is over, and its name is free. Retiring twice changes nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct Retire {
    /// This group.
    pub group: AccessGroupId,
}

impl Retire {
    pub(in crate::access_group) fn needs(&self) -> Needs {
        about(self.group).into()
    }

    pub(in crate::access_group) fn decide(self, group: &AccessGroup, cx: &Context) -> Decided {
        if group.body()?.retired {
            return Ok(vec![]);
        }
        must_stay_bound(self.group, is_theirs(self.group, cx), cx)?;
        Ok(vec![AccessGroupEvent::Retired(Retired {})])
    }
}
