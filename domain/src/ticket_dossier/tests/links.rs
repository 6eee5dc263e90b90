//! D1, D2, D5

use strum::IntoEnumIterator;
use uuid::Uuid;

use super::{given, link, linked};
use crate::kernel::testing::tickets::{
    NO_TICKET, OTHER, THIRD, THIS, merged_ticket, there_are, ticket,
};
use crate::kernel::{Facts, Refusal, TicketId};
use crate::ticket::TicketState;
use crate::ticket_dossier::command::Unlink;
use crate::ticket_dossier::event::Unlinked;
use crate::ticket_dossier::{
    LinkKind, TicketDossierCommand, TicketDossierEvent, TicketDossierRefusal,
};

fn two(this: TicketState, other: TicketState) -> Facts {
    there_are([(THIS, ticket(this)), (OTHER, ticket(other))])
}

fn two_open() -> Facts {
    two(TicketState::Assigned, TicketState::New)
}

fn unlink(kind: LinkKind, other: TicketId) -> TicketDossierCommand {
    TicketDossierCommand::Unlink(Unlink { ticket: THIS, kind, other })
}

#[test]
fn d5_tickets_have_to_do_with_each_other() {
    for kind in LinkKind::iter() {
        let outcome = given([]).knowing(two_open()).when(link(kind, OTHER));
        let dossier = outcome.then([linked(kind, OTHER)]).state();
        assert!(dossier.linked(kind).eq([OTHER]));
        let again = given([linked(kind, OTHER)]).knowing(two_open());
        again.when(link(kind, OTHER)).nothing();
        assert_eq!(kind.inverse().inverse(), kind);
    }
}

#[test]
fn d5_and_no_longer() {
    let event = Unlinked { kind: LinkKind::Related, other: OTHER };
    let outcome = given([linked(LinkKind::Related, OTHER)]).when(unlink(LinkKind::Related, OTHER));
    let dossier = outcome.then([TicketDossierEvent::Unlinked(event)]).state();
    assert!(dossier.links.is_empty());
    given([linked(LinkKind::Related, OTHER)]).when(unlink(LinkKind::CauseOf, OTHER)).nothing();
    given([]).when(unlink(LinkKind::Parent, OTHER)).nothing();
}

#[test]
fn d5_the_other_one_is_another_and_exists() {
    let itself = TicketDossierRefusal::LinkToItself;
    assert_eq!((itself.code(), itself.field()), ("DOSSIER_LINK_TO_ITSELF", Some("otherId")));
    given([]).when(link(LinkKind::Related, THIS)).refused(itself);
    let unknown = TicketDossierRefusal::OtherUnknown;
    given([]).when(link(LinkKind::Related, NO_TICKET)).refused(unknown);
}

#[test]
fn d5_their_number_has_a_bound() {
    let others = (0x1000..0x11f4).map(|number| TicketId(Uuid::from_u128(number)));
    let full = others.map(|other| linked(LinkKind::Related, other));
    let given = given(full).knowing(two_open());
    given.when(link(LinkKind::CauseOf, OTHER)).refused(TicketDossierRefusal::LinksTooMany);
}

#[test]
fn d2_what_is_over_keeps_its_family_and_may_get_other_links() {
    for state in [TicketState::Closed, TicketState::Cancelled] {
        for kind in LinkKind::iter() {
            let over = two(state, TicketState::New);
            let linking = given([]).knowing(over.clone()).when(link(kind, OTHER));
            let unlinking = given([linked(kind, OTHER)]).knowing(over).when(unlink(kind, OTHER));
            if matches!(kind, LinkKind::Parent | LinkKind::Child) {
                linking.refused(TicketDossierRefusal::TicketOver);
                unlinking.refused(TicketDossierRefusal::TicketOver);
            } else {
                linking.acts();
                unlinking.acts();
            }
        }
    }
}

#[test]
fn d1_what_was_merged_is_linked_no_more() {
    let merged = there_are([(THIS, merged_ticket(THIRD)), (OTHER, ticket(TicketState::New))]);
    let refusal = TicketDossierRefusal::Merged { into: THIRD };
    given([]).knowing(merged.clone()).when(link(LinkKind::Related, OTHER)).refused(refusal.clone());
    given([]).knowing(merged).when(unlink(LinkKind::Related, OTHER)).refused(refusal);
}
