//! Under which plan a ticket is, and what that means for it now: the same in all verbs that say it.

use crate::kernel::{Context, Needs, SlaPlanId, SubjectId};
use crate::sla::stamp;
use crate::sla::{Terms, TermsCause};
use crate::ticket::event::{SlaTermsRestated, TicketEvent};
use crate::ticket::refusal::TicketRefusal;
use crate::ticket::state::Body;
use crate::ticket::words::{Priority, TicketKind};

/// Which plan a ticket is opened under.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum PlanChoice {
    /// Its subject's, else its kind's, if plans measure tickets at all.
    #[default]
    Implied,
    /// This one.
    Named(SlaPlanId),
    /// None: history that nobody measured.
    Unmeasured,
}

impl PlanChoice {
    /// Whom it refers to.
    pub(super) fn needs(self) -> Needs {
        let plans = match self {
            Self::Named(plan) => [plan].into(),
            Self::Implied | Self::Unmeasured => Default::default(),
        };
        Needs { plans, sla: self != Self::Unmeasured, ..Needs::default() }
    }

    /// T22: the plan it comes to.
    pub(super) fn plan(
        self,
        (kind, subject): (TicketKind, Option<SubjectId>),
        cx: &Context,
    ) -> Result<Option<SlaPlanId>, TicketRefusal> {
        match self {
            Self::Named(plan) => Ok(Some(plan)),
            Self::Unmeasured => Ok(None),
            Self::Implied => implied(kind, subject, cx),
        }
    }
}

/// T22, T23: the plan of a ticket for which nobody named one.
fn implied(
    kind: TicketKind,
    subject: Option<SubjectId>,
    cx: &Context,
) -> Result<Option<SlaPlanId>, TicketRefusal> {
    if !cx.policy.sla_on {
        return Ok(None);
    }
    let own = subject.and_then(|subject| cx.facts.subjects.get(&subject)?.defaults.sla_plan);
    let plan = own.or(cx.policy.sla_plans.get(&kind).copied());
    match (plan, subject) {
        (None, Some(_)) => Err(TicketRefusal::SubjectWithoutPlan),
        (plan, _) => Ok(plan),
    }
}

/// What a plan means for a ticket of this priority now.
pub(super) fn terms(
    plan: Option<SlaPlanId>,
    priority: Priority,
    cx: &Context,
) -> Result<Option<Box<Terms>>, TicketRefusal> {
    let Some(plan) = plan else { return Ok(None) };
    let facts = cx.facts.plans.get(&plan).ok_or(TicketRefusal::PlanUnknown)?;
    let terms = stamp::terms(plan, facts, priority, &cx.facts.calendars);
    terms.map(|terms| Some(Box::new(terms))).ok_or(TicketRefusal::PlanUnknown)
}

/// T21: the event by which a ticket comes under these terms; none when it is under them already.
pub(super) fn restated(
    body: &Body,
    terms: Option<Box<Terms>>,
    cause: TermsCause,
) -> Option<TicketEvent> {
    let restated = SlaTermsRestated { terms, cause };
    (restated.terms != body.sla).then_some(TicketEvent::SlaTermsRestated(restated))
}

/// The plan a ticket is under, with what it names.
pub(in crate::ticket) fn needs_of(body: Option<&Body>) -> Needs {
    let plan = body.and_then(|body| body.sla.as_ref()).map(|terms| terms.plan);
    Needs { plans: plan.into_iter().collect(), sla: plan.is_some(), ..Needs::default() }
}
