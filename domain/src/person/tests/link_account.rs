//! P14

use super::{an_agent, given, left};
use crate::access::known::AccessFacts;
use crate::access::model::{AccessSubject, Human};
use crate::access::testing::{facts, holder, known};
use crate::kernel::PersonId;
use crate::kernel::testing::Given;
use crate::kernel::testing::world::{ANNA, BEN, GUS, HEIDI, NOBODY, NORA};
use crate::person::command::{LinkAccount, UnlinkAccount};
use crate::person::event::{AccountLinked, AccountUnlinked};
use crate::person::{PersonCommand, PersonEvent, PersonRefusal};

fn link(human: PersonId) -> PersonCommand {
    PersonCommand::LinkAccount(LinkAccount { person: ANNA, human })
}

fn unlink() -> PersonCommand {
    PersonCommand::UnlinkAccount(UnlinkAccount { person: ANNA })
}

fn linked(human: PersonId) -> PersonEvent {
    PersonEvent::AccountLinked(AccountLinked { human: Human(human) })
}

/// Anna's account is Ben's second one.
fn bens() -> Vec<PersonEvent> {
    [an_agent(), vec![linked(BEN)]].concat()
}

/// Everybody is there; this account is that human's.
fn behind(account: PersonId, human: PersonId) -> AccessFacts {
    let mut known = known();
    known.subjects.insert(AccessSubject::Person(account), holder(human));
    known
}

fn asked(events: Vec<PersonEvent>) -> Given<PersonCommand> {
    given(events).by(HEIDI).knowing(facts(known()))
}

#[test]
fn p14_an_account_is_linked_to_the_human_whose_it_is() {
    let person = asked(an_agent()).when(link(BEN)).then([linked(BEN)]).state();
    assert_eq!(person.body().unwrap().human, Some(Human(BEN)));
    asked(bens()).when(link(BEN)).nothing();
    asked(bens()).when(link(NORA)).refused(PersonRefusal::LinkedAlready);
    given([]).by(HEIDI).when(link(BEN)).refused(PersonRefusal::NotFound);
    asked([an_agent(), vec![left()]].concat()).when(link(BEN)).refused(PersonRefusal::Left);
}

#[test]
fn p14_to_somebody_else_who_is_here_and_not_in_a_ring() {
    for human in [ANNA, GUS, NOBODY] {
        asked(an_agent()).when(link(human)).refused(PersonRefusal::HumanUnfit);
    }
    // Ben's is Anna's second one already.
    let ring = given(an_agent()).by(HEIDI).knowing(facts(behind(BEN, ANNA)));
    ring.when(link(BEN)).refused(PersonRefusal::HumanUnfit);
}

#[test]
fn p14_an_account_is_told_apart_again() {
    let unlinked = PersonEvent::AccountUnlinked(AccountUnlinked {});
    let person = asked(bens()).when(unlink()).then([unlinked]).state();
    assert_eq!(person.body().unwrap().human, None);
    asked(an_agent()).when(unlink()).nothing();
}

#[test]
fn p14_neither_of_both_does_it_with_whichever_account() {
    for doer in [ANNA, BEN] {
        // Both are accounts of whoever does it, once they are linked.
        let acts_as = [ANNA, BEN].map(AccessSubject::Person).into();
        let oneself = || given(an_agent()).by(doer).knowing(facts(known()));
        oneself().when(link(BEN)).refused(PersonRefusal::NotOneself);
        let both = AccessFacts { acts_as, ..known() };
        let oneself = given(bens()).by(doer).knowing(facts(both));
        oneself.when(unlink()).refused(PersonRefusal::NotOneself);
    }
    // Heidi's account is another one of Ben's.
    let third = || {
        let acts_as = [BEN, HEIDI].map(AccessSubject::Person).into();
        facts(AccessFacts { acts_as, ..known() })
    };
    given(bens()).knowing(third()).when(unlink()).refused(PersonRefusal::NotOneself);
    given(an_agent()).knowing(third()).when(link(BEN)).refused(PersonRefusal::NotOneself);
}
