//! What somebody may do: every action that they can do to anything at all, and what that comes from.
//!
//! Pure, and the same compiler as that of lists: an action that is not here is denied, whatever it would
//! be done to. Called for `effectiveAccess`.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use super::decide::{Session, World};
use super::filter::{Predicate, compile};
use super::model::ActionInfo;
use crate::kernel::GrantId;

/// An action that somebody may do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Effective {
    /// Which.
    pub action: ActionInfo,
    /// To which objects.
    pub reach: Predicate,
    /// The grants that give it and hold at that instant, in the order of their identities.
    pub grants: BTreeSet<GrantId>,
}

/// All of it at this instant, in a session without bounds of its own; by the names of the actions.
pub fn effective(world: &World, at: DateTime<Utc>) -> Vec<Effective> {
    let session = Session::default();
    let all = world.rules().registry().actions().filter_map(|(id, info)| {
        let filter = compile(world, &info.name, at, &session);
        let giving = world.giving(id).filter(|given| given.grant.is_live(at));
        (!filter.is_empty()).then(|| Effective {
            action: info.clone(),
            reach: filter.predicate().clone(),
            grants: giving.map(|given| given.grant.id).collect(),
        })
    });
    all.collect()
}
