//! Given, when, then: one test a rule.

mod delegating;
mod duties;
mod emergencies;
mod ending;
mod entitling;
mod exceptions;
mod granting;
mod laws;
mod moving;

use chrono::{DateTime, Utc};

use crate::access::known::AccessFacts;
use crate::access::model::{AccessSubject, GrantSource, Granted, Scope};
use crate::access::testing::{READER, facts, id, known};
use crate::kernel::testing::world::{ANNA, HEIDI, noon};
use crate::kernel::testing::{self, Given};
use crate::kernel::{GrantId, RoleId};
use crate::subject_access::command::Grant;
use crate::subject_access::event::{Closed, GrantMade, Opened, Revoked};
use crate::subject_access::{SubjectAccessCommand, SubjectAccessEvent};

/// Anna's access; Heidi, who holds everything, acts.
fn given(events: impl IntoIterator<Item = SubjectAccessEvent>) -> Given<SubjectAccessCommand> {
    given_of(known(), events)
}

fn given_of(
    known: AccessFacts,
    events: impl IntoIterator<Item = SubjectAccessEvent>,
) -> Given<SubjectAccessCommand> {
    testing::given(events).by(HEIDI).knowing(facts(known))
}

/// What Heidi gives Anna unless a test says otherwise.
fn wish(number: u128, role: RoleId) -> Grant {
    Grant {
        subject: AccessSubject::Person(ANNA),
        grant: id(number),
        what: Granted::Role(role),
        scope: Scope::Everywhere,
        from: None,
        until: None,
        source: GrantSource::Administrator,
        request: None,
        pierces: false,
        pattern: None,
    }
}

fn grant(wish: Grant) -> SubjectAccessCommand {
    SubjectAccessCommand::Grant(Box::new(wish))
}

fn opened() -> SubjectAccessEvent {
    SubjectAccessEvent::Opened(Opened { subject: AccessSubject::Person(ANNA) })
}

/// As [`wish`] is stored.
fn made(number: u128, role: RoleId) -> GrantMade {
    GrantMade {
        grant: id(number),
        what: Granted::Role(role),
        scope: Scope::Everywhere,
        from: noon(),
        until: None,
        source: GrantSource::Administrator,
        request: None,
        delegated_by: None,
        pierces: false,
        pattern: None,
    }
}

fn granted(made: GrantMade) -> SubjectAccessEvent {
    SubjectAccessEvent::Granted(Box::new(made))
}

/// Anna reads, from noon until then.
fn reads(until: Option<DateTime<Utc>>) -> Vec<SubjectAccessEvent> {
    vec![opened(), granted(GrantMade { until, ..made(1, READER) })]
}

fn revoked(grant: GrantId) -> SubjectAccessEvent {
    SubjectAccessEvent::Revoked(Revoked { grant })
}

fn closed() -> SubjectAccessEvent {
    SubjectAccessEvent::Closed(Closed {})
}
