//! When a rule would open tickets. Nothing is written.

use async_graphql::{Context, ID, Result, SimpleObject};
use chrono::{DateTime, Utc};
use domain::calendar::Calendar;
use domain::kernel::{CalendarId, Refused};
use domain::recurrence::{RecurrenceRefusal, Schedule};
use domain::sla::Hours;
use serde_json::json;

use super::input::RecurrenceRuleInput;
use super::words::ClosedDay;
use crate::graphql::context::services;
use crate::graphql::error::internal;
use crate::graphql::input::{one_way, optional};
use crate::graphql::refusal::UserError;

/// The most occurrences of an answer.
const COUNT_MAX: i32 = 100;

/// When a rule would open tickets.
#[derive(Default, SimpleObject)]
pub(super) struct RecurrencePreview {
    /// The next occurrences, in order; fewer than asked when there are no more within twelve years.
    occurrences: Vec<DateTime<Utc>>,
    /// Why there is no answer; empty when there is one.
    user_errors: Vec<UserError>,
}

/// What is asked.
pub(super) struct Asked {
    /// On which days, and when on them.
    pub(super) rule: RecurrenceRuleInput,
    /// Which days are open; none: all are.
    pub(super) calendar_id: Option<ID>,
    /// What becomes of the others.
    pub(super) closed_day: ClosedDay,
    /// Later ones than this; none: than now.
    pub(super) after: Option<DateTime<Utc>>,
    /// How many.
    pub(super) count: i32,
}

/// The answer; what is wrong with the question is part of it.
///
/// # Errors
/// Technical failures.
pub(super) async fn of(cx: &Context<'_>, asked: Asked) -> Result<RecurrencePreview> {
    Ok(match read(cx, asked).await? {
        Ok(occurrences) => RecurrencePreview { occurrences, user_errors: Vec::new() },
        Err(error) => RecurrencePreview { user_errors: vec![error], ..Default::default() },
    })
}

async fn read(
    cx: &Context<'_>,
    asked: Asked,
) -> Result<std::result::Result<Vec<DateTime<Utc>>, UserError>> {
    let refused = |refusal: RecurrenceRefusal| UserError::refused(Refused::from(refusal));
    let Some(count) = usize::try_from(asked.count).ok().filter(|_| asked.count <= COUNT_MAX) else {
        let error = one_way("count", "0 to 100 occurrences").with("max", json!(COUNT_MAX));
        return Ok(Err(error));
    };
    let calendar: Option<CalendarId> = match optional("calendarId", asked.calendar_id.as_ref()) {
        Ok(calendar) => calendar,
        Err(error) => return Ok(Err(error)),
    };
    let rule = match asked.rule.into_draft().fit() {
        Ok(rule) => rule,
        Err(refusal) => return Ok(Err(refused(refusal)?)),
    };
    let hours = match calendar {
        None => None,
        Some(id) => match hours(cx, id).await? {
            Some(hours) => Some(hours),
            None => return Ok(Err(refused(RecurrenceRefusal::CalendarUnknown)?)),
        },
    };
    let after = asked.after.unwrap_or(services(cx)?.gateway.now());
    let closed_day = asked.closed_day.into();
    let calendar = hours.as_ref().map(|hours| (hours, closed_day));
    Ok(Ok((Schedule { rule: &rule, calendar }).after(after, count)))
}

async fn hours(cx: &Context<'_>, id: CalendarId) -> Result<Option<Hours>> {
    let loaded = services(cx)?.gateway.journal().load::<Calendar>(id.0).await.map_err(internal)?;
    Ok(loaded.state.0.map(|body| Hours::from(&body.hours)))
}
