//! One event of each kind of an erasure and of a hold on evidence.

use domain::erasure::event::{
    Approved, Certified, DestructionBegun, KeysDestroyed, Purged, PurgedView, Refused, Requested,
    Withdrawn,
};
use domain::erasure::{ErasureEvent, ErasureGround, Exemption};
use domain::evidence_hold::event::{Lifted, Placed};
use domain::evidence_hold::{EvidenceHoldEvent, HeldObject};
use uuid::Uuid;

use super::samples::{PERSON, instant, sealed};

pub(crate) fn erasures() -> [ErasureEvent; 8] {
    let why = || sealed("reason");
    [
        ErasureEvent::Requested(Requested {
            person: PERSON,
            ground: ErasureGround::ConsentWithdrawn,
            why: why(),
            requester: Some(PERSON),
        }),
        ErasureEvent::Approved(Approved { by: PERSON }),
        ErasureEvent::Refused(Refused { by: PERSON, ground: Exemption::LegalClaims, why: why() }),
        ErasureEvent::Withdrawn(Withdrawn {}),
        ErasureEvent::DestructionBegun(DestructionBegun {}),
        ErasureEvent::KeysDestroyed(KeysDestroyed { keys: [Uuid::from_u128(0x51)].into() }),
        ErasureEvent::Purged(Purged {
            streams: 3,
            views: [("ticket_list".to_owned(), PurgedView { through: 40, rows: 2 })].into(),
            besides: [("attachments".to_owned(), 1)].into(),
        }),
        ErasureEvent::Certified(Certified { position: 42, root: "0f".repeat(32) }),
    ]
}

pub(crate) fn evidence_holds() -> [EvidenceHoldEvent; 2] {
    [
        EvidenceHoldEvent::Placed(Placed {
            on: HeldObject::Person(PERSON),
            why: sealed("reason"),
            until: Some(instant(250_001)),
        }),
        EvidenceHoldEvent::Lifted(Lifted { why: sealed("reason") }),
    ]
}
