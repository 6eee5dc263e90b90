//! What is supposed, as it was typed, and what it comes to: judged by the rules of plans and
//! calendars themselves.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use strum::IntoEnumIterator;
use uuid::Uuid;

use crate::calendar::{self, Calendar, CalendarCommand, CalendarEvent, OpeningHours};
use crate::kernel::{
    Actor, CalendarFacts, CalendarId, Command, Context, Facts, Needs, PlanFacts, Refused,
    SlaPlanId, Standing,
};
use crate::settings::Policy;
use crate::sla::stopwatch::{SUPPOSED_VERSION, Supposed};
use crate::sla::{CalendarVersion, stamp};
use crate::sla_plan::event::Defined;
use crate::sla_plan::{self, SlaPlan, SlaPlanCommand, SlaPlanEvent};
use crate::ticket::Priority;

/// What a supposed plan is called by its terms: it is none that exists.
const PLAN: SlaPlanId = SlaPlanId(Uuid::nil());
/// What a supposed calendar is called by a plan's clocks when it is none that exists.
pub const NEW_CALENDAR: CalendarId = CalendarId(Uuid::nil());

/// A plan, a calendar, or both: a plan of which clocks count in the calendar's hours.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Wish {
    /// The plan.
    pub plan: Option<Box<sla_plan::command::Define>>,
    /// The calendar whose hours these would be, or [`NEW_CALENDAR`].
    pub calendar: Option<(CalendarId, calendar::command::Define)>,
}

/// What a wish comes to.
#[derive(Debug, Clone, PartialEq)]
pub struct Supposition {
    /// By what tickets are supposed to have been measured.
    pub supposed: Supposed,
    /// The hours of the supposed calendar.
    pub hours: Option<(CalendarVersion, OpeningHours)>,
}

/// Why a wish makes no sense.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Unfit {
    /// Neither a plan nor a calendar.
    #[error("suppose a plan, a calendar, or both")]
    Nothing,
    /// What no plan could be.
    #[error("plan: {0}")]
    Plan(Refused),
    /// What no calendar could be.
    #[error("calendar: {0}")]
    Calendar(Refused),
    /// Without a plan, other hours are those of a calendar that is there.
    #[error("without a plan, name the calendar whose hours these would be")]
    CalendarUnknown,
    /// The plan does not count in them.
    #[error("no clock of the plan counts in the hours of the calendar")]
    CalendarUnused,
}

impl Wish {
    /// What has to be known of others.
    pub fn needs(&self) -> Needs {
        let plan = self.plan.as_ref().map(|plan| SlaPlanCommand::Define(plan.clone()));
        let mut needs = plan.map(|it| it.needs(&SlaPlan::default())).unwrap_or_default();
        needs.calendars.extend(self.calendar.iter().map(|(id, _)| *id));
        needs
    }

    /// What it comes to, with the calendars as they are; else what is wrong with it.
    pub fn fit(self, mut facts: Facts, now: DateTime<Utc>) -> Result<Supposition, Unfit> {
        let hours = match self.calendar {
            Some((id, calendar)) => {
                let hours = defined_calendar(calendar, &context(Facts::default(), now))?;
                if self.plan.is_none() && !facts.calendars.contains_key(&id) {
                    return Err(Unfit::CalendarUnknown);
                }
                facts.calendars.insert(id, CalendarFacts { version: SUPPOSED_VERSION });
                Some((CalendarVersion { id, version: SUPPOSED_VERSION }, hours))
            }
            None => None,
        };
        let supposed = match (self.plan, &hours) {
            (Some(plan), hours) => {
                let definition = defined_plan(plan, &context(facts.clone(), now))?;
                let counts = |(version, _): &(CalendarVersion, _)| {
                    definition.clocks.all().iter().any(|(_, it)| it.calendar == Some(version.id))
                };
                if !hours.as_ref().is_none_or(counts) {
                    return Err(Unfit::CalendarUnused);
                }
                Supposed::Plan(meaning(definition, &facts))
            }
            (None, Some((version, _))) => Supposed::Calendar(*version),
            (None, None) => return Err(Unfit::Nothing),
        };
        Ok(Supposition { supposed, hours })
    }
}

/// What a plan means for each priority.
fn meaning(definition: Defined, facts: &Facts) -> BTreeMap<Priority, crate::sla::Terms> {
    let plan = PlanFacts { version: SUPPOSED_VERSION, definition };
    let of = |priority| Some((priority, stamp::terms(PLAN, &plan, priority, &facts.calendars)?));
    Priority::iter().filter_map(of).collect()
}

fn defined_plan(plan: Box<sla_plan::command::Define>, cx: &Context) -> Result<Defined, Unfit> {
    let command = SlaPlanCommand::Define(plan);
    let events = command.decide(&SlaPlan::default(), cx).map_err(|no| Unfit::Plan(no.into()))?;
    let defined = events.into_iter().map(|SlaPlanEvent::Defined(definition)| *definition).next();
    defined.ok_or(Unfit::Nothing)
}

fn defined_calendar(
    calendar: calendar::command::Define,
    cx: &Context,
) -> Result<OpeningHours, Unfit> {
    let command = CalendarCommand::Define(Box::new(calendar));
    let events =
        command.decide(&Calendar::default(), cx).map_err(|no| Unfit::Calendar(no.into()))?;
    let defined = events.into_iter().map(|CalendarEvent::Defined(defined)| defined.hours).next();
    defined.ok_or(Unfit::Nothing)
}

/// As if it were defined in earnest.
fn context(facts: Facts, now: DateTime<Utc>) -> Context {
    Context {
        actor: Actor::System,
        on_behalf_of: None,
        now,
        reason: None,
        standing: Standing::Ordinary,
        facts,
        policy: Policy::shipped(),
    }
}
