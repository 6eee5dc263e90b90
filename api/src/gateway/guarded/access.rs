//! What people may do, and what they ask for: rights depend on whose access it is.

use domain::access::decide::ObjectView;
use domain::access::model::{AccessSubject, Scope};
use domain::access::{Permission, Relation, Who};
use domain::access_request::{AccessRequest, AccessRequestCommand, AccessRequestRefusal};
use domain::kernel::{Facts, GrantId, Needs, PersonId};
use domain::subject_access::{SubjectAccess, SubjectAccessCommand, SubjectAccessRefusal};
use uuid::Uuid;

use super::{Guarded, On};
use crate::gateway::GatewayError;

impl Guarded for SubjectAccessCommand {
    fn permission(&self) -> Permission {
        match self {
            Self::Grant(_)
            | Self::Prolong(_)
            | Self::Confirm(_)
            | Self::Except(_)
            | Self::Reopen(_)
            | Self::Entitle(_) => Permission::AccessGrant,
            Self::Revoke(_)
            | Self::Transfer(_)
            | Self::Expire(_)
            | Self::EndException(_)
            | Self::Close(_) => Permission::AccessRevoke,
            // What is lent, and what was prepared for an emergency, is one's own to take and to give.
            Self::Delegate(_) | Self::EndDelegation(_) | Self::BreakGlass(_) => {
                Permission::AccessRequest
            }
        }
    }

    fn guard_needs(&self, stream: Uuid, needs: &mut Needs) {
        needs.people.insert(PersonId(stream));
    }

    fn relation(&self, on: &On<'_, SubjectAccess>) -> Relation {
        let lends =
            matches!(self, Self::Delegate(_) | Self::EndDelegation(_) | Self::BreakGlass(_));
        let relation = to_person(on.who, PersonId(on.stream), on.facts);
        Relation { own: relation.own || lends, ..relation }
    }

    /// A grant is given and taken where it holds: behind a barrier by those who are there.
    fn object(&self, on: &On<'_, SubjectAccess>) -> ObjectView {
        let object = on.as_seen(|on| self.relation(on));
        let of = |id: &GrantId| on.state.grants().find(|grant| grant.id == *id).map(|it| &it.scope);
        let scope = match self {
            Self::Grant(c) => Some(&c.scope),
            Self::Prolong(c) => of(&c.grant),
            Self::Revoke(c) => of(&c.grant),
            _ => None,
        };
        match scope.map(|scope| on.world.rules().tree().resolved(scope)) {
            Some(Scope::Node(place)) => ObjectView { place, ..object },
            _ => object,
        }
    }

    fn sight(&self) -> Option<Permission> {
        Some(Permission::AccessRead)
    }

    fn hidden(&self) -> GatewayError {
        GatewayError::refused(SubjectAccessRefusal::NotFound)
    }
}

impl Guarded for AccessRequestCommand {
    fn permission(&self) -> Permission {
        match self {
            Self::Submit(_) | Self::Amend(_) | Self::Answer(_) | Self::Withdraw(_) => {
                Permission::AccessRequest
            }
            Self::Approve(_)
            | Self::Reject(_)
            | Self::AskInfo(_)
            | Self::Delegate(_)
            | Self::NoteDeadline(_) => Permission::AccessDecide,
            // Whoever looks after requests, and what Annals itself sees to.
            Self::Reassign(_) | Self::Activate(_) | Self::FailActivation(_) => {
                Permission::AccessGrant
            }
            Self::Vacate(_) | Self::Void(_) | Self::End(_) => Permission::AccessRevoke,
        }
    }

    /// A request is its parties' own; for others it is of whoever would benefit.
    fn relation(&self, on: &On<'_, AccessRequest>) -> Relation {
        let (requester, beneficiary) = match (self, on.state.0.as_deref()) {
            (Self::Submit(c), _) => (None, c.beneficiary),
            (_, Some(body)) => (body.requester, body.beneficiary),
            (_, None) => return Relation::default(),
        };
        let asked = requester == Some(on.who.person);
        let relation = match beneficiary {
            AccessSubject::Person(person) => to_person(on.who, person, on.facts),
            AccessSubject::Service(_) | AccessSubject::Group(_) => Relation::default(),
        };
        Relation { own: relation.own || asked, ..relation }
    }

    fn sight(&self) -> Option<Permission> {
        Some(Permission::AccessRead)
    }

    fn hidden(&self) -> GatewayError {
        match self {
            Self::Submit(_) => GatewayError::Forbidden,
            _ => GatewayError::refused(AccessRequestRefusal::NotFound),
        }
    }
}

fn to_person(who: &Who, person: PersonId, facts: &Facts) -> Relation {
    let units = facts.people.get(&person).map(|facts| facts.units.clone());
    Relation::to_person(who, person, &units.unwrap_or_default())
}
