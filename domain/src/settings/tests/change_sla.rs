//! C8

use uuid::Uuid;

use super::{after, established, needs_settings};
use crate::kernel::{Refusal, SlaPlanId};
use crate::settings::command::ChangeSla;
use crate::settings::event::SlaChanged;
use crate::settings::{SettingsCommand, SettingsEvent, SettingsRefusal};
use crate::sla_plan::testing::PLAN;
use crate::ticket::TicketKind;

fn change(on: bool, plan: Option<SlaPlanId>) -> SettingsCommand {
    let plans = plan.into_iter().map(|plan| (TicketKind::Incident, plan)).collect();
    SettingsCommand::ChangeSla(ChangeSla { on, plans })
}

fn changed(on: bool, plan: Option<SlaPlanId>) -> SettingsEvent {
    let plans = plan.into_iter().map(|plan| (TicketKind::Incident, plan)).collect();
    SettingsEvent::SlaChanged(SlaChanged { on, plans })
}

#[test]
fn c8_plans_measure_tickets_or_do_not() {
    let on = || vec![established(), changed(true, Some(PLAN))];
    after([established()]).when(change(true, Some(PLAN))).then([changed(true, Some(PLAN))]);
    after(on()).when(change(true, Some(PLAN))).nothing();
    let policy = after(on()).when(change(false, Some(PLAN))).state().policy();
    assert!(!policy.sla_on);
    assert_eq!(policy.sla_plans, [(TicketKind::Incident, PLAN)].into());
    after([established()]).when(change(false, None)).nothing();
    needs_settings(change(true, None));
}

#[test]
fn c8_a_plan_of_a_kind_is_known() {
    let unknown = change(true, Some(SlaPlanId(Uuid::nil())));
    after([established()]).when(unknown).refused(SettingsRefusal::PlanUnknown);
    assert_eq!(SettingsRefusal::PlanUnknown.field(), Some("sla"));
}
