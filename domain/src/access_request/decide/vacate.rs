//! Vacate: somebody who sits there has left.

use super::{Decided, known, pass};
use crate::access_policy::Approver;
use crate::access_request::event::{AccessRequestEvent, Rejected};
use crate::access_request::known::RequestFacts;
use crate::access_request::state::{AccessRequest, Body, Round};
use crate::access_request::wanted::Rejection;
use crate::access_request::words::Passing;
use crate::kernel::{Context, PersonId};

/// AR4, AR12. The seat goes to the role's owner, else to somebody of governance who could vote. Is there
/// nobody, the others at the stage decide; without any who could, it is rejected. Whoever has no seat
/// there, or has voted, changes nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct Vacate {
    /// Who has left.
    pub person: PersonId,
}

impl Vacate {
    pub(in crate::access_request) fn decide(
        self,
        request: &AccessRequest,
        cx: &Context,
    ) -> Decided {
        let body = request.body()?;
        let Ok(round) = body.round() else { return Ok(vec![]) };
        let held = round.seat_of(self.person).filter(|(_, seat)| seat.vote.is_none());
        let Some((seat, _)) = held else { return Ok(vec![]) };
        let facts = known(cx)?;
        let above = [Approver::RoleOwner, Approver::Governance];
        let above = above.iter().filter_map(|it| facts.approvers.get(it)).flatten();
        let others = above.filter(|person| **person != self.person);
        for to in others {
            // Whoever cannot take it is passed over.
            if let Ok(passed) = pass(seat, (*to, Passing::Reassigned), body, facts) {
                return Ok(passed);
            }
        }
        if self.somebody_is_left(body, round, facts) {
            return Ok(vec![]);
        }
        let because = Rejection::NoApprover;
        Ok(vec![AccessRequestEvent::Rejected(Rejected { because })])
    }

    fn somebody_is_left(&self, body: &Body, round: &Round, facts: &RequestFacts) -> bool {
        let waited_for = round.seats.values().filter(|seat| seat.vote.is_none());
        let mut others = waited_for.map(|seat| seat.holder).filter(|it| *it != self.person);
        others.any(|person| facts.voter(person).is_some_and(|it| !body.counted.contains(&it)))
    }
}
