//! The list of calendars, and what one of them means.

use async_graphql::{Context, ID, Object, Result};
use chrono::{DateTime, Utc};
use domain::access::Permission;
use domain::kernel::CalendarId;
use projections::calendars::{self, CalendarRow};

use super::Calendar;
use super::input::CalendarHoursInput;
use super::preview::{self, Asked, CalendarPreview, Span};
use crate::graphql::access::MayRead;
use crate::graphql::context::services;
use crate::graphql::error::unread;
use crate::graphql::page::{Connection, Counter, PageSize, page_of, place, rows};
use crate::graphql::scalar::Cursor;

/// What the cursors of the list belong to.
const LIST: &str = "calendars";

/// When somebody is there.
#[derive(Default)]
pub(in crate::graphql) struct CalendarQuery;

/// When somebody is there.
#[Object]
impl CalendarQuery {
    /// The calendars, by name.
    #[graphql(guard = "MayRead(Permission::CalendarRead)")]
    async fn calendars(
        &self,
        cx: &Context<'_>,
        #[graphql(
            desc = "Rows of the page, 1 to 100.",
            default_with = "Some(PageSize::default())"
        )]
        first: Option<PageSize>,
        #[graphql(desc = "Where the page before ended.")] after: Option<Cursor>,
    ) -> Result<Connection<Calendar>> {
        let pool = services(cx)?.reads.clone();
        let after: Option<CalendarId> = after.map(|after| place(LIST, &after)).transpose()?;
        let size = rows(first);
        let found = calendars::page(&pool, size + 1, after).await.map_err(unread)?;
        let edge = |row: CalendarRow| (row.calendar_id, Calendar(row));
        let count: Counter = Box::new(move || {
            let pool = pool.clone();
            Box::pin(async move { calendars::count(&pool).await.map_err(unread) })
        });
        Ok(page_of(LIST, (found, size), after.is_some(), edge, count))
    }

    /// What a calendar means for a span of time, or hours that are only tried out: when it is open,
    /// how many seconds count, and when so many have passed.
    #[graphql(guard = "MayRead(Permission::CalendarRead)")]
    #[expect(clippy::too_many_arguments, reason = "each is an argument of the field")]
    async fn calendar_preview(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Which calendar; else say hours.")] calendar_id: Option<ID>,
        #[graphql(desc = "Which version of it; absent: the latest.")] version: Option<i64>,
        #[graphql(desc = "Hours to try out, instead of a calendar.")] hours: Option<
            CalendarHoursInput,
        >,
        #[graphql(desc = "The first instant.")] from: DateTime<Utc>,
        #[graphql(desc = "The end of the span, at most 370 days later.")] to: Option<DateTime<Utc>>,
        #[graphql(desc = "Open seconds to add to the first instant, up to ten years.")]
        add_seconds: Option<i64>,
    ) -> Result<CalendarPreview> {
        preview::of(cx, Asked { calendar_id, version, hours }, Span { from, to, add_seconds }).await
    }
}
