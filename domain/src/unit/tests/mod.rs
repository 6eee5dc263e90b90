//! Given, when, then: one file a verb, one test a rule; besides them the laws.

mod appoint_head;
mod appoint_lead;
mod barriers;
mod choose_routing;
mod close;
mod create;
mod dismiss_head;
mod join;
mod laws;
mod leave;
mod oneself;
mod rename;

use crate::kernel::PersonId;
use crate::kernel::testing::world::NORA;
use crate::kernel::testing::{self, Given};
use crate::unit::event::{Closed, Created, HeadAppointed, Joined, LeadAppointed};
use crate::unit::{UnitCommand, UnitEvent, UnitKind, UnitRefusal};

fn given(events: impl IntoIterator<Item = UnitEvent>) -> Given<UnitCommand> {
    testing::given(events).by(NORA)
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

fn closed() -> UnitEvent {
    UnitEvent::Closed(Closed {})
}

/// U1, U9: the verb meets neither an unknown unit nor a closed one.
fn needs_an_open_unit(command: UnitCommand) {
    given([]).when(command.clone()).refused(UnitRefusal::NotFound);
    for kind in [UnitKind::SupportUnit, UnitKind::CustomerOrganization] {
        given([created(kind), closed()]).when(command.clone()).refused(UnitRefusal::Closed);
    }
}
