//! Withdraw skill: the person is no longer counted on for it.

use crate::kernel::Context;
use crate::person::event::{PersonEvent, SkillWithdrawn};
use crate::person::refusal::PersonRefusal;
use crate::person::state::Person;

/// P9. Staff may lose a skill. One the person has not changes nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct WithdrawSkill {
    /// Which, whatever its case.
    pub skill: String,
}

impl WithdrawSkill {
    pub(in crate::person) fn decide(
        self,
        person: &Person,
        _cx: &Context,
    ) -> Result<Vec<PersonEvent>, PersonRefusal> {
        let body = person.staff()?;
        let skill = self.skill.trim().to_lowercase();
        if !body.skills.contains_key(&skill) {
            return Ok(vec![]);
        }
        Ok(vec![PersonEvent::SkillWithdrawn(SkillWithdrawn { skill })])
    }
}
