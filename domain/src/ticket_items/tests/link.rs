//! I1 to I5, I7

use uuid::Uuid;

use super::{
    CHAT, DISK, GONE, HOST, MAIL, UNHEARD_OF, computed, given, link, link_with, linked, on,
    there_is,
};
use crate::kernel::testing::tickets::{OTHER, THIS, merged_ticket, there_are};
use crate::kernel::{CiId, Refusal};
use crate::ticket::TicketState;
use crate::ticket_items::event::Linked;
use crate::ticket_items::{ItemRole, TicketItemsEvent, TicketItemsRefusal};

#[test]
fn i3_an_item_has_one_role_at_a_time() {
    let manual = given([]).when(link(HOST, ItemRole::Manual));
    let items = manual.then([linked(HOST, ItemRole::Manual)]).state();
    assert_eq!(items.items, [(HOST, ItemRole::Manual)].into());
    given([linked(HOST, ItemRole::Manual)]).when(link(HOST, ItemRole::Manual)).nothing();
    let other = given([linked(HOST, ItemRole::Manual)]).when(link(HOST, ItemRole::NotImpacted));
    let items = other.then([linked(HOST, ItemRole::NotImpacted)]).state();
    assert_eq!(items.items, [(HOST, ItemRole::NotImpacted)].into());
}

#[test]
fn i2_only_what_is_there_and_in_use_is_linked() {
    let unknown = TicketItemsRefusal::ItemUnknown { ci: UNHEARD_OF };
    assert_eq!((unknown.code(), unknown.field()), ("TICKET_ITEMS_ITEM_UNKNOWN", Some("ciId")));
    given([]).when(link(UNHEARD_OF, ItemRole::Manual)).refused(unknown);
    let retired = TicketItemsRefusal::ItemRetired { ci: GONE };
    given([]).when(link(GONE, ItemRole::Manual)).refused(retired);
    given([linked(GONE, ItemRole::Manual)]).when(link(GONE, ItemRole::Manual)).nothing();
}

#[test]
fn i4_their_number_has_a_bound() {
    let full = || (0x1000..0x13e8).map(|nr| linked(CiId(Uuid::from_u128(nr)), ItemRole::Manual));
    given(full()).when(link(HOST, ItemRole::Manual)).refused(TicketItemsRefusal::TooMany);
    let with_host = full().skip(1).chain([linked(HOST, ItemRole::Manual)]);
    given(with_host).when(link(HOST, ItemRole::NotImpacted)).acts();
}

#[test]
fn i5_what_falls_is_that_of_the_items_the_ticket_has_then() {
    let before = || given([linked(HOST, ItemRole::Manual), linked(DISK, ItemRole::NotImpacted)]);
    let event = |falls| {
        TicketItemsEvent::Linked(Linked { ci: MAIL, role: ItemRole::Manual, computed: Some(falls) })
    };
    let falls = computed(&[HOST, MAIL], &[DISK]);
    let asked = link_with(MAIL, ItemRole::Manual, Some(falls.clone()));
    let items = before().when(asked).then([event(falls.clone())]).state();
    assert_eq!(items.computed, Some(falls));
    for wrong in [computed(&[HOST], &[DISK]), computed(&[HOST, MAIL], &[])] {
        let asked = link_with(MAIL, ItemRole::Manual, Some(wrong));
        before().when(asked).refused(TicketItemsRefusal::ComputedOtherwise);
    }
}

#[test]
fn i7_only_a_service_is_asked_for_and_one_at_a_time() {
    let no_service = TicketItemsRefusal::NoService { ci: HOST };
    given([]).when(link(HOST, ItemRole::Service)).refused(no_service);
    let items = given([linked(MAIL, ItemRole::Service), linked(HOST, ItemRole::Manual)])
        .when(link(CHAT, ItemRole::Service))
        .then([linked(CHAT, ItemRole::Service)])
        .state();
    assert_eq!(items.service(), Some(CHAT));
    assert_eq!(items.items.len(), 2);
}

#[test]
fn i1_what_is_over_or_merged_keeps_its_items() {
    for state in [TicketState::Closed, TicketState::Cancelled] {
        let over = on(state, []).when(link(HOST, ItemRole::Manual));
        over.refused(TicketItemsRefusal::TicketOver);
    }
    on(TicketState::Resolved, []).when(link(HOST, ItemRole::Manual)).acts();
    let merged = there_is(there_are([(THIS, merged_ticket(OTHER))]));
    let refusal = TicketItemsRefusal::Merged { into: OTHER };
    given([]).knowing(merged).when(link(HOST, ItemRole::Manual)).refused(refusal);
    let nothing = given([]).knowing(there_is(there_are([])));
    nothing.when(link(HOST, ItemRole::Manual)).refused(TicketItemsRefusal::NotFound);
}
