//! Assign tier: at which line of support the person works.

use super::must_be_another_human;
use crate::kernel::{Context, PersonId};
use crate::person::event::{PersonEvent, TierAssigned};
use crate::person::refusal::PersonRefusal;
use crate::person::state::Person;
use crate::ticket::Tier;

/// P10, P15. Staff work in one of the tiers 1 to 3. The same tier again changes nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct AssignTier {
    /// The stream's own identity: who.
    pub person: PersonId,
    /// Which.
    pub tier: Tier,
}

impl AssignTier {
    pub(in crate::person) fn decide(
        self,
        person: &Person,
        cx: &Context,
    ) -> Result<Vec<PersonEvent>, PersonRefusal> {
        let body = person.staff()?;
        if body.tier == Some(self.tier) {
            return Ok(vec![]);
        }
        if !(Tier::FIRST..=Tier::TOP).contains(&self.tier) {
            return Err(PersonRefusal::TierUnfit);
        }
        must_be_another_human(self.person, cx)?;
        Ok(vec![PersonEvent::TierAssigned(TierAssigned { tier: self.tier })])
    }
}
