//! What the course of a ticket would have been under other terms.
//!
//! The same things happened to it, each when it counted as having happened; only what they are
//! measured by is another. Under a supposed plan none of the real terms were ever said: the plan
//! applied from the opening, for the priority of then, and its terms were said anew whenever another
//! priority made them others, as it is done in earnest (T21). Under a supposed calendar the real
//! terms stay, but its hours were these all along. Nothing is written. Called by what-if reports.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use super::course::Course;
use super::mark::{Mark, What};
use crate::sla::terms::{CalendarVersion, Terms, TermsCause};
use crate::ticket::Priority;

/// The version of what is only supposed: those that were defined count from 1.
pub const SUPPOSED_VERSION: i64 = 0;

/// By what tickets are supposed to have been measured.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Supposed {
    /// By this plan from the opening on: what it means for each priority.
    Plan(BTreeMap<Priority, Terms>),
    /// By what they were measured by, in the hours of this version of a calendar instead of those of
    /// any other version of it.
    Calendar(CalendarVersion),
}

/// The priority of a ticket from an event on: its number in the stream, its stamp.
pub type PrioritySince = (i64, DateTime<Utc>, Priority);

impl Supposed {
    /// The course of a ticket under this. Its priorities come in stream order, that of the opening
    /// first.
    pub fn course(
        &self,
        real: &Course,
        priorities: impl IntoIterator<Item = PrioritySince>,
    ) -> Course {
        let mut supposed = Telling { marks: Vec::with_capacity(real.marks().len()), terms: None };
        match self {
            Self::Plan(terms) => supposed.under_plan(real, terms, priorities),
            Self::Calendar(hours) => supposed.in_hours(real, *hours),
        }
        real.told(supposed.marks)
    }
}

/// Marks as they are told anew, and the terms said last.
struct Telling {
    marks: Vec<Mark>,
    terms: Option<Box<Terms>>,
}

impl Telling {
    fn under_plan(
        &mut self,
        real: &Course,
        plan: &BTreeMap<Priority, Terms>,
        priorities: impl IntoIterator<Item = PrioritySince>,
    ) {
        let terms_of = |priority| plan.get(&priority).cloned().map(Box::new);
        let mut priorities = priorities.into_iter().peekable();
        for mark in real.marks() {
            while let Some((sequence, at, priority)) =
                priorities.next_if(|(sequence, ..)| *sequence < mark.sequence)
            {
                self.restate(sequence, at, (terms_of(priority), TermsCause::Priority));
            }
            match &mark.what {
                What::Opened(_) => {
                    let first = priorities.next_if(|(sequence, ..)| *sequence == mark.sequence);
                    self.open(mark, first.and_then(|(.., priority)| terms_of(priority)));
                }
                What::TermsRestated(..) => {}
                _ => self.add(mark.sequence, mark.at, mark.what.clone()),
            }
        }
        for (sequence, at, priority) in priorities {
            self.restate(sequence, at, (terms_of(priority), TermsCause::Priority));
        }
    }

    fn in_hours(&mut self, real: &Course, hours: CalendarVersion) {
        let moved = |terms: &Option<Box<Terms>>| {
            let mut terms = terms.clone();
            let clocks = terms.iter_mut().flat_map(|it| it.clocks_mut());
            let calendars = clocks.filter_map(|clock| clock.calendar.as_mut());
            calendars.filter(|it| it.id == hours.id).for_each(|it| *it = hours);
            terms
        };
        for mark in real.marks() {
            match &mark.what {
                What::Opened(terms) => self.open(mark, moved(terms)),
                What::TermsRestated(terms, cause) => {
                    self.restate(mark.sequence, mark.at, (moved(terms), *cause));
                }
                _ => self.add(mark.sequence, mark.at, mark.what.clone()),
            }
        }
    }

    fn open(&mut self, mark: &Mark, terms: Option<Box<Terms>>) {
        self.terms.clone_from(&terms);
        self.add(mark.sequence, mark.at, What::Opened(terms));
    }

    /// The same terms again are not said (T21).
    fn restate(
        &mut self,
        sequence: i64,
        at: DateTime<Utc>,
        (terms, cause): (Option<Box<Terms>>, TermsCause),
    ) {
        if !self.marks.is_empty() && terms != self.terms {
            self.terms.clone_from(&terms);
            self.add(sequence, at, What::TermsRestated(terms, cause));
        }
    }

    /// S5: nothing counts as earlier than what stands before it.
    fn add(&mut self, sequence: i64, at: DateTime<Utc>, what: What) {
        let at = self.marks.last().map_or(at, |last| last.at.max(at));
        self.marks.push(Mark { sequence, at, what });
    }
}
