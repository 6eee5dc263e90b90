//! One of them, and the list.

use async_graphql::{Context, ID, Object, Result};
use domain::access::Permission;
use domain::kernel::AccessGroupId;
use projections::access_definitions::Listing;

use super::AccessGroup;
use crate::graphql::access::{MayRead, reads_all};
use crate::graphql::definition;
use crate::graphql::error::{bad_id, forbidden};
use crate::graphql::id;
use crate::graphql::moment::Moment;
use crate::graphql::page::{Connection, PageSize};
use crate::graphql::permission::subject_of;
use crate::graphql::scalar::Cursor;

/// Groups of those who have access.
#[derive(Default)]
pub(in crate::graphql) struct AccessGroupQuery;

/// Groups of those who have access.
#[Object]
impl AccessGroupQuery {
    /// A group, as it is or as it was; null when there is none, or was none.
    #[graphql(guard = "MayRead(Permission::RoleRead)")]
    async fn access_group(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Its id.")] id: ID,
        #[graphql(desc = "As of when; now when nothing is said.")] at: Option<Moment>,
    ) -> Result<Option<AccessGroup>> {
        let id: AccessGroupId = id::decode(&id).map_err(bad_id)?;
        definition::one(cx, id.0, definition::moment(cx, at).await?).await
    }

    /// The groups of those who have access, by name.
    #[graphql(guard = "MayRead(Permission::RoleRead)")]
    #[expect(clippy::too_many_arguments, reason = "each is an argument of the field")]
    async fn access_groups(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "With this in their name, whatever its case; at most 200 characters.")]
        search: Option<String>,
        #[graphql(desc = "Those alone that this person, program or group was added to.")]
        member_id: Option<ID>,
        #[graphql(desc = "Whether to list retired ones too.", default)] with_retired: bool,
        #[graphql(desc = "As of when; now when nothing is said.")] at: Option<Moment>,
        #[graphql(
            desc = "Rows of the page, 1 to 100.",
            default_with = "Some(PageSize::default())"
        )]
        first: Option<PageSize>,
        #[graphql(desc = "Where the page before ended.")] after: Option<Cursor>,
    ) -> Result<Connection<AccessGroup>> {
        let member = member_id.as_ref().map(subject_of).transpose().map_err(bad_id)?;
        if member.is_some() && !reads_all(cx, Permission::AccessRead) {
            return Err(forbidden());
        }
        let listing = definition::listing(cx, search, with_retired, at).await?;
        let listing = Listing { member, ..listing };
        definition::list(cx, listing, (first, after)).await
    }
}
