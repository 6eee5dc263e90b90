//! One event of each kind of a subject's access.

use domain::access::model::{
    AccessSubject, Condition, Entry, FieldSet, GrantSource, Granted, Level, Lifted, Obligation,
    RelationName, RelationRule, Weight,
};
use domain::kernel::{AccessRequestId, AssignmentRuleId, DenyRuleId, ExceptionId, GrantId, RoleId};
use domain::subject_access::SubjectAccessEvent;
use domain::subject_access::event::{
    Closed, Confirmed, Excepted, ExceptionEnded, Expired, GrantMade, Opened, Pattern, Prolonged,
    Revoked, Shortened, Shortening,
};
use uuid::Uuid;

use super::samples::{PERSON, instant};

pub(crate) const REQUEST: AccessRequestId = AccessRequestId(Uuid::from_u128(0x41));
pub(crate) const ROLE: RoleId = RoleId(Uuid::from_u128(0x42));
pub(crate) const GRANT: GrantId = GrantId(Uuid::from_u128(0x43));
pub(crate) const DENY: DenyRuleId = DenyRuleId(Uuid::from_u128(0x44));
const EXCEPTION: ExceptionId = ExceptionId(Uuid::from_u128(0x45));
const RULE: AssignmentRuleId = AssignmentRuleId(Uuid::from_u128(0x46));

fn entry() -> Entry {
    let own = [RelationName::Own, RelationName::Holds].into_iter().collect();
    let fields = ["salary".parse().expect("a field")].into();
    Entry {
        actions: vec!["ticket.*".parse().expect("a pattern")],
        when: RelationRule(vec![own]),
        standing: Weight::Steering,
        fields: FieldSet::Only(fields),
        level: Some(Level(2)),
        condition: Some(Condition::RiskAtMost(3)),
        obligations: [Obligation::ReasonRequired].into_iter().collect(),
    }
}

fn made() -> GrantMade {
    GrantMade {
        grant: GRANT,
        what: Granted::Entry(Box::new(entry())),
        scope: "desk/north".parse().expect("a scope"),
        from: instant(0),
        until: Some(instant(250_001)),
        source: GrantSource::Request,
        request: Some(REQUEST),
        delegated_by: Some(PERSON),
        pierces: true,
        pattern: Some(Pattern::Rule { rule: RULE, version: 3 }),
    }
}

pub(crate) fn subject_accesses() -> [SubjectAccessEvent; 10] {
    let (request, until) = (Some(REQUEST), instant(250_001));
    [
        SubjectAccessEvent::Opened(Opened { subject: AccessSubject::Person(PERSON) }),
        SubjectAccessEvent::Granted(Box::new(made())),
        SubjectAccessEvent::Prolonged(Prolonged { grant: GRANT, until: Some(until), request }),
        SubjectAccessEvent::Shortened(Shortened {
            grant: GRANT,
            until,
            because: Shortening::Unconfirmed,
            moved: instant(0),
        }),
        SubjectAccessEvent::Confirmed(Confirmed { grant: GRANT, until: Some(until) }),
        SubjectAccessEvent::Revoked(Revoked { grant: GRANT }),
        SubjectAccessEvent::Expired(Expired { grant: GRANT }),
        SubjectAccessEvent::Excepted(Box::new(Excepted {
            exception: EXCEPTION,
            lifts: Lifted::Deny(DENY),
            owner: PERSON,
            control: "Two look at it".to_owned(),
            from: instant(0),
            until,
            request,
        })),
        SubjectAccessEvent::ExceptionEnded(ExceptionEnded { exception: EXCEPTION }),
        SubjectAccessEvent::Closed(Closed {}),
    ]
}
