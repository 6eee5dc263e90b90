//! A ticket as a line of a report.

use chrono::{DateTime, Utc};

use super::case::{Case, Opening, Outcome, Target, in_force};
use crate::kernel::PersonId;
use crate::sla::stopwatch::{Calendars, Readings, UnknownCalendar};
use crate::ticket::Priority;

/// What a report says of a ticket, as it was at an instant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Its number, author and requester.
    pub opening: Opening,
    /// When it was opened.
    pub opened_at: DateTime<Utc>,
    /// Whose it is to do.
    pub target: Target,
    /// How pressing it is.
    pub priority: Priority,
    /// How it stands.
    pub outcome: Outcome,
    /// When it was solved; none while it is open.
    pub resolved_at: Option<DateTime<Utc>>,
    /// Who solved it; none: nobody yet, or Annals itself.
    pub resolver: Option<PersonId>,
    /// What its clocks show.
    pub readings: Readings,
}

impl Line {
    /// That of a ticket; none before it was opened.
    ///
    /// # Errors
    /// A calendar of its terms is not at hand.
    pub fn of<C: Calendars>(
        case: &Case,
        at: DateTime<Utc>,
        calendars: &C,
    ) -> Result<Option<Self>, UnknownCalendar> {
        let readings = case.course().at(at, calendars)?;
        Ok(Self::read(case, at, readings))
    }

    fn read(case: &Case, at: DateTime<Utc>, readings: Readings) -> Option<Self> {
        let outcome = case.outcome(at)?;
        let resolution = case.resolution(at);
        Some(Self {
            opening: case.opening()?.clone(),
            opened_at: case.opened_at()?,
            target: in_force(case.targets(), at)?.clone(),
            priority: *in_force(case.priorities(), at)?,
            outcome,
            resolved_at: resolution.map(|it| it.at),
            resolver: resolution.and_then(|it| it.value),
            readings,
        })
    }
}
