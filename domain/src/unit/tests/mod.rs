//! Given, when, then: one file a verb, one test a rule; besides them the laws.

mod appoint_head;
mod appoint_lead;
mod create;
mod join;
mod laws;

use crate::kernel::PersonId;
use crate::kernel::testing::{self, Given};
use crate::unit::event::{Created, HeadAppointed, Joined, LeadAppointed};
use crate::unit::{UnitCommand, UnitEvent, UnitKind};

fn given(events: impl IntoIterator<Item = UnitEvent>) -> Given<UnitCommand> {
    testing::given(events)
}

fn created(kind: UnitKind) -> UnitEvent {
    UnitEvent::Created(Created { name: "Service desk".to_owned(), kind, parent: None })
}

fn joined(person: PersonId) -> UnitEvent {
    UnitEvent::Joined(Joined { person })
}

fn head_appointed(person: PersonId) -> UnitEvent {
    UnitEvent::HeadAppointed(HeadAppointed { person })
}

fn lead_appointed(person: PersonId) -> UnitEvent {
    UnitEvent::LeadAppointed(LeadAppointed { person })
}
