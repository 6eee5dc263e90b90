//! Certify skill: what the person can do.

use chrono::NaiveDate;

use super::{must_be_another_human, must_be_near};
use crate::kernel::text::{self, WORD_MAX};
use crate::kernel::{Context, PersonId};
use crate::person::event::{PersonEvent, SkillCertified};
use crate::person::refusal::PersonRefusal;
use crate::person::state::{Person, Skill};

/// Whoever can do more is not found by skill.
const SKILLS_MAX: usize = 50;

/// P9, P15. Staff can do at most fifty things, each at a level of 1 to 5. The same certificate again
/// changes nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct CertifySkill {
    /// The stream's own identity: who.
    pub person: PersonId,
    /// At most 100 characters; kept in lower case.
    pub skill: String,
    /// 1 (learning) to 5 (teaching).
    pub level: u8,
    /// The last day of the certificate; none: it does not end.
    pub certified_until: Option<NaiveDate>,
}

impl CertifySkill {
    pub(in crate::person) fn decide(
        self,
        person: &Person,
        cx: &Context,
    ) -> Result<Vec<PersonEvent>, PersonRefusal> {
        let body = person.staff()?;
        let skill = text::line(&self.skill.to_lowercase(), WORD_MAX)
            .map_err(|fault| PersonRefusal::TextUnfit { field: "skill", fault })?;
        let (level, certified_until) = (self.level, self.certified_until);
        let known = body.skills.get(&skill);
        if known == Some(&Skill { level, certified_until }) {
            return Ok(vec![]);
        }
        if !(1..=5).contains(&level) {
            return Err(PersonRefusal::LevelUnfit);
        }
        certified_until.map_or(Ok(()), |day| must_be_near("certifiedUntil", day, cx))?;
        if known.is_none() && body.skills.len() >= SKILLS_MAX {
            return Err(PersonRefusal::SkillsFull);
        }
        must_be_another_human(self.person, cx)?;
        let certified = SkillCertified { skill, level, certified_until };
        Ok(vec![PersonEvent::SkillCertified(certified)])
    }
}
