//! RT1, RT2, RT3, RT5

use std::collections::BTreeMap;

use super::{PAYROLL, READ, define, defined, defined_by, given, verbs};
use crate::access::model::{ActionClass, Registry};
use crate::kernel::text::TextFault;
use crate::kernel::{ClaimChange, ClaimKey, Command, Refusal};
use crate::resource_type::command::Define;
use crate::resource_type::event::Verb;
use crate::resource_type::{ResourceType, ResourceTypeCommand, ResourceTypeRefusal as No};

fn command(define: Define) -> ResourceTypeCommand {
    ResourceTypeCommand::Define(define)
}

#[test]
fn rt1_a_type_is_defined_once_and_claims_its_name_within_its_system() {
    let typed = Define { label: " Payslip ".to_owned(), ..define() };
    given([]).when(command(typed)).then([defined()]);
    given([defined()]).when(command(define())).refused(No::Exists);
    let key = ClaimKey::Plain("payroll:payslip".to_owned());
    assert_eq!(
        ResourceTypeCommand::claims(&ResourceType::default(), &defined()),
        [ClaimChange::Hold { scope: "resource_type.name", key }]
    );
    let long = No::LabelUnfit(TextFault::TooLong(200));
    assert_eq!((long.code(), long.field()), ("RESOURCE_TYPE_LABEL_UNFIT", Some("label")));
    given([]).when(command(Define { label: "x".repeat(201), ..define() })).refused(long);
}

#[test]
fn rt2_systems_types_and_verbs_are_words() {
    let word = |length: usize| "a".repeat(length);
    for bad in ["", "Pay", "9lives", "_pay", "pay-roll", "pay.roll", "pay:roll", &word(33)] {
        let bad = || bad.to_owned();
        given([]).when(command(Define { system: bad(), ..define() })).refused(No::SystemUnfit);
        given([]).when(command(Define { name: bad(), ..define() })).refused(No::NameUnfit);
        let verbs = verbs([("read", READ), (&bad(), READ)]);
        let refused = No::VerbUnfit { verb: bad() };
        given([]).when(command(Define { verbs, ..define() })).refused(refused);
    }
    let long =
        Define { system: word(32), name: word(32), verbs: verbs([(&word(32), READ)]), ..define() };
    given([]).when(command(long)).acts();
    let own = verbs([("use", READ)]);
    given([])
        .when(command(Define { verbs: own, ..define() }))
        .refused(No::VerbUnfit { verb: "use".to_owned() });
    let ours = Define { system: "annals".to_owned(), ..define() };
    given([]).when(command(ours)).refused(No::SystemUnfit);
}

#[test]
fn rt3_it_has_verbs_that_read_do_something_or_approve() {
    let many = |count: usize| -> BTreeMap<String, Verb> {
        (0..count).map(|number| (format!("v{number}"), READ)).collect()
    };
    let with = |verbs| given([]).when(command(Define { verbs, ..define() }));
    with(many(0)).refused(No::VerbsUnfit);
    with(many(200)).acts();
    with(many(201)).refused(No::VerbsUnfit);
    let refused = No::ClassUnfit { verb: "look".to_owned() };
    assert_eq!(refused.meta()["verb"], "look");
    with(verbs([("look", Verb { class: ActionClass::Function, ..READ })])).refused(refused);
}

#[test]
fn rt3_its_actions_join_those_of_annals() {
    let resource = given([]).when(command(define())).state();
    let registry = Registry::ours().with(resource.body().unwrap().definition.actions()).unwrap();
    let info = |name: &str| registry.info(registry.find(&name.parse().unwrap()).unwrap()).clone();
    let (read, sign) = (info("payroll:payslip.read"), info("payroll:payslip.sign"));
    assert_eq!((read.class, read.is_read, read.high_risk), (ActionClass::Data, true, false));
    assert_eq!((sign.class, sign.is_read, sign.high_risk), (ActionClass::Approval, false, true));
}

#[test]
fn rt5_a_program_that_defines_it_is_remembered() {
    given([]).by_program(PAYROLL).when(command(define())).then([defined_by(Some(PAYROLL))]);
    given([]).by_nobody().when(command(define())).then([defined()]);
}
