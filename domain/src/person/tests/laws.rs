//! Laws of any history of a person.

use proptest::prelude::*;

use super::{cleo_is_registered, registered};
use crate::kernel::Command;
use crate::kernel::testing::world::CLEO;
use crate::kernel::testing::{cases, context};
use crate::person::command::ChangePassword;
use crate::person::event::PasswordChanged;
use crate::person::{Person, PersonCommand, PersonEvent};

fn any_event() -> impl Strategy<Value = PersonEvent> {
    prop_oneof![
        Just(registered(cleo_is_registered())),
        any::<bool>()
            .prop_map(|must_change| PersonEvent::PasswordChanged(PasswordChanged { must_change })),
    ]
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn any_events_fold_and_a_second_change_leaves_the_same_person(
        events in prop::collection::vec(any_event(), 0..12), must_change in any::<bool>(),
    ) {
        let mut person = Person::default();
        events.into_iter().for_each(|event| person.evolve(event));
        let mut change = || {
            let command = PersonCommand::ChangePassword(ChangePassword { must_change });
            let events = command.decide(&person, &context(CLEO)).unwrap_or_default();
            events.into_iter().for_each(|event| person.evolve(event));
            person.clone()
        };
        // Two changes are two facts; the person they leave is the same.
        prop_assert_eq!(change(), change());
    }
}
