//! Define: these tickets are opened from now on.

use crate::kernel::text::{self, NAME_MAX};
use crate::kernel::{CalendarId, Context, Needs, PersonId, SubjectId, TemplateId, UnitId};
use crate::recurrence::event::{Defined, Definition, RecurrenceEvent};
use crate::recurrence::refusal::RecurrenceRefusal;
use crate::recurrence::rule::RuleDraft;
use crate::recurrence::schedule::Schedule;
use crate::recurrence::state::Recurrence;
use crate::recurrence::words::{ClosedDay, Missed};
use crate::ticket::Priority;

/// G1 to G4. All of it is said as a whole, for the first time or anew; a stopped one goes on. The
/// same again changes nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct Define {
    /// At most 200 characters, unique whatever its case.
    pub name: String,
    /// What the tickets start with.
    pub template: TemplateId,
    /// Whose they are to do; none: as the template says, else routing.
    pub unit: Option<UnitId>,
    /// What they are about; none: as the template says.
    pub subject: Option<SubjectId>,
    /// How pressing they are; none: as the template says.
    pub priority: Option<Priority>,
    /// For whom; none: as before, at first whoever defines it.
    pub requester: Option<PersonId>,
    /// On which days, and when on them.
    pub rule: RuleDraft,
    /// Which days are open; none: all are.
    pub calendar: Option<CalendarId>,
    /// What becomes of occurrences on the others.
    pub closed_day: ClosedDay,
    /// What becomes of occurrences that nobody was there to open.
    pub missed: Missed,
}

impl Define {
    /// For whom: as named, as before, or whoever defines it.
    fn requester(&self, it: &Recurrence) -> Option<PersonId> {
        self.requester.or(it.0.as_deref().map(|body| body.definition.requester))
    }

    pub(in crate::recurrence) fn needs(&self, it: &Recurrence) -> Needs {
        Needs {
            people: self.requester(it).into_iter().collect(),
            units: self.unit.into_iter().collect(),
            subjects: self.subject.into_iter().collect(),
            templates: [self.template].into(),
            calendars: self.calendar.into_iter().collect(),
            ..Needs::default()
        }
    }

    pub(in crate::recurrence) fn decide(
        self,
        it: &Recurrence,
        cx: &Context,
    ) -> Result<Vec<RecurrenceEvent>, RecurrenceRefusal> {
        let name = text::line(&self.name, NAME_MAX).map_err(RecurrenceRefusal::NameUnfit)?;
        self.others_must_fit(cx)?;
        let requester = self.requester(it).or(cx.doer());
        let requester = requester.ok_or(RecurrenceRefusal::PersonRequired)?;
        if !cx.facts.people.get(&requester).is_some_and(|facts| facts.active) {
            return Err(RecurrenceRefusal::RequesterUnknown);
        }
        let rule = self.rule.fit()?;
        if (Schedule { rule: &rule, calendar: None }).after(cx.now, 1).is_empty() {
            return Err(RecurrenceRefusal::RuleNever);
        }
        let definition = Definition {
            name,
            template: self.template,
            unit: self.unit,
            subject: self.subject,
            priority: self.priority,
            requester,
            rule,
            calendar: self.calendar,
            closed_day: self.closed_day,
            missed: self.missed,
        };
        let same =
            |body: &crate::recurrence::state::Body| !body.stopped && body.definition == definition;
        if it.0.as_deref().is_some_and(same) {
            return Ok(vec![]);
        }
        Ok(vec![RecurrenceEvent::Defined(Box::new(Defined { definition, since: cx.now }))])
    }

    /// G1, G3: what it refers to.
    fn others_must_fit(&self, cx: &Context) -> Result<(), RecurrenceRefusal> {
        let template = cx.facts.templates.get(&self.template);
        if template.ok_or(RecurrenceRefusal::TemplateUnknown)?.retired {
            return Err(RecurrenceRefusal::TemplateRetired);
        }
        if self.unit.is_some_and(|unit| !cx.facts.takes_tickets(unit)) {
            return Err(RecurrenceRefusal::UnitUnfit);
        }
        let subject = self.subject.map(|subject| cx.facts.subjects.get(&subject));
        if subject.is_some_and(|known| known.is_none_or(|subject| subject.retired)) {
            return Err(RecurrenceRefusal::SubjectUnfit);
        }
        if self.calendar.is_some_and(|calendar| !cx.facts.calendars.contains_key(&calendar)) {
            return Err(RecurrenceRefusal::CalendarUnknown);
        }
        Ok(())
    }
}
