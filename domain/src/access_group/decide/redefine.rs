//! Redefine: the group is called otherwise, for something else, or somebody else's.

use super::{Decided, fit, must_own};
use crate::access_group::event::{AccessGroupEvent, Redefined};
use crate::access_group::state::AccessGroup;
use crate::kernel::{Context, PersonId};

/// AG1, AG6. All of it is said anew; who belongs to it stays. The same again changes nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct Redefine {
    /// At most 100 characters, unique whatever its case.
    pub name: String,
    /// What it is for, at most 2,000 characters; nothing personal.
    pub purpose: String,
    /// Who answers for it.
    pub owner: PersonId,
}

impl Redefine {
    pub(in crate::access_group) fn decide(self, group: &AccessGroup, cx: &Context) -> Decided {
        let body = group.open()?;
        let (name, purpose) = fit(&self.name, &self.purpose)?;
        let owner = self.owner;
        if (&name, &purpose, owner) == (&body.name, &body.purpose, body.owner) {
            return Ok(vec![]);
        }
        must_own(owner, cx)?;
        Ok(vec![AccessGroupEvent::Redefined(Redefined { name, purpose, owner })])
    }
}
