//! P15

use super::{a_client, an_agent, given, is_certified};
use crate::access::known::AccessFacts;
use crate::access::model::AccessSubject;
use crate::access::testing::{facts, known};
use crate::kernel::testing::world::{ANNA, CLEO, CUSTOMER, HEIDI};
use crate::person::command::{
    AssignTier, CertifySkill, ChangeOrganization, TakePosition, WithdrawSkill,
};
use crate::person::{PersonCommand, PersonRefusal};
use crate::ticket::Tier;

#[test]
fn p15_nobody_says_of_themselves_what_rules_look_at() {
    let (person, certified_until) = (ANNA, None);
    let skill = || "network".to_owned();
    let position = Some("Head of access".to_owned());
    let changes = [
        PersonCommand::AssignTier(AssignTier { person, tier: Tier(3) }),
        PersonCommand::CertifySkill(CertifySkill {
            person,
            skill: "mail".to_owned(),
            level: 5,
            certified_until,
        }),
        PersonCommand::WithdrawSkill(WithdrawSkill { person, skill: skill() }),
        PersonCommand::TakePosition(TakePosition { person, position }),
    ];
    let events = || [an_agent(), vec![is_certified(&skill())]].concat();
    for change in changes {
        given(events()).by(ANNA).when(change.clone()).refused(PersonRefusal::NotOneself);
        // Heidi's account is one of Anna's.
        let acts_as = [ANNA, HEIDI].map(AccessSubject::Person).into();
        let both = given(events()).knowing(facts(AccessFacts { acts_as, ..known() }));
        both.when(change.clone()).refused(PersonRefusal::NotOneself);
        given(events()).when(change.clone()).acts();
        given(events()).by_nobody().when(change).acts();
    }
    let organization = Some(CUSTOMER);
    let change = ChangeOrganization { person: CLEO, organization };
    let change = PersonCommand::ChangeOrganization(change);
    given(a_client()).by(CLEO).when(change.clone()).refused(PersonRefusal::NotOneself);
    given(a_client()).when(change).acts();
}
