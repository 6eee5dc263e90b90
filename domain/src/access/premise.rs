//! What a decision on rights leans on beside the object's own stream: who the caller is, and how the
//! organisation and its rules stand.
//!
//! Rights are read before a command is decided and may have shrunk when its events are appended. Each
//! event that can take rights from somebody moves a premise; an append names the premises it was
//! decided on as they were then, and is refused when one of them has moved since. What only adds
//! rights moves nothing: whoever has just got more is told no once too often at worst. Moved and
//! compared by the journal, read with the rights themselves.
//!
//! A command on rights leans on what others have as well: that the same human has nothing elsewhere that
//! must not come together with it, that somebody is left who may give access. It names those premises,
//! too; whatever brings something moves them, so that of two that must not both be, one is decided anew.

use strum::Display;

use super::model::{AccessSubject, GrantSource};
use crate::access_group::AccessGroupEvent;
use crate::access_policy::AccessPolicyEvent;
use crate::deny_rule::DenyRuleEvent;
use crate::erasure::ErasureEvent;
use crate::evidence_hold::EvidenceHoldEvent;
use crate::fact::Fact;
use crate::kernel::{PersonId, SubjectAccessId};
use crate::person::PersonEvent;
use crate::resource_type::ResourceTypeEvent;
use crate::role::RoleEvent;
use crate::service_account::ServiceAccountEvent;
use crate::settings::SettingsEvent;
use crate::sod_rule::SodRuleEvent;
use crate::subject_access::SubjectAccessEvent;
use crate::unit::UnitEvent;

/// What may move. Its display form is its name in the journal, at most 64 characters long.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Display)]
pub enum Premise {
    /// What this person may by themselves; likewise a group of those who have access, by its identity.
    #[strum(to_string = "person:{0}")]
    Person(PersonId),
    /// What holds for many: who answers for whom, which is written in what others do, what roles give
    /// and rules deny, who belongs to groups within groups.
    #[strum(to_string = "organization")]
    Organization,
    /// How often the rules of access have changed, for better or worse: what was worked out of the rules
    /// before is worked out anew. Nothing is appended on it but what a group comes to have.
    #[strum(to_string = "rules")]
    Rules,
    /// How often anybody came to have something. What a group comes to have leans on it, for its people
    /// may be too many to be named.
    #[strum(to_string = "holdings")]
    Holdings,
    /// How often evidence was held, or its destruction began: of a hold and a destruction that are asked
    /// for at once, the second is decided anew.
    #[strum(to_string = "evidence")]
    Evidence,
}

impl Premise {
    /// Of a subject of access: what is given to it.
    pub fn of_subject(subject: SubjectAccessId) -> Self {
        Self::Person(PersonId(subject.0))
    }

    /// What a fact moves.
    pub fn moved_by(fact: &Fact) -> Vec<Self> {
        match fact {
            Fact::Person(id, event) => by_person(*id, event),
            // Who heads the unit, or its department, loses the person with them.
            Fact::Unit(_, UnitEvent::Left(e)) => vec![Self::Person(e.person), Self::Organization],
            Fact::Unit(_, UnitEvent::HeadDismissed(e)) => vec![Self::Person(e.person)],
            // A place more; what a barrier kept from somebody is theirs again.
            Fact::Unit(_, UnitEvent::Created(_) | UnitEvent::BarrierLifted(_)) => vec![Self::Rules],
            Fact::Unit(_, UnitEvent::BarrierDrawn(_)) => vec![Self::Organization, Self::Rules],
            // Another one spoke for it before.
            Fact::Unit(_, UnitEvent::LeadAppointed(_) | UnitEvent::Closed(_))
            | Fact::Settings(SettingsEvent::DispatchChanged(_)) => vec![Self::Organization],
            Fact::SubjectAccess(id, event) => by_access(*id, event),
            Fact::AccessGroup(_, event) => by_group(event),
            Fact::Erasure(_, ErasureEvent::DestructionBegun(_))
            | Fact::EvidenceHold(_, EvidenceHoldEvent::Placed(_)) => vec![Self::Evidence],
            // Nobody has it yet, and what denies less gives more.
            Fact::Role(_, RoleEvent::Defined(_))
            | Fact::ResourceType(_, ResourceTypeEvent::Defined(_))
            | Fact::SodRule(_, SodRuleEvent::Retired(_))
            | Fact::DenyRule(_, DenyRuleEvent::Retired(_)) => vec![Self::Rules],
            Fact::Role(..)
            | Fact::ResourceType(..)
            | Fact::SodRule(..)
            | Fact::DenyRule(..)
            | Fact::AccessPolicy(AccessPolicyEvent::BoundaryDrawn(_)) => {
                vec![Self::Organization, Self::Rules]
            }
            // Of requests alone.
            Fact::AccessPolicy(_)
            // Through groups, whoever answers for a program.
            | Fact::ServiceAccount(
                _,
                ServiceAccountEvent::Registered(_)
                | ServiceAccountEvent::OwnerChanged(_)
                | ServiceAccountEvent::Retired(_),
            ) => vec![Self::Rules],
            _ => Vec::new(),
        }
    }
}

