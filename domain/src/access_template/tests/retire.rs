//! AT5

use super::{defined, given, retired};
use crate::access_template::command::Retire;
use crate::access_template::{AccessTemplate, AccessTemplateCommand, AccessTemplateRefusal as No};
use crate::kernel::{ClaimChange, ClaimKey, Command};

fn retire() -> AccessTemplateCommand {
    AccessTemplateCommand::Retire(Retire {})
}

#[test]
fn at5_it_is_over_and_its_name_is_free() {
    let template = given([defined()]).when(retire()).then([retired()]).state();
    assert!(template.body().unwrap().retired);
    let mut before = AccessTemplate::default();
    before.evolve(defined());
    let key = ClaimKey::of_name("Newcomer");
    assert_eq!(
        AccessTemplateCommand::claims(&before, &retired()),
        [ClaimChange::Release { scope: "access_template.name", key }]
    );
}

#[test]
fn at5_retiring_twice_changes_nothing() {
    given([defined(), retired()]).when(retire()).nothing();
    given([]).when(retire()).refused(No::NotFound);
}
