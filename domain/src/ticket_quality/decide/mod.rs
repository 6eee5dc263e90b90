//! One verb a file; what they have in common stands here.

pub mod check;
pub mod rate;
pub mod sample;

use super::event::WorkOf;
use super::refusal::TicketQualityRefusal;
use crate::kernel::{Context, PersonId, TicketId};
use crate::ticket::state::Body;

/// J1
fn ticket_in(cx: &Context, ticket: TicketId) -> Result<&Body, TicketQualityRefusal> {
    let facts = cx.facts.tickets.get(&ticket).ok_or(TicketQualityRefusal::NotFound)?;
    Ok(&facts.ticket)
}

/// J5: whoever judges, unless it is their own work.
fn judge(cx: &Context, work_of: WorkOf) -> Result<PersonId, TicketQualityRefusal> {
    let person = cx.doer().ok_or(TicketQualityRefusal::PersonRequired)?;
    if work_of.person == Some(person) {
        return Err(TicketQualityRefusal::OwnWork);
    }
    Ok(person)
}
