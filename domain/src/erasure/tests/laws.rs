//! Laws of any course of an erasure.

use proptest::prelude::*;
use uuid::Uuid;

use super::{
    ANNA_TOO, approve, begin, certify, facts, record_keys, record_purge, refuse, request, withdraw,
};
use crate::erasure::{Bonds, Erasure, ErasureCommand, ErasureEvent, Phase};
use crate::kernel::testing::world::{ANNA, BEN, CARL, HEIDI};
use crate::kernel::testing::{cases, context};
use crate::kernel::{Command, EvidenceHoldId, PersonId};

fn command() -> impl Strategy<Value = ErasureCommand> {
    prop_oneof![
        4 => Just(approve()),
        1 => Just(refuse("No")),
        1 => Just(withdraw()),
        4 => Just(begin()),
        3 => Just(record_keys()),
        3 => Just(record_purge()),
        3 => Just(certify()),
    ]
}

fn bonds() -> impl Strategy<Value = Bonds> {
    let hold = EvidenceHoldId(Uuid::from_u128(3));
    (prop::bool::weighted(0.8), prop::bool::weighted(0.2)).prop_map(move |(left, held)| Bonds {
        left,
        holds: held.then_some(hold).into_iter().collect(),
        ..Bonds::default()
    })
}

/// All accounts of whoever this is.
fn accounts(person: PersonId) -> Vec<PersonId> {
    if [ANNA, ANNA_TOO].contains(&person) { vec![ANNA, ANNA_TOO] } else { vec![person] }
}

proptest! {
    #![proptest_config(cases())]

    /// ER2, ER3, ER5: keys go only after another human's yes, while nothing stood in the way at it and
    /// when it began; what is over comes to nothing any more.
    #[test]
    fn nothing_is_destroyed_alone_or_while_something_stands_in_the_way(
        course in prop::collection::vec(
            (prop::sample::select(vec![ANNA, ANNA_TOO, BEN, CARL, HEIDI]), bonds(), command()),
            0..40,
        ),
    ) {
        let mut erasure = Erasure::default();
        let mut approver = None;
        let free = Bonds { left: true, ..Bonds::default() };
        let start = (ANNA, free, request(CARL, "Gone"));
        for (by, bonds, command) in [start].into_iter().chain(course) {
            let mut cx = context(by);
            cx.facts = facts(bonds.clone(), &accounts(by));
            let before = erasure.clone();
            let Ok(events) = command.decide(&erasure, &cx) else { continue };
            prop_assert!(events.len() <= 1);
            for event in events {
                if let Some(body) = before.0.as_deref() {
                    prop_assert!(![Phase::Refused, Phase::Withdrawn].contains(&body.phase));
                }
                match &event {
                    ErasureEvent::Approved(_) => {
                        prop_assert!(bonds.obstacles().is_empty());
                        approver = Some(by);
                    }
                    ErasureEvent::DestructionBegun(_) => {
                        prop_assert!(bonds.obstacles().is_empty());
                        let approver = approver.unwrap();
                        prop_assert!(![ANNA, ANNA_TOO, CARL].contains(&approver));
                    }
                    _ => {}
                }
                erasure.evolve(event);
                prop_assert_ne!(&before, &erasure);
            }
            let stored = serde_json::to_value(&erasure).unwrap();
            prop_assert_eq!(&serde_json::from_value::<Erasure>(stored).unwrap(), &erasure);
        }
    }
}
