//! RO1, RO2, RO3, RO5, RO6

use std::collections::BTreeSet;

use uuid::Uuid;

use super::{CLERK, besides, clerk, defined, given, keeper};
use crate::access::fit::{EntryFault, HOURS_MAX};
use crate::access::known::{AccessFacts, Holders};
use crate::access::model::{
    AccessSubject, ActionClass, Counted, Entry, Granted, Obligation, ObligationSet, RoleDefinition,
    Roles, SodAction, SodKind, SodRule,
};
use crate::access::standard::standard_roles;
use crate::kernel::testing::Outcome;
use crate::kernel::testing::access::{
    AGENT, KEEPER, LEAD, NO_ROLE, directly, entry, facts, holding, pattern, role, ruled,
};
use crate::kernel::testing::world::{ANNA, BEN, CLEO, GUS, NOBODY};
use crate::kernel::text::TextFault;
use crate::kernel::{ClaimChange, ClaimKey, Command, Refusal, RoleId, SodRuleId};
use crate::resource_type;
use crate::resource_type::event::Verb;
use crate::role::command::Define;
use crate::role::{Role, RoleCommand, RoleEvent, RoleRefusal as No};

const RULE: SodRuleId = SodRuleId(Uuid::from_u128(0x1));

fn define(definition: RoleDefinition) -> RoleCommand {
    RoleCommand::Define(Box::new(Define { definition }))
}

fn wanted(definition: RoleDefinition) -> Outcome<RoleCommand> {
    given([]).knowing(facts(keeper())).when(define(definition))
}

/// Nobody has an agent and a keeper in one.
fn apart(action: SodAction) -> AccessFacts {
    let set = [Counted::Role(AGENT), Counted::Actions(pattern("ci.retire"))].into();
    let kind = SodKind::Static { set, n: 2 };
    let rule = SodRule { id: RULE, name: "Apart".to_owned(), action, kind };
    ruled(holding([directly(["*"])]), |rules| {
        rules.duties.insert(RULE, rule);
    })
}

#[test]
fn ro1_a_role_is_defined_once_under_a_name_of_its_own() {
    wanted(RoleDefinition { name: " Clerk ".to_owned(), ..clerk() }).then([defined()]);
    given([defined()]).knowing(facts(keeper())).when(define(clerk())).refused(No::Exists);
    let long = No::NameUnfit(TextFault::TooLong(200));
    assert_eq!((long.code(), long.field()), ("ROLE_NAME_UNFIT", Some("name")));
    wanted(RoleDefinition { name: "x".repeat(201), ..clerk() }).refused(long);
    let key = ClaimKey::of_name("Clerk");
    assert_eq!(
        RoleCommand::claims(&Role::default(), &defined()),
        [ClaimChange::Hold { scope: "role.name", key }]
    );
}

#[test]
fn ro1_its_owner_is_an_active_member_of_staff() {
    for owner in [CLEO, GUS, NOBODY] {
        wanted(RoleDefinition { owner: Some(owner), ..clerk() }).refused(No::OwnerUnfit);
    }
    wanted(RoleDefinition { owner: Some(ANNA), ..clerk() }).acts();
}

#[test]
fn ro2_what_it_is_made_of_has_bounds() {
    let entries = |count| vec![entry(["ci.read"]); count];
    wanted(RoleDefinition { entries: entries(500), ..clerk() }).acts();
    wanted(RoleDefinition { entries: entries(501), ..clerk() }).refused(No::TooManyEntries);
    let unknown = EntryFault::Unknown(pattern("kite.fly"));
    let refused = No::EntryUnfit { entry: 1, fault: unknown };
    assert_eq!(refused.to_string(), "entry 1 means no action that there is: kite.fly");
    assert_eq!(refused.meta()["entry"], 1);
    let entries = vec![entry(["ci.read"]), entry(["kite.fly"])];
    wanted(RoleDefinition { entries, ..clerk() }).refused(refused);
    let many: BTreeSet<RoleId> = (0..65).map(|id| RoleId(Uuid::from_u128(id))).collect();
    wanted(RoleDefinition { juniors: many, ..clerk() }).refused(No::TooManyJuniors);
    let mask = vec![pattern("ci.retire"); 2];
    let refused = No::MaskUnfit(EntryFault::Actions);
    wanted(RoleDefinition { mask, ..clerk() }).refused(refused);
    for (hours, fits) in [(0, false), (1, true), (HOURS_MAX, true), (HOURS_MAX + 1, false)] {
        let outcome = wanted(RoleDefinition { max_hours: Some(hours), ..clerk() });
        if fits { outcome.acts() } else { outcome.refused(No::HoursUnfit) }
    }
}

#[test]
fn ro3_the_roles_it_inherits_from_are_there_and_it_is_none_of_them() {
    let of = |juniors: &[RoleId]| RoleDefinition {
        juniors: juniors.iter().copied().collect(),
        ..clerk()
    };
    wanted(of(&[KEEPER])).acts();
    wanted(of(&[KEEPER, NO_ROLE])).refused(No::JuniorUnknown { junior: NO_ROLE });
    wanted(of(&[CLERK])).refused(No::Circular { role: CLERK });
}

#[test]
fn ro3_no_more_than_sixteen_stand_one_above_the_other() {
    let step = |number: u128| RoleId(Uuid::from_u128(0x200 + number));
    let stair = (0u128..17).fold(keeper(), |known, number| {
        let below = number.checked_sub(1).map(step).into_iter().collect();
        let name = number.to_string();
        besides(known, RoleDefinition { juniors: below, ..role(step(number), &name, []) })
    });
    let above = |number| {
        let definition = RoleDefinition { juniors: [step(number)].into(), ..clerk() };
        given([]).knowing(facts(stair.clone())).when(define(definition))
    };
    above(15).acts();
    above(16).refused(No::TooDeep { role: CLERK });
}

