//! Erasures and holds on evidence: whoever asks for an erasure has done a duty that deciding on it is
//! kept apart from.

use domain::access::decide::ObjectView;
use domain::access::model::{DoneDuty, Human};
use domain::access::{Permission, Relation};
use domain::erasure::{Erasure, ErasureCommand, ErasureRefusal};
use domain::evidence_hold::{EvidenceHoldCommand, EvidenceHoldRefusal};
use domain::kernel::{Needs, PersonId};
use uuid::Uuid;

use super::{Guarded, On};
use crate::gateway::GatewayError;

/// The duty of asking, as the rule that is shipped names it.
const REQUEST: &str = "request";

impl Guarded for ErasureCommand {
    fn permission(&self) -> Permission {
        match self {
            Self::Request(_) | Self::Withdraw(_) => Permission::ErasureRequest,
            Self::Approve(_) | Self::Refuse(_) => Permission::ErasureDecide,
            Self::Begin(_) | Self::RecordKeys(_) | Self::RecordPurge(_) | Self::Certify(_) => {
                Permission::ErasureCarryOut
            }
        }
    }

    fn guard_needs(&self, _: Uuid, needs: &mut Needs) {
        if let Self::Request(c) = self {
            needs.people.insert(c.person);
        }
    }

    /// An erasure is whose data it is about, and whoever's asked for it.
    fn relation(&self, on: &On<'_, Erasure>) -> Relation {
        let to = |person: PersonId| {
            let units = on.facts.people.get(&person).map(|facts| facts.units.clone());
            Relation::to_person(on.who, person, &units.unwrap_or_default())
        };
        match (self, on.state.0.as_deref()) {
            (Self::Request(c), _) => to(c.person),
            (_, Some(body)) => {
                let relation = to(body.person);
                let asked = body.requester == Some(on.who.person);
                Relation { own: relation.own || asked, ..relation }
            }
            (_, None) => Relation::default(),
        }
    }

    fn object(&self, on: &On<'_, Erasure>) -> ObjectView {
        let requester = on.state.0.as_deref().and_then(|body| body.requester);
        let done = requester.map(|person| DoneDuty {
            duty: REQUEST.parse().expect("it is a duty's name"),
            human: Human(person),
            acting_for: None,
        });
        let object = on.as_seen(|on| self.relation(on));
        ObjectView { done: done.into_iter().collect(), ..object }
    }

    fn sight(&self) -> Option<Permission> {
        Some(Permission::ErasureRead)
    }

    fn hidden(&self) -> GatewayError {
        match self {
            Self::Request(_) => GatewayError::Forbidden,
            _ => GatewayError::refused(ErasureRefusal::NotFound),
        }
    }
}

impl Guarded for EvidenceHoldCommand {
    fn permission(&self) -> Permission {
        Permission::EvidenceHoldManage
    }

    fn sight(&self) -> Option<Permission> {
        Some(Permission::EvidenceHoldRead)
    }

    fn hidden(&self) -> GatewayError {
        match self {
            Self::Place(_) => GatewayError::Forbidden,
            Self::Lift(_) => GatewayError::refused(EvidenceHoldRefusal::NotFound),
        }
    }
}
