//! A ticket, as a row of the read side.

use async_graphql::{Context, ID, Json, Object, Result};
use chrono::{DateTime, Utc};
use domain::access::Permission;
use projections::tickets::TicketRow;
use serde_json::Value;

use super::actions::{self, TicketAction};
use super::routing::Routing;
use super::sla::{self, TicketSla};
use super::words::{Impact, PendingReason, Priority, TicketKind, TicketState, Urgency};
use crate::graphql::access::{reads_of_ticket, sees_still};
use crate::graphql::attachment::{self, Attachment};
use crate::graphql::ci::Ci;
use crate::graphql::conversation::{self, Comment};
use crate::graphql::dossier::{self, TicketField, TicketLink};
use crate::graphql::id::encode;
use crate::graphql::loader;
use crate::graphql::moment::Then;
use crate::graphql::names::Names;
use crate::graphql::page::{Connection, PageSize};
use crate::graphql::past::as_row;
use crate::graphql::person::Person;
use crate::graphql::quality::{self, TicketQuality};
use crate::graphql::scalar::Cursor;
use crate::graphql::sla_plan::SlaPlan;
use crate::graphql::subject::Subject;
use crate::graphql::ticket_items::{self, TicketImpact, TicketItem, TicketItemRole};
use crate::graphql::timeline::{self, Event};
use crate::graphql::unit::Unit;

/// An incident or a service request: its row, whom it names, and as of when it is; none: as it is now.
pub(in crate::graphql) struct Ticket(
    pub(in crate::graphql) TicketRow,
    pub(in crate::graphql) Names,
    pub(in crate::graphql) Option<Then>,
);

impl Ticket {
    /// What was read of it, if the caller still sees it by then.
    async fn while_seen<T>(
        &self,
        cx: &Context<'_>,
        reading: impl Future<Output = Result<T>> + Send,
    ) -> Result<T> {
        let told = reading.await?;
        sees_still(cx, self.0.ticket_id).await?;
        Ok(told)
    }
}

/// An incident or a service request. People and units that you may not see are null.
#[Object]
impl Ticket {
    /// Opaque and global.
    pub(in crate::graphql) async fn id(&self) -> ID {
        encode(self.0.ticket_id)
    }

    /// For people, such as INC-1042.
    async fn number(&self) -> &str {
        &self.0.number
    }

    /// What sort of ticket.
    async fn kind(&self) -> TicketKind {
        self.0.kind.into()
    }

    /// One line; "erased" when the requester's personal data were destroyed.
    async fn title(&self) -> &str {
        &self.0.title
    }

    /// The whole story.
    async fn description(&self) -> Option<&str> {
        self.0.description.as_deref()
    }

    /// Where in its life it is.
    async fn state(&self) -> TicketState {
        self.0.state.into()
    }

    /// How pressing.
    async fn priority(&self) -> Priority {
        self.0.priority.into()
    }

    /// How much is affected, when the priority came from the matrix.
    async fn impact(&self) -> Option<Impact> {
        self.0.impact.map(Into::into)
    }

    /// How soon it hurts, when the priority came from the matrix.
    async fn urgency(&self) -> Option<Urgency> {
        self.0.urgency.map(Into::into)
    }

    /// What it waits for, while it is pending.
    async fn pending_reason(&self) -> Option<PendingReason> {
        self.0.pending_reason.map(Into::into)
    }

    /// Until when it waits at most, while it is pending.
    async fn pending_until(&self) -> Option<DateTime<Utc>> {
        self.0.pending_until
    }

    /// What it is about.
    async fn subject(&self, cx: &Context<'_>) -> Result<Option<Subject>> {
        let Some(id) = self.0.subject_id else { return Ok(None) };
        loader::subject(cx, id).await
    }

    /// For whom.
    async fn requester(&self, cx: &Context<'_>) -> Result<Option<Person>> {
        self.1.person(cx, self.0.requester_id).await
    }

    /// Who reported it.
    async fn reporter(&self, cx: &Context<'_>) -> Result<Option<Person>> {
        self.1.person(cx, self.0.author_id).await
    }

    /// Whose it is to do.
    async fn unit(&self, cx: &Context<'_>) -> Result<Option<Unit>> {
        let Some(id) = self.0.unit_id else { return Ok(None) };
        self.1.unit(cx, id).await
    }

    /// The people it is given to; none: the whole unit, or dispatch.
    async fn assignees(&self, cx: &Context<'_>) -> Result<Vec<Person>> {
        self.1.people(cx, &self.0.assignee_ids).await
    }

    /// Who works on it now.
    async fn holder(&self, cx: &Context<'_>) -> Result<Option<Person>> {
        let Some(id) = self.0.holder_id else { return Ok(None) };
        self.1.person(cx, id).await
    }

