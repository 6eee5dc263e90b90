//! Laws of any history of a custom field.

use proptest::prelude::*;

use super::{define, defined, retired};
use crate::custom_field::command::{Define, Redefine, Retire};
use crate::custom_field::event::Redefined;
use crate::custom_field::{CustomField, CustomFieldCommand, CustomFieldEvent};
use crate::kernel::testing::{cases, context, world};
use crate::kernel::{ClaimChange, Command};

fn a_name() -> impl Strategy<Value = String> {
    prop::sample::select(vec!["Colour".to_owned(), "COLOUR".to_owned(), "Paint".to_owned()])
}

fn any_command() -> impl Strategy<Value = CustomFieldCommand> {
    use CustomFieldCommand as C;
    prop_oneof![
        a_name().prop_map(|name| C::Define(Define { name, ..define() })),
        a_name().prop_map(|name| {
            let Define { kinds, choices, client_visible, .. } = define();
            C::Redefine(Redefine { name, kinds, choices, client_visible })
        }),
        Just(C::Retire(Retire {})),
    ]
}

fn any_event() -> impl Strategy<Value = CustomFieldEvent> {
    let redefined = a_name().prop_map(|name| {
        let Define { kinds, choices, client_visible, .. } = define();
        CustomFieldEvent::Redefined(Redefined { name, kinds, choices, client_visible })
    });
    prop_oneof![Just(defined()), redefined, Just(retired())]
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn an_accepted_command_changes_nothing_the_second_time(
        events in prop::collection::vec(any_event(), 0..6), command in any_command(),
    ) {
        let mut field = CustomField::default();
        events.into_iter().for_each(|event| field.evolve(event));
        let cx = context(world::ANNA);
        if let Ok(events) = command.clone().decide(&field, &cx) {
            events.into_iter().for_each(|event| field.evolve(event));
            prop_assert_eq!(command.decide(&field, &cx).unwrap_or_default(), vec![]);
        }
        let stored = serde_json::to_value(&field).unwrap();
        prop_assert_eq!(serde_json::from_value::<CustomField>(stored).unwrap(), field);
    }

    #[test]
    fn it_claims_its_name_alone_for_as_long_as_it_lives(
        commands in prop::collection::vec(any_command(), 0..12),
    ) {
        let (mut field, mut held) = (CustomField::default(), Vec::new());
        for command in commands {
            let events = command.decide(&field, &context(world::ANNA)).unwrap_or_default();
            for event in events {
                for change in CustomFieldCommand::claims(&field, &event) {
                    match change {
                        ClaimChange::Hold { key, .. } => held.push(key),
                        ClaimChange::Release { key, .. } => held.retain(|it| *it != key),
                    }
                }
                field.evolve(event);
            }
            let lives = field.body().is_ok_and(|body| !body.retired);
            prop_assert_eq!(held.len(), usize::from(lives));
        }
    }
}
