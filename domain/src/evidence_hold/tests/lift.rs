//! EH3, EH4

use std::sync::Arc;

use chrono::TimeDelta;
use proptest::prelude::*;

use super::{WHY, facts, given, lifted, placed};
use crate::access::known::{AccessFacts, Rulebook};
use crate::access::model::AccessSubject;
use crate::evidence_hold::command::Lift;
use crate::evidence_hold::{EvidenceHold, EvidenceHoldCommand, EvidenceHoldRefusal, HeldObject};
use crate::kernel::Facts;
use crate::kernel::testing::cases;
use crate::kernel::testing::world::{ANNA, BEN, CARL, PARENT, noon};
use crate::kernel::text::TextFault;

fn lift(why: &str) -> EvidenceHoldCommand {
    EvidenceHoldCommand::Lift(Lift { why: why.to_owned() })
}

const ON_CARL: HeldObject = HeldObject::Person(CARL);

#[test]
fn eh3_it_is_lifted_with_a_reason_and_once() {
    for on in [ON_CARL, HeldObject::Ticket(PARENT)] {
        given([placed(on, None)]).when(lift(" Case 7 ")).then([lifted()]);
    }
    given([placed(ON_CARL, None), lifted()]).when(lift("")).nothing();
    given([]).when(lift(WHY)).refused(EvidenceHoldRefusal::NotFound);
    let empty = EvidenceHoldRefusal::WhyUnfit(TextFault::Empty);
    given([placed(ON_CARL, None)]).when(lift(" ")).refused(empty);
}

#[test]
fn eh3_nobody_lifts_what_is_on_them_with_whichever_account() {
    let on_anna = || [placed(HeldObject::Person(ANNA), None)];
    given(on_anna()).when(lift(WHY)).refused(EvidenceHoldRefusal::NotOneself);
    // Ben is Anna's second account.
    let accounts = [ANNA, BEN].map(AccessSubject::Person).into();
    let rules = Some(Arc::new(Rulebook::default()));
    let access = AccessFacts { rules, acts_as: accounts, ..AccessFacts::default() };
    let as_ben = || given(on_anna()).by(BEN);
    let same = as_ben().knowing(Facts { access, ..facts() });
    same.when(lift(WHY)).refused(EvidenceHoldRefusal::NotOneself);
    as_ben().when(lift(WHY)).then([lifted()]);
}

#[test]
fn eh3_what_has_come_to_its_end_is_not_lifted() {
    let until = noon() + TimeDelta::days(1);
    let held = || given([placed(ON_CARL, Some(until))]);
    held().at(until - TimeDelta::microseconds(1)).when(lift(WHY)).then([lifted()]);
    held().at(until).when(lift(WHY)).refused(EvidenceHoldRefusal::Over);
}

proptest! {
    #![proptest_config(cases())]

    /// EH3: in force from its beginning to its end, or until it is lifted; the end does not count.
    #[test]
    fn it_is_in_force_until_its_end(end in proptest::option::of(1_i64..9), at in 0_i64..10) {
        let instant = |day: i64| noon() + TimeDelta::days(day);
        let mut hold = EvidenceHold::default();
        hold.evolve(placed(ON_CARL, end.map(instant)));
        let in_force = hold.body().unwrap().is_in_force(instant(at));
        prop_assert_eq!(in_force, end.is_none_or(|end| at < end));
        let stored = serde_json::to_value(&hold).unwrap();
        prop_assert_eq!(&serde_json::from_value::<EvidenceHold>(stored).unwrap(), &hold);
        hold.evolve(lifted());
        prop_assert!(!hold.body().unwrap().is_in_force(instant(at)));
    }
}
