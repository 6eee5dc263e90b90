//! P7

use super::{an_agent, given, needs_somebody};
use crate::kernel::testing::world::ANNA;
use crate::kernel::text::TextFault;
use crate::person::command::TakePosition;
use crate::person::event::PositionTaken;
use crate::person::{PersonCommand, PersonEvent, PersonRefusal};

fn take(position: Option<&str>) -> PersonCommand {
    PersonCommand::TakePosition(TakePosition {
        person: ANNA,
        position: position.map(str::to_owned),
    })
}

fn taken(position: Option<&str>) -> PersonEvent {
    PersonEvent::PositionTaken(PositionTaken { position: position.map(str::to_owned) })
}

#[test]
fn p7_a_position_is_taken_and_given_up() {
    let engineer = Some("Network engineer");
    given(an_agent()).when(take(Some(" Network engineer "))).then([taken(engineer)]);
    let history = [an_agent(), vec![taken(engineer)]].concat();
    given(history.clone()).when(take(engineer)).nothing();
    let person = given(history).when(take(None)).then([taken(None)]).state();
    assert_eq!(person.body().unwrap().position, None);
    needs_somebody(take(None));
}

#[test]
fn p7_a_position_has_bounds() {
    let unfit = |fault| PersonRefusal::TextUnfit { field: "position", fault };
    given(an_agent()).when(take(Some(""))).refused(unfit(TextFault::Empty));
    given(an_agent()).when(take(Some("a\nb"))).refused(unfit(TextFault::Control));
    let long = "x".repeat(201);
    given(an_agent()).when(take(Some(&long))).refused(unfit(TextFault::TooLong(200)));
}
