//! Retire: nobody has anything through it any more.

use super::Decided;
use crate::access_group::event::{AccessGroupEvent, Retired};
use crate::access_group::state::AccessGroup;
use crate::kernel::Context;

/// AG6. It is over, and its name is free. Retiring twice changes nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct Retire {}

impl Retire {
    pub(in crate::access_group) fn decide(self, group: &AccessGroup, _cx: &Context) -> Decided {
        if group.body()?.retired {
            return Ok(vec![]);
        }
        Ok(vec![AccessGroupEvent::Retired(Retired {})])
    }
}
