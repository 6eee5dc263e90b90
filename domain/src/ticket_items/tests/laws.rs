//! Laws of any ticket's items.

use proptest::prelude::*;
use strum::IntoEnumIterator;

use super::{
    CHAT, DISK, GONE, HOST, MAIL, UNHEARD_OF, compute, computed, link_with, linked, there_is,
    unlink, unlinked,
};
use crate::kernel::testing::tickets::{THIS, there_are, ticket};
use crate::kernel::testing::{cases, context, world};
use crate::kernel::{CiId, Command, Refusal};
use crate::ticket::TicketState;
use crate::ticket_items::{
    Computed, ItemRole, TicketItems, TicketItemsCommand, TicketItemsEvent, TicketItemsRefusal,
};

fn an_item() -> impl Strategy<Value = CiId> {
    prop::sample::select(vec![HOST, DISK, MAIL, CHAT, GONE, UNHEARD_OF])
}

fn a_role() -> impl Strategy<Value = ItemRole> {
    prop::sample::select(ItemRole::iter().collect::<Vec<_>>())
}

fn a_set() -> impl Strategy<Value = Computed> {
    let items = || prop::collection::vec(an_item(), 0..3);
    (items(), items()).prop_map(|(sources, walls)| computed(&sources, &walls))
}

fn any_event() -> impl Strategy<Value = TicketItemsEvent> {
    prop_oneof![
        4 => (an_item(), a_role()).prop_map(|(ci, role)| linked(ci, role)),
        2 => an_item().prop_map(unlinked),
        1 => a_set().prop_map(TicketItemsEvent::Computed),
    ]
}

fn any_command() -> impl Strategy<Value = TicketItemsCommand> {
    prop_oneof![
        (an_item(), a_role(), prop::option::of(a_set()))
            .prop_map(|(ci, role, falls)| link_with(ci, role, falls)),
        (an_item(), prop::option::of(a_set())).prop_map(|(ci, falls)| unlink(ci, falls)),
        a_set().prop_map(compute),
    ]
}

fn decide(
    command: &TicketItemsCommand,
    items: &TicketItems,
) -> Result<Vec<TicketItemsEvent>, TicketItemsRefusal> {
    let mut cx = context(world::ANNA);
    cx.facts = there_is(there_are([(THIS, ticket(TicketState::New))]));
    command.clone().decide(items, &cx)
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn an_accepted_command_changes_nothing_the_second_time(
        events in prop::collection::vec(any_event(), 0..12), command in any_command(),
    ) {
        let mut items = TicketItems::default();
        events.into_iter().for_each(|event| items.evolve(event));
        let before = items.clone();
        match decide(&command, &items) {
            Ok(events) => {
                events.into_iter().for_each(|event| items.evolve(event));
                prop_assert_eq!(decide(&command, &items), Ok(vec![]));
            }
            Err(refusal) => {
                prop_assert!(!refusal.to_string().is_empty());
                prop_assert!(refusal.code().starts_with("TICKET_ITEMS_"));
                prop_assert_eq!(&items, &before);
            }
        }
        prop_assert!(items.in_role(ItemRole::Service).len() <= 1);
        let stored = serde_json::to_value(&items).unwrap();
        prop_assert_eq!(serde_json::from_value::<TicketItems>(stored).unwrap(), items);
    }

    #[test]
    fn what_an_accepted_command_says_falls_is_of_the_items_it_leaves(
        events in prop::collection::vec(any_event(), 0..12), command in any_command(),
    ) {
        let mut items = TicketItems::default();
        events.into_iter().for_each(|event| items.evolve(event));
        let Ok(events) = decide(&command, &items) else { return Ok(()) };
        let told = events.iter().any(|event| match event {
            TicketItemsEvent::Linked(e) => e.computed.is_some(),
            TicketItemsEvent::Unlinked(e) => e.computed.is_some(),
            TicketItemsEvent::Computed(_) => true,
        });
        events.into_iter().for_each(|event| items.evolve(event));
        if let Some(falls) = items.computed.as_ref().filter(|_| told) {
            prop_assert_eq!(&falls.sources, &items.in_role(ItemRole::Manual));
            prop_assert_eq!(&falls.walls, &items.in_role(ItemRole::NotImpacted));
        }
    }
}
