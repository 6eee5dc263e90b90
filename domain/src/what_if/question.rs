//! What is asked: of which tickets, at which instant, under which terms.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use super::compare::Compared;
use crate::kernel::UnitId;
use crate::report::{Case, Outcome, in_force};
use crate::sla::CalendarVersion;
use crate::sla::stopwatch::{Calendars, Course, Supposed, UnknownCalendar};
use crate::ticket::Priority;

/// A question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// The terms that are supposed.
    pub supposed: Supposed,
    /// Tickets opened from then on.
    pub from: DateTime<Utc>,
    /// And before then.
    pub to: DateTime<Utc>,
    /// The instant for which clocks are read.
    pub at: DateTime<Utc>,
    /// Tickets of these units; none: of any, or of none.
    pub units: Option<BTreeSet<UnitId>>,
    /// Tickets of this priority; none: of any.
    pub priority: Option<Priority>,
}

impl Question {
    /// V1: whether it is about this ticket.
    pub fn is_about(&self, case: &Case) -> bool {
        let opened = case.course().opened_at();
        let unit = || in_force(case.targets(), self.at).and_then(|target| target.unit);
        let of_unit =
            || self.units.as_ref().is_none_or(|units| unit().is_some_and(|it| units.contains(&it)));
        let priority = || in_force(case.priorities(), self.at).copied();
        opened.is_some_and(|at| self.from <= at && at < self.to)
            && matches!(case.outcome(self.at), Some(Outcome::Open | Outcome::Solved))
            && self.priority.is_none_or(|wanted| priority() == Some(wanted))
            && of_unit()
    }

    /// The course that this ticket is supposed to have had.
    pub fn course(&self, case: &Case) -> Course {
        let priorities = case.priorities().iter().map(|it| (it.sequence, it.at, it.value));
        self.supposed.course(case.course(), priorities)
    }

    /// The versions of calendars that comparing it asks for.
    pub fn calendars(&self, case: &Case, supposed: &Course) -> BTreeSet<CalendarVersion> {
        let mut needed = case.course().calendars();
        needed.extend(supposed.calendars());
        needed
    }

    /// Its clocks, really and supposedly.
    pub fn compare<C: Calendars>(
        &self,
        case: &Case,
        supposed: &Course,
        calendars: &C,
    ) -> Result<[Compared; 3], UnknownCalendar> {
        let real = case.course().at(self.at, calendars)?;
        Ok(Compared::all(&real, &supposed.at(self.at, calendars)?))
    }
}
