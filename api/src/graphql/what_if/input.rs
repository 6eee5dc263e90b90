//! What is supposed, and of which tickets it is asked.

use async_graphql::{ID, InputObject};
use chrono::{DateTime, TimeDelta, Utc};
use domain::calendar::command::Define as DefineCalendar;
use domain::kernel::{CalendarId, UnitId};
use domain::sla::ChangePolicy as Policy;
use domain::sla_plan::command::Define;
use domain::what_if::{NEW_CALENDAR, Wish};
use serde_json::json;

use crate::graphql::calendar::CalendarHoursInput;
use crate::graphql::input::{one_way, optional};
use crate::graphql::refusal::UserError;
use crate::graphql::scalar::Position;
use crate::graphql::sla_plan::{
    ChangePolicy, ClockKind, SlaPlanClockInput, SlaPlanTargetsInput, definition,
};
use crate::graphql::ticket::words::Priority;

/// The longest period, in days.
const DAYS_MAX: i64 = 370;

/// A plan that is only supposed; judged as one that is defined.
#[derive(Debug, Clone, InputObject)]
struct SlaWhatIfPlanInput {
    /// What it would be called, at most 200 characters; absent: nothing in particular.
    name: Option<String>,
    /// What becomes of the time before, when a ticket gets another priority; absent: RESTATE.
    policy: Option<ChangePolicy>,
    /// How long things may take: each priority once.
    targets: Vec<SlaPlanTargetsInput>,
    /// How clocks count; what is absent counts always, without pauses.
    clocks: Option<Vec<SlaPlanClockInput>>,
}

/// A calendar that is only supposed; judged as one that is defined.
#[derive(Debug, Clone, InputObject)]
struct SlaWhatIfCalendarInput {
    /// The calendar whose hours these would be, and always have been; absent: a new one, which needs
    /// a plan and `clocks`.
    calendar_id: Option<ID>,
    /// The clocks of the supposed plan that count in it, besides those that name its id.
    clocks: Option<Vec<ClockKind>>,
    #[graphql(flatten)]
    hours: CalendarHoursInput,
}

/// A question: a plan, a calendar, or both, and tickets.
#[derive(Debug, Clone, InputObject)]
pub(super) struct SlaWhatIfInput {
    /// The plan under which tickets would have been from their opening on.
    plan: Option<SlaWhatIfPlanInput>,
    /// The hours a calendar would always have had: for the clocks of the plan, or without one for
    /// those of the real plans.
    calendar: Option<SlaWhatIfCalendarInput>,
    /// Tickets opened from then on.
    pub(super) from: DateTime<Utc>,
    /// And before then, at most 370 days later. Clocks are read then, or now when that is to come.
    pub(super) to: DateTime<Utc>,
    /// Tickets of this unit alone; absent: of all, or of those you head.
    unit_id: Option<ID>,
    /// Tickets of this priority alone.
    pub(super) priority: Option<Priority>,
    /// As the log was after this number; absent: as it is. Name the position of the first answer for
    /// the pages behind it.
    position: Option<Position>,
}

/// What a supposed plan is called by default; nobody sees it.
const UNNAMED: &str = "Supposed";

impl SlaWhatIfInput {
    /// The unit that is named.
    pub(super) fn unit(&self) -> Result<Option<UnitId>, UserError> {
        optional("unitId", self.unit_id.as_ref())
    }

    /// The number in the log that is named.
    pub(super) fn position(&self) -> Result<Option<i64>, UserError> {
        match self.position {
            None => Ok(None),
            Some(Position::Number(number)) => Ok(Some(number)),
            Some(Position::Token(_)) => {
                Err(one_way("position", "name a number of the log, as answers have it"))
            }
        }
    }

    /// Whether the period is one, and short enough.
    pub(super) fn fits(&self) -> Result<(), UserError> {
        if self.to <= self.from {
            return Err(one_way("to", "ends before it begins"));
        }
        if self.to - self.from > TimeDelta::days(DAYS_MAX) {
            return Err(one_way("to", "a period is at most 370 days").with("max", json!(DAYS_MAX)));
        }
        Ok(())
    }

    /// What is supposed.
    pub(super) fn wish(self) -> Result<Wish, UserError> {
        let clocks = self.calendar.as_ref().and_then(|it| it.clocks.clone()).unwrap_or_default();
        let calendar = self.calendar.map(SlaWhatIfCalendarInput::calendar).transpose()?;
        let mut plan = self.plan.map(SlaWhatIfPlanInput::plan).transpose()?;
        if !clocks.is_empty() && plan.is_none() {
            return Err(one_way("calendar", "the clocks of a plan are named with a plan"));
        }
        if let (Some(plan), Some((id, _))) = (&mut plan, &calendar) {
            clocks.into_iter().for_each(|clock| count_in(plan, clock, *id));
        }
        Ok(Wish { plan: plan.map(Box::new), calendar })
    }
}

impl SlaWhatIfPlanInput {
    fn plan(self) -> Result<Define, UserError> {
        let policy = self.policy.map_or(Policy::Restate, Into::into);
        let name = self.name.unwrap_or_else(|| UNNAMED.to_owned());
        let define = definition(name, policy, self.targets, self.clocks.unwrap_or_default());
        define.map_err(|error| error.within("plan"))
    }
}

impl SlaWhatIfCalendarInput {
    fn calendar(self) -> Result<(CalendarId, DefineCalendar), UserError> {
        let id = optional("calendarId", self.calendar_id.as_ref());
        let id = id.map_err(|error| error.within("calendar"))?;
        let define = DefineCalendar { name: UNNAMED.to_owned(), hours: self.hours.into_draft() };
        Ok((id.unwrap_or(NEW_CALENDAR), define))
    }
}

fn count_in(plan: &mut Define, clock: ClockKind, calendar: CalendarId) {
    let clock = match clock {
        ClockKind::Reaction => &mut plan.reaction,
        ClockKind::Work => &mut plan.work,
        ClockKind::Deadline => &mut plan.deadline,
    };
    clock.calendar = Some(calendar);
}
