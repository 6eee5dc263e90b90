//! P9

use super::{an_agent, given, is_for_staff, needs_somebody};
use crate::kernel::testing::world::ANNA;
use crate::person::command::WithdrawSkill;
use crate::person::event::{SkillCertified, SkillWithdrawn};
use crate::person::{PersonCommand, PersonEvent};

fn withdraw(skill: &str) -> PersonCommand {
    PersonCommand::WithdrawSkill(WithdrawSkill { person: ANNA, skill: skill.to_owned() })
}

#[test]
fn p9_a_skill_is_withdrawn_whatever_its_case() {
    let skill = "network".to_owned();
    let certified = SkillCertified { skill: skill.clone(), level: 2, certified_until: None };
    let history = [an_agent(), vec![PersonEvent::SkillCertified(certified)]].concat();
    let withdrawn = PersonEvent::SkillWithdrawn(SkillWithdrawn { skill });
    let person = given(history).when(withdraw(" Network ")).then([withdrawn]).state();
    assert!(person.body().unwrap().skills.is_empty());
}

#[test]
fn p9_one_the_person_has_not_changes_nothing() {
    given(an_agent()).when(withdraw("network")).nothing();
    needs_somebody(withdraw("network"));
    is_for_staff(withdraw("network"));
}
