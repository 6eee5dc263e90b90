//! One verb a file.

pub mod appoint_head;
pub mod appoint_lead;
pub mod choose_routing;
pub mod close;
pub mod create;
pub mod dismiss_head;
pub mod draw_barrier;
pub mod join;
pub mod leave;
pub mod lift_barrier;
pub mod rename;

use super::refusal::UnitRefusal;
use crate::access::doer::Doer;
use crate::access::giving::is_doer;
use crate::access::model::ClassSet;
use crate::kernel::{Context, PersonId, UnitId};

/// U10: nobody does this to themselves, with whichever account.
fn must_be_another(person: PersonId, cx: &Context) -> Result<(), UnitRefusal> {
    if is_doer(person, cx) { Err(UnitRefusal::NotOneself) } else { Ok(()) }
}

/// U13: with that barrier at the unit, they would come to have nothing there.
fn must_not_bind(unit: UnitId, barrier: ClassSet, doer: &Doer<'_>) -> Result<(), UnitRefusal> {
    let tree = &doer.rules.tree;
    let place = tree.place_of(unit);
    match doer.gained(&place, &tree.redrawn(&place, barrier)) {
        Some(action) if !doer.is_annals() => Err(UnitRefusal::BarrierBindsActor { action }),
        _ => Ok(()),
    }
}
