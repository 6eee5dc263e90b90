//! What is to be recorded at an instant.

use chrono::{DateTime, Utc};
use domain::kernel::TicketId;
use domain::sla::by_hand::Reminder;
use domain::sla::stopwatch::Timer;
use domain::ticket_clock::TicketClockCommand;
use domain::ticket_clock::command::{Record, Remind};
use uuid::Uuid;

/// Something that is to be recorded of a ticket as of its instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Alarm {
    /// A clock crosses a threshold.
    Crossing(Timer),
    /// Watchers are reminded of a deadline that was set by hand.
    Reminder(Reminder),
}

impl Alarm {
    /// Its instant.
    pub fn at(&self) -> DateTime<Utc> {
        match self {
            Self::Crossing(timer) => timer.at,
            Self::Reminder(reminder) => reminder.at,
        }
    }

    /// The identity of the command that records it: the same whoever sends it, as often as they do.
    pub fn command_id(&self, ticket: TicketId) -> Uuid {
        match self {
            Self::Crossing(timer) => timer.command_id(ticket),
            Self::Reminder(reminder) => reminder.command_id(ticket),
        }
    }

    /// That command.
    pub fn command(&self) -> TicketClockCommand {
        match *self {
            Self::Crossing(timer) => TicketClockCommand::Record(Record { timer }),
            Self::Reminder(reminder) => TicketClockCommand::Remind(Remind { reminder }),
        }
    }
}
