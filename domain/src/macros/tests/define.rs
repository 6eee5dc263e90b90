//! M1, M2

use serde_json::json;

use super::{defined, given, tag};
use crate::kernel::testing::world::{CLOSED, CUSTOMER, DESK, IT, NETWORK, NOWHERE};
use crate::kernel::text::TextFault;
use crate::kernel::{ClaimChange, ClaimKey, Command, Refusal, UnitId};
use crate::macros::command::Define;
use crate::macros::{Macro, MacroCommand, MacroRefusal, MacroStep};
use crate::ticket::{PendingReason, Priority};

fn define(name: &str, unit: Option<UnitId>, steps: Vec<MacroStep>) -> MacroCommand {
    MacroCommand::Define(Define { name: name.to_owned(), unit, steps })
}

fn with(steps: Vec<MacroStep>) -> MacroCommand {
    define("Take up", None, steps)
}

#[test]
fn m1_a_macro_is_defined_once() {
    let typed = || define(" Take up ", Some(DESK), vec![MacroStep::StartWork, tag(" TAKEN ")]);
    let it = given([]).when(typed()).then([defined()]).state();
    assert_eq!(it.body().unwrap().steps.len(), 2);
    given([defined()]).when(typed()).refused(MacroRefusal::Exists);
}

#[test]
fn m1_the_name_has_a_bound_and_is_claimed_whatever_its_case() {
    let empty = MacroRefusal::NameUnfit(TextFault::Empty);
    assert_eq!((empty.code(), empty.field()), ("MACRO_NAME_UNFIT", Some("name")));
    given([]).when(define("", None, vec![tag("x")])).refused(empty);
    let key = ClaimKey::Plain("take up".to_owned());
    assert_eq!(
        MacroCommand::claims(&Macro::default(), &defined()),
        [ClaimChange::Hold { scope: "macro.name", key }]
    );
}

#[test]
fn m2_it_has_one_to_twenty_steps() {
    given([]).when(with(vec![])).refused(MacroRefusal::StepsUnfit);
    given([]).when(with(vec![tag("x"); 21])).refused(MacroRefusal::StepsUnfit);
    given([]).when(with(vec![tag("x"); 20])).acts();
}

#[test]
fn m2_every_verb_of_a_ticket_can_be_a_step() {
    let steps = vec![
        MacroStep::StartWork,
        MacroStep::StopWork,
        MacroStep::Assign { unit: Some(IT) },
        MacroStep::Assign { unit: None },
        MacroStep::Prioritize { priority: Priority::Low },
        MacroStep::Pend { pending_reason: PendingReason::Caller },
        MacroStep::Resume,
        MacroStep::Resolve { code: "FIXED".to_owned(), solution: "Restarted".to_owned() },
        MacroStep::Reply { body: "Try again".to_owned() },
        MacroStep::Note { body: "Again".to_owned() },
        tag("again"),
        MacroStep::Untag { tag: "first".to_owned() },
    ];
    let it = given([]).when(with(steps.clone())).state();
    assert_eq!(it.body().unwrap().steps, steps);
}

#[test]
fn m2_each_step_is_within_the_bounds_of_its_verb() {
    let long = || "x".repeat(20_001);
    let (word, text) = (TextFault::TooLong(100), TextFault::TooLong(20_000));
    let solution = "Restarted".to_owned();
    for (step, fault) in [
        (MacroStep::Resolve { code: long(), solution }, word),
        (MacroStep::Resolve { code: "FIXED".to_owned(), solution: long() }, text),
        (MacroStep::Reply { body: long() }, text),
        (MacroStep::Note { body: " ".to_owned() }, TextFault::Empty),
        (tag(&long()), word),
        (MacroStep::Untag { tag: String::new() }, TextFault::Empty),
    ] {
        let unfit = MacroRefusal::StepTextUnfit { step: 2, fault };
        assert_eq!((unfit.field(), unfit.meta()["step"].clone()), (Some("steps"), json!(2)));
        given([]).when(with(vec![MacroStep::StartWork, step])).refused(unfit);
    }
}

#[test]
fn m1_m2_units_take_tickets_and_are_open() {
    given([]).when(define("x", Some(IT), vec![MacroStep::Assign { unit: Some(NETWORK) }])).acts();
    for unit in [CUSTOMER, CLOSED, NOWHERE] {
        let unfit = || MacroRefusal::UnitUnfit;
        given([]).when(define("x", Some(unit), vec![tag("x")])).refused(unfit());
        given([]).when(with(vec![MacroStep::Assign { unit: Some(unit) }])).refused(unfit());
    }
}
