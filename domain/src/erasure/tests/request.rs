//! ER1, ER6

use super::{
    WHY, after, certified, facts, free, given, refused, request, requested, why, withdrawn,
};
use crate::erasure::command::PEOPLE;
use crate::erasure::{Bonds, Erasure, ErasureCommand, ErasureEvent, ErasureRefusal};
use crate::kernel::testing::world::{CARL, HEIDI, NOBODY};
use crate::kernel::text::TextFault;
use crate::kernel::{ClaimChange, ClaimKey, Command, ErasureId, ServiceAccountId};
use uuid::Uuid;

#[test]
fn er1_somebody_asks_on_a_ground_and_says_why() {
    given([]).when(request(CARL, " The contract is over ")).then([requested(Some(HEIDI))]);
    // The person themselves, too; and a program.
    given([]).by(CARL).when(request(CARL, WHY)).then([requested(Some(CARL))]);
    let program = given([]).by_program(ServiceAccountId(Uuid::from_u128(5)));
    program.when(request(CARL, WHY)).then([requested(None)]);
    given(after(0)).when(request(CARL, WHY)).refused(ErasureRefusal::Exists);
    given([]).when(request(NOBODY, WHY)).refused(ErasureRefusal::PersonUnknown);
    for (why, fault) in
        [(" ".to_owned(), TextFault::Empty), ("x".repeat(2_001), TextFault::TooLong(2_000))]
    {
        given([]).when(request(CARL, &why)).refused(ErasureRefusal::WhyUnfit(fault));
    }
}

#[test]
fn er1_it_may_be_asked_for_whatever_stands_in_the_way_yet() {
    let active = given([]).knowing(facts(Bonds::default(), &[HEIDI]));
    active.when(request(CARL, WHY)).then([requested(Some(HEIDI))]);
}

#[test]
fn er1_whose_erasure_has_begun_is_not_erased_again() {
    let begun = Bonds { begun: Some(ErasureId(Uuid::from_u128(7))), ..free() };
    let given = given([]).knowing(facts(begun, &[HEIDI]));
    given.when(request(CARL, WHY)).refused(ErasureRefusal::PersonErased);
}

#[test]
fn er1_a_person_has_one_request_until_it_is_refused_or_withdrawn_and_one_for_ever_after() {
    let key = || ClaimKey::Plain(CARL.to_string());
    let held = ErasureCommand::claims(&Erasure::default(), &requested(None));
    assert_eq!(held, [ClaimChange::Hold { scope: PEOPLE, key: key() }]);
    let state = |events: Vec<ErasureEvent>| {
        let mut state = Erasure::default();
        events.into_iter().for_each(|event| state.evolve(event));
        state
    };
    for over in [refused(HEIDI), withdrawn()] {
        let freed = ErasureCommand::claims(&state(after(1)), &over);
        assert_eq!(freed, [ClaimChange::Release { scope: PEOPLE, key: key() }]);
    }
    assert_eq!(ErasureCommand::claims(&state(after(4)), &certified()), []);
}

#[test]
fn er6_no_event_holds_words_under_a_persons_key() {
    assert_eq!(why().value().map(String::as_str), Some(WHY));
    let all = after(5).into_iter().chain([refused(HEIDI), withdrawn()]);
    for event in all {
        let stored = serde_json::to_string(&event).unwrap();
        assert!(!stored.contains("\"subject\":\"person:"), "{stored}");
    }
}
