//! T3, T20

use super::histories::{
    a_held_ticket, a_new_ticket, an_assigned_ticket, an_individual_ticket, given, started,
};
use crate::kernel::testing::world::{ANNA, BEN, CLEO, GUS, HEIDI};
use crate::ticket::command::StartWork;
use crate::ticket::{TicketCommand, TicketRefusal, TicketState};

fn start() -> TicketCommand {
    TicketCommand::StartWork(StartWork { holder: None })
}

#[test]
fn t3_whoever_starts_work_holds_the_ticket() {
    for history in [a_new_ticket(), an_assigned_ticket()] {
        let ticket = given(history).when(start()).then([started(ANNA)]).state();
        let body = ticket.body().unwrap();
        assert_eq!((body.state, body.holder), (TicketState::InProgress, Some(ANNA)));
    }
}

#[test]
fn t3_a_second_start_is_refused_and_told_who_holds() {
    let held = TicketRefusal::Held { holder: ANNA };
    given(a_held_ticket()).by(BEN).when(start()).refused(held.clone());
    given(a_held_ticket()).by(HEIDI).steering().when(start()).refused(held);
}

#[test]
fn t3_starting_what_one_holds_changes_nothing() {
    given(a_held_ticket()).when(start()).nothing();
}

#[test]
fn t3_only_active_staff_hold() {
    for person in [CLEO, GUS] {
        let unfit = TicketRefusal::AssigneeUnfit { person };
        given(an_assigned_ticket()).by(person).when(start()).refused(unfit);
    }
    given(an_assigned_ticket()).by_nobody().when(start()).refused(TicketRefusal::PersonRequired);
}

#[test]
fn t3_nobody_but_an_import_starts_for_another() {
    let for_ben = || TicketCommand::StartWork(StartWork { holder: Some(BEN) });
    given(an_assigned_ticket()).when(for_ben()).then([started(ANNA)]);
    given(an_assigned_ticket()).by(HEIDI).steering().when(for_ben()).then([started(HEIDI)]);
    given(an_assigned_ticket()).importing_for(ANNA).when(for_ben()).then([started(BEN)]);
}

#[test]
fn t20_nobody_holds_what_each_of_its_people_does() {
    given(an_individual_ticket()).when(start()).refused(TicketRefusal::Individual);
}
