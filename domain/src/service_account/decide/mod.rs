//! One verb a file, and what several of them ask.

pub mod change_owner;
pub mod issue_token;
pub mod register;
pub mod retire;
pub mod revoke_token;

use std::collections::BTreeSet;

use super::refusal::ServiceAccountRefusal;
use super::words::Right;
use crate::access::decide::{ObjectView, World};
use crate::access::model::Scope;
use crate::access::standard::{holder, standard_role_of};
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
    let known = cx.facts.people.get(&doer).filter(|facts| facts.active);
    let world = known.map(|facts| holder(standard_role_of(facts.role), doer, Scope::Everywhere));
    let holds = |right: &&Right| {
        let may = |world: &World| world.permits(right.permission(), &ObjectView::default(), cx.now);
        world.as_ref().and_then(may).is_some()
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
