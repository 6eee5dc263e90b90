//! One verb a file; what the ticket's life allows stands here.

pub mod attach;
pub mod detach;
pub mod empty_field;
pub mod fill_field;
pub mod link;
pub mod tag;
pub mod unlink;
pub mod untag;
pub mod unwatch;
pub mod watch;

use super::refusal::TicketDossierRefusal;
use super::words::LinkKind;
use crate::kernel::text::{self, WORD_MAX};
use crate::kernel::{Context, FieldFacts, FieldId, TicketId};
use crate::person::PersonKind;
use crate::ticket::state::Body;

/// Under how many words a ticket is found.
pub(super) const TAGS_MAX: usize = 50;
/// How many people hear of a ticket besides.
pub(super) const WATCHERS_MAX: usize = 100;
/// With how many other tickets one has to do.
pub(super) const LINKS_MAX: usize = 500;
/// How many files a ticket has.
pub(super) const ATTACHMENTS_MAX: usize = 100;

/// D1: the ticket, unless it was merged.
fn ticket_in(cx: &Context, ticket: TicketId) -> Result<&Body, TicketDossierRefusal> {
    let facts = cx.facts.tickets.get(&ticket).ok_or(TicketDossierRefusal::NotFound)?;
    match facts.ticket.merged_into {
        Some(into) => Err(TicketDossierRefusal::Merged { into }),
        None => Ok(&facts.ticket),
    }
}

/// D1, D2: the ticket, unless it is over.
fn ticket_not_over(cx: &Context, ticket: TicketId) -> Result<&Body, TicketDossierRefusal> {
    let body = ticket_in(cx, ticket)?;
    if body.state.is_over() { Err(TicketDossierRefusal::TicketOver) } else { Ok(body) }
}

/// D1, D2: whether a link of this kind may change.
fn ticket_to_link(
    cx: &Context,
    ticket: TicketId,
    kind: LinkKind,
) -> Result<&Body, TicketDossierRefusal> {
    if of_family(kind) { ticket_not_over(cx, ticket) } else { ticket_in(cx, ticket) }
}

/// Parent and children go through life together.
fn of_family(kind: LinkKind) -> bool {
    matches!(kind, LinkKind::Parent | LinkKind::Child)
}

/// D3
fn fit_tag(tag: &str) -> Result<String, TicketDossierRefusal> {
    text::line(&tag.to_lowercase(), WORD_MAX).map_err(TicketDossierRefusal::TagUnfit)
}

/// D7: the field, if whoever asks may know of it.
fn field_in(cx: &Context, field: FieldId) -> Result<&FieldFacts, TicketDossierRefusal> {
    let client = by_client(cx);
    let field = cx.facts.fields.get(&field).filter(|field| field.client_visible || !client);
    field.ok_or(TicketDossierRefusal::FieldUnknown)
}

/// Whether whoever asks is on the other side of the desk.
fn by_client(cx: &Context) -> bool {
    let doer = cx.doer().and_then(|person| cx.facts.people.get(&person));
    doer.is_some_and(|facts| facts.kind == PersonKind::Client)
}
