//! One verb a file.

pub mod appoint_head;
pub mod appoint_lead;
pub mod choose_routing;
pub mod close;
pub mod create;
pub mod dismiss_head;
pub mod join;
pub mod leave;
pub mod rename;

use super::refusal::UnitRefusal;
use crate::access::giving::is_doer;
use crate::kernel::{Context, PersonId};

/// U10: nobody does this to themselves, with whichever account.
fn must_be_another(person: PersonId, cx: &Context) -> Result<(), UnitRefusal> {
    if is_doer(person, cx) { Err(UnitRefusal::NotOneself) } else { Ok(()) }
}
