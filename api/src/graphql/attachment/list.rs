//! A ticket's files, within what the caller may see. Whoever calls has asked whether the ticket
//! itself is.

use async_graphql::{Context, Result};
use domain::access::Permission;
use domain::kernel::TicketId;

use super::Attachment;
use crate::graphql::access::reads_of_ticket;
use crate::graphql::dossier::dossier;

/// Oldest first; those among staff for staff alone.
pub(in crate::graphql) async fn of(cx: &Context<'_>, id: TicketId) -> Result<Vec<Attachment>> {
    let Some(dossier) = dossier(cx, id).await? else { return Ok(Vec::new()) };
    let all = reads_of_ticket(cx, Permission::ConversationReadInternal, id).await?;
    let mut files: Vec<Attachment> = dossier
        .attachments
        .iter()
        .filter(|(_, file)| all || !file.internal)
        .map(|(id, file)| Attachment(*id, file.clone()))
        .collect();
    files.sort_by_key(|file| (file.1.created_at, file.0));
    Ok(files)
}
