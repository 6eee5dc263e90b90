//! The parts of a dossier, each within what the caller may see. The caller of these has asked
//! whether the ticket itself is.

use std::collections::HashMap;

use async_graphql::{Context, Result};
use domain::access::Permission;
use domain::kernel::{FieldId, TicketId};
use projections::dossiers::FieldText;
use projections::tickets::TicketRow;

use super::load::dossier;
use super::{TicketField, TicketLink};
use crate::graphql::access::{reads_of_ticket, reads_of_tickets};
use crate::graphql::context::load_all;
use crate::graphql::loader as loaded;
use crate::graphql::names::Names;
use crate::graphql::page::{Connection, PageSize, part};
use crate::graphql::person::Person;
use crate::graphql::scalar::Cursor;
use crate::graphql::ticket::Ticket;

/// Where a page begins, and how long it is.
type Page = (Option<PageSize>, Option<Cursor>);

/// Under which words it is found. They are the desk's own; clients see none.
pub(in crate::graphql) async fn tags(cx: &Context<'_>, id: TicketId) -> Result<Vec<String>> {
    let dossier = dossier(cx, id).await?;
    if !reads_of_ticket(cx, Permission::ConversationReadInternal, id).await? {
        return Ok(Vec::new());
    }
    Ok(dossier.map(|dossier| dossier.tags.clone()).unwrap_or_default())
}

/// Who hears of it besides; clients are not told.
pub(in crate::graphql) async fn watchers(
    cx: &Context<'_>,
    id: TicketId,
) -> Result<Option<Vec<Person>>> {
    let dossier = dossier(cx, id).await?;
    if !reads_of_ticket(cx, Permission::ConversationReadInternal, id).await? {
        return Ok(None);
    }
    let Some(dossier) = dossier else { return Ok(Some(Vec::new())) };
    loaded::people_of(cx, &dossier.watcher_ids).await.map(Some)
}

/// The other tickets it has to do with, as far as the caller sees them.
pub(in crate::graphql) async fn links(
    cx: &Context<'_>,
    id: TicketId,
    (first, after): Page,
) -> Result<Connection<TicketLink>> {
    let dossier = dossier(cx, id).await?;
    let links = dossier.iter().flat_map(|dossier| &dossier.links);
    let links: Vec<_> =
        links.flat_map(|(kind, others)| others.iter().map(move |other| (*kind, *other))).collect();
    let rows = tickets(cx, links.iter().map(|(_, other)| *other)).await?;
    let link = |(kind, other): (domain::ticket_dossier::LinkKind, TicketId)| {
        let ticket = Ticket(rows.get(&other)?.clone(), Names::default(), None);
        Some((format!("{kind}:{other}"), TicketLink { kind: kind.into(), ticket }))
    };
    let seen = links.into_iter().filter_map(link).collect();
    part(&format!("links:{id}"), seen, first, after)
}

/// The ticket it is part of, if the caller sees that one.
pub(in crate::graphql) async fn parent(cx: &Context<'_>, id: TicketId) -> Result<Option<Ticket>> {
    match dossier(cx, id).await?.and_then(|dossier| dossier.parent_id) {
        Some(parent) => loaded::ticket(cx, parent).await,
        None => Ok(None),
    }
}

/// The tickets that are part of it, as far as the caller sees them.
pub(in crate::graphql) async fn children(
    cx: &Context<'_>,
    id: TicketId,
    (first, after): Page,
) -> Result<Connection<Ticket>> {
    let dossier = dossier(cx, id).await?;
    let children = dossier.iter().flat_map(|dossier| dossier.child_ids.iter().copied());
    let rows = tickets(cx, children).await?;
    let seen =
        rows.into_iter().map(|(id, row)| (id, Ticket(row, Names::default(), None))).collect();
    part(&format!("children:{id}"), seen, first, after)
}

/// What its custom fields say, by the fields' names; to clients only those that are theirs to see.
pub(in crate::graphql) async fn fields(cx: &Context<'_>, id: TicketId) -> Result<Vec<TicketField>> {
    let Some(dossier) = dossier(cx, id).await? else { return Ok(Vec::new()) };
    let ids: Vec<FieldId> = dossier.fields.keys().copied().collect();
    let mut known = loaded::custom_fields(cx, &ids).await?;
    known.sort_by(|a, b| (&a.0.name, a.0.field_id).cmp(&(&b.0.name, b.0.field_id)));
    let said = |field: crate::graphql::field::CustomField| {
        let (text, choices) = match dossier.fields.get(&field.0.field_id)?.clone() {
            FieldText::Text(text) => (Some(text), Vec::new()),
            FieldText::Choices(choices) => (None, choices.into_iter().collect()),
        };
        Some(TicketField { field, text, choices })
    };
    Ok(known.into_iter().filter_map(said).collect())
}

async fn tickets(
    cx: &Context<'_>,
    ids: impl Iterator<Item = TicketId>,
) -> Result<HashMap<TicketId, TicketRow>> {
    load_all(cx, ids.collect::<Vec<_>>()).await
}

/// What staff keep for themselves, of all the tickets they see: like what they say among themselves.
pub(in crate::graphql) fn is_of_the_desk(cx: &Context<'_>) -> bool {
    reads_of_tickets(cx, Permission::ConversationReadInternal)
}
