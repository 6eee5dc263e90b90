//! E3, E5

use chrono::DateTime;

use crate::kernel::testing;
use crate::kernel::testing::world::ANNA;
use crate::sla::by_hand::{Milestone, Reminder};
use crate::ticket_clock::command::Remind;
use crate::ticket_clock::event::{DeadlineNeared, DeadlinePassed};
use crate::ticket_clock::{TicketClockCommand, TicketClockEvent, TicketClockRefusal};

fn remind(milestone: Milestone) -> TicketClockCommand {
    let (deadline_at, at) = (DateTime::UNIX_EPOCH, DateTime::UNIX_EPOCH);
    TicketClockCommand::Remind(Remind { reminder: Reminder { milestone, deadline_at, at } })
}

fn neared() -> TicketClockEvent {
    TicketClockEvent::DeadlineNeared(DeadlineNeared { deadline_at: DateTime::UNIX_EPOCH })
}

fn passed() -> TicketClockEvent {
    TicketClockEvent::DeadlinePassed(DeadlinePassed { deadline_at: DateTime::UNIX_EPOCH })
}

#[test]
fn e5_watchers_are_reminded_once_when_it_is_near_and_once_when_it_is_over() {
    let given = |events: &[TicketClockEvent]| testing::given(events.to_vec()).by_nobody();
    given(&[]).when(remind(Milestone::Near)).then([neared()]);
    given(&[neared()]).when(remind(Milestone::Near)).nothing();
    given(&[neared()]).when(remind(Milestone::Passed)).then([passed()]);
    given(&[neared(), passed()]).when(remind(Milestone::Passed)).nothing();
    given(&[passed()]).when(remind(Milestone::Near)).then([neared()]);
}

#[test]
fn e3_people_remind_nobody() {
    testing::given(vec![])
        .by(ANNA)
        .when(remind(Milestone::Near))
        .refused(TicketClockRefusal::NotByPeople);
}
