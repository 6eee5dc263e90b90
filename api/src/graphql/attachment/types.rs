//! A file of a ticket, as a part of a row of the read side.

use async_graphql::{Context, ID, Object, Result};
use chrono::{DateTime, Utc};
use domain::kernel::AttachmentId;
use projections::dossiers::AttachmentRow;

use super::address::path_of;
use crate::graphql::id::encode_attachment;
use crate::graphql::loader;
use crate::graphql::person::Person;

/// A file of a ticket.
pub(in crate::graphql) struct Attachment(pub(super) AttachmentId, pub(super) AttachmentRow);

/// A file of a ticket. It is uploaded by `POST /tickets/<ticket id>/attachments`. People that you
/// may not see are null.
#[Object]
impl Attachment {
    /// Opaque.
    async fn id(&self) -> ID {
        encode_attachment(self.0)
    }

    /// What its author calls it; "erased" when their personal data were destroyed, and the file
    /// with them.
    async fn name(&self) -> &str {
        &self.1.name
    }

    /// Such as image/png: what its author says it is.
    async fn media_type(&self) -> &str {
        &self.1.media_type
    }

    /// Its size.
    async fn bytes(&self) -> u32 {
        self.1.bytes
    }

    /// SHA-256 of what it holds, in hex.
    async fn sha256(&self) -> &str {
        &self.1.sha256
    }

    /// Whose file.
    async fn author(&self, cx: &Context<'_>) -> Result<Option<Person>> {
        loader::person(cx, self.1.author_id).await
    }

    /// Whether it is for staff alone.
    async fn internal(&self) -> bool {
        self.1.internal
    }

    /// When it was attached.
    async fn created_at(&self) -> DateTime<Utc> {
        self.1.created_at
    }

    /// The path to download it from, with the same access token.
    async fn url(&self) -> String {
        path_of(self.0)
    }
}
