//! Laws of any history of a template.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::{item, newcomer};
use crate::access::model::Granted;
use crate::access_template::command::{Define, Redefine, Retire};
use crate::access_template::event::{Definition, Item};
use crate::access_template::{AccessTemplate, AccessTemplateCommand};
use crate::kernel::testing::access::{AGENT, KEEPER, NO_ROLE, directly, facts, holding};
use crate::kernel::testing::{cases, context, world};
use crate::kernel::{ClaimChange, Command, Context};

fn an_item() -> impl Strategy<Value = Item> {
    let what = vec![
        Granted::Role(AGENT),
        Granted::Role(AGENT),
        Granted::Role(KEEPER),
        Granted::Role(NO_ROLE),
        directly(["ci.read"]),
    ];
    let scope = prop::sample::select(vec!["all", "emea", "emea/sd"]);
    let hours = prop::sample::select(vec![None, Some(1), Some(48), Some(49)]);
    (prop::sample::select(what), scope, hours).prop_map(|(what, scope, hours)| Item {
        hours,
        scope: scope.parse().unwrap(),
        ..item(what)
    })
}

fn a_definition() -> impl Strategy<Value = Definition> {
    let names = prop::sample::select(vec!["Newcomer", "NEWCOMER", "Starter"]);
    let items = prop::collection::vec(an_item(), 0..3);
    (names, items).prop_map(|(name, items)| Definition { name: name.to_owned(), items })
}

fn any_command() -> impl Strategy<Value = AccessTemplateCommand> {
    use AccessTemplateCommand as C;
    let newcomer = Just(C::Define(Box::new(Define { definition: newcomer() })));
    prop_oneof![
        2 => newcomer,
        2 => a_definition().prop_map(|definition| C::Define(Box::new(Define { definition }))),
        6 => a_definition().prop_map(|definition| C::Redefine(Box::new(Redefine { definition }))),
        1 => Just(C::Retire(Retire {})),
    ]
}

fn someone() -> Context {
    Context { facts: facts(holding([])), ..context(world::ANNA) }
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn an_accepted_command_changes_nothing_the_second_time_and_a_name_has_one_template(
        commands in prop::collection::vec(any_command(), 0..12),
    ) {
        let (mut template, mut held) = (AccessTemplate::default(), Vec::new());
        for command in commands {
            let Ok(events) = command.clone().decide(&template, &someone()) else { continue };
            for event in events {
                for change in AccessTemplateCommand::claims(&template, &event) {
                    match change {
                        ClaimChange::Hold { key, .. } => held.push(key),
                        ClaimChange::Release { key, .. } => held.retain(|it| *it != key),
                    }
                }
                template.evolve(event);
            }
            let again = command.decide(&template, &someone());
            prop_assert_eq!(again.unwrap_or_default(), vec![]);
            let lives = template.body().is_ok_and(|body| !body.retired);
            prop_assert_eq!(held.len(), usize::from(lives));
        }
        let stored = serde_json::to_value(&template).unwrap();
        prop_assert_eq!(serde_json::from_value::<AccessTemplate>(stored).unwrap(), template);
    }

    #[test]
    fn at2_at3_at4_every_item_of_any_version_can_be_granted(
        commands in prop::collection::vec(any_command(), 0..12),
    ) {
        let rules = holding([]).rules.unwrap();
        let mut template = AccessTemplate::default();
        for command in commands {
            let events = command.decide(&template, &someone()).unwrap_or_default();
            events.into_iter().for_each(|event| template.evolve(event));
            let Ok(body) = template.body() else { continue };
            let items = &body.definition.items;
            let places: BTreeSet<_> = items.iter().map(|it| (&it.what, &it.scope)).collect();
            prop_assert_eq!(places.len(), items.len());
            for item in items {
                let Granted::Role(id) = &item.what else { continue };
                let most = rules.role(*id).unwrap().max_hours;
                prop_assert!(most.is_none_or(|most| item.hours.is_some_and(|it| it <= most)));
            }
        }
    }
}
