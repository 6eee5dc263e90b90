//! One baseline, the list of them, and what differs between two moments.

use async_graphql::{Context, ID, Object, Result};
use domain::access::Permission;
use domain::kernel::BaselineId;
use projections::baselines::{self, BaselineRow, Withdrawn};

use super::Baseline;
use crate::graphql::access::{MayRead, SignedIn};
use crate::graphql::ci::{CiDifference, CiDifferenceWhere, differences};
use crate::graphql::context::services;
use crate::graphql::error::{bad_id, unread};
use crate::graphql::moment::Moment;
use crate::graphql::page::{Connection, Counter, PageSize, page_of, place, rows};
use crate::graphql::scalar::Cursor;
use crate::graphql::{id, loader};

/// What the cursors of the list belong to.
const LIST: &str = "baselines";

/// Baselines.
#[derive(Default)]
pub(in crate::graphql) struct BaselineQuery;

/// Baselines.
#[Object]
impl BaselineQuery {
    /// One baseline, withdrawn or not; null when there is none that you may see.
    #[graphql(guard = "SignedIn")]
    async fn baseline(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Its id.")] id: ID,
    ) -> Result<Option<Baseline>> {
        loader::baseline(cx, id::decode(&id).map_err(bad_id)?).await
    }

    /// The baselines, the latest moment first.
    #[graphql(guard = "MayRead(Permission::CiRead)")]
    async fn baselines(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Whether those that are withdrawn are listed, too.", default)]
        withdrawn: bool,
        #[graphql(
            desc = "Rows of the page, 1 to 100.",
            default_with = "Some(PageSize::default())"
        )]
        first: Option<PageSize>,
        #[graphql(desc = "Where the page before ended.")] after: Option<Cursor>,
    ) -> Result<Connection<Baseline>> {
        let pool = services(cx)?.reads.clone();
        let withdrawn = if withdrawn { Withdrawn::With } else { Withdrawn::Without };
        let after: Option<BaselineId> = after.map(|after| place(LIST, &after)).transpose()?;
        let size = rows(first);
        let found = baselines::page(&pool, withdrawn, size + 1, after).await.map_err(unread)?;
        let edge = |row: BaselineRow| (row.baseline_id, Baseline(row));
        let count: Counter = Box::new(move || {
            let pool = pool.clone();
            Box::pin(async move { baselines::count(&pool, withdrawn).await.map_err(unread) })
        });
        Ok(page_of(LIST, (found, size), after.is_some(), edge, count))
    }

    /// The items that differ between two moments, those that changed last first, however many they
    /// are. Later pages go on to the same moment, even when that was now.
    #[graphql(guard = "MayRead(Permission::CiRead)")]
    #[expect(clippy::too_many_arguments, reason = "each is an argument of the field")]
    async fn baseline_diff(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "From when.")] from: Moment,
        #[graphql(desc = "Until when; now when nothing is said.")] to: Option<Moment>,
        #[graphql(name = "where", desc = "Which of them.")] filter: Option<CiDifferenceWhere>,
        #[graphql(
            desc = "Rows of the page, 1 to 100.",
            default_with = "Some(PageSize::default())"
        )]
        first: Option<PageSize>,
        #[graphql(desc = "Where the page before ended.")] after: Option<Cursor>,
    ) -> Result<Connection<CiDifference>> {
        let moments = (from.at(cx).await?, to.unwrap_or_default().at(cx).await?);
        differences(cx, moments, filter.unwrap_or_default(), (first, after)).await
    }
}
