//! What a ticket is about.

use async_graphql::{ID, Object};
use projections::subjects::SubjectRow;

use super::id::encode;

/// What tickets are about.
pub(super) struct Subject(pub(super) SubjectRow);

/// What tickets are about, such as a category or a service.
#[Object]
impl Subject {
    /// Opaque and global.
    pub(super) async fn id(&self) -> ID {
        encode(self.0.subject_id)
    }

    /// For people.
    async fn name(&self) -> &str {
        &self.0.name
    }
}