    /// Who worked on it last; after a resolution, who resolved it.
    async fn last_holder(&self, cx: &Context<'_>) -> Result<Option<Person>> {
        let Some(id) = self.0.last_holder_id else { return Ok(None) };
        self.1.person(cx, id).await
    }

    /// Whether each of its people completes a task of their own.
    async fn individual(&self) -> bool {
        self.0.individual
    }

    /// The ticket that goes on in its place.
    async fn merged_into(&self, cx: &Context<'_>) -> Result<Option<Ticket>> {
        let Some(id) = self.0.merged_into_id else { return Ok(None) };
        loader::ticket(cx, id).await
    }

    /// How it found those who have it; null when somebody gave it to them, and for clients.
    async fn routing(&self, cx: &Context<'_>) -> Result<Option<Routing>> {
        let told = reads_of_ticket(cx, Permission::TimelineRead, self.0.ticket_id).await?;
        Ok(self.0.routing.clone().filter(|_| told).map(Routing))
    }

    /// What you may do to it now.
    async fn allowed_actions(&self, cx: &Context<'_>) -> Result<Vec<TicketAction>> {
        if self.2.is_none() {
            return actions::of(cx, &self.0).await;
        }
        match loader::ticket(cx, self.0.ticket_id).await? {
            Some(now) => actions::of(cx, &now.0).await,
            None => Ok(Vec::new()),
        }
    }

    /// Support tier, 1 to 3.
    async fn tier(&self) -> i16 {
        self.0.tier
    }

