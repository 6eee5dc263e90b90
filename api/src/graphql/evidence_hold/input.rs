//! The verbs' inputs, each ending in a command.

use async_graphql::{ID, InputObject};
use chrono::{DateTime, Utc};
use domain::evidence_hold::command::{Lift, Place};
use domain::evidence_hold::{EvidenceHoldCommand, HeldObject};
use domain::kernel::EvidenceHoldId;

use super::mutation::EvidenceHoldPayload;
use crate::graphql::command::{NounInput, Wish};
use crate::graphql::erasure::whom;
use crate::graphql::input::single;
use crate::graphql::payload::Common;
use crate::graphql::refusal::{ErrorCode, UserError};

/// Something that is evidence.
#[derive(Debug, Clone, InputObject)]
pub(super) struct EvidenceHoldPlaceInput {
    /// On whom: all that is sealed under their key. Or an item that tells of somebody, such as a contact.
    /// One of this and `ticketId`.
    person_id: Option<ID>,
    /// On which ticket: all words in it, whoever's they are.
    ticket_id: Option<ID>,
    /// Why, at most 2,000 characters. It stays, so it should name nobody.
    why: String,
    /// From then on no more, within ten years; absent: until it is lifted.
    until: Option<DateTime<Utc>>,
    #[graphql(flatten)]
    common: Common,
}

/// Something that is evidence no more.
#[derive(Debug, Clone, InputObject)]
pub(super) struct EvidenceHoldLiftInput {
    /// Which hold.
    evidence_hold_id: ID,
    /// Why, at most 2,000 characters. It stays, so it should name nobody.
    why: String,
    #[graphql(flatten)]
    common: Common,
}

impl NounInput for EvidenceHoldPlaceInput {
    type Command = EvidenceHoldCommand;
    type Payload = EvidenceHoldPayload;

    fn common(&self) -> &Common {
        &self.common
    }

    fn into_wish(self) -> Result<Wish<EvidenceHoldCommand>, UserError> {
        let on = match (&self.person_id, &self.ticket_id) {
            (Some(person), None) => HeldObject::Person(whom(person)?),
            (None, Some(ticket)) => HeldObject::Ticket(single("ticketId", ticket)?),
            _ => {
                let one = "a hold is on a person or on a ticket";
                return Err(UserError::new(ErrorCode::InvalidInput, one).at("personId"));
            }
        };
        let place = Place { on, why: self.why, until: self.until };
        Ok(Wish::New(EvidenceHoldCommand::Place(place)))
    }
}

impl NounInput for EvidenceHoldLiftInput {
    type Command = EvidenceHoldCommand;
    type Payload = EvidenceHoldPayload;

    fn common(&self) -> &Common {
        &self.common
    }

    fn into_wish(self) -> Result<Wish<EvidenceHoldCommand>, UserError> {
        let placed: EvidenceHoldId = single("evidenceHoldId", &self.evidence_hold_id)?;
        Ok(Wish::On(placed.0, EvidenceHoldCommand::Lift(Lift { why: self.why })))
    }
}
