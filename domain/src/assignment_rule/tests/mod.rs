//! Given, when, then: one test a rule.

mod confirming;
mod defining;

use std::sync::Arc;

use uuid::Uuid;

use crate::access::known::AccessFacts;
use crate::access::model::Scope;
use crate::access::population::{Population, Test};
use crate::access::testing::{READER, facts, known};
use crate::access_policy::AccessPolicy;
use crate::assignment_rule::command::{Define, Redefine, Wish};
use crate::assignment_rule::event::{Defined, Definition, Given as Gives, Proposed, Retired};
use crate::assignment_rule::simulation::Simulation;
use crate::assignment_rule::{AssignmentRuleCommand, AssignmentRuleEvent};
use crate::kernel::testing::world::{DESK, HEIDI};
use crate::kernel::testing::{self, Given};
use crate::kernel::{AssignmentRuleId, PersonId, RoleId};

const RULE: AssignmentRuleId = AssignmentRuleId(Uuid::from_u128(0x801));
const DIGEST: &str = "00000000000000000000000000000000000000000000000000000000000000aa";

/// Ten people gain something, nobody loses anything.
fn comes() -> Simulation {
    Simulation { gains: 10, loses: 0, breaches: 0, digest: DIGEST.to_owned() }
}

/// This would come of it; Heidi, who holds everything, acts.
fn given_of(
    simulation: Simulation,
    known: AccessFacts,
    events: impl IntoIterator<Item = AssignmentRuleEvent>,
) -> Given<AssignmentRuleCommand> {
    let policy = Some(Arc::new(AccessPolicy::default()));
    let known = AccessFacts { simulation: Some(simulation), policy, ..known };
    testing::given(events).by(HEIDI).knowing(facts(known))
}

fn given(events: impl IntoIterator<Item = AssignmentRuleEvent>) -> Given<AssignmentRuleCommand> {
    given_of(comes(), known(), events)
}

fn definition(role: RoleId) -> Definition {
    Definition {
        name: "Desk".to_owned(),
        population: Population([[Test::Unit(DESK)].into()].into()),
        gives: [Gives { role, scope: Scope::Everywhere }].into(),
    }
}

fn wish(definition: Definition) -> Wish {
    Wish { rule: RULE, definition, seen: DIGEST.to_owned() }
}

fn define(definition: Definition) -> AssignmentRuleCommand {
    AssignmentRuleCommand::Define(Box::new(Define { wish: wish(definition) }))
}

fn redefine(definition: Definition) -> AssignmentRuleCommand {
    AssignmentRuleCommand::Redefine(Box::new(Redefine { wish: wish(definition) }))
}

fn defined(role: RoleId) -> AssignmentRuleEvent {
    let definition = definition(role);
    AssignmentRuleEvent::Defined(Box::new(Defined { definition, simulation: comes() }))
}

fn proposed(role: RoleId, by: Option<PersonId>, simulation: Simulation) -> AssignmentRuleEvent {
    let definition = definition(role);
    AssignmentRuleEvent::Proposed(Box::new(Proposed { definition, simulation, by }))
}

fn retired() -> AssignmentRuleEvent {
    AssignmentRuleEvent::Retired(Retired {})
}

fn reads() -> AssignmentRuleEvent {
    defined(READER)
}