fn by_person(id: PersonId, event: &PersonEvent) -> Vec<Premise> {
    match event {
        // Another birthright comes with it.
        PersonEvent::RoleChanged(_) => vec![Premise::Person(id), Premise::Holdings],
        PersonEvent::Suspended(_)
        | PersonEvent::Left(_)
        // Some groups are of those who have these.
        | PersonEvent::PositionTaken(_)
        | PersonEvent::SkillCertified(_)
        | PersonEvent::SkillWithdrawn(_)
        | PersonEvent::TierAssigned(_) => vec![Premise::Person(id)],
        // What one account did binds the other, and the worlds of both follow from it.
        PersonEvent::AccountLinked(e) => {
            vec![Premise::Person(id), Premise::Person(e.human.0), Premise::Rules]
        }
        PersonEvent::AccountUnlinked(_) => vec![Premise::Person(id), Premise::Rules],
        // A lead speaks for those who belong to an organisation, and as long as they do.
        PersonEvent::OrganizationChanged(_) => vec![Premise::Person(id), Premise::Organization],
        PersonEvent::Registered(_)
        | PersonEvent::Moved(_)
        | PersonEvent::Restored(_)
        | PersonEvent::PasswordChanged(_)
        | PersonEvent::Renamed(_)
        | PersonEvent::ContactsChanged(_)
        | PersonEvent::LanguageChosen(_)
        | PersonEvent::DeputyAppointed(_)
        | PersonEvent::DeputyDismissed(_) => Vec::new(),
    }
}

fn by_access(id: SubjectAccessId, event: &SubjectAccessEvent) -> Vec<Premise> {
    match event {
        SubjectAccessEvent::Shortened(_)
        | SubjectAccessEvent::Revoked(_)
        | SubjectAccessEvent::Expired(_)
        | SubjectAccessEvent::ExceptionEnded(_)
        | SubjectAccessEvent::Closed(_) => vec![Premise::of_subject(id)],
        // A rule that denies may be for whoever has the role, and duties may have to be separated from
        // it. What comes by birthright comes with a role among people.
        SubjectAccessEvent::Granted(e) if e.source != GrantSource::Birthright => {
            vec![Premise::of_subject(id), Premise::Holdings]
        }
        SubjectAccessEvent::Prolonged(_) | SubjectAccessEvent::Confirmed(_) => {
            vec![Premise::of_subject(id), Premise::Holdings]
        }
        SubjectAccessEvent::Opened(_)
        | SubjectAccessEvent::Granted(_)
        | SubjectAccessEvent::Excepted(_) => Vec::new(),
    }
}

fn by_group(event: &AccessGroupEvent) -> Vec<Premise> {
    match event {
        // A rule that denies may be for the group: whoever comes loses by it, too.
        AccessGroupEvent::MemberAdded(e) => by_membership(e.member),
        AccessGroupEvent::MemberRemoved(e) => by_membership(e.member),
        AccessGroupEvent::PopulationChosen(_) | AccessGroupEvent::Retired(_) => {
            vec![Premise::Organization, Premise::Rules]
        }
        AccessGroupEvent::Defined(_) | AccessGroupEvent::Redefined(_) => vec![Premise::Rules],
    }
}

fn by_membership(member: AccessSubject) -> Vec<Premise> {
    let whose = match member {
        AccessSubject::Person(_) | AccessSubject::Service(_) => {
            Premise::of_subject(member.stream())
        }
        AccessSubject::Group(_) => Premise::Organization,
    };
    vec![whose, Premise::Rules]
}
