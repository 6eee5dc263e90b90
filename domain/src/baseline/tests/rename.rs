//! O3

use super::{given, named, withdrawn};
use crate::baseline::command::{NAMES, Rename};
use crate::baseline::event::Renamed;
use crate::baseline::{Baseline, BaselineCommand, BaselineEvent, BaselineRefusal};
use crate::kernel::text::TextFault;
use crate::kernel::{ClaimChange, ClaimKey, Command};

fn rename(name: &str) -> BaselineCommand {
    BaselineCommand::Rename(Rename { name: name.to_owned() })
}

fn renamed(name: &str) -> BaselineEvent {
    BaselineEvent::Renamed(Renamed { name: name.to_owned() })
}

#[test]
fn o3_it_is_renamed_until_it_is_withdrawn() {
    given([named("A")]).when(rename(" B ")).then([renamed("B")]);
    given([named("A")]).when(rename("a")).then([renamed("a")]);
    given([named("A")]).when(rename("A ")).nothing();
    given([named("A"), renamed("B")]).when(rename("B")).nothing();
    given([named("A"), withdrawn()]).when(rename("B")).refused(BaselineRefusal::Withdrawn);
    given([]).when(rename("B")).refused(BaselineRefusal::NotFound);
    let unfit = BaselineRefusal::NameUnfit(TextFault::TooLong(100));
    given([named("A")]).when(rename(&"x".repeat(101))).refused(unfit);
}

#[test]
fn o3_its_old_name_is_free() {
    let mut baseline = Baseline::default();
    baseline.evolve(named("A"));
    let claims = BaselineCommand::claims(&baseline, &renamed("B"));
    let (a, b) = (ClaimKey::of_name("A"), ClaimKey::of_name("B"));
    let scope = NAMES;
    let expected = [ClaimChange::Release { scope, key: a }, ClaimChange::Hold { scope, key: b }];
    assert_eq!(claims, expected);
}
