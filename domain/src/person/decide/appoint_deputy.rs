//! Appoint deputy: somebody stands in while the person is away.

use chrono::NaiveDate;

use super::must_be_near;
use crate::kernel::{Context, Needs, PersonId};
use crate::person::event::{DeputyAppointed, PersonEvent};
use crate::person::refusal::PersonRefusal;
use crate::person::state::{Deputy, Person};

/// Whoever is away for longer than a year has left.
const DAYS_MAX: i64 = 366;

/// P11. For at most 366 days on end another active member of staff stands in, instead of whoever did.
/// The same deputy for the same days again changes nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct AppointDeputy {
    /// The stream's own identity: who is away.
    pub person: PersonId,
    /// Who stands in.
    pub deputy: PersonId,
    /// The first day, in UTC.
    pub from: NaiveDate,
    /// The last day, in UTC.
    pub until: NaiveDate,
}

impl AppointDeputy {
    pub(in crate::person) fn needs(&self) -> Needs {
        Needs { people: [self.deputy].into(), ..Needs::default() }
    }

    pub(in crate::person) fn decide(
        self,
        person: &Person,
        cx: &Context,
    ) -> Result<Vec<PersonEvent>, PersonRefusal> {
        let body = person.staff()?;
        let Self { deputy, from, until, .. } = self;
        if body.deputy == Some(Deputy { person: deputy, from, until }) {
            return Ok(vec![]);
        }
        if deputy == self.person || !cx.facts.can_work(deputy, None) {
            return Err(PersonRefusal::DeputyUnfit);
        }
        must_be_near("from", from, cx)?;
        must_be_near("until", until, cx)?;
        if !(1..=DAYS_MAX).contains(&((until - from).num_days() + 1)) {
            return Err(PersonRefusal::PeriodUnfit);
        }
        Ok(vec![PersonEvent::DeputyAppointed(DeputyAppointed { deputy, from, until })])
    }
}