    /// What is said on it, oldest first; to clients what staff say among themselves is not shown.
    async fn conversation(
        &self,
        cx: &Context<'_>,
        #[graphql(
            desc = "Rows of the page, 1 to 100.",
            default_with = "Some(PageSize::default())"
        )]
        first: Option<PageSize>,
        #[graphql(desc = "Where the page before ended.")] after: Option<Cursor>,
    ) -> Result<Connection<Comment>> {
        self.while_seen(cx, conversation::of(cx, self.0.ticket_id, first, after)).await
    }

    /// Under which words it is found, in lower case; for clients: none.
    async fn tags(&self, cx: &Context<'_>) -> Result<Vec<String>> {
        self.while_seen(cx, dossier::tags(cx, self.0.ticket_id)).await
    }

    /// Who of staff hears of it besides; null for clients.
    async fn watchers(&self, cx: &Context<'_>) -> Result<Option<Vec<Person>>> {
        self.while_seen(cx, dossier::watchers(cx, self.0.ticket_id)).await
    }

    /// The other tickets it has to do with, those that you may see.
    async fn links(
        &self,
        cx: &Context<'_>,
        #[graphql(
            desc = "Rows of the page, 1 to 100.",
            default_with = "Some(PageSize::default())"
        )]
        first: Option<PageSize>,
        #[graphql(desc = "Where the page before ended.")] after: Option<Cursor>,
    ) -> Result<Connection<TicketLink>> {
        self.while_seen(cx, dossier::links(cx, self.0.ticket_id, (first, after))).await
    }

    /// The ticket it is part of.
    async fn parent(&self, cx: &Context<'_>) -> Result<Option<Ticket>> {
        self.while_seen(cx, dossier::parent(cx, self.0.ticket_id)).await
    }

    /// The tickets that are part of it, those that you may see.
    async fn children(
        &self,
        cx: &Context<'_>,
        #[graphql(
            desc = "Rows of the page, 1 to 100.",
            default_with = "Some(PageSize::default())"
        )]
        first: Option<PageSize>,
        #[graphql(desc = "Where the page before ended.")] after: Option<Cursor>,
    ) -> Result<Connection<Ticket>> {
        self.while_seen(cx, dossier::children(cx, self.0.ticket_id, (first, after))).await
    }

    /// Its files, oldest first; clients see those that are not for staff alone.
    async fn attachments(&self, cx: &Context<'_>) -> Result<Vec<Attachment>> {
        self.while_seen(cx, attachment::of(cx, self.0.ticket_id)).await
    }

    /// What its custom fields say, by the fields' names; clients see those that are theirs to fill.
    async fn fields(&self, cx: &Context<'_>) -> Result<Vec<TicketField>> {
        self.while_seen(cx, dossier::fields(cx, self.0.ticket_id)).await
    }

    /// How good the work on it was; null when no sample took it. To those whose ticket it is: what
    /// they were asked and said.
    async fn quality(&self, cx: &Context<'_>) -> Result<Option<TicketQuality>> {
        self.while_seen(cx, quality::of(cx, &self.0)).await
    }

    /// The items it has to do with, those that were named first, then the nearest; null when you may
    /// not read items.
    async fn cis(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "In this role alone.")] role: Option<TicketItemRole>,
        #[graphql(desc = "Of the class of this name alone, and of those that inherit from it: \
                          `Contact` for who is affected.")]
        class: Option<String>,
        #[graphql(
            desc = "Rows of the page, 1 to 100.",
            default_with = "Some(PageSize::default())"
        )]
        first: Option<PageSize>,
        #[graphql(desc = "Where the page before ended.")] after: Option<Cursor>,
    ) -> Result<Option<Connection<TicketItem>>> {
        let id = self.0.ticket_id;
        let items = ticket_items::of_ticket(cx, id, (role, class), (first, after));
        self.while_seen(cx, items).await
    }

    /// What was computed last to fall with its items; null when nothing was.
    async fn impact_computed(&self, cx: &Context<'_>) -> Result<Option<TicketImpact>> {
        self.while_seen(cx, ticket_items::impact(cx, self.0.ticket_id)).await
    }

    /// The service that is asked for; null when none is named.
    async fn service(&self, cx: &Context<'_>) -> Result<Option<Ci>> {
        self.while_seen(cx, ticket_items::service(cx, self.0.ticket_id)).await
    }

    /// How it was resolved, in a word.
    async fn resolution_code(&self) -> Option<&str> {
        self.0.resolution_code.as_deref()
    }

    /// How it was resolved.
    async fn solution(&self) -> Option<&str> {
        self.0.solution.as_deref()
    }

    /// When it was opened.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }

    /// When it was resolved, unless it was reopened since.
    async fn resolved_at(&self) -> Option<DateTime<Utc>> {
        self.0.resolved_at
    }

    /// When it was closed, unless it was reopened since.
    async fn closed_at(&self) -> Option<DateTime<Utc>> {
        self.0.closed_at
    }

    /// By which service level plan it is measured; null without one, and when you may not see plans.
    async fn sla_plan(&self, cx: &Context<'_>) -> Result<Option<SlaPlan>> {
        let Some(id) = self.0.sla_plan_id else { return Ok(None) };
        loader::sla_plan(cx, id).await
    }

    /// What its clocks show; without a plan there is none of them.
    async fn sla(
        &self,
        cx: &Context<'_>,
        #[graphql(
            desc = "At which instant, at most ten years ahead; absent: now, of a ticket as it was: then."
        )]
        at: Option<DateTime<Utc>>,
    ) -> Result<TicketSla> {
        sla::of(cx, (&self.0, self.2), at).await
    }

    /// By when somebody said that it has to be done; no plan judges that.
    async fn deadline_at(&self) -> Option<DateTime<Utc>> {
        self.0.deadline_at
    }

    /// When the first of its clocks that run is due, if nothing else happens; without a plan, the
    /// deadline that somebody set. Null once it is done, and while nothing counts.
    async fn due_at(&self) -> Option<DateTime<Utc>> {
        self.0.dues.due_at
    }

    /// The first second beyond the limit of a clock that is not over, if nothing else happens: in the
    /// past, it is breached. Null once it is done.
    async fn breach_at(&self) -> Option<DateTime<Utc>> {
        self.0.dues.breach_at
    }

    /// When its last event happened.
    async fn changed_at(&self) -> DateTime<Utc> {
        self.0.changed_at
    }

    /// The number of its events: what `expectedVersion` is compared with.
    async fn version(&self) -> i64 {
        self.0.version
    }

    /// Its name in another system.
    async fn external_ref(&self) -> Option<&str> {
        self.0.external_ref.as_deref()
    }

    /// How often it was reopened.
    async fn reopen_count(&self) -> i32 {
        self.0.reopen_count
    }

    /// How often its unit changed after it was opened.
    async fn reassignment_count(&self) -> i32 {
        self.0.reassignment_count
    }

    /// The row that is read, as JSON with sorted keys: as of a moment what `replay as-of` tells of it.
    /// Null when you may not read events.
    async fn row(&self, cx: &Context<'_>) -> Option<Json<Value>> {
        as_row(cx, &self.0)
    }

    /// What happened to it, oldest first; null when you may not read timelines.
    async fn timeline(
        &self,
        cx: &Context<'_>,
        #[graphql(
            desc = "Rows of the page, 1 to 100.",
            default_with = "Some(PageSize::default())"
        )]
        first: Option<PageSize>,
        #[graphql(desc = "Where the page before ended.")] after: Option<Cursor>,
    ) -> Result<Option<Connection<Event>>> {
        timeline::of_ticket(cx, self.0.ticket_id, first, after).await
    }
}
