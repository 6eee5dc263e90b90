//! One of them, and the list.

use async_graphql::{Context, ID, Object, Result};
use domain::access::Permission;
use domain::kernel::AccessTemplateId;

use super::AccessTemplate;
use crate::graphql::access::MayRead;
use crate::graphql::definition;
use crate::graphql::error::bad_id;
use crate::graphql::id;
use crate::graphql::moment::Moment;
use crate::graphql::page::{Connection, PageSize};

use crate::graphql::scalar::Cursor;

/// What is granted together.
#[derive(Default)]
pub(in crate::graphql) struct AccessTemplateQuery;

/// What is granted together.
#[Object]
impl AccessTemplateQuery {
    /// A template of grants, as it is or as it was; null when there is none, or was none.
    #[graphql(guard = "MayRead(Permission::RoleRead)")]
    async fn access_template(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Its id.")] id: ID,
        #[graphql(desc = "As of when; now when nothing is said.")] at: Option<Moment>,
    ) -> Result<Option<AccessTemplate>> {
        let id: AccessTemplateId = id::decode(&id).map_err(bad_id)?;
        definition::one(cx, id.0, definition::moment(cx, at).await?).await
    }

    /// The templates of grants, by name.
    #[graphql(guard = "MayRead(Permission::RoleRead)")]
    #[expect(clippy::too_many_arguments, reason = "each is an argument of the field")]
    async fn access_templates(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "With this in their name, whatever its case; at most 200 characters.")]
        search: Option<String>,
        #[graphql(desc = "Whether to list retired ones too.", default)] with_retired: bool,
        #[graphql(desc = "As of when; now when nothing is said.")] at: Option<Moment>,
        #[graphql(
            desc = "Rows of the page, 1 to 100.",
            default_with = "Some(PageSize::default())"
        )]
        first: Option<PageSize>,
        #[graphql(desc = "Where the page before ended.")] after: Option<Cursor>,
    ) -> Result<Connection<AccessTemplate>> {
        let listing = definition::listing(cx, search, with_retired, at).await?;
        definition::list(cx, listing, (first, after)).await
    }
}
