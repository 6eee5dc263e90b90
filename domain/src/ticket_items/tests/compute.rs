//! I1, I5, I6

use super::{DISK, HOST, compute, computed, given, linked, on};
use crate::ticket::TicketState;
use crate::ticket_items::{Computed, ItemRole, TicketItemsEvent, TicketItemsRefusal};

fn event(falls: Computed) -> TicketItemsEvent {
    TicketItemsEvent::Computed(falls)
}

#[test]
fn i6_what_falls_as_before_changes_nothing() {
    let before = [linked(HOST, ItemRole::Manual), event(computed(&[HOST], &[]))];
    let later = Computed { position: 90, context: 4, ..computed(&[HOST], &[]) };
    given(before.clone()).when(compute(later.clone())).nothing();
    let other = Computed { digest: "aa".repeat(32), count: 9, ..later };
    let items = given(before).when(compute(other.clone())).then([event(other.clone())]).state();
    assert_eq!(items.computed, Some(other));
}

#[test]
fn i5_it_is_computed_from_the_ticket_s_own_items() {
    let before = || given([linked(HOST, ItemRole::Manual)]);
    before().when(compute(computed(&[HOST], &[]))).acts();
    for wrong in [computed(&[HOST, DISK], &[]), computed(&[], &[]), computed(&[HOST], &[DISK])] {
        before().when(compute(wrong)).refused(TicketItemsRefusal::ComputedOtherwise);
    }
}

#[test]
fn i1_what_is_over_is_not_computed_anew() {
    let over = on(TicketState::Cancelled, [linked(HOST, ItemRole::Manual)]);
    over.when(compute(computed(&[HOST], &[]))).refused(TicketItemsRefusal::TicketOver);
}
