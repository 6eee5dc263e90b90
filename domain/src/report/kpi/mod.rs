//! Key figures by unit, person or month (N5–N8): what each of them counts.

mod months;
mod table;

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use self::months::{month_of, parts};
use super::score::Success;
use crate::kernel::words::words;
use crate::kernel::{PersonId, UnitId};

words! {
    /// What figures are told apart by.
    Grouping {
        /// Not at all.
        Whole,
        /// The unit that had the ticket.
        Unit,
        /// The person who did it.
        Person,
        /// The month in which it happened.
        Month,
    }
}

/// Which figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KpiQuestion {
    /// The first instant of the period.
    pub from: DateTime<Utc>,
    /// The first instant after it.
    pub to: DateTime<Utc>,
    /// The instant whose state they tell; nothing later counts.
    pub at: DateTime<Utc>,
    /// Only what belongs to this unit.
    pub unit: Option<UnitId>,
    /// Only what belongs to this person.
    pub person: Option<PersonId>,
    /// What they are told apart by.
    pub by: Grouping,
}

/// What figures belong to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// Everything.
    Whole,
    /// A unit; none: no unit.
    Unit(Option<UnitId>),
    /// A person; none: nobody, or Annals itself.
    Person(Option<PersonId>),
    /// The month that begins on this day.
    Month(NaiveDate),
}

/// The lower bounds of the ages by which a backlog is told apart, in days; each reaches up to the next.
pub const AGES: [i64; 5] = [0, 1, 3, 7, 30];

/// What happened in the period; sums and numbers of tickets, so that any two add up.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct KeyFigures {
    /// Tickets that were opened; to the person who reported them, and the unit they were for.
    pub opened: u64,
    /// Tickets that were solved, for the last time, and how their clocks stood in the end.
    pub resolved: Success,
    /// What they took together (N8).
    pub resolution_seconds: i64,
    /// Of them, those whose unit changed after the opening.
    pub reassigned: u64,
    /// Of them, those that the first who worked on them solved, never in another unit, never reopened.
    pub first_contact: u64,
    /// Resolutions, also of tickets that were solved again.
    pub resolutions: u64,
    /// Resolutions that a reopening undid.
    pub undone: u64,
    /// Tickets that were open at the end, by [`AGES`]; to whoever held them, else to all they were
    /// given to.
    pub backlog: [u64; AGES.len()],
    /// How long tickets were held, within the period.
    pub handling_seconds: i64,
}

/// Figures by what they belong to; only what has any.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct KpiTable(pub BTreeMap<Group, KeyFigures>);

/// When something happened, in which unit, by whom.
type Place = (DateTime<Utc>, Option<UnitId>, Option<PersonId>);

impl KeyFigures {
    /// The mean time to resolve, in whole seconds (N8); none when nothing was solved.
    pub fn mean_resolution_seconds(&self) -> Option<i64> {
        self.resolution_seconds.checked_div(i64::try_from(self.resolved.tickets).ok()?)
    }
}

impl KpiQuestion {
    fn is_within(&self, at: DateTime<Utc>) -> bool {
        self.from <= at && at < self.to && at <= self.at
    }

    /// N7: where a figure belongs; none: it is not asked for.
    fn group(&self, (at, unit, person): Place) -> Option<Group> {
        let asked = self.unit.is_none_or(|asked| unit == Some(asked))
            && self.person.is_none_or(|asked| person == Some(asked));
        asked.then(|| match self.by {
            Grouping::Whole => Group::Whole,
            Grouping::Unit => Group::Unit(unit),
            Grouping::Person => Group::Person(person),
            Grouping::Month => Group::Month(month_of(at)),
        })
    }

    /// The last instants at which a backlog is counted: the period's, or each month's. What has not
    /// come yet is counted as of now.
    fn ends(&self) -> Vec<DateTime<Utc>> {
        let before = |end: DateTime<Utc>| (end - TimeDelta::microseconds(1)).min(self.at);
        if self.by != Grouping::Month {
            return vec![before(self.to)];
        }
        let until = self.to.min(self.at + TimeDelta::microseconds(1));
        parts(self.from, until).map(|(_, end)| before(end)).collect()
    }
}
