//! The small world of the tests: who and what exists besides the aggregate under test.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::{DateTime, TimeZone, Utc};
use uuid::Uuid;

use crate::access::known::{AccessFacts, Rulebook};
use crate::access::model::{AccessSubject, Registry, Roles, Scope};
use crate::access::standard::{holder, standard_role_of, standard_roles};
use crate::kernel::{
    CalendarFacts, CalendarId, Facts, Needs, PersonFacts, PersonId, PlanFacts, SubjectFacts,
    SubjectId, TicketId, UnitFacts, UnitId,
};
use crate::person::Role;
use crate::sla_plan::testing::{PLAN, definition};
use crate::subject::event::DefaultsChosen;
use crate::unit::UnitKind;

/// Agent of the service desk.
pub(crate) const ANNA: PersonId = PersonId(Uuid::from_u128(0xa1));
/// Agent of the service desk.
pub(crate) const BEN: PersonId = PersonId(Uuid::from_u128(0xa2));
/// Agent of the network unit.
pub(crate) const NORA: PersonId = PersonId(Uuid::from_u128(0xa3));
/// Head of the service desk.
pub(crate) const HEIDI: PersonId = PersonId(Uuid::from_u128(0xa4));
/// Left the service desk; no longer active.
pub(crate) const GUS: PersonId = PersonId(Uuid::from_u128(0xa5));
/// A client.
pub(crate) const CLEO: PersonId = PersonId(Uuid::from_u128(0xc1));
/// A client no longer active.
pub(crate) const CARL: PersonId = PersonId(Uuid::from_u128(0xc2));
/// Does not exist.
pub(crate) const NOBODY: PersonId = PersonId(Uuid::from_u128(0xff));

/// A department.
pub(crate) const IT: UnitId = UnitId(Uuid::from_u128(0xd1));
/// A support unit.
pub(crate) const DESK: UnitId = UnitId(Uuid::from_u128(0xd2));
/// Another support unit.
pub(crate) const NETWORK: UnitId = UnitId(Uuid::from_u128(0xd3));
/// A customer organisation.
pub(crate) const CUSTOMER: UnitId = UnitId(Uuid::from_u128(0xd4));
/// A support unit that was closed.
pub(crate) const CLOSED: UnitId = UnitId(Uuid::from_u128(0xd5));
/// A department that was closed.
pub(crate) const CLOSED_DEPARTMENT: UnitId = UnitId(Uuid::from_u128(0xd6));
/// A customer organisation that was closed.
pub(crate) const CLOSED_CUSTOMER: UnitId = UnitId(Uuid::from_u128(0xd7));
/// Does not exist.
pub(crate) const NOWHERE: UnitId = UnitId(Uuid::from_u128(0xdf));

/// A subject.
pub(crate) const MAIL: SubjectId = SubjectId(Uuid::from_u128(0xe1));
/// Another subject.
pub(crate) const PRINTER: SubjectId = SubjectId(Uuid::from_u128(0xe2));
/// Does not exist.
pub(crate) const NOTHING: SubjectId = SubjectId(Uuid::from_u128(0xef));

/// A calendar.
pub(crate) const OFFICE: CalendarId = CalendarId(Uuid::from_u128(0xf2));
/// Does not exist.
pub(crate) const NEVER: CalendarId = CalendarId(Uuid::from_u128(0xf3));

/// Some other ticket.
pub(crate) const PARENT: TicketId = TicketId(Uuid::from_u128(0xf1));

/// When commands are issued unless a test says otherwise.
pub(crate) fn noon() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 3, 2, 12, 0, 0).unwrap()
}

/// What the world answers to these needs and to whoever does it.
pub(crate) fn facts(needs: &Needs, doer: Option<PersonId>) -> Facts {
    let people = needs.people.iter().copied().chain(doer);
    let subjects = needs.subjects.iter().copied();
    let is_office = |id: &&CalendarId| **id == OFFICE;
    let calendars = needs.calendars.iter().chain(needs.sla.then_some(&OFFICE)).filter(is_office);
    let plans = needs.plans.iter().filter(|id| **id == PLAN);
    Facts {
        people: people.filter_map(|id| Some((id, person(id)?))).collect(),
        units: needs.units.iter().filter_map(|id| Some((*id, unit(*id)?))).collect(),
        subjects: subjects.filter_map(|id| Some((id, subject(id)?))).collect(),
        calendars: calendars.map(|id| (*id, CalendarFacts { version: 1 })).collect(),
        plans: plans.map(|id| (*id, plan())).collect(),
        ..Facts::default()
    }
}

/// The standard roles, of which whoever does it has their own by birthright; told to commands with
/// [`super::Given::entitled`].
pub(crate) fn access(doer: Option<PersonId>) -> AccessFacts {
    let registry = Registry::ours();
    let definitions = standard_roles().iter().map(|standard| standard.definition.clone());
    let roles = Roles::of(definitions, &registry).unwrap();
    let known = doer.and_then(|id| Some((id, person(id)?.role)));
    let worlds = known.map(|(id, role)| holder(standard_role_of(role), id, Scope::Everywhere));
    let held = worlds.iter().flat_map(|world| world.held()).map(|held| held.grant.clone());
    let rules = Rulebook { registry, roles, ..Rulebook::default() };
    AccessFacts {
        rules: Some(Arc::new(rules)),
        held: held.collect(),
        acts_as: doer.map(AccessSubject::Person).into_iter().collect(),
        ..AccessFacts::default()
    }
}

/// As it is in the world.
pub(crate) fn plan() -> PlanFacts {
    PlanFacts { version: 1, definition: definition() }
}

fn person(id: PersonId) -> Option<PersonFacts> {
    let (role, active, unit) = match id {
        ANNA | BEN => (Role::Agent, true, Some(DESK)),
        HEIDI => (Role::UnitHead, true, Some(DESK)),
        NORA => (Role::Agent, true, Some(NETWORK)),
        GUS => (Role::Agent, false, Some(DESK)),
        CLEO => (Role::Client, true, None),
        CARL => (Role::Client, false, None),
        _ => return None,
    };
    let units = BTreeSet::from_iter(unit);
    Some(PersonFacts { kind: role.kind(), role, active, units, organization: None })
}

fn unit(id: UnitId) -> Option<UnitFacts> {
    let (kind, closed) = match id {
        IT => (UnitKind::Department, false),
        DESK | NETWORK => (UnitKind::SupportUnit, false),
        CUSTOMER => (UnitKind::CustomerOrganization, false),
        CLOSED => (UnitKind::SupportUnit, true),
        CLOSED_DEPARTMENT => (UnitKind::Department, true),
        CLOSED_CUSTOMER => (UnitKind::CustomerOrganization, true),
        _ => return None,
    };
    Some(UnitFacts { kind, closed })
}

fn subject(id: SubjectId) -> Option<SubjectFacts> {
    let defaults = DefaultsChosen::default();
    [MAIL, PRINTER].contains(&id).then_some(SubjectFacts { retired: false, defaults })
}
