//! When a ticket is due, and when it breaches: what a list orders and compares by.
//!
//! All of it is what the stopwatch says if nothing else happens. So it is computed when something
//! happens to the ticket, and holds until the next time.

use chrono::{DateTime, TimeDelta, Utc};
use domain::sla::ClockKind;
use domain::sla::stopwatch::{BREACH, Calendars, ClockState, Course, UnknownCalendar};
use serde::{Deserialize, Serialize};

/// When what is due of a ticket. All absent once nothing counts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dues {
    /// When somebody has to have started at the latest; none unless that clock runs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reaction_due_at: Option<DateTime<Utc>>,
    /// When the time to work is used up; none unless that clock runs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub work_due_at: Option<DateTime<Utc>>,
    /// When it has to be solved at the latest; none unless that clock runs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clock_deadline_due_at: Option<DateTime<Utc>>,
    /// The earliest of these; of an open ticket that never had a plan, the deadline set by hand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_at: Option<DateTime<Utc>>,
    /// The first second at which one of its clocks that are not over is beyond its limit, or will be:
    /// in the past, it is breached. A deadline set by hand is passed the second after it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub breach_at: Option<DateTime<Utc>>,
}

impl Dues {
    /// Those of an open ticket that somebody set a deadline; none for all others.
    pub(super) fn by_hand(deadline: Option<DateTime<Utc>>) -> Self {
        let breach_at = deadline.and_then(|at| at.checked_add_signed(TimeDelta::seconds(1)));
        Self { due_at: deadline, breach_at, ..Self::default() }
    }

    /// Those of an open ticket by its course.
    pub(super) fn of<C: Calendars>(
        course: &Course,
        calendars: &C,
    ) -> Result<Self, UnknownCalendar> {
        let Some(last) = course.marks().last() else { return Ok(Self::default()) };
        let readings = course.at(last.at, calendars)?;
        let is_on = |clock| match readings.of(clock).state {
            ClockState::NotStarted | ClockState::Running | ClockState::Paused => true,
            ClockState::Stopped | ClockState::None => false,
        };
        let clocks = [ClockKind::Reaction, ClockKind::Work, ClockKind::Deadline];
        let breached = clocks.into_iter().filter(|clock| is_on(*clock));
        let breached = breached.filter_map(|clock| readings.of(clock).breached_at);
        let timers = course.timers(course.cycle(), calendars)?;
        let breaches = timers.iter().filter(|it| it.percent == BREACH && is_on(it.clock));
        let due = clocks.map(|clock| readings.of(clock).due_at);
        Ok(Self {
            reaction_due_at: due[0],
            work_due_at: due[1],
            clock_deadline_due_at: due[2],
            due_at: due.into_iter().flatten().min(),
            breach_at: breached.chain(breaches.map(|timer| timer.at)).min(),
        })
    }
}
