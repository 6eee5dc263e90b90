//! RT5, RT6

use super::{INVENTORY, PAYROLL, defined, defined_by, given, retired};
use crate::kernel::{ClaimChange, ClaimKey, Command};
use crate::resource_type::command::Retire;
use crate::resource_type::{ResourceType, ResourceTypeCommand, ResourceTypeRefusal as No};

fn retire() -> ResourceTypeCommand {
    ResourceTypeCommand::Retire(Retire {})
}

#[test]
fn rt6_it_is_over_and_its_name_is_free() {
    assert!(given([defined()]).when(retire()).then([retired()]).state().body().unwrap().retired);
    let mut before = ResourceType::default();
    before.evolve(defined());
    let key = ClaimKey::Plain("payroll:payslip".to_owned());
    assert_eq!(
        ResourceTypeCommand::claims(&before, &retired()),
        [ClaimChange::Release { scope: "resource_type.name", key }]
    );
}

#[test]
fn rt6_retiring_twice_changes_nothing() {
    given([defined(), retired()]).when(retire()).nothing();
    given([]).when(retire()).refused(No::NotFound);
}

#[test]
fn rt5_a_program_retires_what_it_defined_itself() {
    let theirs = || given([defined_by(Some(PAYROLL))]);
    theirs().by_program(PAYROLL).when(retire()).then([retired()]);
    theirs().by_program(INVENTORY).when(retire()).refused(No::NotRegistrar);
}
