//! Pass over: no ticket is opened for occurrences that were due.

use chrono::{DateTime, Utc};

use super::must_be_due;
use crate::kernel::Context;
use crate::recurrence::event::{PassedOver, RecurrenceEvent};
use crate::recurrence::refusal::RecurrenceRefusal;
use crate::recurrence::state::Recurrence;
use crate::recurrence::words::Why;

/// G4, G5. It is said, so that nothing is left out in silence.
#[derive(Debug, Clone, PartialEq)]
pub struct PassOver {
    /// When the last of them was due.
    pub occurrence: DateTime<Utc>,
    /// How many they are.
    pub count: u32,
    /// Why.
    pub why: Why,
    /// The code of the refusal, if it was one.
    pub code: Option<&'static str>,
}

impl PassOver {
    pub(in crate::recurrence) fn decide(
        self,
        it: &Recurrence,
        cx: &Context,
    ) -> Result<Vec<RecurrenceEvent>, RecurrenceRefusal> {
        must_be_due(it, self.occurrence, cx)?;
        Ok(vec![RecurrenceEvent::PassedOver(PassedOver {
            occurrence: self.occurrence,
            count: self.count,
            why: self.why,
            code: self.code.map(str::to_owned),
        })])
    }
}
