//! The questions.

use async_graphql::{Context, ID, Object, Result};
use domain::access::Permission;
use domain::cmdb::impact::{NODES_MAX, Question};

use super::ask;
use super::suspects::{self, ChangeSuspects};
use super::types::Impact;
use super::words::ImpactDirection;
use crate::graphql::access::{SignedIn, reads_all, reads_some};
use crate::graphql::ci::ci;
use crate::graphql::error::{bad_id, bad_request};
use crate::graphql::id;
use crate::graphql::moment::Moment;

/// Impact.
#[derive(Default)]
pub(in crate::graphql) struct ImpactQuery;

/// How far is looked when nothing is said.
const DEPTH: i32 = 10;

/// Impact.
#[Object]
impl ImpactQuery {
    /// What falls when an item fails, or what it leans on, now or at any time before; null when there
    /// is no item that you may see. What is retired or out of service is left out.
    #[graphql(guard = "SignedIn")]
    #[expect(clippy::too_many_arguments, reason = "each is an argument of the field")]
    async fn impact(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "The item.")] ci_id: ID,
        #[graphql(desc = "Which way.", default)] direction: ImpactDirection,
        #[graphql(desc = "How many relations away at most, 1 to 20; 10 when nothing is said.")]
        depth: Option<i32>,
        #[graphql(
            desc = "Whether redundancy saves items from falling, as it does when nothing is said; what \
                    an item leans on does not depend on it."
        )]
        redundancy: Option<bool>,
        #[graphql(desc = "When; now when nothing is said.")] history: Option<Moment>,
    ) -> Result<Option<Impact>> {
        let root = id::decode(&ci_id).map_err(bad_id)?;
        let question = Question {
            direction: direction.into(),
            depth: u32::try_from(depth.unwrap_or(DEPTH)).unwrap_or(0),
            redundancy: redundancy.unwrap_or(true),
            limit: NODES_MAX,
            ..Question::about(root)
        };
        question.fit().map_err(|unfit| bad_request(unfit.to_string()))?;
        if !reads_all(cx, Permission::CiRead) {
            return Ok(None);
        }
        let at = history.unwrap_or_default().at(cx).await?;
        ask::answer(cx, question, at).await
    }

    /// What happened between two moments to an item and to what it leans on, or leant on: what may be
    /// to blame when it was well at the first and is not at the last; null when there is no item that
    /// you may see.
    #[graphql(guard = "SignedIn")]
    async fn change_suspects(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "The item.")] ci_id: ID,
        #[graphql(desc = "When all was well.")] from: Moment,
        #[graphql(desc = "When it was not; now when nothing is said.")] to: Option<Moment>,
        #[graphql(desc = "How many relations away at most, 1 to 20; 10 when nothing is said.")]
        depth: Option<i32>,
    ) -> Result<Option<ChangeSuspects>> {
        let root = id::decode(&ci_id).map_err(bad_id)?;
        let depth = u32::try_from(depth.unwrap_or(DEPTH)).unwrap_or(0);
        let question = Question { depth, ..Question::about(root) };
        question.fit().map_err(|unfit| bad_request(unfit.to_string()))?;
        let (from, to) = (from.at(cx).await?, to.unwrap_or_default().at(cx).await?);
        // Whoever may read what happened to each of the items by itself may read it together.
        if !reads_some(cx, Permission::TimelineRead) || ci(cx, root, to).await?.is_none() {
            return Ok(None);
        }
        suspects::answer(cx, (root, depth), (from, to)).await.map(Some)
    }
}
