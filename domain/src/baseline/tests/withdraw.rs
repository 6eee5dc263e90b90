//! O4

use super::{given, named, withdrawn};
use crate::baseline::command::{NAMES, Withdraw};
use crate::baseline::{Baseline, BaselineCommand, BaselineRefusal};
use crate::kernel::{ClaimChange, ClaimKey, Command};

const WITHDRAW: BaselineCommand = BaselineCommand::Withdraw(Withdraw {});

#[test]
fn o4_it_stays_where_it_is_to_be_read() {
    let outcome = given([named("A")]).when(WITHDRAW);
    let baseline = outcome.then([withdrawn()]).state();
    let body = baseline.body().unwrap();
    assert_eq!((body.name.as_str(), body.withdrawn), ("A", true));
    given([named("A"), withdrawn()]).when(WITHDRAW).nothing();
    given([]).when(WITHDRAW).refused(BaselineRefusal::NotFound);
}

#[test]
fn o4_its_name_is_free() {
    let mut baseline = Baseline::default();
    baseline.evolve(named("A"));
    let claims = BaselineCommand::claims(&baseline, &withdrawn());
    assert_eq!(claims, [ClaimChange::Release { scope: NAMES, key: ClaimKey::of_name("A") }]);
}
