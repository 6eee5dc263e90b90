//! The row, and how events of the ticket and of its clocks change it.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use domain::Fact;
use domain::kernel::{SlaPlanId, Source, TicketId};
use domain::sla::ClockKind;
use domain::sla::stopwatch::{Calendars, Course, Timer, UnknownCalendar};
use domain::ticket_clock::TicketClockEvent;
use journal::{JournalError, StreamEvent};
use serde::{Deserialize, Serialize};

use crate::rows::micros;
use crate::tickets::course;

/// The thresholds of a ticket's clocks: what is recorded, and what is next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimersRow {
    /// Its streams.
    pub ticket_id: TicketId,
    /// The number of the ticket's own events.
    pub version: i64,
    /// Whether the newest of these came with an import.
    pub imported: bool,
    /// What moved its clocks; none as long as it never had a plan.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub course: Option<Course>,
    /// What was recorded, in that order.
    pub recorded: Vec<Crossing>,
    /// In the cycles before this one everything is recorded.
    pub open_cycle: u32,
    /// The earliest crossing that is not recorded, past or to come.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_at: Option<DateTime<Utc>>,
}

/// A threshold that was recorded as crossed; it stays so whatever is said later.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Crossing {
    /// Of which clock.
    pub clock: ClockKind,
    /// In percent of the limit; 100 is the breach.
    pub percent: u16,
    /// In which cycle, from 1.
    pub cycle: u32,
    /// When.
    pub occurred_at: DateTime<Utc>,
    /// The first second beyond the threshold, when only a later event made it so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<DateTime<Utc>>,
    /// By the terms of which plan.
    pub plan: SlaPlanId,
    /// Of which version of it.
    pub plan_version: i64,
    /// The limit then.
    pub limit_seconds: u32,
    /// What was used then.
    pub used_seconds: i64,
}

impl TimersRow {
    /// The row after an event of one of its streams, what is next still to be found; none as long as
    /// there is neither a plan nor a crossing.
    pub fn fold(row: Option<Self>, fact: &Fact, event: &StreamEvent) -> Option<Self> {
        let mut row = match (row, fact) {
            (Some(row), _) => row,
            (None, Fact::Ticket(id, _) | Fact::TicketClock(id, _)) => Self::empty(*id),
            (None, _) => return None,
        };
        match fact {
            Fact::Ticket(_, said) => {
                row.version = event.sequence;
                row.imported = event.meta.source == Source::Import;
                row.course = course::next(row.course, event, said);
            }
            Fact::TicketClock(_, said) => {
                row.recorded.extend(Crossing::of(micros(event.meta.occurred_at), said));
            }
            _ => {}
        }
        (row.course.is_some() || !row.recorded.is_empty()).then_some(row)
    }

    /// The row after all events of its two streams: what the view will show when it has seen them,
    /// but for what is next.
    ///
    /// # Errors
    /// An event cannot be understood.
    pub fn of_streams(
        ticket: &[StreamEvent],
        clocks: &[StreamEvent],
    ) -> Result<Option<Self>, JournalError> {
        let (mut row, mut whole) = (None, Course::default());
        for event in ticket.iter().chain(clocks) {
            let fact = event.fact()?;
            if let Fact::Ticket(_, said) = &fact {
                whole.fold(event.sequence, micros(event.meta.occurred_at), said);
            }
            row = Self::fold(row, &fact, event);
        }
        // A first plan that did not come with the opening judges from there all the same.
        Ok(row.map(|row| Self { course: row.course.map(|_| whole), ..row }))
    }

    fn empty(ticket_id: TicketId) -> Self {
        Self {
            ticket_id,
            version: 0,
            imported: false,
            course: None,
            recorded: Vec::new(),
            open_cycle: 1,
            next_at: None,
        }
    }

    /// The crossings that are not recorded, the earliest first: all that were, and those that will
    /// be if nothing else happens.
    ///
    /// # Errors
    /// A calendar of the course is not among these.
    pub fn armed<C: Calendars>(&self, calendars: &C) -> Result<Vec<Timer>, UnknownCalendar> {
        let Some(course) = &self.course else { return Ok(Vec::new()) };
        let recorded: BTreeSet<_> =
            self.recorded.iter().map(|it| (it.clock, it.percent, it.cycle)).collect();
        let mut timers = course.timers(self.open_cycle, calendars)?;
        timers.retain(|timer| !recorded.contains(&(timer.clock, timer.percent, timer.cycle)));
        timers.sort_by_key(|timer| (timer.at, timer.cycle, timer.clock, timer.percent));
        Ok(timers)
    }

    /// Finds what is next.
    pub(super) fn arm<C: Calendars>(&mut self, calendars: &C) -> Result<(), UnknownCalendar> {
        let armed = self.armed(calendars)?;
        let present = self.course.as_ref().map_or(1, Course::cycle);
        let open = armed.iter().map(|timer| timer.cycle).min().unwrap_or(present);
        self.open_cycle = open.min(present).max(1);
        self.next_at = armed.first().map(|timer| timer.at);
        Ok(())
    }
}

impl Crossing {
    fn of(occurred_at: DateTime<Utc>, event: &TicketClockEvent) -> Option<Self> {
        let said = event.crossing()?;
        Some(Self {
            clock: said.clock,
            percent: said.percent,
            cycle: said.cycle,
            occurred_at,
            since: said.since,
            plan: said.plan,
            plan_version: said.plan_version,
            limit_seconds: said.limit_seconds,
            used_seconds: said.used_seconds,
        })
    }
}
