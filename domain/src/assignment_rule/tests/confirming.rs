//! AA3, AA5: the second person.

use std::sync::Arc;

use super::{DIGEST, RULE, comes, definition, given, given_of, proposed, reads, retired};
use crate::access::known::AccessFacts;
use crate::access::model::{AccessSubject, Human};
use crate::access::testing::{ADMIN, known, rulebook};
use crate::assignment_rule::AssignmentRuleRefusal as No;
use crate::assignment_rule::command::{AssignmentRuleCommand, Confirm, Decline};
use crate::assignment_rule::event::{AssignmentRuleEvent, Confirmed, Declined};
use crate::assignment_rule::simulation::Simulation;
use crate::kernel::PersonId;
use crate::kernel::testing::world::{ANNA, BEN, HEIDI};

fn confirm() -> AssignmentRuleCommand {
    AssignmentRuleCommand::Confirm(Confirm { rule: RULE, seen: DIGEST.to_owned() })
}

fn decline() -> AssignmentRuleCommand {
    AssignmentRuleCommand::Decline(Decline {})
}

fn confirmed(by: PersonId) -> AssignmentRuleEvent {
    AssignmentRuleEvent::Confirmed(Confirmed { by, simulation: comes() })
}

fn waiting() -> AssignmentRuleEvent {
    proposed(ADMIN, Some(HEIDI), comes())
}

#[test]
fn aa5_a_second_person_brings_it_into_force() {
    let state = given([reads(), waiting()]).by(BEN).when(confirm()).then([confirmed(BEN)]).state();
    let body = state.body().unwrap();
    assert_eq!((body.version, &body.current), (2, &Some(definition(ADMIN))));
    assert!(body.waiting.is_none());
    given([waiting(), confirmed(BEN)]).by(ANNA).when(confirm()).refused(No::NothingWaits);
    given([]).by(BEN).when(confirm()).refused(No::NotFound);
    given([waiting(), retired()]).by(BEN).when(confirm()).refused(No::Retired);
}

#[test]
fn aa5_nobody_confirms_their_own_with_whichever_account() {
    given([waiting()]).by(HEIDI).when(confirm()).refused(No::SamePerson);
    let second = AccessFacts { doer: Some(Human(HEIDI)), ..known() };
    given_of(comes(), second, [waiting()]).by(BEN).when(confirm()).refused(No::SamePerson);
    let mut other = known();
    let heidi = other.subjects.get_mut(&AccessSubject::Person(HEIDI)).unwrap();
    heidi.humans = [Human(BEN)].into();
    given_of(comes(), other, [waiting()]).by(BEN).when(confirm()).refused(No::SamePerson);
    let mut gone = known();
    gone.subjects.clear();
    given_of(comes(), gone, [waiting()]).by(HEIDI).when(confirm()).refused(No::SamePerson);
    given([waiting()]).by_nobody().when(confirm()).refused(No::NotInPerson);
    given([waiting()]).importing_for(BEN).when(confirm()).refused(No::NotInPerson);
    let by_program = proposed(ADMIN, None, comes());
    given([by_program]).by(BEN).when(confirm()).acts();
}

#[test]
fn aa3_they_have_seen_what_comes_of_it_and_it_could_be_defined_now() {
    let other = Simulation { digest: "0".repeat(64), ..comes() };
    given_of(other, known(), [waiting()]).by(BEN).when(confirm()).refused(No::NotSimulated);
    let mut rules = rulebook();
    rules.retired.insert(ADMIN);
    let gone = AccessFacts { rules: Some(Arc::new(rules)), ..known() };
    let no = No::RoleUnfit { role: ADMIN };
    given_of(comes(), gone, [waiting()]).by(BEN).when(confirm()).refused(no);
}

#[test]
fn aa5_or_it_is_declined() {
    let declined = AssignmentRuleEvent::Declined(Declined {});
    let state = given([reads(), waiting()]).when(decline()).then([declined]).state();
    let body = state.body().unwrap();
    assert_eq!((body.version, body.waiting.is_none()), (1, true));
    given([reads()]).when(decline()).nothing();
    given([]).when(decline()).refused(No::NotFound);
}
