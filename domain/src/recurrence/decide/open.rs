//! Open: a ticket is opened for an occurrence.

use chrono::{DateTime, Utc};

use super::must_be_due;
use crate::kernel::{Context, TicketId};
use crate::recurrence::event::{Opened, RecurrenceEvent};
use crate::recurrence::refusal::RecurrenceRefusal;
use crate::recurrence::state::Recurrence;

/// G4, G5. The caller opens the ticket in the same append.
#[derive(Debug, Clone, PartialEq)]
pub struct Open {
    /// When it is due.
    pub occurrence: DateTime<Utc>,
    /// Which ticket.
    pub ticket: TicketId,
}

impl Open {
    pub(in crate::recurrence) fn decide(
        self,
        it: &Recurrence,
        cx: &Context,
    ) -> Result<Vec<RecurrenceEvent>, RecurrenceRefusal> {
        must_be_due(it, self.occurrence, cx)?;
        let Self { occurrence, ticket } = self;
        Ok(vec![RecurrenceEvent::Opened(Opened { occurrence, ticket })])
    }
}
