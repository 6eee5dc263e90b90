//! The calendar's verbs: a table of contents.

pub use super::decide::define::Define;
pub use super::decide::import_holidays::ImportHolidays;
use super::event::CalendarEvent;
use super::refusal::CalendarRefusal;
use super::state::Calendar;
use crate::kernel::{ClaimChange, ClaimKey, Command, Context};

/// What can be asked of a calendar.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "each variant is the verb its struct documents")]
pub enum CalendarCommand {
    Define(Box<Define>),
    ImportHolidays(ImportHolidays),
}

impl Command for CalendarCommand {
    type State = Calendar;
    type Event = CalendarEvent;
    type Refusal = CalendarRefusal;

    fn decide(
        self,
        calendar: &Calendar,
        cx: &Context,
    ) -> Result<Vec<CalendarEvent>, CalendarRefusal> {
        match self {
            Self::Define(c) => c.decide(calendar, cx),
            Self::ImportHolidays(c) => c.decide(calendar, cx),
        }
    }

    fn claims(before: &Calendar, event: &CalendarEvent) -> Vec<ClaimChange> {
        let held = before.0.as_deref().map(|body| ClaimKey::of_name(&body.name));
        let CalendarEvent::Defined(event) = event;
        ClaimChange::exchange("calendar.name", held, Some(ClaimKey::of_name(&event.name)))
    }
}
