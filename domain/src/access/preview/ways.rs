//! Ways to more rights that take nobody else: others have prepared them, and may have meant to.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use crate::access::decide::{Asked, ObjectView, Session, World, decide};
use crate::access::model::{AccessSubject, RelationName};
use crate::access::permission::Permission;
use crate::access_policy::state::AccessPolicy;
use crate::kernel::{AccessGroupId, RoleId};

/// A step to a role that the subject does not hold.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Way {
    /// It was prepared for an emergency, for a group that they belong to; it leaves a reason, holds for
    /// hours, and is always told.
    Emergency {
        /// Which.
        role: RoleId,
        /// For whom.
        group: AccessGroupId,
    },
    /// Requests for it pass without a vote.
    Unasked {
        /// Which.
        role: RoleId,
        /// By which rules, by their keys.
        rules: BTreeSet<String>,
    },
}

/// Every step that is open to this person now; whoever is no person takes none.
pub fn ways(world: &World, policy: &AccessPolicy, at: DateTime<Utc>) -> Vec<Way> {
    let AccessSubject::Person(_) = world.subject() else { return Vec::new() };
    let held: BTreeSet<RoleId> = world
        .held()
        .iter()
        .filter(|held| held.grant.is_live(at))
        .filter_map(|held| world.rules().roles().closure(held.grant.role()?))
        .flatten()
        .copied()
        .collect();
    let emergencies =
        policy.emergencies.iter().filter(|(_, group)| world.groups().contains(*group));
    let emergencies =
        emergencies.map(|(role, group)| Way::Emergency { role: *role, group: *group });
    let asks = may_ask(world, at);
    let unasked = world.rules().roles().definitions().filter_map(|role| {
        let mut rules = policy.rules.iter().filter(|rule| rule.applies(role.id, role.risk));
        let passes = asks && role.requestable && rules.clone().next().is_some();
        let passes = passes && rules.clone().all(|rule| rule.stages.is_empty());
        let keys = || rules.by_ref().map(|rule| rule.key.clone()).collect();
        passes.then(keys).map(|rules| Way::Unasked { role: role.id, rules })
    });
    let role = |way: &Way| match way {
        Way::Emergency { role, .. } | Way::Unasked { role, .. } => *role,
    };
    let known = |id| world.rules().roles().definition(id).is_some() && !held.contains(&id);
    emergencies.chain(unasked).filter(|way| known(role(way))).collect()
}

/// Whether they may ask for access for themselves.
fn may_ask(world: &World, at: DateTime<Utc>) -> bool {
    let action = Permission::AccessRequest.into();
    let relation = [RelationName::Own].into_iter().collect();
    let object = ObjectView { relation, ..ObjectView::default() };
    let session = Session::default();
    let asked = Asked { action: &action, object: &object, fields: &[], at, session: &session };
    decide(world, &asked).is_allowed()
}
