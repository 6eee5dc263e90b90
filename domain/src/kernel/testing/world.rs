//! The small world of the tests: who and what exists besides the aggregate under test.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeZone, Utc};
use uuid::Uuid;

use crate::kernel::{Facts, Needs, PersonFacts, PersonId, SubjectId, TicketId, UnitFacts, UnitId};
use crate::person::PersonKind;
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
/// Does not exist.
pub(crate) const NOWHERE: UnitId = UnitId(Uuid::from_u128(0xdf));

/// A subject.
pub(crate) const MAIL: SubjectId = SubjectId(Uuid::from_u128(0xe1));
/// Another subject.
pub(crate) const PRINTER: SubjectId = SubjectId(Uuid::from_u128(0xe2));
/// Does not exist.
pub(crate) const NOTHING: SubjectId = SubjectId(Uuid::from_u128(0xef));

/// Some other ticket.
pub(crate) const PARENT: TicketId = TicketId(Uuid::from_u128(0xf1));

/// When commands are issued unless a test says otherwise.
pub(crate) fn noon() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 3, 2, 12, 0, 0).unwrap()
}

/// What the world answers to these needs and to whoever does it.
pub(crate) fn facts(needs: &Needs, doer: Option<PersonId>) -> Facts {
    let people = needs.people.iter().copied().chain(doer);
    let units = needs.units.iter().copied();
    Facts {
        people: people.filter_map(|id| Some((id, person(id)?))).collect(),
        units: units.filter_map(|id| Some((id, UnitFacts { kind: unit(id)? }))).collect(),
        subjects: needs.subjects.intersection(&[MAIL, PRINTER].into()).copied().collect(),
    }
}

fn person(id: PersonId) -> Option<PersonFacts> {
    let staff = |active, unit| Some((PersonKind::Staff, active, BTreeSet::from([unit])));
    let client = |active| Some((PersonKind::Client, active, BTreeSet::new()));
    let (kind, active, units) = match id {
        ANNA | BEN | HEIDI => staff(true, DESK),
        NORA => staff(true, NETWORK),
        GUS => staff(false, DESK),
        CLEO => client(true),
        CARL => client(false),
        _ => None,
    }?;
    Some(PersonFacts { kind, active, units })
}

fn unit(id: UnitId) -> Option<UnitKind> {
    match id {
        IT => Some(UnitKind::Department),
        DESK | NETWORK => Some(UnitKind::SupportUnit),
        CUSTOMER => Some(UnitKind::CustomerOrganization),
        _ => None,
    }
}
