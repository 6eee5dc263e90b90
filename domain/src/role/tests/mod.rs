//! Given, when, then: one file a verb, one test a rule; besides them the laws.

mod define;
mod laws;
mod redefine;
mod retire;

use uuid::Uuid;

use crate::access::known::AccessFacts;
use crate::access::model::{RoleDefinition, Roles};
use crate::kernel::RoleId;
use crate::kernel::testing::access::{directly, entry, holding, role, ruled};
use crate::kernel::testing::{self, Given};
use crate::role::event::Retired;
use crate::role::{RoleCommand, RoleEvent};

/// The role under test.
const CLERK: RoleId = RoleId(Uuid::from_u128(0x111));

fn given(events: impl IntoIterator<Item = RoleEvent>) -> Given<RoleCommand> {
    testing::given(events)
}

/// Writes down what stands where.
fn clerk() -> RoleDefinition {
    role(CLERK, "Clerk", [entry(["ci.read", "ci.correct"])])
}

fn defined() -> RoleEvent {
    RoleEvent::Defined(Box::new(clerk()))
}

fn retired() -> RoleEvent {
    RoleEvent::Retired(Retired {})
}

/// Somebody who looks after items and roles.
fn keeper() -> AccessFacts {
    holding([directly(["ci.*", "role.*"])])
}

/// The same, and there is this role too.
fn besides(known: AccessFacts, role: RoleDefinition) -> AccessFacts {
    ruled(known, |rules| {
        let all = rules.roles.definitions().cloned().chain([role]);
        rules.roles = Roles::of(all, &rules.registry).unwrap();
    })
}
