//! Withdraw skill: the person is no longer counted on for it.

use super::must_be_another_human;
use crate::kernel::{Context, PersonId};
use crate::person::event::{PersonEvent, SkillWithdrawn};
use crate::person::refusal::PersonRefusal;
use crate::person::state::Person;

/// P9, P15. Staff may lose a skill. One the person has not changes nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct WithdrawSkill {
    /// The stream's own identity: who.
    pub person: PersonId,
    /// Which, whatever its case.
    pub skill: String,
}

impl WithdrawSkill {
    pub(in crate::person) fn decide(
        self,
        person: &Person,
        cx: &Context,
    ) -> Result<Vec<PersonEvent>, PersonRefusal> {
        let body = person.staff()?;
        let skill = self.skill.trim().to_lowercase();
        if !body.skills.contains_key(&skill) {
            return Ok(vec![]);
        }
        must_be_another_human(self.person, cx)?;
        Ok(vec![PersonEvent::SkillWithdrawn(SkillWithdrawn { skill })])
    }
}
