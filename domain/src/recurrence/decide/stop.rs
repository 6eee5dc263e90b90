//! Stop: no ticket is opened by it until it is defined anew.

use crate::kernel::Context;
use crate::recurrence::event::{RecurrenceEvent, Stopped};
use crate::recurrence::refusal::RecurrenceRefusal;
use crate::recurrence::state::Recurrence;

/// G4. Stopping twice changes nothing. It keeps its name.
#[derive(Debug, Clone, PartialEq)]
pub struct Stop {}

impl Stop {
    pub(in crate::recurrence) fn decide(
        self,
        it: &Recurrence,
        _cx: &Context,
    ) -> Result<Vec<RecurrenceEvent>, RecurrenceRefusal> {
        if it.body()?.stopped {
            return Ok(vec![]);
        }
        Ok(vec![RecurrenceEvent::Stopped(Stopped {})])
    }
}
