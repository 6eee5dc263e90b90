//! Given, when, then: one test a rule.

mod emergencies;
mod limits;
mod rules;

use crate::access::known::AccessFacts;
use crate::access::testing::{facts, known};
use crate::access_policy::{AccessPolicyCommand, AccessPolicyEvent};
use crate::kernel::testing::world::HEIDI;
use crate::kernel::testing::{self, Given};

/// Heidi, who holds everything, acts.
fn given(events: impl IntoIterator<Item = AccessPolicyEvent>) -> Given<AccessPolicyCommand> {
    given_of(known(), events)
}

fn given_of(
    known: AccessFacts,
    events: impl IntoIterator<Item = AccessPolicyEvent>,
) -> Given<AccessPolicyCommand> {
    testing::given(events).by(HEIDI).knowing(facts(known))
}
