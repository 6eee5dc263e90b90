//! What would come of a rule that grants by itself.

use domain::Fact;
use domain::access::known::AccessNeeds;
use domain::access::model::{AccessSubject, GrantSource, Scope, SodAction};
use domain::access::population::{Population, Test};
use domain::assignment_rule::event::{Definition, Given};
use domain::assignment_rule::simulation::{Simulation, SimulationQuery};
use domain::kernel::{AssignmentRuleId, PersonId};
use domain::person::event::TierAssigned;
use domain::person::{PersonEvent, Role};
use domain::subject_access::event::Pattern;
use domain::ticket::Tier;
use uuid::Uuid;

use super::{ME, desk};
use crate::directory::{Asking, Doing};
use crate::testing::access::{defined, definition, granted, made, opened, parted, revoked, role};
use crate::testing::{AGENT, at, registered};

const RULE: AssignmentRuleId = AssignmentRuleId(Uuid::from_u128(0xa5));
const HEIDI: PersonId = PersonId(Uuid::from_u128(0xb2));
const NORA: PersonId = PersonId(Uuid::from_u128(0xb3));

async fn simulated(asking: &Asking) -> Simulation {
    let population = Population([[Test::Tier(Tier(2))].into()].into());
    let given = Given { role: role(1), scope: Scope::Everywhere };
    let definition = Definition { name: "All".to_owned(), population, gives: [given].into() };
    let query = SimulationQuery { rule: RULE, definition };
    let needs = AccessNeeds { simulation: Some(query), ..AccessNeeds::default() };
    asking.access(&needs, Doing::Nobody, at(0)).await.unwrap().simulation.unwrap()
}

fn figures(simulation: &Simulation) -> (u32, u32, u32) {
    (simulation.gains, simulation.loses, simulation.breaches)
}

#[tokio::test]
async fn a_rule_is_known_by_who_gains_who_loses_and_whose_duties_it_joins() {
    let (world, asking) = desk().await;
    let tier =
        |person, tier| Fact::Person(person, PersonEvent::TierAssigned(TierAssigned { tier }));
    let (heidi, nora) = (AccessSubject::Person(HEIDI), AccessSubject::Person(NORA));
    let mut ruled = made(1, role(1));
    ruled.source = GrantSource::Rule;
    ruled.pattern = Some(Pattern::Rule { rule: RULE, version: 1 });
    world
        .say(&[
            registered(HEIDI, "heidi", Role::Agent, None),
            registered(NORA, "nora", Role::Agent, None),
            tier(AGENT, Tier(2)),
            tier(HEIDI, Tier(2)),
            tier(NORA, Tier(1)),
            // One would come to have it, one has it anyway, one had it by the rule.
            opened(heidi),
            granted(heidi, made(2, role(1))),
            opened(nora),
            granted(nora, ruled),
        ])
        .await;
    let first = simulated(&asking).await;
    assert_eq!(figures(&first), (1, 1, 0));
    assert_eq!(first.digest.len(), 64);
    assert_eq!(simulated(&asking).await, first);
    world
        .say(&[
            defined(definition(7, &["person.*"])),
            parted(1, [role(1), role(7)], SodAction::Block),
            opened(ME),
            granted(ME, made(3, role(7))),
        ])
        .await;
    let second = simulated(&asking).await;
    assert_eq!(figures(&second), (1, 1, 1));
    assert_ne!(second.digest, first.digest);
    // The same again when the same is so again.
    world.say(&[revoked(ME, 3)]).await;
    assert_eq!(simulated(&asking).await, first);
    world.say(&[tier(NORA, Tier(2))]).await;
    let third = simulated(&asking).await;
    assert_eq!(figures(&third), (1, 0, 0));
}
