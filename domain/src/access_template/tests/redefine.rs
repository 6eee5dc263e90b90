//! AT1, AT2, AT5

use super::{defined, given, newcomer, retired};
use crate::access_template::command::Redefine;
use crate::access_template::event::Definition;
use crate::access_template::{
    AccessTemplate, AccessTemplateCommand, AccessTemplateEvent, AccessTemplateRefusal as No,
};
use crate::kernel::testing::Outcome;
use crate::kernel::testing::access::{facts, holding};
use crate::kernel::{ClaimChange, ClaimKey, Command};

fn command(definition: Definition) -> AccessTemplateCommand {
    AccessTemplateCommand::Redefine(Box::new(Redefine { definition }))
}

fn redefined(definition: Definition) -> AccessTemplateEvent {
    AccessTemplateEvent::Redefined(Box::new(definition))
}

fn wanted(definition: Definition) -> Outcome<AccessTemplateCommand> {
    given([defined()]).knowing(facts(holding([]))).when(command(definition))
}

#[test]
fn at1_it_is_said_anew_as_a_whole_and_each_is_a_version() {
    let mut shorter = newcomer();
    shorter.items.pop();
    let template = wanted(shorter.clone()).then([redefined(shorter)]).state();
    let body = template.body().unwrap();
    assert_eq!((body.version, body.definition.items.len()), (2, 1));
    wanted(newcomer()).nothing();
    wanted(Definition { items: vec![], ..newcomer() }).refused(No::ItemsUnfit);
}

#[test]
fn at1_the_other_name_is_claimed_and_the_old_one_free() {
    let mut before = AccessTemplate::default();
    before.evolve(defined());
    let named = |name: &str| redefined(Definition { name: name.to_owned(), ..newcomer() });
    let (scope, key) = ("access_template.name", ClaimKey::of_name);
    assert_eq!(
        AccessTemplateCommand::claims(&before, &named("Starter")),
        [
            ClaimChange::Release { scope, key: key("Newcomer") },
            ClaimChange::Hold { scope, key: key("Starter") }
        ]
    );
    assert!(AccessTemplateCommand::claims(&before, &named("NEWCOMER")).is_empty());
}

#[test]
fn at1_at5_it_is_there() {
    given([]).when(command(newcomer())).refused(No::NotFound);
    given([defined(), retired()]).when(command(newcomer())).refused(No::Retired);
}
