//! Move: the person works elsewhere.

use chrono::{DateTime, TimeDelta, Utc};

use super::{AHEAD_MAX_DAYS, GRACE_MAX_DAYS, must_be_another_human};
use crate::kernel::{Context, PersonId};
use crate::person::event::{Moved, PersonEvent};
use crate::person::refusal::PersonRefusal;
use crate::person::state::Person;

/// P15, P16. Another says that one of the staff works elsewhere. What begins before now begins now.
#[derive(Debug, Clone, PartialEq)]
pub struct Move {
    /// The stream's own identity: who.
    pub person: PersonId,
    /// From when on, within a year; none: from now on.
    pub from: Option<DateTime<Utc>>,
    /// How many days longer they keep what came with the old place, at most thirty.
    pub grace_days: u8,
}

impl Move {
    pub(in crate::person) fn decide(
        self,
        person: &Person,
        cx: &Context,
    ) -> Result<Vec<PersonEvent>, PersonRefusal> {
        person.staff()?;
        let from = self.from.unwrap_or(cx.now).max(cx.now);
        if from - cx.now > TimeDelta::days(AHEAD_MAX_DAYS) {
            return Err(PersonRefusal::StartUnfit);
        }
        if self.grace_days > GRACE_MAX_DAYS {
            return Err(PersonRefusal::GraceUnfit);
        }
        must_be_another_human(self.person, cx)?;
        Ok(vec![PersonEvent::Moved(Moved { from, grace_days: self.grace_days })])
    }
}
