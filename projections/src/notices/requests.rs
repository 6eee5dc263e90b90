//! Who is told of an access request: N18 to N22. Asked before the event is applied, like the others.

use std::collections::{BTreeMap, BTreeSet};

use domain::access_request::AccessRequestEvent;
use domain::access_request::state::Body;
use domain::kernel::{AccessRequestId, PersonId};
use domain::notice::NoticeKind;

use super::desk::Desk;

type People = BTreeSet<PersonId>;

/// Who is told what of the event.
pub(super) fn of_request(
    desk: &Desk,
    id: AccessRequestId,
    event: &AccessRequestEvent,
) -> BTreeMap<PersonId, NoticeKind> {
    let Some(wish) = desk.requests.get(&id.0) else { return BTreeMap::new() };
    let told = &wish.told;
    let sits = |people: People| people.into_iter().filter(|id| desk.is_staff(*id)).collect();
    let (kind, people) = match event {
        // N18
        AccessRequestEvent::StageOpened(e) => {
            (NoticeKind::AccessRequestAwaiting, sits(seated(told, e.stage)))
        }
        AccessRequestEvent::SeatPassed(e) if e.stage.is_none() => {
            (NoticeKind::AccessRequestPassed, sits([e.to].into()))
        }
        AccessRequestEvent::Escalated(e) => {
            (NoticeKind::AccessRequestEscalated, sits(e.to.clone()))
        }
        AccessRequestEvent::Reminded(_) => (NoticeKind::AccessRequestReminded, sits(silent(told))),
        // N20
        AccessRequestEvent::InfoAsked(_) => (NoticeKind::AccessRequestQuestioned, asked(told)),
        AccessRequestEvent::InfoGiven(_) => {
            (NoticeKind::AccessRequestAnswered, sits(wish.asker_id.into_iter().collect()))
        }
        // N21
        AccessRequestEvent::Approved(_) => (NoticeKind::AccessRequestApproved, parties(told)),
        AccessRequestEvent::Rejected(_) => (NoticeKind::AccessRequestRejected, parties(told)),
        AccessRequestEvent::TimedOut(_) => (NoticeKind::AccessRequestTimedOut, parties(told)),
        AccessRequestEvent::Withdrawn(_) => (NoticeKind::AccessRequestWithdrawn, parties(told)),
        AccessRequestEvent::Activated(_) => (NoticeKind::AccessRequestActivated, parties(told)),
        AccessRequestEvent::ActivationFailed(_) => {
            (NoticeKind::AccessRequestActivationFailed, parties(told))
        }
        AccessRequestEvent::Submitted(_)
        | AccessRequestEvent::PolicyChecked(_)
        | AccessRequestEvent::Voted(_)
        | AccessRequestEvent::SeatPassed(_)
        | AccessRequestEvent::Amended(_)
        | AccessRequestEvent::Ended(_) => return BTreeMap::new(),
    };
    people.into_iter().map(|id| (id, kind)).collect()
}

/// Who has the seats of a stage when it opens.
fn seated(told: &Body, stage: u8) -> People {
    let meant_for = told.stage(stage).into_iter().flat_map(|stage| &stage.approvers);
    meant_for.map(|person| told.holder_at(stage, *person)).collect()
}

/// N19
fn silent(told: &Body) -> People {
    let seats = told.round().into_iter().flat_map(|round| round.seats.values());
    seats.filter(|seat| seat.vote.is_none()).map(|seat| seat.holder).collect()
}

/// Whoever can answer for the wish.
fn asked(told: &Body) -> People {
    told.requester.or(told.beneficiary.person()).into_iter().collect()
}

fn parties(told: &Body) -> People {
    told.requester.into_iter().chain(told.beneficiary.person()).collect()
}
