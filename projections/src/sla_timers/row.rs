//! The row, and how events of the ticket and of its clocks change it.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use domain::Fact;
use domain::kernel::{SlaPlanId, Source, TicketId};
use domain::sla::ClockKind;
use domain::sla::by_hand::{ByHand, Milestone};
use domain::sla::stopwatch::{Calendars, Course, UnknownCalendar};
use domain::ticket_clock::TicketClockEvent;
use journal::{JournalError, StreamEvent};
use serde::{Deserialize, Serialize};

use super::alarm::Alarm;
use crate::rows::micros;
use crate::tickets::course;

/// The thresholds of a ticket's clocks and its deadline: what is recorded, and what is next.
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
    /// The deadline that somebody set by hand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by_hand: Option<ByHand>,
    /// In the cycles before this one everything is recorded.
    pub open_cycle: u32,
    /// When the earliest of what is not recorded is, past or to come.
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
    /// there is neither a plan nor a crossing nor a deadline set by hand.
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
                row.by_hand = ByHand::fold(row.by_hand, micros(event.meta.occurred_at), said);
            }
            Fact::TicketClock(_, said) => {
                row.recorded.extend(Crossing::of(micros(event.meta.occurred_at), said));
                if let (Some(by_hand), Some(milestone)) = (&mut row.by_hand, reminded(said)) {
                    by_hand.told(milestone);
                }
            }
            _ => {}
        }
        let says = row.course.is_some() || !row.recorded.is_empty() || row.by_hand.is_some();
        says.then_some(row)
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
            by_hand: None,
            open_cycle: 1,
            next_at: None,
        }
    }

    /// What is not recorded, the earliest first: all that was, and what will be if nothing else
    /// happens.
    ///
    /// # Errors
    /// A calendar of the course is not among these.
    pub fn armed<C: Calendars>(&self, calendars: &C) -> Result<Vec<Alarm>, UnknownCalendar> {
        let reminders = self.by_hand.iter().flat_map(ByHand::reminders).map(Alarm::Reminder);
        let mut armed: Vec<Alarm> = reminders.collect();
        let Some(course) = &self.course else { return Ok(armed) };
        let recorded: BTreeSet<_> =
            self.recorded.iter().map(|it| (it.clock, it.percent, it.cycle)).collect();
        let mut timers = course.timers(self.open_cycle, calendars)?;
        timers.retain(|timer| !recorded.contains(&(timer.clock, timer.percent, timer.cycle)));
        timers.sort_by_key(|timer| (timer.at, timer.cycle, timer.clock, timer.percent));
        armed.extend(timers.into_iter().map(Alarm::Crossing));
        // Of several at one instant their order stays.
        armed.sort_by_key(Alarm::at);
        Ok(armed)
    }

    /// Finds what is next.
    pub(super) fn arm<C: Calendars>(&mut self, calendars: &C) -> Result<(), UnknownCalendar> {
        let armed = self.armed(calendars)?;
        let present = self.course.as_ref().map_or(1, Course::cycle);
        let cycles = armed.iter().filter_map(|alarm| match alarm {
            Alarm::Crossing(timer) => Some(timer.cycle),
            Alarm::Reminder(_) => None,
        });
        let open = cycles.min().unwrap_or(present);
        self.open_cycle = open.min(present).max(1);
        self.next_at = armed.first().map(Alarm::at);
        Ok(())
    }
}

/// Of what an event says that watchers were reminded.
fn reminded(event: &TicketClockEvent) -> Option<Milestone> {
    match event {
        TicketClockEvent::DeadlineNeared(_) => Some(Milestone::Near),
        TicketClockEvent::DeadlinePassed(_) => Some(Milestone::Passed),
        TicketClockEvent::ThresholdReached(_)
        | TicketClockEvent::Breached(_)
        | TicketClockEvent::Notified(_) => None,
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
