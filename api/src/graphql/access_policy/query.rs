//! The policy, and what happened to it.

use async_graphql::{Context, Object, Result};
use domain::access::Permission;
use domain::access_policy::STREAM_ID;
use projections::access_definitions::policy;
use projections::cis::At;

use super::types::AccessPolicy;
use crate::graphql::access::MayRead;
use crate::graphql::context::services;
use crate::graphql::definition;
use crate::graphql::error::unread;
use crate::graphql::moment::Moment;
use crate::graphql::page::{Connection, PageSize};
use crate::graphql::scalar::Cursor;
use crate::graphql::timeline::{self, Event};

/// The policy of access.
#[derive(Default)]
pub(in crate::graphql) struct AccessPolicyQuery;

/// The policy of access.
#[Object]
impl AccessPolicyQuery {
    /// The policy of access, as it is or as it was.
    #[graphql(guard = "MayRead(Permission::RoleRead)")]
    async fn access_policy(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "As of when; now when nothing is said.")] at: Option<Moment>,
    ) -> Result<AccessPolicy> {
        read(cx, definition::moment(cx, at).await?).await
    }

    /// What happened to the policy of access, oldest first; for administrators and auditors.
    #[graphql(guard = "MayRead(Permission::EventRead)")]
    async fn access_policy_history(
        &self,
        cx: &Context<'_>,
        #[graphql(
            desc = "Rows of the page, 1 to 100.",
            default_with = "Some(PageSize::default())"
        )]
        first: Option<PageSize>,
        #[graphql(desc = "Where the page before ended.")] after: Option<Cursor>,
    ) -> Result<Connection<Event>> {
        timeline::of_stream(cx, STREAM_ID, first, after).await
    }
}

pub(super) async fn read(cx: &Context<'_>, at: At) -> Result<AccessPolicy> {
    let row = policy(&services(cx)?.look_ups, at).await.map_err(unread)?;
    Ok(AccessPolicy { row, at })
}
