//! A service level plan, as a row of the read side.

use async_graphql::{ComplexObject, Context, ID, Object, Result, SimpleObject};
use domain::kernel::CalendarId;
use domain::sla::ClockKind as Kind;
use domain::sla_plan::EscalationAction as Action;
use domain::sla_plan::event::{Clock, Threshold};
use projections::sla_plans::SlaPlanRow;

use super::words::{ChangePolicy, ClockKind, EscalationRecipient, EscalationVerb, PauseState};
use crate::graphql::calendar::Calendar;
use crate::graphql::id::encode;
use crate::graphql::loader;
use crate::graphql::ticket::words::Priority;
use crate::graphql::unit::Unit;

/// How long things may take.
pub(in crate::graphql) struct SlaPlan(pub(in crate::graphql) SlaPlanRow);

/// How long things may take at a priority, in whole seconds; 0: no target.
#[derive(SimpleObject)]
struct SlaPlanTargets {
    /// At which priority.
    priority: Priority,
    /// Until somebody starts to work.
    reaction_seconds: u32,
    /// While somebody works.
    work_seconds: u32,
    /// Until it is solved.
    deadline_seconds: u32,
}

/// How a clock counts.
#[derive(SimpleObject)]
#[graphql(complex)]
struct SlaPlanClock {
    /// Which clock.
    clock: ClockKind,
    #[graphql(skip)]
    calendar_id: Option<CalendarId>,
    /// States in which it does not run.
    pause_states: Vec<PauseState>,
    /// What is done when, the lowest first.
    thresholds: Vec<SlaPlanThreshold>,
}

/// What is done beyond a share of the limit.
#[derive(SimpleObject)]
struct SlaPlanThreshold {
    /// The share, in percent.
    percent: u16,
    /// What, in order; the crossing is recorded in any case.
    actions: Vec<EscalationAction>,
}

/// One thing that is done to a ticket.
struct EscalationAction(Action);

/// How long things may take, and what becomes of those that take longer. Each definition is a version
/// of its own; earlier ones stand in the timeline.
#[Object]
impl SlaPlan {
    /// Opaque and global.
    pub(in crate::graphql) async fn id(&self) -> ID {
        encode(self.0.sla_plan_id)
    }

    /// Unique, whatever its case.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// What becomes of the time before, when a ticket comes under its terms.
    async fn policy(&self) -> ChangePolicy {
        self.0.definition.policy.into()
    }

    /// How long things may take, one of each priority, the most pressing first.
    async fn targets(&self) -> Vec<SlaPlanTargets> {
        let targets = self.0.definition.targets.iter().map(|(priority, it)| SlaPlanTargets {
            priority: (*priority).into(),
            reaction_seconds: it.reaction_seconds,
            work_seconds: it.work_seconds,
            deadline_seconds: it.deadline_seconds,
        });
        targets.collect()
    }

    /// How its three clocks count.
    async fn clocks(&self) -> Vec<SlaPlanClock> {
        self.0.definition.clocks.all().map(SlaPlanClock::of).into()
    }

    /// The number of its events: what `expectedVersion` is compared with.
    async fn version(&self) -> i64 {
        self.0.version
    }
}

impl SlaPlanClock {
    fn of((kind, clock): (Kind, &Clock)) -> Self {
        Self {
            clock: kind.into(),
            calendar_id: clock.calendar,
            pause_states: clock.pause_states.iter().copied().map(Into::into).collect(),
            thresholds: clock.thresholds.iter().map(Into::into).collect(),
        }
    }
}

impl From<&Threshold> for SlaPlanThreshold {
    fn from(threshold: &Threshold) -> Self {
        let actions = threshold.actions.iter().cloned().map(EscalationAction).collect();
        Self { percent: threshold.percent, actions }
    }
}

#[ComplexObject]
impl SlaPlanClock {
    /// In whose hours it counts; null: always.
    async fn calendar(&self, cx: &Context<'_>) -> Result<Option<Calendar>> {
        let Some(id) = self.calendar_id else { return Ok(None) };
        loader::calendar(cx, id).await
    }
}

/// One thing that is done to a ticket. What its verb does not take is null.
#[Object]
impl EscalationAction {
    /// What it does.
    async fn verb(&self) -> EscalationVerb {
        (&self.0).into()
    }

    /// To which unit it gives the ticket.
    async fn unit(&self, cx: &Context<'_>) -> Result<Option<Unit>> {
        let Some(id) = self.0.unit() else { return Ok(None) };
        loader::unit(cx, id).await
    }

    /// Whom it tells.
    async fn recipient(&self) -> Option<EscalationRecipient> {
        match &self.0 {
            Action::Notify { whom } => Some((*whom).into()),
            _ => None,
        }
    }

    /// Under which word it puts the ticket.
    async fn tag(&self) -> Option<&str> {
        match &self.0 {
            Action::Tag { tag } => Some(tag),
            _ => None,
        }
    }
}
