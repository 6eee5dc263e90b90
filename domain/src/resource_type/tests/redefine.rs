//! RT2 to RT6

use super::{INVENTORY, PAYROLL, READ, SIGN, define, defined, defined_by, given, retired, verbs};
use crate::access::model::ActionClass;
use crate::kernel::text::TextFault;
use crate::kernel::{ClaimChange, Command};
use crate::resource_type::command::{Define, Redefine};
use crate::resource_type::event::{Redefined, Verb};
use crate::resource_type::{
    ResourceType, ResourceTypeCommand, ResourceTypeEvent, ResourceTypeRefusal as No,
};

fn redefine() -> Redefine {
    let Define { label, verbs, .. } = define();
    Redefine { label, verbs }
}

/// With one verb more.
fn wider() -> Redefine {
    let verbs = verbs([("read", READ), ("sign", SIGN), ("print", READ)]);
    Redefine { verbs, ..redefine() }
}

fn command(redefine: Redefine) -> ResourceTypeCommand {
    ResourceTypeCommand::Redefine(redefine)
}

fn redefined(Redefine { label, verbs }: Redefine) -> ResourceTypeEvent {
    ResourceTypeEvent::Redefined(Redefined { label, verbs })
}

#[test]
fn rt4_verbs_are_added_and_the_same_again_changes_nothing() {
    let resource = given([defined()]).when(command(wider())).then([redefined(wider())]).state();
    let definition = &resource.body().unwrap().definition;
    assert_eq!((definition.verbs.len(), definition.full_name().as_str()), (3, "payroll:payslip"));
    given([defined()]).when(command(redefine())).nothing();
    let renamed = Redefine { label: "Slip".to_owned(), ..redefine() };
    given([defined()]).when(command(renamed.clone())).then([redefined(renamed)]);
    let mut before = ResourceType::default();
    before.evolve(defined());
    assert_eq!(
        ResourceTypeCommand::claims(&before, &redefined(wider())),
        Vec::<ClaimChange>::new()
    );
}

#[test]
fn rt4_no_verb_is_taken_away_or_made_another() {
    let with = |verbs, refusal| {
        given([defined()]).when(command(Redefine { verbs, ..redefine() })).refused(refusal);
    };
    with(verbs([("read", READ)]), No::VerbMissing { verb: "sign".to_owned() });
    let made = || No::VerbMadeOtherwise { verb: "read".to_owned() };
    let written = Verb { class: ActionClass::Operation, ..READ };
    with(verbs([("read", written), ("sign", SIGN)]), made());
    let watched = Verb { high_risk: true, ..READ };
    let verbs = verbs([("read", watched), ("sign", SIGN)]);
    given([defined()]).when(command(Redefine { verbs, ..redefine() })).acts();
}

#[test]
fn rt2_rt3_its_bounds_hold_here_too() {
    let with = |redefine, refusal| given([defined()]).when(command(redefine)).refused(refusal);
    with(Redefine { label: " ".to_owned(), ..redefine() }, No::LabelUnfit(TextFault::Empty));
    with(Redefine { verbs: verbs([]), ..redefine() }, No::VerbsUnfit);
    let upper = verbs([("read", READ), ("sign", SIGN), ("Print", READ)]);
    let refused = No::VerbUnfit { verb: "Print".to_owned() };
    with(Redefine { verbs: upper, ..redefine() }, refused);
}

#[test]
fn rt5_a_program_changes_what_it_defined_itself() {
    let theirs = || given([defined_by(Some(PAYROLL))]);
    theirs().by_program(PAYROLL).when(command(wider())).acts();
    theirs().when(command(wider())).acts();
    theirs().by_program(INVENTORY).when(command(wider())).refused(No::NotRegistrar);
    given([defined()]).by_program(PAYROLL).when(command(wider())).refused(No::NotRegistrar);
}

#[test]
fn rt1_rt6_it_is_there() {
    given([]).when(command(redefine())).refused(No::NotFound);
    given([defined(), retired()]).when(command(wider())).refused(No::Retired);
}
