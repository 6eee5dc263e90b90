//! Laws of any history of a resource type.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::{READ, SIGN, define, defined};
use crate::kernel::Command;
use crate::kernel::testing::{cases, context, world};
use crate::resource_type::command::{Define, Redefine, Retire};
use crate::resource_type::event::Verb;
use crate::resource_type::{ResourceType, ResourceTypeCommand};

fn some_verbs() -> impl Strategy<Value = BTreeMap<String, Verb>> {
    let word = prop::sample::select(vec!["read", "sign", "print", "Shout"]);
    let watched = any::<bool>();
    let verb = (prop::sample::select(vec![READ, SIGN]), watched)
        .prop_map(|(verb, high_risk)| Verb { high_risk, ..verb });
    prop::collection::btree_map(word.prop_map(str::to_owned), verb, 0..4)
}

fn any_command() -> impl Strategy<Value = ResourceTypeCommand> {
    use ResourceTypeCommand as C;
    prop_oneof![
        2 => some_verbs().prop_map(|verbs| C::Define(Define { verbs, ..define() })),
        8 => some_verbs().prop_map(|verbs| {
            C::Redefine(Redefine { label: "Slip".to_owned(), verbs })
        }),
        1 => Just(C::Retire(Retire {})),
    ]
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn rt4_what_was_a_verb_once_is_the_same_verb_for_ever(
        commands in prop::collection::vec(any_command(), 0..12),
    ) {
        let (mut resource, mut seen) = (ResourceType::default(), BTreeMap::new());
        for command in commands {
            let cx = context(world::ANNA);
            let Ok(events) = command.clone().decide(&resource, &cx) else { continue };
            events.into_iter().for_each(|event| resource.evolve(event));
            prop_assert_eq!(command.decide(&resource, &cx).unwrap_or_default(), vec![]);
            let verbs = &resource.body().unwrap().definition.verbs;
            for (word, verb) in verbs {
                let was = *seen.entry(word.clone()).or_insert(verb.class);
                prop_assert_eq!(was, verb.class);
            }
            prop_assert_eq!(verbs.len(), seen.len());
        }
        let stored = serde_json::to_value(&resource).unwrap();
        prop_assert_eq!(serde_json::from_value::<ResourceType>(stored).unwrap(), resource);
    }

    #[test]
    fn rt6_what_is_retired_stays_so(
        commands in prop::collection::vec(any_command(), 0..8),
    ) {
        let mut resource = ResourceType::default();
        resource.evolve(defined());
        resource.evolve(super::retired());
        let over = resource.clone();
        for command in commands {
            let events = command.decide(&resource, &context(world::ANNA)).unwrap_or_default();
            events.into_iter().for_each(|event| resource.evolve(event));
        }
        prop_assert_eq!(resource, over);
    }
}
