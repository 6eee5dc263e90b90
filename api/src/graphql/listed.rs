//! Lists without a filter, in an order of their own: a page, and how many there are. Called by the
//! queries of what a deployment has a few dozen of.

use std::fmt::Display;
use std::str::FromStr;

use async_graphql::{Context, OutputType, Result};
use futures_util::future::BoxFuture;
use projections::ReadError;
use sqlx::PgPool;

use super::context::services;
use super::error::unread;
use super::page::{Connection, Counter, PageSize, page_of, place, rows};
use super::scalar::Cursor;

type Asked<'p, T> = BoxFuture<'p, std::result::Result<T, ReadError>>;

/// Such a list: rows, told apart by a key.
#[derive(Debug, Clone, Copy)]
pub(super) struct Listed<K, R> {
    /// What its cursors belong to.
    pub(super) name: &'static str,
    /// A row's key.
    pub(super) key: fn(&R) -> K,
    /// At most so many rows behind the one with this key.
    pub(super) page: for<'p> fn(&'p PgPool, i64, Option<K>) -> Asked<'p, Vec<R>>,
    /// How many rows there are.
    pub(super) count: for<'p> fn(&'p PgPool) -> Asked<'p, i64>,
}

impl<K: Display + FromStr, R> Listed<K, R> {
    /// A page of it, its rows shown so.
    ///
    /// # Errors
    /// A cursor of another list; technical failures.
    pub(super) async fn shown<T: OutputType>(
        &self,
        cx: &Context<'_>,
        (first, after): (Option<PageSize>, Option<Cursor>),
        show: fn(R) -> T,
    ) -> Result<Connection<T>> {
        let pool = services(cx)?.reads.clone();
        let after: Option<K> = after.map(|after| place(self.name, &after)).transpose()?;
        let (size, has_previous) = (rows(first), after.is_some());
        let found = (self.page)(&pool, size + 1, after).await.map_err(unread)?;
        let edge = |row: R| ((self.key)(&row), show(row));
        let asked = self.count;
        let count: Counter = Box::new(move || {
            let pool = pool.clone();
            Box::pin(async move { asked(&pool).await.map_err(unread) })
        });
        Ok(page_of(self.name, (found, size), has_previous, edge, count))
    }
}
