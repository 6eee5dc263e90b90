//! The row, and how an event makes it.

use domain::kernel::SlaPlanId;
use domain::sla_plan::SlaPlanEvent;
use domain::sla_plan::event::Defined;
use journal::StreamEvent;
use serde::{Deserialize, Serialize};

/// A service level plan, as it was last defined.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SlaPlanRow {
    /// Its stream.
    pub sla_plan_id: SlaPlanId,
    /// Unique, whatever its case.
    pub name: String,
    /// What it says, with its name.
    pub definition: Defined,
    /// The number of its events, and of this definition.
    pub version: i64,
}

impl SlaPlanRow {
    /// The row after an event, whatever was before.
    pub fn of(event: &StreamEvent, plan_event: &SlaPlanEvent, id: SlaPlanId) -> Self {
        let SlaPlanEvent::Defined(defined) = plan_event;
        Self {
            sla_plan_id: id,
            name: defined.name.clone(),
            definition: (**defined).clone(),
            version: event.sequence,
        }
    }
}
