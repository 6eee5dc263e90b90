//! T22

use uuid::Uuid;

use super::histories::{an_assigned_ticket, given};
use crate::kernel::testing::world::OFFICE;
use crate::kernel::{CalendarFacts, Facts, PlanFacts, SlaPlanId};
use crate::sla::{Terms, TermsCause, stamp};
use crate::sla_plan::testing::{PLAN, definition};
use crate::ticket::command::{ApplyPlan, Pressing, Prioritize};
use crate::ticket::event::{Prioritized, SlaTermsRestated};
use crate::ticket::{Priority, TicketCommand, TicketEvent, TicketRefusal};

/// What the plan of the tests means for a priority, with its versions.
pub(super) fn terms(priority: Priority, (plan, calendar): (i64, i64)) -> Option<Box<Terms>> {
    let facts = PlanFacts { version: plan, definition: definition() };
    let calendars = [(OFFICE, CalendarFacts { version: calendar })].into();
    stamp::terms(PLAN, &facts, priority, &calendars).map(Box::new)
}

pub(super) fn restated(terms: Option<Box<Terms>>, cause: TermsCause) -> TicketEvent {
    TicketEvent::SlaTermsRestated(SlaTermsRestated { terms, cause })
}

/// These versions of plan and calendar are there.
pub(super) fn versions(plan: i64, calendar: i64) -> Facts {
    Facts {
        plans: [(PLAN, PlanFacts { version: plan, definition: definition() })].into(),
        calendars: [(OFFICE, CalendarFacts { version: calendar })].into(),
        ..Facts::default()
    }
}

fn apply(plan: Option<SlaPlanId>) -> TicketCommand {
    TicketCommand::ApplyPlan(ApplyPlan { plan })
}

fn under_a_plan() -> Vec<TicketEvent> {
    let applied = restated(terms(Priority::Normal, (1, 1)), TermsCause::Plan);
    [an_assigned_ticket(), vec![applied]].concat()
}

#[test]
fn t22_a_ticket_comes_under_a_plan_and_under_none() {
    let applied = restated(terms(Priority::Normal, (1, 1)), TermsCause::Plan);
    given(an_assigned_ticket()).when(apply(Some(PLAN))).then([applied]);
    given(under_a_plan()).when(apply(Some(PLAN))).nothing();
    given(under_a_plan()).when(apply(None)).then([restated(None, TermsCause::Plan)]);
    given(an_assigned_ticket()).when(apply(None)).nothing();
    let unknown = apply(Some(SlaPlanId(Uuid::nil())));
    given(an_assigned_ticket()).when(unknown).refused(TicketRefusal::PlanUnknown);
}

#[test]
fn t21_another_priority_means_other_terms() {
    let prioritize =
        TicketCommand::Prioritize(Prioritize { pressing: Pressing::Decreed(Priority::Critical) });
    let prioritized = TicketEvent::Prioritized(Prioritized {
        priority: Priority::Critical,
        impact: None,
        urgency: None,
    });
    given(under_a_plan())
        .because("the board waits")
        .when(prioritize)
        .then([prioritized, restated(terms(Priority::Critical, (1, 1)), TermsCause::Priority)]);
}
