//! T5, T16, T18, T20

use super::histories::{
    a_held_ticket, a_pending_ticket, an_assigned_ticket, an_individual_ticket, given,
};
use crate::kernel::testing::world::{ANNA, BEN, CUSTOMER, DESK, NETWORK, NOWHERE};
use crate::ticket::command::{Escalate, EscalateTo};
use crate::ticket::event::Escalated;
use crate::ticket::{TicketCommand, TicketEvent, TicketRefusal, TicketState, Tier};

const WHY: &str = "nobody here knows";

fn to_tier(tier: u8) -> TicketCommand {
    TicketCommand::Escalate(Escalate { to: EscalateTo::Tier(Tier(tier)) })
}

fn to_unit(unit: crate::kernel::UnitId) -> TicketCommand {
    TicketCommand::Escalate(Escalate { to: EscalateTo::Unit(unit) })
}

#[test]
fn t16_one_tier_up_and_nothing_else_changes() {
    let event = Escalated { tier: Tier(2), unit: Some(DESK) };
    let outcome = given(a_held_ticket()).because(WHY).when(to_tier(2));
    let ticket = outcome.then([TicketEvent::Escalated(event)]).state();
    let body = ticket.body().unwrap();
    assert_eq!((body.state, body.holder), (TicketState::InProgress, Some(ANNA)));
    assert_eq!((body.tier, body.reassignment_count), (Tier(2), 0));
}

#[test]
fn t16_t18_another_unit_is_a_reassignment_and_ends_the_hold() {
    let event = Escalated { tier: Tier(1), unit: Some(NETWORK) };
    let outcome = given(a_held_ticket()).because(WHY).when(to_unit(NETWORK));
    let ticket = outcome.then([TicketEvent::Escalated(event)]).state();
    let body = ticket.body().unwrap();
    assert_eq!((body.state, body.holder), (TicketState::Assigned, None));
    assert_eq!((body.unit, body.reassignment_count), (Some(NETWORK), 1));
    let waiting = given(a_pending_ticket()).because(WHY).when(to_unit(NETWORK)).state();
    assert_eq!(waiting.body().unwrap().state, TicketState::Pending);
}

#[test]
fn t16_where_it_is_already_nothing_changes() {
    given(an_assigned_ticket()).when(to_tier(1)).nothing();
    given(an_assigned_ticket()).when(to_unit(DESK)).nothing();
}

#[test]
fn t16_tiers_go_up_by_one_to_three() {
    for tier in [0, 3, 4, 255] {
        let outcome = given(an_assigned_ticket()).because(WHY).when(to_tier(tier));
        outcome.refused(TicketRefusal::TierUnfit);
    }
    let at = |tier| TicketEvent::Escalated(Escalated { tier: Tier(tier), unit: Some(DESK) });
    let third = [an_assigned_ticket(), vec![at(2), at(3)]].concat();
    given(third.clone()).because(WHY).when(to_tier(4)).refused(TicketRefusal::TierUnfit);
    given(third).because(WHY).when(to_tier(2)).refused(TicketRefusal::TierUnfit);
}

#[test]
fn t16_a_reason_is_required() {
    given(an_assigned_ticket()).when(to_tier(2)).refused(TicketRefusal::ReasonRequired);
}

#[test]
fn t7_the_unit_must_be_fit() {
    for unit in [CUSTOMER, NOWHERE] {
        let outcome = given(an_assigned_ticket()).because(WHY).when(to_unit(unit));
        outcome.refused(TicketRefusal::UnitUnfit);
    }
}

#[test]
fn t5_others_leave_a_held_ticket_alone() {
    let held = TicketRefusal::Held { holder: ANNA };
    given(a_held_ticket()).by(BEN).because(WHY).when(to_tier(2)).refused(held);
}

#[test]
fn t20_what_each_of_its_people_does_goes_to_no_other_unit() {
    let individual = || given(an_individual_ticket()).because(WHY);
    individual().when(to_unit(NETWORK)).refused(TicketRefusal::Individual);
    individual().when(to_tier(2)).acts();
}
