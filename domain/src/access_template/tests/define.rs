//! AT1, AT2, AT3, AT4

use super::{defined, given, item, newcomer};
use crate::access::fit::{EntryFault, HOURS_MAX};
use crate::access::model::{Granted, Scope};
use crate::access_template::command::Define;
use crate::access_template::event::{Definition, Item};
use crate::access_template::{AccessTemplate, AccessTemplateCommand, AccessTemplateRefusal as No};
use crate::kernel::testing::Outcome;
use crate::kernel::testing::access::{AGENT, KEEPER, NO_ROLE, directly, facts, holding, pattern};
use crate::kernel::text::TextFault;
use crate::kernel::{ClaimChange, ClaimKey, Command, Refusal};

fn define(definition: Definition) -> AccessTemplateCommand {
    AccessTemplateCommand::Define(Box::new(Define { definition }))
}

fn wanted(definition: Definition) -> Outcome<AccessTemplateCommand> {
    given([]).knowing(facts(holding([]))).when(define(definition))
}

fn of(items: Vec<Item>) -> Outcome<AccessTemplateCommand> {
    wanted(Definition { items, ..newcomer() })
}

#[test]
fn at1_a_template_is_defined_once_under_a_name_of_its_own() {
    wanted(Definition { name: " Newcomer ".to_owned(), ..newcomer() }).then([defined()]);
    given([defined()]).when(define(newcomer())).refused(No::Exists);
    let long = No::NameUnfit(TextFault::TooLong(200));
    assert_eq!((long.code(), long.field()), ("ACCESS_TEMPLATE_NAME_UNFIT", Some("name")));
    wanted(Definition { name: "x".repeat(201), ..newcomer() }).refused(long);
    let key = ClaimKey::of_name("Newcomer");
    assert_eq!(
        AccessTemplateCommand::claims(&AccessTemplate::default(), &defined()),
        [ClaimChange::Hold { scope: "access_template.name", key }]
    );
}

#[test]
fn at2_it_has_some_items_none_of_them_twice_in_one_place() {
    let places = |count: usize| -> Vec<Item> {
        let there = |number| format!("unit{number}").parse::<Scope>().unwrap();
        (0..count).map(|n| Item { scope: there(n), ..item(Granted::Role(AGENT)) }).collect()
    };
    of(places(0)).refused(No::ItemsUnfit);
    of(places(100)).acts();
    of(places(101)).refused(No::ItemsUnfit);
    let agent = || item(Granted::Role(AGENT));
    let refused = No::ItemTwice { item: 1 };
    assert_eq!((refused.field(), &refused.meta()["item"]), (Some("items"), &1.into()));
    of(vec![agent(), Item { hours: Some(8), ..agent() }]).refused(refused);
}

#[test]
fn at3_what_is_granted_is_there() {
    let refused = No::RoleUnknown { item: 1, role: NO_ROLE };
    assert_eq!(refused.meta()["roleId"], NO_ROLE.to_string());
    of(vec![item(Granted::Role(AGENT)), item(Granted::Role(NO_ROLE))]).refused(refused);
    of(vec![item(directly(["ci.read"]))]).acts();
    let fault = EntryFault::Unknown(pattern("kite.fly"));
    let refused = No::EntryUnfit { item: 0, fault };
    assert_eq!(refused.meta()["item"], 0);
    of(vec![item(directly(["kite.fly"]))]).refused(refused);
}

#[test]
fn at4_nothing_is_for_longer_than_its_role_is_granted_at_a_time() {
    let hours = |what, hours| of(vec![Item { hours, ..item(what) }]);
    let agent = || Granted::Role(AGENT);
    for (most, what) in [(48, Granted::Role(KEEPER)), (HOURS_MAX, agent())] {
        let refused = No::HoursUnfit { item: 0, max: most };
        assert_eq!(refused.meta()["maxHours"], most);
        hours(what.clone(), Some(most)).acts();
        hours(what.clone(), Some(most + 1)).refused(refused.clone());
        hours(what, Some(0)).refused(refused);
    }
    hours(agent(), None).acts();
    hours(Granted::Role(KEEPER), None).refused(No::HoursUnfit { item: 0, max: 48 });
    hours(directly(["ci.read"]), Some(HOURS_MAX + 1))
        .refused(No::HoursUnfit { item: 0, max: HOURS_MAX });
}
