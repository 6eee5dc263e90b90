//! The SLA report of a unit and a period (N1–N6).

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use super::case::{Case, Outcome, in_force};
use super::score::Success;
use crate::kernel::words::words;
use crate::kernel::{PersonId, UnitId};
use crate::sla::stopwatch::{Calendars, UnknownCalendar};

words! {
    /// A part of the report: which tickets.
    Part {
        /// See N1.
        Created,
        /// See N2.
        Incoming,
        /// See N3.
        Completed,
        /// See N4.
        NotCompleted,
    }
}

/// What the report is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// Which unit.
    pub unit: UnitId,
    /// Who belongs to it.
    pub staff: BTreeSet<PersonId>,
    /// The first instant of the period.
    pub from: DateTime<Utc>,
    /// The first instant after it.
    pub to: DateTime<Utc>,
    /// The instant whose state it tells; nothing later counts.
    pub at: DateTime<Utc>,
}

/// The figures of the report.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Report {
    /// How many tickets the part has.
    pub created: u64,
    /// Likewise.
    pub incoming: u64,
    /// Likewise, and how their clocks stood in the end.
    pub completed: Success,
    /// Likewise, and how their clocks stand so far.
    pub not_completed: Success,
}

impl Question {
    /// Whether a ticket is in a part.
    pub fn has(&self, part: Part, case: &Case) -> bool {
        let Some(outcome) = case.outcome(self.at) else { return false };
        if outcome == Outcome::Merged {
            return false;
        }
        match part {
            Part::Created => {
                let author = case.opening().map(|opening| opening.author);
                self.within(case.opened_at()) && author.is_some_and(|it| self.staff.contains(&it))
            }
            Part::Incoming => self.within(case.opened_at()) && self.is_addressed(case),
            Part::Completed => outcome == Outcome::Solved && self.is_completed(case),
            Part::NotCompleted => {
                outcome == Outcome::Open && self.within(case.changed_at()) && self.has_now(case)
            }
        }
    }

    /// The instant by which a ticket is in the part's period.
    pub fn instant(&self, part: Part, case: &Case) -> Option<DateTime<Utc>> {
        match part {
            Part::Created | Part::Incoming => case.opened_at(),
            Part::Completed => case.resolution(self.at).map(|noted| noted.at),
            Part::NotCompleted => case.changed_at(),
        }
    }

    fn within(&self, at: Option<DateTime<Utc>>) -> bool {
        at.is_some_and(|at| self.from <= at && at < self.to)
    }

    /// N2
    fn is_addressed(&self, case: &Case) -> bool {
        case.targets().first().is_some_and(|target| {
            let target = &target.value;
            if target.assignees.is_empty() {
                target.unit == Some(self.unit)
            } else {
                !target.assignees.is_disjoint(&self.staff)
            }
        })
    }

    /// N3
    fn is_completed(&self, case: &Case) -> bool {
        let Some(last) = case.resolution(self.at) else { return false };
        let unit = in_force(case.targets(), last.at).and_then(|target| target.unit);
        let theirs = match last.value {
            Some(resolver) => self.staff.contains(&resolver),
            None => unit == Some(self.unit),
        };
        theirs && self.within(Some(last.at))
    }

    /// N4
    fn has_now(&self, case: &Case) -> bool {
        in_force(case.targets(), self.at).is_some_and(|target| match target.unit {
            Some(unit) => unit == self.unit,
            None => !target.assignees.is_disjoint(&self.staff),
        })
    }
}

impl Report {
    /// Counts one more ticket, if it is in any part.
    ///
    /// # Errors
    /// A calendar of its terms is not at hand.
    pub fn take<C: Calendars>(
        &mut self,
        question: &Question,
        case: &Case,
        calendars: &C,
    ) -> Result<(), UnknownCalendar> {
        self.created += u64::from(question.has(Part::Created, case));
        self.incoming += u64::from(question.has(Part::Incoming, case));
        for (part, success) in
            [(Part::Completed, &mut self.completed), (Part::NotCompleted, &mut self.not_completed)]
        {
            if question.has(part, case) {
                success.count(&case.course().at(question.at, calendars)?);
            }
        }
        Ok(())
    }
}
