//! T19

use std::collections::BTreeSet;

use super::histories::{
    a_closed_ticket, a_held_ticket, a_merged_ticket, a_new_ticket, a_resolved_ticket, given,
};
use crate::kernel::testing::tickets::{
    NO_TICKET, OTHER, THIRD, THIS, merged_ticket, there_are, ticket, with_dossier,
};
use crate::kernel::testing::world::{ANNA, BEN, HEIDI, noon};
use crate::kernel::{Facts, TicketId};
use crate::ticket::command::Merge;
use crate::ticket::event::Merged;
use crate::ticket::{TicketCommand, TicketEvent, TicketRefusal, TicketState};
use crate::ticket_dossier::event::Linked;
use crate::ticket_dossier::{LinkKind, TicketDossierEvent};

fn merge(into: TicketId) -> TicketCommand {
    TicketCommand::Merge(Merge { ticket: THIS, into, children: [THIRD].into() })
}

fn merged(into: TicketId) -> TicketEvent {
    TicketEvent::Merged(Merged { into, closed_at: noon() })
}

/// Another ticket in this state.
fn other(state: TicketState) -> Facts {
    there_are([(OTHER, ticket(state))])
}

/// This one has a child in this state.
fn with_child(state: TicketState) -> Facts {
    let linked = Linked { kind: LinkKind::Child, other: THIRD };
    let this = with_dossier(ticket(TicketState::New), [TicketDossierEvent::Linked(linked)]);
    there_are([(THIS, this), (OTHER, ticket(TicketState::New)), (THIRD, ticket(state))])
}

#[test]
fn t19_it_is_closed_and_goes_on_as_the_other() {
    for history in [a_new_ticket(), a_held_ticket(), a_resolved_ticket()] {
        let given = given(history).knowing(other(TicketState::New));
        let merged = given.when(merge(OTHER)).then([merged(OTHER)]).state();
        let body = merged.body().unwrap();
        assert_eq!((body.state, body.merged_into), (TicketState::Closed, Some(OTHER)));
        assert_eq!((body.holder, body.closed_at), (None, Some(noon())));
    }
}

#[test]
fn t19_merging_it_there_twice_changes_nothing() {
    given(a_merged_ticket(OTHER)).when(merge(OTHER)).nothing();
    let over = TicketRefusal::WrongState { state: TicketState::Closed };
    given(a_merged_ticket(THIRD)).when(merge(OTHER)).refused(over.clone());
    given(a_closed_ticket()).when(merge(OTHER)).refused(over);
}

#[test]
fn t19_the_other_one_is_another_and_goes_on() {
    given(a_new_ticket()).when(merge(THIS)).refused(TicketRefusal::IntoItself);
    given(a_new_ticket()).when(merge(NO_TICKET)).refused(TicketRefusal::IntoUnknown);
    for state in [TicketState::Closed, TicketState::Cancelled] {
        let given = given(a_new_ticket()).knowing(other(state));
        given.when(merge(OTHER)).refused(TicketRefusal::IntoOver);
    }
    let merged_away = there_are([(OTHER, merged_ticket(THIRD))]);
    given(a_new_ticket()).knowing(merged_away).when(merge(OTHER)).refused(TicketRefusal::IntoOver);
    given(a_new_ticket()).knowing(other(TicketState::Resolved)).when(merge(OTHER)).acts();
}

#[test]
fn t5_t19_what_another_holds_is_left_alone_unless_one_steers() {
    let held = || given(a_held_ticket()).knowing(other(TicketState::New));
    held().by(BEN).when(merge(OTHER)).refused(TicketRefusal::Held { holder: ANNA });
    held().by(HEIDI).steering().when(merge(OTHER)).acts();
}

#[test]
fn t19_no_open_child_is_left_behind() {
    let given = |facts| given(a_new_ticket()).knowing(facts);
    given(with_child(TicketState::Pending)).when(merge(OTHER)).refused(TicketRefusal::HasChildren);
    given(with_child(TicketState::Resolved)).when(merge(OTHER)).acts();
    let unaware = Merge { ticket: THIS, into: OTHER, children: BTreeSet::new() };
    given(with_child(TicketState::Closed))
        .when(TicketCommand::Merge(unaware))
        .refused(TicketRefusal::HasChildren);
}
