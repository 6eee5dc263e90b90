//! Given, when, then: one file a verb, one test a rule.

mod lift;
mod place;

use chrono::{DateTime, Utc};

use super::event::{EvidenceHoldEvent, HeldObject, Lifted, Placed};
use crate::erasure::Bonds;
use crate::evidence_hold::EvidenceHoldCommand;
use crate::kernel::testing::tickets::{there_are, ticket};
use crate::kernel::testing::world::{ANNA, CARL, PARENT};
use crate::kernel::testing::{self, Given};
use crate::kernel::{DataSubject, ErasureId, Facts, Personal};
use crate::ticket::TicketState;

const WHY: &str = "Case 7";

/// Anna and Carl are known, and so is a ticket.
fn facts() -> Facts {
    let bonds = [ANNA, CARL].map(|person| (person, Bonds::default())).into();
    Facts { bonds, ..there_are([(PARENT, ticket(TicketState::Resolved))]) }
}

fn given(events: impl IntoIterator<Item = EvidenceHoldEvent>) -> Given<EvidenceHoldCommand> {
    testing::given(events).knowing(facts())
}

/// Carl's erasure has begun.
fn begun() -> Facts {
    let mut facts = facts();
    facts.bonds.insert(
        CARL,
        Bonds { begun: Some(ErasureId(uuid::Uuid::from_u128(7))), ..Bonds::default() },
    );
    facts
}

fn why() -> Personal<String> {
    Personal::of(DataSubject::Deployment, WHY.to_owned())
}

fn placed(on: HeldObject, until: Option<DateTime<Utc>>) -> EvidenceHoldEvent {
    EvidenceHoldEvent::Placed(Placed { on, why: why(), until })
}

fn lifted() -> EvidenceHoldEvent {
    EvidenceHoldEvent::Lifted(Lifted { why: why() })
}
