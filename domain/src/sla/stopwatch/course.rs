//! The course of a ticket: what of its stream moves its clocks, in stream order.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::mark::{Mark, Phase, What};
use crate::kernel::UnitId;
use crate::sla::terms::{CalendarVersion, Terms};
use crate::ticket::TicketEvent;

/// What moved the stopwatch of a ticket so far: nothing before its opening.
///
/// A few dozen bytes a mark, serialisable; folding one event after another gives the same as
/// folding them all anew.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Course {
    marks: Vec<Mark>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    unit: Option<UnitId>,
}

impl Course {
    /// Takes in the next event of the ticket's stream: its number there, its stamp, itself.
    pub fn fold(&mut self, sequence: i64, occurred_at: DateTime<Utc>, event: &TicketEvent) {
        let opening = matches!(event, TicketEvent::Opened(_));
        if opening != self.marks.is_empty() {
            return;
        }
        if let Some(what) = self.reduced(event) {
            let at = self.marks.last().map_or(occurred_at, |last| last.at.max(occurred_at));
            self.marks.push(Mark { sequence, at, what });
        }
    }

    /// What moved the stopwatch, in stream order.
    pub fn marks(&self) -> &[Mark] {
        &self.marks
    }

    /// When the ticket was opened.
    pub fn opened_at(&self) -> Option<DateTime<Utc>> {
        self.marks.first().map(|mark| mark.at)
    }

    /// The terms said last; they need not be in force yet for each clock (S8).
    pub fn terms(&self) -> Option<&Terms> {
        said_last(&self.marks)
    }

    /// The terms said last by an instant (S12).
    pub fn terms_at(&self, at: DateTime<Utc>) -> Option<&Terms> {
        said_last(self.until(at))
    }

    /// The calendars, by version, that its readings need: those of all terms it ever had.
    pub fn calendars(&self) -> BTreeSet<CalendarVersion> {
        let terms = self.marks.iter().filter_map(|mark| match &mark.what {
            What::Opened(terms) | What::TermsRestated(terms, _) => terms.as_deref(),
            _ => None,
        });
        let clocks = terms.flat_map(|it| [&it.reaction, &it.work, &it.deadline]);
        clocks.filter_map(|clock| clock.calendar).collect()
    }

    /// The number of the present cycle, from 1; 0 before the opening (S11).
    pub fn cycle(&self) -> u32 {
        let cycles = self.marks.iter().filter(|mark| mark.what.begins_a_cycle()).count();
        u32::try_from(cycles).unwrap_or(u32::MAX)
    }

    /// The same ticket, told by other marks.
    pub(super) fn told(&self, marks: Vec<Mark>) -> Self {
        Self { marks, unit: self.unit }
    }

    /// The marks of what had happened at an instant (S12).
    pub(super) fn until(&self, at: DateTime<Utc>) -> &[Mark] {
        &self.marks[..self.marks.partition_point(|mark| mark.at <= at)]
    }

    /// S5: what of an event moves the stopwatch; what a ticket is about and how pressing does not.
    fn reduced(&mut self, event: &TicketEvent) -> Option<What> {
        Some(match event {
            TicketEvent::Opened(e) => {
                self.unit = e.unit;
                What::Opened(e.sla.clone())
            }
            TicketEvent::Assigned(e) => {
                self.unit = e.unit;
                What::Assigned
            }
            TicketEvent::Escalated(e) if e.unit != self.unit => {
                self.unit = e.unit;
                What::Assigned
            }
            TicketEvent::WorkStarted(_) => What::WorkStarted,
            TicketEvent::WorkStopped(_) => What::WorkStopped,
            TicketEvent::Pended(_) => What::Pended,
            TicketEvent::Resumed(_) => What::Resumed,
            TicketEvent::Resolved(_)
            | TicketEvent::ResolvedWithParent(_)
            | TicketEvent::ResolvedWithTasks(_) => What::Resolved,
            TicketEvent::Reopened(e) => What::Reopened(e.holder.is_some()),
            TicketEvent::Closed(_) => What::Closed,
            TicketEvent::Cancelled(_) => What::Cancelled,
            TicketEvent::Merged(_) => What::Merged,
            TicketEvent::SlaTermsRestated(e) => What::TermsRestated(e.terms.clone(), e.cause),
            TicketEvent::Escalated(_)
            | TicketEvent::Classified(_)
            | TicketEvent::Prioritized(_) => return None,
        })
    }
}

fn said_last(marks: &[Mark]) -> Option<&Terms> {
    marks.iter().rev().find_map(|mark| match &mark.what {
        What::Opened(terms) | What::TermsRestated(terms, _) => Some(terms.as_deref()),
        _ => None,
    })?
}

/// Where the ticket is after each of these marks.
pub(super) fn phases(marks: &[Mark]) -> impl Iterator<Item = Phase> + '_ {
    marks.iter().scan(Phase::Waiting, |phase, mark| {
        *phase = phase.after(&mark.what);
        Some(*phase)
    })
}
