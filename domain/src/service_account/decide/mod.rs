//! One verb a file, and what several of them ask.

pub mod change_owner;
pub mod issue_token;
pub mod register;
pub mod retire;
pub mod revoke_token;

use std::collections::BTreeSet;

use super::refusal::ServiceAccountRefusal;
use super::words::Right;
use crate::access::doer::Doer;
use crate::access::model::RelationSet;
use crate::kernel::{Actor, Context, PersonId};
use crate::person::PersonKind;

/// Z2: nobody gives what they do not have themselves. What nobody in person does has no bounds here.
fn must_hold(rights: &BTreeSet<Right>, cx: &Context) -> Result<(), ServiceAccountRefusal> {
    let Some(doer) = cx.doer() else {
        return match (cx.actor, rights.first()) {
            (Actor::Service(_), Some(&right)) => Err(ServiceAccountRefusal::RightNotHeld { right }),
            _ => Ok(()),
        };
    };
    let active = cx.facts.people.get(&doer).is_some_and(|facts| facts.active);
    let doer = Doer::of(cx);
    let holds = |right: &&Right| {
        let action = doer.rules.registry.find(&right.permission().into());
        let held = action.map(|action| doer.givable(action)).unwrap_or_default();
        active && held.iter().any(|held| held.entry.when.holds(RelationSet::NONE))
    };
    match rights.iter().find(|right| !holds(right)) {
        Some(&right) => Err(ServiceAccountRefusal::RightNotHeld { right }),
        None => Ok(()),
    }
}

/// Z5
fn must_own(owner: PersonId, cx: &Context) -> Result<(), ServiceAccountRefusal> {
    let facts = cx.facts.people.get(&owner);
    let fits = facts.is_some_and(|facts| facts.active && facts.kind == PersonKind::Staff);
    if fits { Ok(()) } else { Err(ServiceAccountRefusal::OwnerUnfit) }
}
