//! Laws of any two dossiers whose links are written on both.

use std::collections::BTreeMap;

use proptest::prelude::*;
use strum::IntoEnumIterator;

use super::linked;
use crate::kernel::testing::tickets::{OTHER, THIRD, THIS, ticket};
use crate::kernel::testing::{cases, context, world};
use crate::kernel::{Command, TicketFacts, TicketId};
use crate::ticket::TicketState;
use crate::ticket_dossier::command::{Link, Tag, Unlink, Untag, Unwatch, Watch};
use crate::ticket_dossier::event::{Unlinked, Untagged};
use crate::ticket_dossier::{Dossier, LinkKind, TicketDossierCommand, TicketDossierEvent};

type Desk = BTreeMap<TicketId, TicketFacts>;

fn a_ticket() -> impl Strategy<Value = TicketId> {
    prop::sample::select(vec![THIS, OTHER, THIRD])
}

fn a_kind() -> impl Strategy<Value = LinkKind> {
    prop::sample::select(LinkKind::iter().collect::<Vec<_>>())
}

fn a_tag() -> impl Strategy<Value = String> {
    prop::sample::select(vec!["vpn".to_owned(), "VPN".to_owned(), "mail".to_owned()])
}

fn any_event() -> impl Strategy<Value = TicketDossierEvent> {
    use TicketDossierEvent as E;
    prop_oneof![
        (a_kind(), a_ticket()).prop_map(|(kind, other)| linked(kind, other)),
        (a_kind(), a_ticket()).prop_map(|(kind, other)| E::Unlinked(Unlinked { kind, other })),
        a_tag().prop_map(|tag| super::tagged(&tag)),
        a_tag().prop_map(|tag| E::Untagged(Untagged { tag })),
        Just(super::watched(world::ANNA)),
    ]
}

fn any_command() -> impl Strategy<Value = TicketDossierCommand> {
    use TicketDossierCommand as C;
    let ticket = THIS;
    prop_oneof![
        (a_kind(), a_ticket()).prop_map(move |(kind, other)| C::Link(Link { ticket, kind, other })),
        (a_kind(), a_ticket()).prop_map(move |(kind, other)| C::Unlink(Unlink {
            ticket,
            kind,
            other
        })),
        a_tag().prop_map(move |tag| C::Tag(Tag { ticket, tag })),
        a_tag().prop_map(move |tag| C::Untag(Untag { ticket, tag })),
        Just(C::Watch(Watch { ticket, person: world::BEN })),
        Just(C::Unwatch(Unwatch { ticket, person: world::ANNA })),
    ]
}

fn a_desk() -> Desk {
    [THIS, OTHER, THIRD].map(|id| (id, ticket(TicketState::New))).into()
}

fn decide(
    command: &TicketDossierCommand,
    dossier: &Dossier,
    desk: &Desk,
) -> Option<Vec<TicketDossierEvent>> {
    let mut cx = context(world::ANNA);
    cx.facts = world::facts(&command.needs(dossier), cx.doer());
    cx.facts.tickets = desk.clone();
    command.clone().decide(dossier, &cx).ok()
}

/// Both sides or neither, as the gateway does it.
fn link_both(desk: &mut Desk, ticket: TicketId, kind: LinkKind, other: TicketId) {
    let before = desk.clone();
    for link in
        [Link { ticket, kind, other }, Link { ticket: other, kind: kind.inverse(), other: ticket }]
    {
        let this = link.ticket;
        let command = TicketDossierCommand::Link(link);
        let Some(events) = decide(&command, &desk[&this].dossier, desk) else {
            *desk = before;
            return;
        };
        let dossier = &mut desk.get_mut(&this).unwrap().dossier;
        events.into_iter().for_each(|event| dossier.evolve(event));
    }
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn an_accepted_command_changes_nothing_the_second_time(
        events in prop::collection::vec(any_event(), 0..12), command in any_command(),
    ) {
        let mut dossier = Dossier::default();
        events.into_iter().for_each(|event| dossier.evolve(event));
        let desk = a_desk();
        if let Some(events) = decide(&command, &dossier, &desk) {
            events.into_iter().for_each(|event| dossier.evolve(event));
            prop_assert_eq!(decide(&command, &dossier, &desk), Some(vec![]));
        }
        prop_assert!(dossier.links.values().all(|others| !others.is_empty()));
        let stored = serde_json::to_value(&dossier).unwrap();
        prop_assert_eq!(serde_json::from_value::<Dossier>(stored).unwrap(), dossier);
    }

    #[test]
    fn families_have_one_parent_and_one_level_and_links_are_told_twice(
        links in prop::collection::vec((a_ticket(), a_kind(), a_ticket()), 0..20),
    ) {
        let mut desk = a_desk();
        for (ticket, kind, other) in links {
            link_both(&mut desk, ticket, kind, other);
        }
        for (id, facts) in &desk {
            let parents = facts.dossier.linked(LinkKind::Parent).count();
            prop_assert!(parents <= 1);
            prop_assert!(parents == 0 || facts.dossier.linked(LinkKind::Child).count() == 0);
            for kind in LinkKind::iter() {
                for other in facts.dossier.linked(kind) {
                    prop_assert!(desk[&other].dossier.linked(kind.inverse()).any(|it| it == *id));
                }
            }
        }
    }
}
