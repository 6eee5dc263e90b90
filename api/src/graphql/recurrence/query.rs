//! The list of recurrences, and what a rule would do.

use async_graphql::{Context, ID, Object, Result};
use chrono::{DateTime, Utc};
use domain::access::Permission;
use domain::kernel::RecurrenceId;
use projections::recurrences::{self, RecurrenceRow};

use super::Recurrence;
use super::input::RecurrenceRuleInput;
use super::preview::{self, Asked, RecurrencePreview};
use super::words::ClosedDay;
use crate::graphql::access::MayRead;
use crate::graphql::listed::Listed;
use crate::graphql::page::{Connection, PageSize};
use crate::graphql::scalar::Cursor;

/// All of them, by name.
const LIST: Listed<RecurrenceId, RecurrenceRow> = Listed {
    name: "recurrences",
    key: |row| row.recurrence_id,
    page: |pool, first, after| Box::pin(recurrences::page(pool, first, after)),
    count: |pool| Box::pin(recurrences::count(pool)),
};

/// Tickets that are opened again and again.
#[derive(Default)]
pub(in crate::graphql) struct RecurrenceQuery;

/// Tickets that are opened again and again.
#[Object]
impl RecurrenceQuery {
    /// The recurrences, by name.
    #[graphql(guard = "MayRead(Permission::RecurrenceRead)")]
    async fn recurrences(
        &self,
        cx: &Context<'_>,
        #[graphql(
            desc = "Rows of the page, 1 to 100.",
            default_with = "Some(PageSize::default())"
        )]
        first: Option<PageSize>,
        #[graphql(desc = "Where the page before ended.")] after: Option<Cursor>,
    ) -> Result<Connection<Recurrence>> {
        LIST.shown(cx, (first, after), Recurrence).await
    }

    /// When a rule would open tickets; nothing is written.
    #[graphql(guard = "MayRead(Permission::RecurrenceRead)")]
    #[expect(clippy::too_many_arguments, reason = "each is an argument of the field")]
    async fn recurrence_preview(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "On which days, and when on them.")] rule: RecurrenceRuleInput,
        #[graphql(desc = "Which days are open; absent: all are.")] calendar_id: Option<ID>,
        #[graphql(desc = "What becomes of the others.", default_with = "ClosedDay::Skip")]
        closed_day: ClosedDay,
        #[graphql(desc = "Later occurrences than this; absent: than now.")] after: Option<
            DateTime<Utc>,
        >,
        #[graphql(desc = "How many, up to 100.", default = 10)] count: i32,
    ) -> Result<RecurrencePreview> {
        preview::of(cx, Asked { rule, calendar_id, closed_day, after, count }).await
    }
}
