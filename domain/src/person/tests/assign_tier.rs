//! P10

use super::{an_agent, given, is_for_staff, needs_somebody};
use crate::kernel::testing::world::ANNA;
use crate::person::command::AssignTier;
use crate::person::event::TierAssigned;
use crate::person::{PersonCommand, PersonEvent, PersonRefusal};
use crate::ticket::Tier;

fn assign(tier: u8) -> PersonCommand {
    PersonCommand::AssignTier(AssignTier { person: ANNA, tier: Tier(tier) })
}

fn assigned(tier: u8) -> PersonEvent {
    PersonEvent::TierAssigned(TierAssigned { tier: Tier(tier) })
}

#[test]
fn p10_staff_work_in_one_of_three_tiers() {
    for tier in 1..=3 {
        let person = given(an_agent()).when(assign(tier)).then([assigned(tier)]).state();
        assert_eq!(person.body().unwrap().tier, Some(Tier(tier)));
    }
    for tier in [0, 4] {
        given(an_agent()).when(assign(tier)).refused(PersonRefusal::TierUnfit);
    }
    given([an_agent(), vec![assigned(2)]].concat()).when(assign(2)).nothing();
    needs_somebody(assign(1));
    is_for_staff(assign(1));
}
