//! P4

use super::{defined, given, retired};
use crate::kernel::{ClaimChange, ClaimKey, Command};
use crate::template::command::Retire;
use crate::template::{Template, TemplateCommand, TemplateRefusal};

fn retire() -> TemplateCommand {
    TemplateCommand::Retire(Retire {})
}

#[test]
fn p4_it_is_over_and_its_name_is_free() {
    let template = given([defined()]).when(retire()).then([retired()]).state();
    assert!(template.body().unwrap().retired);
    let mut before = Template::default();
    before.evolve(defined());
    let key = ClaimKey::Plain("laptop".to_owned());
    assert_eq!(
        TemplateCommand::claims(&before, &retired()),
        [ClaimChange::Release { scope: "template.name", key }]
    );
}

#[test]
fn p4_retiring_twice_changes_nothing() {
    given([defined(), retired()]).when(retire()).nothing();
    given([]).when(retire()).refused(TemplateRefusal::NotFound);
}
