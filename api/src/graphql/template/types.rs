//! A template, as a row of the read side.

use async_graphql::{Context, ID, Object, Result};
use domain::access::Permission;
use projections::templates::TemplateRow;

use crate::graphql::access::reads_all;
use crate::graphql::id::encode;
use crate::graphql::loader;
use crate::graphql::subject::Subject;
use crate::graphql::ticket::words::{Priority, TicketKind};
use crate::graphql::unit::Unit;

/// What tickets of a sort start with.
pub(in crate::graphql) struct Template(pub(in crate::graphql) TemplateRow);

/// What tickets of a sort start with. Units that you may not see are null.
#[Object]
impl Template {
    /// Opaque and global.
    pub(in crate::graphql) async fn id(&self) -> ID {
        encode(self.0.template_id)
    }

    /// Unique, whatever its case.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// Incident or service request.
    async fn kind(&self) -> TicketKind {
        self.0.content.kind.into()
    }

    /// One line.
    async fn title(&self) -> &str {
        &self.0.content.title
    }

    /// The whole story.
    async fn description(&self) -> Option<&str> {
        self.0.content.description.as_deref()
    }

    /// What it is about.
    async fn subject(&self, cx: &Context<'_>) -> Result<Option<Subject>> {
        let Some(id) = self.0.content.subject else { return Ok(None) };
        loader::subject(cx, id).await
    }

    /// The unit it is for; none: routing decides.
    async fn unit(&self, cx: &Context<'_>) -> Result<Option<Unit>> {
        let Some(id) = self.0.content.unit else { return Ok(None) };
        loader::unit(cx, id).await
    }

    /// How pressing; none: as the subject says.
    async fn priority(&self) -> Option<Priority> {
        self.0.content.priority.map(Into::into)
    }

    /// Under which words it is found, in lower case; for clients: none.
    async fn tags(&self, cx: &Context<'_>) -> Vec<&str> {
        if !reads_all(cx, Permission::TemplateRead) {
            return Vec::new();
        }
        self.0.content.tags.iter().map(String::as_str).collect()
    }

    /// Whether clients may use it.
    async fn client_visible(&self) -> bool {
        self.0.content.client_visible
    }

    /// Whether no ticket is opened from it any more.
    async fn retired(&self) -> bool {
        self.0.retired
    }

    /// The number of its events: what `expectedVersion` is compared with.
    async fn version(&self) -> i64 {
        self.0.version
    }
}
