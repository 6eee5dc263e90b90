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
use crate::graphql::listed::Listed;
use crate::graphql::page::{Connection, PageSize};
use crate::graphql::scalar::Cursor;

/// All of them, by name.
const LIST: Listed<CalendarId, CalendarRow> = Listed {
    name: "calendars",
    key: |row| row.calendar_id,
    page: |pool, first, after| Box::pin(calendars::page(pool, first, after)),
    count: |pool| Box::pin(calendars::count(pool)),
};

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
        LIST.shown(cx, (first, after), Calendar).await
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
