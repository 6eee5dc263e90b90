//! Given, when, then: one test a rule.

mod define;
mod members;

use crate::access::known::AccessFacts;
use crate::access::testing::{facts, known};
use crate::access_group::event::{Defined, Retired};
use crate::access_group::{AccessGroupCommand, AccessGroupEvent};
use crate::kernel::testing::world::{BEN, HEIDI};
use crate::kernel::testing::{self, Given};

/// Heidi, who holds everything, acts.
fn given(events: impl IntoIterator<Item = AccessGroupEvent>) -> Given<AccessGroupCommand> {
    given_of(known(), events)
}

fn given_of(
    known: AccessFacts,
    events: impl IntoIterator<Item = AccessGroupEvent>,
) -> Given<AccessGroupCommand> {
    testing::given(events).by(HEIDI).knowing(facts(known))
}

fn defined() -> AccessGroupEvent {
    let (name, purpose) = ("Night shift".to_owned(), "Works at night".to_owned());
    AccessGroupEvent::Defined(Defined { name, purpose, owner: BEN })
}

fn retired() -> AccessGroupEvent {
    AccessGroupEvent::Retired(Retired {})
}
