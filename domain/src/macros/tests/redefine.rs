//! M2, M3, M4

use super::{defined, given, retired, tag};
use crate::kernel::testing::world::DESK;
use crate::kernel::{ClaimChange, ClaimKey, Command};
use crate::macros::command::Redefine;
use crate::macros::event::Redefined;
use crate::macros::{MacroCommand, MacroEvent, MacroRefusal, MacroStep};

fn redefine(name: &str, steps: Vec<MacroStep>) -> MacroCommand {
    MacroCommand::Redefine(Redefine { name: name.to_owned(), unit: Some(DESK), steps })
}

fn redefined(name: &str, steps: Vec<MacroStep>) -> MacroEvent {
    MacroEvent::Redefined(Redefined { name: name.to_owned(), unit: Some(DESK), steps })
}

#[test]
fn m3_it_does_something_else_from_now_on() {
    let outcome = given([defined()]).when(redefine("Take up", vec![tag("Other")]));
    let it = outcome.then([redefined("Take up", vec![tag("other")])]).state();
    assert_eq!(it.body().unwrap().steps, [tag("other")]);
    let same = vec![MacroStep::StartWork, tag("taken")];
    given([defined()]).when(redefine("Take up", same)).nothing();
}

#[test]
fn m3_the_other_name_is_claimed_and_the_old_one_free() {
    let mut before = crate::macros::Macro::default();
    before.evolve(defined());
    let key = |name: &str| ClaimKey::Plain(name.to_owned());
    let scope = "macro.name";
    assert_eq!(
        MacroCommand::claims(&before, &redefined("Begin", vec![])),
        [
            ClaimChange::Release { scope, key: key("take up") },
            ClaimChange::Hold { scope, key: key("begin") },
        ]
    );
}

#[test]
fn m2_its_bounds_hold_here_too() {
    given([defined()]).when(redefine("Begin", vec![])).refused(MacroRefusal::StepsUnfit);
}

#[test]
fn m1_m4_it_is_there() {
    given([]).when(redefine("Begin", vec![tag("x")])).refused(MacroRefusal::NotFound);
    let over = given([defined(), retired()]);
    over.when(redefine("Begin", vec![tag("x")])).refused(MacroRefusal::Retired);
}
