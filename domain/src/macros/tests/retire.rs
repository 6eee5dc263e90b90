//! M4

use super::{defined, given, retired};
use crate::kernel::{ClaimChange, ClaimKey, Command};
use crate::macros::command::Retire;
use crate::macros::{Macro, MacroCommand, MacroRefusal};

fn retire() -> MacroCommand {
    MacroCommand::Retire(Retire {})
}

#[test]
fn m4_it_is_over_and_its_name_is_free() {
    let it = given([defined()]).when(retire()).then([retired()]).state();
    assert!(it.body().unwrap().retired);
    let mut before = Macro::default();
    before.evolve(defined());
    let key = ClaimKey::Plain("take up".to_owned());
    assert_eq!(
        MacroCommand::claims(&before, &retired()),
        [ClaimChange::Release { scope: "macro.name", key }]
    );
}

#[test]
fn m4_retiring_twice_changes_nothing() {
    given([defined(), retired()]).when(retire()).nothing();
    given([]).when(retire()).refused(MacroRefusal::NotFound);
}
