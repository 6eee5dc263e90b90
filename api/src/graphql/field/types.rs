//! A custom field, as a row of the read side.

use async_graphql::{ID, Object};
use projections::custom_fields::CustomFieldRow;

use super::words::FieldForm;
use crate::graphql::id::encode;
use crate::graphql::ticket::words::TicketKind;

/// Something that tickets of some kinds say besides.
pub(in crate::graphql) struct CustomField(pub(in crate::graphql) CustomFieldRow);

/// Something that tickets of some kinds say besides.
#[Object]
impl CustomField {
    /// Opaque and global.
    pub(in crate::graphql) async fn id(&self) -> ID {
        encode(self.0.field_id)
    }

    /// Unique, whatever its case.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// The kinds of tickets that have it.
    async fn kinds(&self) -> Vec<TicketKind> {
        self.0.kinds.iter().copied().map(Into::into).collect()
    }

    /// What it takes.
    async fn form(&self) -> FieldForm {
        self.0.form.into()
    }

    /// What can be chosen, in order; empty for texts.
    async fn choices(&self) -> &[String] {
        &self.0.choices
    }

    /// Whether clients see and fill it.
    async fn client_visible(&self) -> bool {
        self.0.client_visible
    }

    /// Whether it is not filled in any more.
    async fn retired(&self) -> bool {
        self.0.retired
    }

    /// The number of its events: what `expectedVersion` is compared with.
    async fn version(&self) -> i64 {
        self.0.version
    }
}
