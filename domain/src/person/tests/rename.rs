//! P7

use super::{an_agent, annas, given, needs_somebody};
use crate::kernel::testing::world::ANNA;
use crate::kernel::text::TextFault;
use crate::person::command::Rename;
use crate::person::event::Renamed;
use crate::person::{PersonCommand, PersonEvent, PersonRefusal};

fn rename(name: &str) -> PersonCommand {
    PersonCommand::Rename(Rename { person: ANNA, name: name.to_owned() })
}

#[test]
fn p7_a_name_changes_and_is_sealed_under_the_same_key() {
    let event = PersonEvent::Renamed(Renamed { name: annas("Anna Other") });
    let person = given(an_agent()).when(rename(" Anna Other ")).then([event]).state();
    assert_eq!(person.body().unwrap().name, annas("Anna Other"));
    given(an_agent()).when(rename("Anna Agent")).nothing();
    needs_somebody(rename("x"));
}

#[test]
fn p7_a_name_has_bounds() {
    let unfit = |fault| PersonRefusal::TextUnfit { field: "name", fault };
    given(an_agent()).when(rename(" ")).refused(unfit(TextFault::Empty));
    given(an_agent()).when(rename(&"x".repeat(201))).refused(unfit(TextFault::TooLong(200)));
}
