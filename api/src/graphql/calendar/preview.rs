//! What a calendar, or one that is only tried out, means for a span of time. Nothing is written.

use async_graphql::{Context, ID, Result, SimpleObject};
use chrono::{DateTime, TimeDelta, Utc};
use cqrs_es::Aggregate;
use domain::Fact;
use domain::calendar::{Calendar, CalendarEvent, CalendarRefusal, OpeningHours};
use domain::kernel::{CalendarId, Refused};
use domain::sla::Hours;
use journal::StreamEvent;
use serde_json::json;

use super::input::CalendarHoursInput;
use crate::graphql::context::services;
use crate::graphql::error::internal;
use crate::graphql::input::{one_way, single};
use crate::graphql::refusal::UserError;

/// The longest span, in days.
const DAYS_MAX: i64 = 370;
/// The most opening intervals of an answer.
const INTERVALS_MAX: usize = 2_000;
/// The most seconds that are added: ten years, as a target has.
const ADDED_MAX: i64 = 10 * 366 * 86_400;

/// A time in which a calendar is open as a whole.
#[derive(SimpleObject)]
struct OpeningInterval {
    /// Its first instant.
    from: DateTime<Utc>,
    /// The first instant behind it.
    to: DateTime<Utc>,
}

/// What a calendar means.
#[derive(Default, SimpleObject)]
pub(super) struct CalendarPreview {
    /// When it is open between the two instants, in order, each as long as can be.
    intervals: Vec<OpeningInterval>,
    /// How many seconds of the span are open; null without a span.
    working_seconds: Option<i64>,
    /// The earliest instant at which so many open seconds have passed since the first one; null when
    /// nothing was to be added, and when that is never before the year 2200.
    due_at: Option<DateTime<Utc>>,
    /// The version that was asked; null of hours that are only tried out.
    version: Option<i64>,
    /// Why there is no answer; empty when there is one.
    user_errors: Vec<UserError>,
}

/// Which hours are asked.
pub(super) struct Asked {
    /// Those of this calendar.
    pub(super) calendar_id: Option<ID>,
    /// As it was in this version; none: the latest.
    pub(super) version: Option<i64>,
    /// Or these.
    pub(super) hours: Option<CalendarHoursInput>,
}

/// What is asked of them.
#[derive(Clone, Copy)]
pub(super) struct Span {
    /// From when on.
    pub(super) from: DateTime<Utc>,
    /// Until when.
    pub(super) to: Option<DateTime<Utc>>,
    /// How many open seconds are added to the first instant.
    pub(super) add_seconds: Option<i64>,
}

/// The answer; what is wrong with the question is part of it.
///
/// # Errors
/// Technical failures.
pub(super) async fn of(cx: &Context<'_>, asked: Asked, span: Span) -> Result<CalendarPreview> {
    let read = match span.fits() {
        Ok(()) => asked.read(cx).await?,
        Err(error) => Err(error),
    };
    let answer = read.and_then(|(hours, version)| span.answer(&Hours::from(&hours), version));
    Ok(answer.unwrap_or_else(|error| CalendarPreview {
        user_errors: vec![error],
        ..CalendarPreview::default()
    }))
}

type Read = std::result::Result<(OpeningHours, Option<i64>), UserError>;

impl Asked {
    async fn read(self, cx: &Context<'_>) -> Result<Read> {
        let refused = |refusal: CalendarRefusal| UserError::refused(Refused::from(refusal));
        match (self.calendar_id, self.hours) {
            (Some(id), None) => {
                let id: CalendarId = match single("calendarId", &id) {
                    Ok(id) => id,
                    Err(error) => return Ok(Err(error)),
                };
                let found = version(cx, id, self.version).await?;
                Ok(match found {
                    Some((hours, version)) => Ok((hours, Some(version))),
                    None => Err(refused(CalendarRefusal::NotFound)?.at("calendarId")),
                })
            }
            (None, Some(hours)) if self.version.is_none() => match hours.into_draft().fit() {
                Ok(hours) => Ok(Ok((hours, None))),
                Err(refusal) => Ok(Err(refused(refusal)?)),
            },
            _ => Ok(Err(one_way("calendarId", "name a calendar, or hours to try out, not both"))),
        }
    }
}

/// The hours of a version of a calendar, which is the number of the event that defined it.
async fn version(
    cx: &Context<'_>,
    id: CalendarId,
    asked: Option<i64>,
) -> Result<Option<(OpeningHours, i64)>> {
    let journal = services(cx)?.gateway.journal();
    if asked.is_none() {
        let latest = journal.load::<Calendar>(id.0).await.map_err(internal)?.state.0;
        return Ok(latest.map(|body| (body.hours, body.version)));
    }
    let events = journal.stream(Calendar::TYPE, id.0, 0).await.map_err(internal)?;
    let asked = events.into_iter().find(|event| Some(event.sequence) == asked);
    let Some(event) = asked else { return Ok(None) };
    let StreamEvent { aggregate_type, aggregate_id, event_type, payload, sequence, .. } = event;
    let fact = Fact::decode(&aggregate_type, &aggregate_id, &event_type, &payload);
    Ok(match fact.map_err(internal)? {
        Fact::Calendar(_, CalendarEvent::Defined(defined)) => Some((defined.hours, sequence)),
        _ => None,
    })
}

impl Span {
    fn fits(&self) -> std::result::Result<(), UserError> {
        if let Some(to) = self.to {
            if to < self.from {
                return Err(one_way("to", "ends before it begins"));
            }
            if to - self.from > TimeDelta::days(DAYS_MAX) {
                return Err(
                    one_way("to", "a span is at most 370 days").with("max", json!(DAYS_MAX))
                );
            }
        }
        if self.add_seconds.is_some_and(|seconds| !(0..=ADDED_MAX).contains(&seconds)) {
            let message = "add 0 seconds to ten years";
            return Err(one_way("addSeconds", message).with("max", json!(ADDED_MAX)));
        }
        Ok(())
    }

    fn answer(
        &self,
        hours: &Hours,
        version: Option<i64>,
    ) -> std::result::Result<CalendarPreview, UserError> {
        let pieces = self.to.map(|to| hours.pieces(self.from, to)).unwrap_or_default();
        let open = pieces.into_iter().filter(|piece| piece.closed.is_none());
        let intervals: Vec<OpeningInterval> =
            open.map(|piece| OpeningInterval { from: piece.from, to: piece.to }).collect();
        if intervals.len() > INTERVALS_MAX {
            let message = "there are more than 2,000 opening intervals: ask for a shorter span";
            return Err(one_way("to", message).with("max", json!(INTERVALS_MAX)));
        }
        Ok(CalendarPreview {
            intervals,
            working_seconds: self.to.map(|to| hours.working_seconds(self.from, to)),
            due_at: self
                .add_seconds
                .and_then(|seconds| hours.add_working_seconds(self.from, seconds)),
            version,
            user_errors: Vec::new(),
        })
    }
}
