//! D6

use super::{given, link, linked};
use crate::kernel::Facts;
use crate::kernel::testing::tickets::{OTHER, THIRD, THIS, there_are, ticket, with_dossier};
use crate::ticket::TicketState;
use crate::ticket_dossier::{LinkKind, TicketDossierEvent, TicketDossierRefusal};

/// Another ticket that is linked so.
fn other(events: impl IntoIterator<Item = TicketDossierEvent>) -> Facts {
    let open = || ticket(TicketState::New);
    there_are([(THIS, open()), (OTHER, with_dossier(open(), events)), (THIRD, open())])
}

#[test]
fn d6_a_ticket_has_one_parent() {
    let child = given([linked(LinkKind::Parent, THIRD)]).knowing(other([]));
    child.when(link(LinkKind::Parent, OTHER)).refused(TicketDossierRefusal::HasParent);
    let taken = given([]).knowing(other([linked(LinkKind::Parent, THIRD)]));
    taken.when(link(LinkKind::Child, OTHER)).refused(TicketDossierRefusal::HasParent);
}

#[test]
fn d6_a_parent_has_many_children() {
    let parent = given([linked(LinkKind::Child, THIRD)]).knowing(other([]));
    parent.when(link(LinkKind::Child, OTHER)).acts();
    let sibling = given([]).knowing(other([linked(LinkKind::Child, THIRD)]));
    sibling.when(link(LinkKind::Parent, OTHER)).acts();
}

#[test]
fn d6_children_have_no_children() {
    let too_deep = || TicketDossierRefusal::TooDeep;
    let parent = given([linked(LinkKind::Child, THIRD)]).knowing(other([]));
    parent.when(link(LinkKind::Parent, OTHER)).refused(too_deep());
    let child = given([linked(LinkKind::Parent, THIRD)]).knowing(other([]));
    child.when(link(LinkKind::Child, OTHER)).refused(too_deep());
    let under_a_child = given([]).knowing(other([linked(LinkKind::Parent, THIRD)]));
    under_a_child.when(link(LinkKind::Parent, OTHER)).refused(too_deep());
    let over_a_parent = given([]).knowing(other([linked(LinkKind::Child, THIRD)]));
    over_a_parent.when(link(LinkKind::Child, OTHER)).refused(too_deep());
}

#[test]
fn d6_nobody_is_the_parent_of_its_parent() {
    let child = given([linked(LinkKind::Parent, OTHER)]);
    let child = child.knowing(other([linked(LinkKind::Child, THIS)]));
    child.when(link(LinkKind::Child, OTHER)).refused(TicketDossierRefusal::TooDeep);
}

#[test]
fn d5_d6_the_other_side_may_have_been_written_already() {
    let parent_first = given([]).knowing(other([linked(LinkKind::Child, THIS)]));
    parent_first.when(link(LinkKind::Parent, OTHER)).acts();
    let child_first = given([]).knowing(other([linked(LinkKind::Parent, THIS)]));
    child_first.when(link(LinkKind::Child, OTHER)).acts();
}

#[test]
fn d6_neither_end_is_over() {
    for state in [TicketState::Closed, TicketState::Cancelled] {
        for kind in [LinkKind::Parent, LinkKind::Child] {
            let facts = there_are([(THIS, ticket(TicketState::New)), (OTHER, ticket(state))]);
            let over = TicketDossierRefusal::OtherOver;
            given([]).knowing(facts).when(link(kind, OTHER)).refused(over);
        }
    }
}
