//! ER3, ER5

use std::collections::{BTreeMap, BTreeSet};

use uuid::Uuid;

use super::{
    after, begin, begun, certified, certify, facts, free, given, keys_destroyed, purged,
    record_keys, record_purge, refused, requested, withdrawn,
};
use crate::access::premise::Premise;
use crate::erasure::command::{Certify, RecordKeys, RecordPurge};
use crate::erasure::event::PurgedView;
use crate::erasure::{Bonds, ErasureCommand, ErasureRefusal, Phase};
use crate::fact::Fact;
use crate::kernel::testing::world::{ANNA, BEN, HEIDI};
use crate::kernel::{ErasureId, EvidenceHoldId};

#[test]
fn er5_each_step_is_taken_once_and_in_its_order() {
    let steps = [
        (begin(), begun()),
        (record_keys(), keys_destroyed()),
        (record_purge(), purged()),
        (certify(), certified()),
    ];
    for (place, (command, event)) in steps.into_iter().enumerate() {
        for done in 0..=5 {
            let told = given(after(done)).by_nobody().when(command.clone());
            match done {
                _ if done < place + 1 => told.refused(ErasureRefusal::TooEarly),
                _ if done == place + 1 => drop(told.then([event.clone()])),
                _ => drop(told.nothing()),
            }
        }
        for over in [refused(BEN), withdrawn()] {
            let told = given([requested(Some(ANNA)), over]).by_nobody();
            told.when(command.clone()).refused(ErasureRefusal::Over);
        }
        given([]).by_nobody().when(command).refused(ErasureRefusal::NotFound);
    }
}

#[test]
fn er5_its_state_tells_how_far_it_is_and_which_keys_are_gone() {
    let done = given(after(4)).by_nobody().when(certify()).state();
    let body = done.body().unwrap();
    assert_eq!((body.phase, body.keys.len()), (Phase::Certified, 1));
}

#[test]
fn er3_what_has_come_in_the_way_since_makes_it_wait() {
    let hold = EvidenceHoldId(Uuid::from_u128(3));
    let held = Bonds { holds: [hold].into(), ..free() };
    let waiting = |done| given(after(done)).by_nobody().knowing(facts(held.clone(), &[HEIDI]));
    waiting(1).when(begin()).refused(ErasureRefusal::Held(Box::new(held.clone())));
    // What has begun does not stop.
    waiting(2).when(begin()).nothing();
    waiting(2).when(record_keys()).then([keys_destroyed()]);
}

#[test]
fn er3_a_destruction_moves_what_holds_lean_on() {
    let id = ErasureId(Uuid::from_u128(1));
    for event in after(5) {
        let premises = if event == begun() { vec![Premise::Evidence] } else { vec![] };
        assert_eq!(Premise::moved_by(&Fact::Erasure(id, event)), premises);
    }
}

#[test]
fn er5_records_are_bounded() {
    let keys: BTreeSet<Uuid> = (0..17).map(Uuid::from_u128).collect();
    let unfit = || ErasureRefusal::RecordUnfit;
    given(after(2)).when(ErasureCommand::RecordKeys(RecordKeys { keys })).refused(unfit());
    let view = |through| PurgedView { through, rows: 0 };
    let purge = |views: BTreeMap<String, PurgedView>, besides| {
        let purge = RecordPurge { streams: 0, views, besides };
        given(after(3)).when(ErasureCommand::RecordPurge(purge))
    };
    let many = |count: usize| (0..count).map(|nr| (nr.to_string(), view(0))).collect();
    purge(many(200), BTreeMap::new()).acts();
    purge(many(201), BTreeMap::new()).refused(unfit());
    purge([("v".to_owned(), view(-1))].into(), BTreeMap::new()).refused(unfit());
    for name in ["", " v", "a\nb", &"x".repeat(65)] {
        purge([(name.to_owned(), view(0))].into(), BTreeMap::new()).refused(unfit());
        purge(BTreeMap::new(), [(name.to_owned(), 1)].into()).refused(unfit());
    }
    for (position, root) in
        [(-1, "ab".repeat(32)), (1, "ab".repeat(31)), (1, "AB".repeat(32)), (1, "xy".repeat(32))]
    {
        let certify = ErasureCommand::Certify(Certify { position, root });
        given(after(4)).when(certify).refused(unfit());
    }
}
