//! What the viewer may do to a ticket now.

use async_graphql::{Context, Enum, Result};
use domain::access::decide::ObjectView;
use domain::access::{Standpoint, allowed_actions};
use projections::tickets::TicketRow;

use crate::graphql::access::working_caller;
use crate::graphql::context::services;
use crate::graphql::dossier;
use crate::graphql::loader;

/// What can be done to a ticket, in its life, its conversation and its dossier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::access::TicketAction")]
pub(super) enum TicketAction {
    /// Give it to a unit, to people, or back to dispatch.
    Assign,
    /// Take the hold.
    StartWork,
    /// Give the hold up, or break another's.
    StopWork,
    /// Let it wait.
    Pend,
    /// End the waiting.
    Resume,
    /// Say how it was solved.
    Resolve,
    /// Take it up again.
    Reopen,
    /// Confirm that it is solved.
    Close,
    /// End it without a solution.
    Cancel,
    /// Say better what it is about.
    Classify,
    /// Say better how pressing it is.
    Prioritize,
    /// Measure it by another plan.
    ApplyPlan,
    /// Lift it a tier, or to another unit.
    Escalate,
    /// Let another ticket go on in its place.
    Merge,
    /// Say something to everybody who sees it.
    Reply,
    /// Say something among staff.
    Note,
    /// Put it under a word.
    Tag,
    /// Hear of it.
    Watch,
    /// Say what it has to do with another ticket.
    Link,
    /// Name an item that it is about.
    LinkItem,
    /// Fill a custom field.
    FillField,
    /// Attach a file.
    Attach,
}

/// By the decisions that commands are guarded with, and the life cycle they obey.
pub(super) async fn of(cx: &Context<'_>, row: &TicketRow) -> Result<Vec<TicketAction>> {
    let Some(known) = &working_caller(cx)?.person else { return Ok(Vec::new()) };
    let who = &known.who;
    let watchers = dossier::watcher_ids(cx, row.ticket_id).await?;
    let at = Standpoint {
        state: row.state,
        held: row.holder_id.is_some(),
        individual: row.individual,
        merged: row.merged_into_id.is_some(),
        closed_at: row.closed_at,
    };
    let policy = loader::policy(cx).await?;
    let now = services(cx)?.gateway.now();
    let ticket = ObjectView::of_ticket(&known.world, who, &row.parties(&watchers));
    let allowed = allowed_actions((&known.world, &ticket), &at, (policy, now));
    Ok(allowed.into_iter().map(Into::into).collect())
}
