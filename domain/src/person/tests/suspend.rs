//! P12

use super::{an_agent, given, needs_somebody, suspended};
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
