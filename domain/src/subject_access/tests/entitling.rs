//! SA11: what comes with the role of a person.

use std::sync::Arc;

use super::{closed, given_of, granted, made, opened, revoked};
use crate::access::known::{AccessFacts, Rulebook};
use crate::access::model::{
    AccessSubject, Counted, GrantSource, RoleDefinition, Roles, SodAction, SodKind, SodRule,
};
use crate::access::standard::{standard_id, standard_role_of, standard_roles};
use crate::access::testing::{LIFTABLE, holder, id};
use crate::kernel::testing::Given;
use crate::kernel::testing::world::{ANNA, BEN};
use crate::person::Role;
use crate::subject_access::command::Entitle;
use crate::subject_access::event::GrantMade;
use crate::subject_access::{SubjectAccessCommand, SubjectAccessEvent, SubjectAccessRefusal as No};

fn rulebook() -> Rulebook {
    let rules = Rulebook::default();
    let definitions = standard_roles().iter().map(|standard| standard.definition.clone());
    Rulebook { roles: Roles::of(definitions, &rules.registry).unwrap(), ..rules }
}

fn knowing(rules: Rulebook) -> AccessFacts {
    let subjects = [(AccessSubject::Person(ANNA), holder(ANNA))].into();
    AccessFacts { rules: Some(Arc::new(rules)), subjects, ..AccessFacts::default() }
}

fn given(events: impl IntoIterator<Item = SubjectAccessEvent>) -> Given<SubjectAccessCommand> {
    given_of(knowing(rulebook()), events).by_nobody()
}

fn entitle(number: u128, role: Role) -> SubjectAccessCommand {
    SubjectAccessCommand::Entitle(Entitle { person: ANNA, role, grant: id(number) })
}

fn born(number: u128, role: Role) -> SubjectAccessEvent {
    let standard = standard_role_of(role);
    granted(GrantMade {
        source: GrantSource::Birthright,
        pierces: standard.pierces,
        ..made(number, standard.definition.id)
    })
}

#[test]
fn sa11_whoever_is_registered_has_what_their_role_takes() {
    given([]).when(entitle(1, Role::Agent)).then([opened(), born(1, Role::Agent)]);
    given([]).when(entitle(1, Role::Auditor)).then([opened(), born(1, Role::Auditor)]);
    // Somebody who is not there yet, but comes to be with the same append.
    let unknown = AccessFacts { subjects: [].into(), ..knowing(rulebook()) };
    given_of(unknown, []).by_nobody().when(entitle(1, Role::Client)).acts();
}

#[test]
fn sa11_another_role_is_another_birthright_in_place_of_it() {
    let agent = || [opened(), born(1, Role::Agent)];
    given(agent()).when(entitle(2, Role::Agent)).nothing();
    let director = given(agent()).when(entitle(2, Role::Director));
    director.then([revoked(id(1)), born(2, Role::Director)]);
    let back = [opened(), born(1, Role::Agent), revoked(id(1)), born(2, Role::Director)];
    given(back).when(entitle(3, Role::Agent)).then([revoked(id(2)), born(3, Role::Agent)]);
    // What somebody has otherwise stays theirs.
    let more = [opened(), granted(made(4, standard_id("auditor"))), born(1, Role::Agent)];
    given(more).when(entitle(2, Role::Client)).then([revoked(id(1)), born(2, Role::Client)]);
}

#[test]
fn sa11_annals_itself_gives_it() {
    let person = given_of(knowing(rulebook()), []).by(BEN);
    person.when(entitle(1, Role::Agent)).refused(No::SourceUnfit);
    let other = Entitle { person: BEN, role: Role::Agent, grant: id(2) };
    let other = SubjectAccessCommand::Entitle(other);
    given([opened(), born(1, Role::Agent)]).when(other).refused(No::SubjectUnfit);
}

#[test]
fn sa11_nothing_comes_of_what_is_over() {
    given([opened(), born(1, Role::Agent), closed()]).when(entitle(2, Role::Agent)).nothing();
    let retired = Rulebook { retired: [standard_id("director")].into(), ..rulebook() };
    let agent = [opened(), born(1, Role::Agent)];
    let left = given_of(knowing(retired), agent).by_nobody().when(entitle(2, Role::Director));
    left.then([revoked(id(1))]);
}

#[test]
fn sa11_it_is_the_standard_role_by_whatever_identity() {
    let elsewhere = crate::access::testing::READER;
    let rules = Rulebook::default();
    let agent = standard_role_of(Role::Agent).definition.clone();
    let agent = RoleDefinition { id: elsewhere, name: "AGENT".to_owned(), ..agent };
    let roles = Roles::of([agent], &rules.registry).unwrap();
    let known = knowing(Rulebook { roles, ..rules });
    let own = GrantMade { source: GrantSource::Birthright, ..made(1, elsewhere) };
    let given = given_of(known, []).by_nobody();
    given.when(entitle(1, Role::Agent)).then([opened(), granted(own)]);
}

#[test]
fn sa4_and_sa10_hold_for_it_too() {
    let apart = [standard_id("auditor"), standard_id("director")].map(Counted::Role).into();
    let kind = SodKind::Static { set: apart, n: 2 };
    let rule = SodRule { id: LIFTABLE, name: "Apart".to_owned(), action: SodAction::Block, kind };
    let rules = Rulebook { duties: [(LIFTABLE, rule)].into(), ..rulebook() };
    let audits = [opened(), granted(made(4, standard_id("auditor"))), born(1, Role::Agent)];
    let refusal = given_of(knowing(rules), audits).by_nobody().when(entitle(2, Role::Director));
    assert!(matches!(refusal.refusal(), No::Duties { rule: LIFTABLE, .. }));
    let last = AccessFacts { keepers: [id(1)].into(), ..knowing(rulebook()) };
    let admin = || [opened(), born(1, Role::SystemAdministrator)];
    let given_last = given_of(last.clone(), admin()).by_nobody();
    given_last.when(entitle(2, Role::Agent)).refused(No::LastKeeper);
    let other = AccessFacts { keepers: [id(1), id(9)].into(), ..last };
    given_of(other, admin()).by_nobody().when(entitle(2, Role::Agent)).acts();
}
