//! One verb a file; what the system's own verbs have in common stands here.

pub mod define;
pub mod open;
pub mod pass_over;
pub mod stop;

use chrono::{DateTime, Utc};

use super::refusal::RecurrenceRefusal;
use super::state::Recurrence;
use crate::kernel::{Actor, Context};

/// G4, G5: whether this occurrence is next to be seen to.
fn must_be_due(
    it: &Recurrence,
    occurrence: DateTime<Utc>,
    cx: &Context,
) -> Result<(), RecurrenceRefusal> {
    if matches!(cx.actor, Actor::Person(_)) {
        return Err(RecurrenceRefusal::NotByPeople);
    }
    let body = it.body()?;
    if body.stopped {
        return Err(RecurrenceRefusal::Stopped);
    }
    if occurrence <= body.seen_to || occurrence > cx.now {
        return Err(RecurrenceRefusal::NotDue);
    }
    Ok(())
}
