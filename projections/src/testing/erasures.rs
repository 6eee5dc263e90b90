//! Two erasures, one carried out and one refused, and two holds on evidence.

use chrono::TimeDelta;
use domain::Fact;
use domain::erasure::event::{
    Approved, Certified, DestructionBegun, KeysDestroyed, Purged, PurgedView, Refused, Requested,
    Withdrawn,
};
use domain::erasure::{ErasureEvent, ErasureGround, Exemption};
use domain::evidence_hold::event::{Lifted, Placed};
use domain::evidence_hold::{EvidenceHoldEvent, HeldObject};
use domain::kernel::{DataSubject, ErasureId, EvidenceHoldId, PersonId, Personal};
use uuid::Uuid;

use super::desk::LEAVER;
use super::{AGENT, CLIENT, TICKET, at};

pub(crate) const DONE: ErasureId = ErasureId(Uuid::from_u128(0xe7a1));
pub(crate) const REFUSED: ErasureId = ErasureId(Uuid::from_u128(0xe7a2));
pub(crate) const TAKEN_BACK: ErasureId = ErasureId(Uuid::from_u128(0xe7a3));
pub(crate) const LIFTED: EvidenceHoldId = EvidenceHoldId(Uuid::from_u128(0xe7b1));
pub(crate) const STANDING: EvidenceHoldId = EvidenceHoldId(Uuid::from_u128(0xe7b2));
pub(crate) const KEY: Uuid = Uuid::from_u128(0xe7c1);

fn why(text: &str) -> Personal<String> {
    Personal::of(DataSubject::Deployment, text.to_owned())
}

fn requested(person: PersonId) -> ErasureEvent {
    ErasureEvent::Requested(Requested {
        person,
        ground: ErasureGround::NoLongerNeeded,
        why: why("The contract is over"),
        requester: Some(AGENT),
    })
}

/// What became of them.
pub(super) fn erasures() -> Vec<Fact> {
    let view = PurgedView { through: 3, rows: 2 };
    let purged = Purged {
        streams: 1,
        views: [("people".to_owned(), view)].into(),
        besides: [("sessions".to_owned(), 1)].into(),
    };
    let done = [
        requested(LEAVER),
        ErasureEvent::Approved(Approved { by: CLIENT }),
        ErasureEvent::DestructionBegun(DestructionBegun {}),
        ErasureEvent::KeysDestroyed(KeysDestroyed { keys: [KEY].into() }),
        ErasureEvent::Purged(purged),
        ErasureEvent::Certified(Certified { position: 9, root: "0".repeat(64) }),
    ];
    let refused = [
        requested(CLIENT),
        ErasureEvent::Approved(Approved { by: LEAVER }),
        ErasureEvent::Refused(Refused {
            by: LEAVER,
            ground: Exemption::LegalClaims,
            why: why("A claim is fought"),
        }),
    ];
    let taken_back = [requested(AGENT), ErasureEvent::Withdrawn(Withdrawn {})];
    let of = |id: ErasureId| move |event: ErasureEvent| Fact::Erasure(id, event);
    let all = done.into_iter().map(of(DONE)).chain(refused.into_iter().map(of(REFUSED)));
    all.chain(taken_back.into_iter().map(of(TAKEN_BACK))).collect()
}

/// One that was lifted, and one that stands until its end comes.
pub(super) fn evidence_holds() -> Vec<Fact> {
    let placed = |on, until| EvidenceHoldEvent::Placed(Placed { on, why: why("Asked for"), until });
    let end = at(0) + TimeDelta::days(100);
    vec![
        Fact::EvidenceHold(LIFTED, placed(HeldObject::Person(CLIENT), None)),
        Fact::EvidenceHold(LIFTED, EvidenceHoldEvent::Lifted(Lifted { why: why("Settled") })),
        Fact::EvidenceHold(STANDING, placed(HeldObject::Ticket(TICKET), Some(end))),
    ]
}
