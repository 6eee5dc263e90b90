//! P12

use super::{an_agent, given, needs_somebody, suspended};
use crate::access::known::{AccessFacts, Beside, HolderFacts};
use crate::access::model::AccessSubject;
use crate::access::sod::Tenure;
use crate::access::testing::{ADMIN, facts, grant, holder, id};
use crate::kernel::testing::world::{ANNA, HEIDI};
use crate::person::command::Suspend;
use crate::person::{Life, PersonCommand, PersonRefusal};

fn suspend() -> PersonCommand {
    PersonCommand::Suspend(Suspend { person: ANNA })
}

#[test]
fn p12_another_suspends_a_person() {
    let person = given(an_agent()).by(HEIDI).when(suspend()).then([suspended()]).state();
    assert_eq!(person.body().unwrap().life, Life::Suspended);
    given(an_agent()).by_nobody().when(suspend()).acts();
    given([an_agent(), vec![suspended()]].concat()).by(HEIDI).when(suspend()).nothing();
    needs_somebody(suspend());
}

#[test]
fn p12_nobody_suspends_themselves() {
    given(an_agent()).by(ANNA).when(suspend()).refused(PersonRefusal::NotOneself);
}

#[test]
fn p12_the_last_who_may_give_access_is_not_suspended() {
    let known = |keepers: &[u128]| {
        let tenures = Tenure::of(&grant(1, ADMIN)).into_iter().collect();
        let own = Beside { tenures, exceptions: Vec::new() };
        facts(AccessFacts {
            keepers: keepers.iter().map(|it| id(*it)).collect(),
            subjects: [(AccessSubject::Person(ANNA), HolderFacts { own, ..holder(ANNA) })].into(),
            ..AccessFacts::default()
        })
    };
    let last = given(an_agent()).knowing(known(&[1]));
    last.when(suspend()).refused(PersonRefusal::LastKeeper);
    given(an_agent()).knowing(known(&[1, 2])).when(suspend()).acts();
    given(an_agent()).knowing(known(&[2])).when(suspend()).acts();
    given(an_agent()).knowing(known(&[])).when(suspend()).acts();
}