#[test]
fn ro5_nobody_puts_in_what_they_do_not_hold() {
    let more = RoleDefinition { entries: vec![entry(["ci.read", "ticket.close"])], ..clerk() };
    let refused = No::PermissionNotHeld { action: "ticket.close".parse().unwrap() };
    assert_eq!(refused.meta()["action"], "ticket.close");
    wanted(more.clone()).refused(refused);
    let inherited = RoleDefinition { juniors: [LEAD].into(), ..clerk() };
    let refused = No::PermissionNotHeld { action: "ticket.assign".parse().unwrap() };
    wanted(inherited.clone()).refused(refused);
    let masked = RoleDefinition { mask: vec![pattern("ticket.*")], ..inherited };
    wanted(masked).acts();
    given([])
        .by(BEN)
        .when(define(clerk()))
        .refused(No::PermissionNotHeld { action: "ci.correct".parse().unwrap() });
    given([]).by_nobody().when(define(more)).acts();
}

#[test]
fn ro5_what_another_system_has_is_put_in_by_whoever_may_define_its_types() {
    let verb = Verb { class: ActionClass::Operation, high_risk: true };
    let invoices = resource_type::event::Defined {
        system: "erp".to_owned(),
        name: "invoice".to_owned(),
        label: "Invoice".to_owned(),
        verbs: [("approve".to_owned(), verb)].into(),
        registrar: None,
    };
    let known = |actions: [&str; 2]| {
        ruled(holding([directly(actions)]), |rules| {
            let registry = rules.registry.with(invoices.actions()).unwrap();
            rules.roles = Roles::of(rules.roles.definitions().cloned(), &registry).unwrap();
            rules.registry = registry;
        })
    };
    let asked = |actions, wish: &[&str]| {
        let entries = vec![Entry::of(wish.iter().map(|it| pattern(it)))];
        let definition = RoleDefinition { entries, ..clerk() };
        given([]).knowing(facts(known(actions))).when(define(definition))
    };
    asked(["role.define", "resource_type.define"], &["erp:invoice.approve"]).acts();
    let action = "erp:invoice.approve".parse().unwrap();
    asked(["role.define", "role.read"], &["erp:invoice.approve"])
        .refused(No::PermissionNotHeld { action });
    // Nothing of ours comes with it.
    let action = "ci.retire".parse().unwrap();
    asked(["role.define", "resource_type.define"], &["erp:invoice.approve", "ci.retire"])
        .refused(No::PermissionNotHeld { action });
}

#[test]
fn ro5_annals_defines_what_it_ships() {
    let shipped = standard_roles().iter().map(|standard| &standard.definition);
    shipped.fold(AccessFacts::default(), |known, definition| {
        let stored = RoleEvent::Defined(Box::new(definition.clone()));
        let outcome = given([]).by_nobody().knowing(facts(known.clone()));
        outcome.when(define(definition.clone())).then([stored]);
        besides(known, definition.clone())
    });
}

#[test]
fn ro5_terms_of_the_role_go_with_what_it_permits() {
    let reason = || [Obligation::ReasonRequired].into_iter().collect();
    let mut known = keeper();
    let told = Entry { obligations: reason(), ..entry(["ci.*"]) };
    known.held[0].what = Granted::Entry(Box::new(told));
    let under = |obligations| {
        let definition = RoleDefinition { obligations, ..clerk() };
        given([]).knowing(facts(known.clone())).when(define(definition))
    };
    under(reason()).acts();
    let action = "ci.correct".parse().unwrap();
    under(ObligationSet::NONE).refused(No::PermissionNotHeld { action });
}

#[test]
fn ro6_no_role_breaks_a_rule_of_duties_by_itself() {
    let both = RoleDefinition { juniors: [AGENT, KEEPER].into(), ..clerk() };
    let when = |known| given([]).knowing(facts(known)).when(define(both.clone()));
    let holders = Holders::default();
    let refused = No::BreaksSod { rule: RULE, role: CLERK, holders };
    for action in [SodAction::Block, SodAction::Approve, SodAction::Prune] {
        when(apart(action)).refused(refused.clone());
    }
    when(apart(SodAction::Record)).acts();
    let one = RoleDefinition { juniors: [AGENT].into(), ..clerk() };
    given([]).knowing(facts(apart(SodAction::Block))).when(define(one)).acts();
}

#[test]
fn ro6_whoever_is_affected_is_named_up_to_twenty() {
    let mut some = vec![AccessSubject::Person(BEN); 25];
    some[0] = AccessSubject::Person(ANNA);
    let holders = Holders { some, count: 30 };
    let both = RoleDefinition { juniors: [AGENT, KEEPER].into(), ..clerk() };
    let known =
        AccessFacts { holders: [(CLERK, holders.clone())].into(), ..apart(SodAction::Block) };
    let refusal = given([]).knowing(facts(known)).when(define(both)).refusal();
    assert_eq!(refusal, No::BreaksSod { rule: RULE, role: CLERK, holders });
    let meta = refusal.meta();
    assert_eq!(
        (&meta["ruleId"], &meta["roleId"]),
        (&RULE.to_string().into(), &CLERK.to_string().into())
    );
    assert_eq!(meta["subjects"].as_array().unwrap().len(), 20);
    assert_eq!(
        (&meta["subjects"][0], &meta["subjectCount"]),
        (&format!("person:{ANNA}").into(), &30.into())
    );
}
