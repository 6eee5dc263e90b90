//! What a calendar's decisions need to remember.

use serde::{Deserialize, Serialize};

use super::event::CalendarEvent;
use super::opening_hours::OpeningHours;
use super::refusal::CalendarRefusal;

/// A calendar: nothing before it is defined.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Calendar(pub Option<Box<Body>>);

/// A calendar that was defined.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Body {
    /// Unique, whatever its case.
    pub name: String,
    /// When somebody is there.
    pub hours: OpeningHours,
    /// The number of the event that says so, from 1.
    pub version: i64,
}

impl Calendar {
    /// The calendar, else H1's refusal.
    pub fn body(&self) -> Result<&Body, CalendarRefusal> {
        self.0.as_deref().ok_or(CalendarRefusal::NotFound)
    }

    /// Applies an event; never fails.
    pub fn evolve(&mut self, event: CalendarEvent) {
        let CalendarEvent::Defined(event) = event;
        let version = self.0.as_deref().map_or(1, |body| body.version + 1);
        self.0 = Some(Box::new(Body { name: event.name, hours: event.hours, version }));
    }
}
