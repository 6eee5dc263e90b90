//! A template of grants, as it is or as it was.

use async_graphql::{Context, ID, Object, Result};
use domain::access::Permission;
use domain::access::model::Granted;
use domain::access_template::AccessTemplate as Of;
use domain::access_template::event::Item;
use domain::kernel::AccessTemplateId;
use projections::cis::At;

use crate::graphql::definition::{self, Noun, Shown};
use crate::graphql::id::encode;
use crate::graphql::permission::{AccessEntry, AccessScope};
use crate::graphql::role::AccessRole;

/// What is granted together.
pub(in crate::graphql) struct AccessTemplate(Shown<Of>);

/// One of the grants, and the moment it is shown of.
struct AccessTemplateItem(Item, At);

impl Noun for AccessTemplate {
    type Of = Of;

    const LIST: &'static str = "accessTemplates";
    const READ: Permission = Permission::RoleRead;

    fn of(shown: Shown<Of>) -> Self {
        Self(shown)
    }
}

/// What is granted together. Each definition is a version of its own.
#[Object]
impl AccessTemplate {
    /// Opaque and global.
    pub(in crate::graphql) async fn id(&self) -> ID {
        encode(AccessTemplateId(self.0.row.id))
    }

    /// Unique, whatever its case, among those that are not retired.
    async fn name(&self) -> &str {
        &self.0.row.name
    }

    /// What is granted, in order.
    async fn items(&self) -> Vec<AccessTemplateItem> {
        let items = self.0.row.body.definition.items.iter().cloned();
        items.map(|item| AccessTemplateItem(item, self.0.at)).collect()
    }

    /// Whether nothing is granted by it any more.
    async fn retired(&self) -> bool {
        self.0.row.retired
    }

    /// The number of its events: what `expectedVersion` is compared with.
    async fn version(&self) -> i64 {
        self.0.row.version
    }
}

/// One of the grants of a template: a role, or an entry of its own.
#[Object]
impl AccessTemplateItem {
    /// The role, if it is one.
    async fn role(&self, cx: &Context<'_>) -> Result<Option<AccessRole>> {
        let Granted::Role(id) = &self.0.what else { return Ok(None) };
        definition::one(cx, id.0, self.1).await
    }

    /// The entry, if it is no role.
    async fn entry(&self) -> Option<AccessEntry> {
        match &self.0.what {
            Granted::Role(_) => None,
            Granted::Entry(entry) => Some(AccessEntry((**entry).clone())),
        }
    }

    /// Where.
    async fn scope(&self) -> AccessScope {
        AccessScope(self.0.scope.clone())
    }

    /// For how many hours; null: for good.
    async fn hours(&self) -> Option<u32> {
        self.0.hours
    }
}
