//! P13

use super::{an_agent, given, left, needs_somebody, suspended};
use crate::kernel::testing::world::{ANNA, HEIDI};
use crate::person::command::{ChangePassword, Leave};
use crate::person::event::Restored;
use crate::person::{Life, Person, PersonCommand, PersonEvent, PersonRefusal};

fn leave() -> PersonCommand {
    PersonCommand::Leave(Leave { person: ANNA })
}

#[test]
fn p13_a_person_leaves_by_anothers_hand_suspended_or_not() {
    for history in [an_agent(), [an_agent(), vec![suspended()]].concat()] {
        let person = given(history).by(HEIDI).when(leave()).then([left()]).state();
        assert_eq!(person.body(), Err(PersonRefusal::Left));
    }
    given(an_agent()).by(ANNA).when(leave()).refused(PersonRefusal::NotOneself);
}

#[test]
fn p13_then_nothing_happens_any_more() {
    needs_somebody(leave());
    needs_somebody(PersonCommand::ChangePassword(ChangePassword { must_change: false }));
    let mut person = Person::default();
    let restored = PersonEvent::Restored(Restored {});
    let history = [an_agent(), vec![left(), suspended(), restored]].concat();
    history.into_iter().for_each(|event| person.evolve(event));
    assert_eq!(person.0.map(|body| body.life), Some(Life::Left));
}
