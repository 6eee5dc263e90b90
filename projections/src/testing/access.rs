//! What happens to access, as events.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use domain::Fact;
use domain::access::model::{
    AccessSubject, Counted, Entry, GrantSource, Granted, Matcher, RoleDefinition, Scope, SodAction,
    SodKind, SodRule, Strength,
};
use domain::access_group::AccessGroupEvent;
use domain::access_group::event as group;
use domain::access_request::AccessRequestEvent;
use domain::access_request::event::Submitted;
use domain::access_request::wanted::{Wanted, What};
use domain::deny_rule::{self, DenyRuleEvent};
use domain::kernel::{
    AccessGroupId, AccessRequestId, DataSubject, DenyRuleId, ExceptionId, GrantId, PersonId,
    Personal, RoleId, ServiceAccountId, SodRuleId, SubjectAccessId,
};
use domain::role::RoleEvent;
use domain::service_account::ServiceAccountEvent;
use domain::service_account::event::Registered;
use domain::sod_rule::SodRuleEvent;
use domain::subject_access::SubjectAccessEvent;
use domain::subject_access::event::{Closed, GrantMade, Opened, Revoked};
use uuid::Uuid;

use super::AGENT;

/// The stream of a subject's access.
pub(crate) fn stream(subject: AccessSubject) -> SubjectAccessId {
    SubjectAccessId(match subject {
        AccessSubject::Person(id) => id.0,
        AccessSubject::Service(id) => id.0,
        AccessSubject::Group(id) => id.0,
    })
}

pub(crate) fn of(subject: AccessSubject, event: SubjectAccessEvent) -> Fact {
    Fact::SubjectAccess(stream(subject), event)
}

pub(crate) fn opened(subject: AccessSubject) -> Fact {
    of(subject, SubjectAccessEvent::Opened(Opened { subject }))
}

pub(crate) fn grant(number: u128) -> GrantId {
    GrantId(Uuid::from_u128(0x96_0000 + number))
}

pub(crate) fn exception(number: u128) -> ExceptionId {
    ExceptionId(Uuid::from_u128(0x9e_0000 + number))
}

pub(crate) fn role(number: u128) -> RoleId {
    RoleId(Uuid::from_u128(0x90_0000 + number))
}

/// A role from the first instant on, everywhere and for good.
pub(crate) fn made(number: u128, what: RoleId) -> GrantMade {
    GrantMade {
        grant: grant(number),
        what: Granted::Role(what),
        scope: Scope::Everywhere,
        from: DateTime::<Utc>::UNIX_EPOCH,
        until: None,
        source: GrantSource::Administrator,
        request: None,
        delegated_by: None,
        pierces: false,
        pattern: None,
    }
}

pub(crate) fn granted(subject: AccessSubject, made: GrantMade) -> Fact {
    of(subject, SubjectAccessEvent::Granted(Box::new(made)))
}

pub(crate) fn revoked(subject: AccessSubject, number: u128) -> Fact {
    of(subject, SubjectAccessEvent::Revoked(Revoked { grant: grant(number) }))
}

pub(crate) fn closed(subject: AccessSubject) -> Fact {
    of(subject, SubjectAccessEvent::Closed(Closed {}))
}

/// A role that permits these actions, however somebody stands to things.
pub(crate) fn definition(number: u128, actions: &[&str]) -> RoleDefinition {
    let entry = Entry {
        actions: actions.iter().map(|action| action.parse().unwrap()).collect(),
        when: Default::default(),
        standing: Default::default(),
        fields: Default::default(),
        level: None,
        condition: None,
        obligations: Default::default(),
    };
    RoleDefinition {
        id: role(number),
        name: format!("Role {number}"),
        owner: Some(AGENT),
        risk: Default::default(),
        entries: vec![entry],
        juniors: BTreeSet::new(),
        mask: Vec::new(),
        requestable: true,
        max_hours: None,
        obligations: Default::default(),
    }
}

pub(crate) fn defined(definition: RoleDefinition) -> Fact {
    Fact::Role(definition.id, RoleEvent::Defined(Box::new(definition)))
}

pub(crate) fn group(number: u128) -> AccessGroupId {
    AccessGroupId(Uuid::from_u128(0x97_0000 + number))
}

pub(crate) fn group_defined(number: u128, owner: PersonId) -> Fact {
    let (name, purpose) = (format!("Group {number}"), "For a test".to_owned());
    let defined = group::Defined { name, purpose, owner };
    Fact::AccessGroup(group(number), AccessGroupEvent::Defined(defined))
}

pub(crate) fn member_added(number: u128, member: AccessSubject) -> Fact {
    let added = AccessGroupEvent::MemberAdded(group::MemberAdded { member });
    Fact::AccessGroup(group(number), added)
}

pub(crate) fn member_removed(number: u128, member: AccessSubject) -> Fact {
    let removed = AccessGroupEvent::MemberRemoved(group::MemberRemoved { member });
    Fact::AccessGroup(group(number), removed)
}

/// Somebody asks for a role.
pub(crate) fn submitted(
    request: AccessRequestId,
    beneficiary: AccessSubject,
    role: RoleId,
) -> Fact {
    let why = Personal::of(DataSubject::Person(AGENT), "It is needed".to_owned());
    let submitted = Submitted {
        requester: Some(AGENT),
        beneficiary,
        wanted: Wanted {
            what: What::Role { role },
            scope: Scope::Everywhere,
            from: None,
            until: None,
        },
        justification: why,
        renews: None,
    };
    Fact::AccessRequest(request, AccessRequestEvent::Submitted(Box::new(submitted)))
}

/// A program that this person answers for.
pub(crate) fn program(id: ServiceAccountId, owner: PersonId) -> Fact {
    let registered = Registered {
        name: format!("Program {id}"),
        purpose: "For a test".to_owned(),
        owner,
        rights: BTreeSet::new(),
        system: None,
    };
    Fact::ServiceAccount(id, ServiceAccountEvent::Registered(Box::new(registered)))
}

/// Whoever has one of these roles has not the other.
pub(crate) fn parted(number: u128, roles: [RoleId; 2], action: SodAction) -> Fact {
    let id = SodRuleId(Uuid::from_u128(0x50_0000 + number));
    let kind = SodKind::Static { set: roles.map(Counted::Role).into(), n: 2 };
    let rule = SodRule { id, name: format!("Rule {number}"), action, kind };
    Fact::SodRule(id, SodRuleEvent::Defined(Box::new(rule)))
}

/// A rule that denies these actions to everybody.
pub(crate) fn denied(number: u128, strength: Strength, actions: &[&str]) -> Fact {
    let rule = deny_rule::event::Definition {
        name: format!("Rule {number}"),
        strength,
        whom: Matcher::Any,
        actions: actions.iter().map(|action| action.parse().unwrap()).collect(),
        scope: Scope::Everywhere,
        condition: None,
        fields: BTreeSet::new(),
    };
    let id = DenyRuleId(Uuid::from_u128(0xde_0000 + number));
    Fact::DenyRule(id, DenyRuleEvent::Defined(Box::new(rule)))
}
