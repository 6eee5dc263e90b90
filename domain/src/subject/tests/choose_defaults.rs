//! B3

use uuid::Uuid;

use super::{created, given, needs_a_subject};
use crate::kernel::testing::world::{CLOSED, CUSTOMER, DESK, NOWHERE};
use crate::kernel::text::TextFault;
use crate::kernel::{Refusal, SlaPlanId};
use crate::sla_plan::testing::PLAN;
use crate::subject::command::ChooseDefaults;
use crate::subject::event::DefaultsChosen;
use crate::subject::{SubjectCommand, SubjectEvent, SubjectRefusal};
use crate::ticket::{Priority, Tier};

fn nothing() -> ChooseDefaults {
    ChooseDefaults { unit: None, priority: None, skill: None, tier: None, sla_plan: None }
}

fn everything() -> ChooseDefaults {
    ChooseDefaults {
        unit: Some(DESK),
        priority: Some(Priority::High),
        skill: Some(" Network ".to_owned()),
        tier: Some(Tier(2)),
        sla_plan: Some(PLAN),
    }
}

fn everything_chosen() -> SubjectEvent {
    SubjectEvent::DefaultsChosen(DefaultsChosen {
        unit: Some(DESK),
        priority: Some(Priority::High),
        skill: Some("network".to_owned()),
        tier: Some(Tier(2)),
        sla_plan: Some(PLAN),
    })
}

fn command(defaults: ChooseDefaults) -> SubjectCommand {
    SubjectCommand::ChooseDefaults(defaults)
}

#[test]
fn b3_the_last_choice_counts_as_a_whole() {
    given([created()]).when(command(everything())).then([everything_chosen()]);
    given([created(), everything_chosen()]).when(command(everything())).nothing();
    let subject = given([created(), everything_chosen()]).when(command(nothing())).state();
    let none = DefaultsChosen::default();
    assert_eq!(subject.body().unwrap().defaults, none);
    given([created()]).when(command(nothing())).nothing();
    needs_a_subject(command(nothing()));
}

#[test]
fn b3_the_unit_is_open_and_takes_tickets() {
    for unit in [CUSTOMER, CLOSED, NOWHERE] {
        let defaults = ChooseDefaults { unit: Some(unit), ..nothing() };
        given([created()]).when(command(defaults)).refused(SubjectRefusal::UnitUnfit);
    }
}

#[test]
fn b3_skill_and_tier_have_bounds() {
    for tier in [0, 4] {
        let defaults = ChooseDefaults { tier: Some(Tier(tier)), ..nothing() };
        given([created()]).when(command(defaults)).refused(SubjectRefusal::TierUnfit);
    }
    let long = ChooseDefaults { skill: Some("x".repeat(101)), ..nothing() };
    let unfit = SubjectRefusal::SkillUnfit(TextFault::TooLong(100));
    assert_eq!((unfit.code(), unfit.field()), ("SUBJECT_SKILL_UNFIT", Some("skill")));
    given([created()]).when(command(long)).refused(unfit);
}

#[test]
fn b3_the_plan_is_known() {
    let unknown = ChooseDefaults { sla_plan: Some(SlaPlanId(Uuid::nil())), ..nothing() };
    given([created()]).when(command(unknown)).refused(SubjectRefusal::PlanUnknown);
}
