//! Define: there is a group.

use super::{Decided, fit, must_own};
use crate::access_group::event::{AccessGroupEvent, Defined};
use crate::access_group::refusal::AccessGroupRefusal as No;
use crate::access_group::state::AccessGroup;
use crate::kernel::{Context, PersonId};

/// AG1. A group is defined once; nobody belongs to it yet.
#[derive(Debug, Clone, PartialEq)]
pub struct Define {
    /// At most 100 characters, unique whatever its case.
    pub name: String,
    /// What it is for, at most 2,000 characters; nothing personal.
    pub purpose: String,
    /// Who answers for it.
    pub owner: PersonId,
}

impl Define {
    pub(in crate::access_group) fn decide(self, group: &AccessGroup, cx: &Context) -> Decided {
        if group.0.is_some() {
            return Err(No::Exists);
        }
        let (name, purpose) = fit(&self.name, &self.purpose)?;
        must_own(self.owner, cx)?;
        let owner = self.owner;
        Ok(vec![AccessGroupEvent::Defined(Defined { name, purpose, owner })])
    }
}
