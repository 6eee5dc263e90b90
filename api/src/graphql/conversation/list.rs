//! Pages of conversations.

use async_graphql::{Context, Result};
use domain::access::Permission;
use domain::kernel::{CommentId, TicketId};
use projections::conversation::{self, CommentRow};

use super::Comment;
use super::load::{CountOf, FirstOf};
use crate::graphql::access::reads_of_ticket;
use crate::graphql::context::{load, loader, services};
use crate::graphql::error::{forbidden, internal, unread};
use crate::graphql::loader as loaded;
use crate::graphql::page::{Connection, Counter, PageSize, page_of, place, rows};
use crate::graphql::scalar::Cursor;

/// What is said on a ticket that the caller sees, oldest first; to clients only what is not
/// internal. First pages of many tickets are read together.
pub(in crate::graphql) async fn of(
    cx: &Context<'_>,
    ticket: TicketId,
    first: Option<PageSize>,
    after: Option<Cursor>,
) -> Result<Connection<Comment>> {
    let name = format!("conversation:{ticket}");
    let after: Option<i64> = after.map(|after| place(&name, &after)).transpose()?;
    let with_internal = reads_internal(cx, ticket).await?;
    let size = rows(first);
    let found: Vec<CommentRow> = match after {
        None => {
            let key = FirstOf { ticket, first: size + 1, with_internal };
            load(cx, key).await?.unwrap_or_default()
        }
        Some(_) => {
            let pool = &services(cx)?.reads;
            let page = conversation::page(pool, ticket, with_internal, size + 1, after).await;
            page.map_err(unread)?
        }
    };
    if with_internal && !reads_internal(cx, ticket).await? {
        return Err(forbidden());
    }
    let edge = |row: CommentRow| (row.global_seq, Comment(row));
    let counts = loader(cx)?.clone();
    let count: Counter = Box::new(move || {
        let counts = counts.clone();
        Box::pin(async move {
            let count = counts.load_one(CountOf { ticket, with_internal }).await;
            Ok(count.map_err(internal)?.unwrap_or_default())
        })
    });
    Ok(page_of(&name, (found, size), after.is_some(), edge, count))
}

/// One comment, if the caller sees its ticket and it is not kept from them.
pub(in crate::graphql) async fn comment(
    cx: &Context<'_>,
    id: CommentId,
) -> Result<Option<Comment>> {
    let row = load(cx, id).await?;
    let Some(row) = row else { return Ok(None) };
    let seen = loaded::ticket(cx, row.ticket_id).await?.is_some();
    let told = !row.internal || reads_internal(cx, row.ticket_id).await?;
    Ok((seen && told).then_some(Comment(row)))
}

/// Whether the caller reads what staff say among themselves on this ticket.
async fn reads_internal(cx: &Context<'_>, ticket: TicketId) -> Result<bool> {
    reads_of_ticket(cx, Permission::ConversationReadInternal, ticket).await
}
