//! Refetching.

use async_graphql::{Context, ID, Object, Result};
use futures_util::future::try_join_all;

use super::types::{Node, load};
use crate::graphql::access::SignedIn;
use crate::graphql::error::{bad_id, bad_request};
use crate::graphql::id::GlobalId;

/// Most ids at once.
const IDS: usize = 100;

/// Anything with an id.
#[derive(Default)]
pub(in crate::graphql) struct NodeQuery;

/// Anything with an id.
#[Object]
impl NodeQuery {
    /// One of them; null when there is none that you may see.
    #[graphql(guard = "SignedIn")]
    async fn node(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Its id.")] id: ID,
    ) -> Result<Option<Node>> {
        load(cx, GlobalId::decode(&id).map_err(bad_id)?).await
    }

    /// At most 100 of them, in the order of their ids; null where there is none that you may see.
    #[graphql(guard = "SignedIn")]
    async fn nodes(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Their ids.")] ids: Vec<ID>,
    ) -> Result<Vec<Option<Node>>> {
        if ids.len() > IDS {
            return Err(bad_request(format!("at most {IDS} ids at once")));
        }
        let ids: Result<Vec<GlobalId>, _> = ids.iter().map(GlobalId::decode).collect();
        try_join_all(ids.map_err(bad_id)?.into_iter().map(|id| load(cx, id))).await
    }
}
