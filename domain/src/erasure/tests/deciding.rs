//! ER2, ER3, ER4

use serde_json::json;
use uuid::Uuid;

use super::{
    ANNA_TOO, after, approve, approved, as_anna, as_ben, facts, free, given, refuse, refused,
    requested, withdraw, withdrawn,
};
use crate::erasure::{Bonds, ErasureRefusal};
use crate::kernel::testing::world::{ANNA, BEN, CARL, HEIDI};
use crate::kernel::text::TextFault;
use crate::kernel::{AccessRequestId, EvidenceHoldId, Refusal, ServiceAccountId};

fn bonds() -> [Bonds; 4] {
    let hold = EvidenceHoldId(Uuid::from_u128(3));
    let request = AccessRequestId(Uuid::from_u128(4));
    [
        Bonds { holds: [hold].into(), ..free() },
        Bonds { left: false, ..free() },
        Bonds { access: true, ..free() },
        Bonds { requests: [request].into(), ..free() },
    ]
}

#[test]
fn er2_another_human_approves_in_person() {
    given(after(0)).when(approve()).then([approved()]);
    given(after(1)).when(approve()).nothing();
    given([]).when(approve()).refused(ErasureRefusal::NotFound);
    for account in [ANNA, ANNA_TOO] {
        as_anna(account, after(0)).when(approve()).refused(ErasureRefusal::OwnErasure);
        as_anna(account, after(0)).when(refuse("No")).refused(ErasureRefusal::OwnErasure);
    }
    let oneself = given(after(0)).by(CARL).knowing(facts(free(), &[CARL]));
    oneself.when(approve()).refused(ErasureRefusal::OwnErasure);
    let program = given(after(0)).by_program(ServiceAccountId(Uuid::from_u128(5)));
    program.when(approve()).refused(ErasureRefusal::NotInPerson);
    given(after(0)).importing_for(HEIDI).when(approve()).refused(ErasureRefusal::NotInPerson);
    given(after(0)).by_nobody().when(refuse("No")).refused(ErasureRefusal::NotInPerson);
}

#[test]
fn er2_what_a_program_asked_for_anybody_else_approves() {
    given([requested(None)]).when(approve()).then([approved()]);
}

#[test]
fn er3_whatever_stands_in_the_way_is_refused_and_named() {
    let codes =
        ["ERASURE_HELD", "ERASURE_PERSON_ACTIVE", "ERASURE_ACCESS_OPEN", "ERASURE_REQUEST_OPEN"];
    for (bonds, code) in bonds().into_iter().zip(codes) {
        let kept = given(after(0)).knowing(facts(bonds, &[HEIDI]));
        assert_eq!(kept.when(approve()).refusal().code(), code);
    }
    let [held, _, access, asked] = bonds();
    let all = Bonds { left: false, holds: held.holds, access: access.access, ..asked };
    let kept = given(after(0)).knowing(facts(all, &[HEIDI]));
    let refusal = kept.when(approve()).refusal();
    assert_eq!(refusal.code(), "ERASURE_HELD");
    let meta = refusal.meta();
    assert_eq!(meta["obstacles"], json!(["HELD", "PERSON_ACTIVE", "ACCESS_OPEN", "REQUEST_OPEN"]));
    assert_eq!(meta["holds"], json!(["00000000-0000-0000-0000-000000000003"]));
    assert_eq!(meta["requests"], json!(["00000000-0000-0000-0000-000000000004"]));
}

#[test]
fn er4_until_it_has_begun_somebody_else_refuses_it_with_a_reason() {
    for steps in [0, 1] {
        let refusing = as_ben(after(steps)).when(refuse(" The contract is over "));
        refusing.then([refused(BEN)]);
    }
    for steps in 2..=5 {
        as_ben(after(steps)).when(refuse("No")).refused(ErasureRefusal::Begun);
    }
    let over = || [requested(Some(ANNA)), refused(BEN)];
    given(over()).when(refuse("")).nothing();
    given(over()).when(approve()).refused(ErasureRefusal::Over);
    as_anna(ANNA, over().into()).when(withdraw()).refused(ErasureRefusal::Over);
    let empty = ErasureRefusal::WhyUnfit(TextFault::Empty);
    given(after(0)).when(refuse(" ")).refused(empty);
}

#[test]
fn er4_until_it_has_begun_whoever_asked_withdraws_it() {
    for (steps, account) in [(0, ANNA), (1, ANNA_TOO)] {
        as_anna(account, after(steps)).when(withdraw()).then([withdrawn()]);
    }
    for steps in 2..=5 {
        as_anna(ANNA, after(steps)).when(withdraw()).refused(ErasureRefusal::Begun);
    }
    as_ben(after(0)).when(withdraw()).refused(ErasureRefusal::NotYours);
    given([requested(None)]).when(withdraw()).refused(ErasureRefusal::NotYours);
    let over = vec![requested(Some(ANNA)), withdrawn()];
    as_anna(ANNA, over.clone()).when(withdraw()).nothing();
    as_ben(over).when(refuse("No")).refused(ErasureRefusal::Over);
}
