//! J1, J2

use chrono::TimeDelta;
use uuid::Uuid;

use super::{asked, drawn, needs_its_ticket, on, over, policy};
use crate::kernel::TicketId;
use crate::kernel::testing::tickets::{OTHER, THIS, merged_ticket, there_are};
use crate::kernel::testing::world::{ANNA, CLEO};
use crate::ticket::TicketState;
use crate::ticket_quality::command::Sample;
use crate::ticket_quality::sampling::{Purpose, takes};
use crate::ticket_quality::{TicketQualityCommand, TicketQualityRefusal};

fn sample() -> TicketQualityCommand {
    TicketQualityCommand::Sample(Sample { ticket: THIS })
}

fn closed(percents: (u8, u8)) -> super::Given<TicketQualityCommand> {
    on(TicketState::Closed, []).by_nobody().under(policy(percents.0, percents.1))
}

#[test]
fn j2_annals_draws_by_the_rates_in_force() {
    closed((100, 100)).when(sample()).then([asked(), drawn()]);
    closed((100, 0)).when(sample()).then([asked()]);
    closed((0, 100)).when(sample()).then([drawn()]);
    closed((0, 0)).when(sample()).nothing();
}

#[test]
fn j2_each_ticket_is_drawn_once() {
    on(TicketState::Closed, [asked()]).by_nobody().when(sample()).then([drawn()]);
    on(TicketState::Closed, [asked(), drawn()]).by_nobody().when(sample()).nothing();
}

#[test]
fn j2_the_days_to_answer_begin_with_the_closing_however_late_it_is_looked_at() {
    let last = over() - TimeDelta::microseconds(1);
    closed((100, 100)).at(last).when(sample()).then([asked(), drawn()]);
    closed((100, 100)).at(over()).when(sample()).then([drawn()]);
}

#[test]
fn j2_people_draw_nothing_and_what_is_not_closed_is_not_drawn() {
    on(TicketState::Closed, []).by(ANNA).when(sample()).refused(TicketQualityRefusal::NotByPeople);
    on(TicketState::Closed, []).importing_for(CLEO).when(sample()).acts();
    for state in [TicketState::Resolved, TicketState::Cancelled, TicketState::InProgress] {
        on(state, []).by_nobody().when(sample()).refused(TicketQualityRefusal::NotClosed);
    }
    let merged = there_are([(THIS, merged_ticket(OTHER))]);
    let merged = closed((100, 100)).knowing(merged).when(sample());
    merged.refused(TicketQualityRefusal::NotClosed);
}

#[test]
fn j1_samples_are_of_tickets_that_exist() {
    needs_its_ticket([], sample());
}

#[test]
fn j2_a_sample_is_as_large_as_its_rate_and_in_each_larger_one() {
    let tickets = (0..10_000).map(|number| TicketId(Uuid::from_u128(number)));
    let tickets: Vec<TicketId> = tickets.collect();
    let size = |purpose, percent| {
        tickets.iter().filter(|ticket| takes(purpose, percent, **ticket)).count()
    };
    for purpose in [Purpose::Survey, Purpose::Check] {
        assert_eq!((size(purpose, 0), size(purpose, 100)), (0, 10_000));
        assert!((2_800..3_200).contains(&size(purpose, 30)), "{}", size(purpose, 30));
        let grows = |ticket| !takes(purpose, 30, ticket) || takes(purpose, 31, ticket);
        assert!(tickets.iter().all(|ticket| grows(*ticket)));
    }
    let both = |ticket: &&TicketId| {
        takes(Purpose::Survey, 30, **ticket) && takes(Purpose::Check, 30, **ticket)
    };
    let both = tickets.iter().filter(both).count();
    assert!((750..1_050).contains(&both), "the two have nothing to do with each other: {both}");
}

#[test]
fn j2_who_is_drawn_is_fixed_for_ever() {
    let drawn = |purpose| {
        let taken = (0..20).filter(|n| takes(purpose, 30, TicketId(Uuid::from_u128(*n))));
        taken.collect::<Vec<u128>>()
    };
    assert_eq!(drawn(Purpose::Survey), [2, 4, 7, 8, 10, 12, 14, 18]);
    assert_eq!(drawn(Purpose::Check), [1, 2, 3, 5, 10]);
}
