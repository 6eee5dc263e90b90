//! Laws of any history of a role.

use proptest::prelude::*;

use super::{CLERK, clerk};
use crate::access::known::Rulebook;
use crate::access::model::{RoleDefinition, Roles};
use crate::kernel::testing::access::{AGENT, KEEPER, LEAD, directly, entry, facts, holding, ruled};
use crate::kernel::testing::{cases, context, world};
use crate::kernel::{ClaimChange, Command, Context, RoleId};
use crate::role::command::{Define, Redefine, Retire};
use crate::role::{Role, RoleCommand};

fn a_definition() -> impl Strategy<Value = RoleDefinition> {
    let actions = ["ci.read", "ci.*", "ticket.read", "ticket.assign"];
    let entries = prop::collection::vec(prop::sample::select(actions.to_vec()), 0..3);
    let juniors = prop::sample::subsequence(vec![AGENT, LEAD, KEEPER], 0..3);
    let name = prop::sample::select(vec!["Clerk", "CLERK", "Writer"]);
    (name, entries, juniors).prop_map(|(name, entries, juniors)| RoleDefinition {
        name: name.to_owned(),
        entries: entries.into_iter().map(|action| entry([action])).collect(),
        juniors: juniors.into_iter().collect(),
        ..clerk()
    })
}

fn any_command() -> impl Strategy<Value = RoleCommand> {
    use RoleCommand as C;
    prop_oneof![
        3 => a_definition().prop_map(|definition| C::Define(Box::new(Define { definition }))),
        6 => a_definition().prop_map(|definition| C::Redefine(Box::new(Redefine { definition }))),
        1 => Just(C::Retire(Retire {})),
    ]
}

/// As the world is after these definitions, for somebody who holds all of items.
fn context_with(role: &Role) -> Context {
    let known = ruled(holding([directly(["ci.*"])]), |rules| {
        let Some(body) = role.0.as_deref() else { return };
        let all = rules.roles.definitions().cloned().chain([body.definition.clone()]);
        rules.roles = Roles::of(all, &rules.registry).unwrap();
        rules.retired = body.retired.then_some(CLERK).into_iter().collect();
    });
    Context { facts: facts(known), ..context(world::ANNA) }
}

fn permits_at_most_items(role: RoleId, rules: &Rulebook) -> bool {
    rules
        .registry
        .actions()
        .all(|(action, info)| !rules.roles.permits(role, action) || info.name.object_type() == "ci")
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn an_accepted_command_changes_nothing_the_second_time(
        commands in prop::collection::vec(any_command(), 0..8),
    ) {
        let mut role = Role::default();
        for command in commands {
            let cx = context_with(&role);
            let Ok(events) = command.clone().decide(&role, &cx) else { continue };
            events.into_iter().for_each(|event| role.evolve(event));
            let again = command.decide(&role, &context_with(&role));
            prop_assert_eq!(again.unwrap_or_default(), vec![]);
        }
        let stored = serde_json::to_value(&role).unwrap();
        prop_assert_eq!(serde_json::from_value::<Role>(stored).unwrap(), role);
    }

    /// In however many steps, nobody makes a role permit what they do not hold.
    #[test]
    fn ro5_no_path_leads_beyond_what_one_holds(
        commands in prop::collection::vec(any_command(), 0..8),
    ) {
        let mut role = Role::default();
        for command in commands {
            let cx = context_with(&role);
            let events = command.decide(&role, &cx).unwrap_or_default();
            events.into_iter().for_each(|event| role.evolve(event));
            let rules = context_with(&role).facts.access.rules.unwrap();
            prop_assert!(permits_at_most_items(CLERK, &rules));
        }
    }

    #[test]
    fn it_claims_its_name_alone_for_as_long_as_it_lives(
        commands in prop::collection::vec(any_command(), 0..8),
    ) {
        let (mut role, mut held) = (Role::default(), Vec::new());
        for command in commands {
            let cx = context_with(&role);
            for event in command.decide(&role, &cx).unwrap_or_default() {
                for change in RoleCommand::claims(&role, &event) {
                    match change {
                        ClaimChange::Hold { key, .. } => held.push(key),
                        ClaimChange::Release { key, .. } => held.retain(|it| *it != key),
                    }
                }
                role.evolve(event);
            }
            let lives = role.body().is_ok_and(|body| !body.retired);
            prop_assert_eq!(held.len(), usize::from(lives));
        }
    }
}
