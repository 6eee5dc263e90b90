//! Vacate: somebody who sits there, or was to, has left.

use std::collections::BTreeSet;

use super::{Decided, known, pass, voter};
use crate::access_policy::Approver;
use crate::access_request::event::{AccessRequestEvent, Rejected, SeatPassed};
use crate::access_request::known::RequestFacts;
use crate::access_request::state::{AccessRequest, Body, Round};
use crate::access_request::wanted::Rejection;
use crate::access_request::words::Passing;
use crate::kernel::{Context, PersonId};

/// AR4, AR12. The seat goes to the role's owner, else to somebody of governance who could vote; so does
/// each that they would have at a later stage. Is there nobody, the others at the stage decide; without
/// any who could, it is rejected. Whoever has no seat there, or has voted, changes nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct Vacate {
    /// Who has left.
    pub person: PersonId,
}

/// What becomes of a seat.
enum Fate {
    /// It is somebody else's.
    Passed(AccessRequestEvent),
    /// The others decide.
    Left,
    /// There are no others.
    Alone,
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
        let later = self.later_seats(body, round);
        if held.is_none() && later.is_empty() {
            return Ok(vec![]);
        }
        let facts = known(cx)?;
        let now = held.map(|(seat, _)| self.fate_now(seat, (body, round), facts));
        let later = later.iter().map(|(stage, seat)| self.fate_at((*stage, *seat), body, facts));
        let mut passed = Vec::new();
        for fate in now.into_iter().chain(later) {
            match fate {
                Fate::Passed(event) => passed.push(event),
                Fate::Left => {}
                Fate::Alone => {
                    let because = Rejection::NoApprover;
                    return Ok(vec![AccessRequestEvent::Rejected(Rejected { because })]);
                }
            }
        }
        Ok(passed)
    }

    /// The seats that they would have, by stage and by whom each is meant for.
    fn later_seats(&self, body: &Body, round: &Round) -> Vec<(u8, PersonId)> {
        let stages = body.plan.iter().flat_map(|plan| &plan.stages).zip(1_u8..);
        let later = stages.filter(|(_, number)| *number > round.stage);
        let seats = later.flat_map(|(stage, number)| {
            let meant = stage.approvers.iter().map(move |seat| (number, *seat));
            meant.filter(|(number, seat)| body.holder_at(*number, *seat) == self.person)
        });
        seats.collect()
    }

    fn fate_now(
        &self,
        seat: PersonId,
        (body, round): (&Body, &Round),
        facts: &RequestFacts,
    ) -> Fate {
        for to in self.above(facts) {
            // Whoever cannot take it is passed over.
            let passed = pass(seat, (to, Passing::Reassigned), body, facts);
            if let Some(event) = passed.ok().and_then(|events| events.into_iter().next()) {
                return Fate::Passed(event);
            }
        }
        let waited_for = round.seats.values().filter(|seat| seat.vote.is_none());
        self.without_heir(waited_for.map(|seat| seat.holder), body, facts)
    }

    fn fate_at(&self, (stage, seat): (u8, PersonId), body: &Body, facts: &RequestFacts) -> Fate {
        let meant = body.stage(stage).into_iter().flat_map(|stage| &stage.approvers);
        let holders: BTreeSet<PersonId> = meant.map(|it| body.holder_at(stage, *it)).collect();
        let fits = |to: &PersonId| {
            let human = voter(*to, body, facts).ok();
            !holders.contains(to)
                && human.is_some_and(|human| !facts.was_counted(human, &body.counted))
        };
        match self.above(facts).find(fits) {
            Some(to) => {
                let (passing, stage) = (Passing::Reassigned, Some(stage));
                let passed = SeatPassed { seat, to, passing, stage };
                Fate::Passed(AccessRequestEvent::SeatPassed(passed))
            }
            None => self.without_heir(holders.into_iter(), body, facts),
        }
    }

    /// The role's owner, then governance.
    fn above<'a>(&'a self, facts: &'a RequestFacts) -> impl Iterator<Item = PersonId> + 'a {
        let above = [Approver::RoleOwner, Approver::Governance];
        let people = above.into_iter().filter_map(|it| facts.approvers.get(&it)).flatten();
        people.copied().filter(|person| *person != self.person)
    }

    fn without_heir(
        &self,
        holders: impl Iterator<Item = PersonId>,
        body: &Body,
        facts: &RequestFacts,
    ) -> Fate {
        let mut others = holders.filter(|person| *person != self.person);
        let may = |person| facts.voter(person).is_some_and(|it| !body.counted.contains(&it));
        if others.any(may) { Fate::Left } else { Fate::Alone }
    }
}
