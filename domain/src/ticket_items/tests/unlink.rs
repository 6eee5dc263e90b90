//! I1, I2, I5

use super::{GONE, HOST, computed, given, linked, on, unlink, unlinked};
use crate::ticket::TicketState;
use crate::ticket_items::event::Unlinked;
use crate::ticket_items::{ItemRole, TicketItemsEvent, TicketItemsRefusal};

#[test]
fn i2_whatever_became_of_an_item_it_may_be_unlinked() {
    let items = given([linked(GONE, ItemRole::Manual)]).when(unlink(GONE, None));
    assert!(items.then([unlinked(GONE)]).state().items.is_empty());
    given([]).when(unlink(HOST, None)).nothing();
}

#[test]
fn i5_what_falls_is_that_of_the_items_that_are_left() {
    let before = || given([linked(HOST, ItemRole::Manual), linked(GONE, ItemRole::Manual)]);
    let falls = computed(&[HOST], &[]);
    let event = Unlinked { ci: GONE, computed: Some(falls.clone()) };
    let event = TicketItemsEvent::Unlinked(event);
    before().when(unlink(GONE, Some(falls))).then([event]);
    let wrong = computed(&[HOST, GONE], &[]);
    before().when(unlink(GONE, Some(wrong))).refused(TicketItemsRefusal::ComputedOtherwise);
}

#[test]
fn i1_what_is_over_keeps_its_items() {
    let over = on(TicketState::Closed, [linked(HOST, ItemRole::Manual)]);
    over.when(unlink(HOST, None)).refused(TicketItemsRefusal::TicketOver);
}
