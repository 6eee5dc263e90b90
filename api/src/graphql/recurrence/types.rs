//! A recurrence, as a row of the read side.

use async_graphql::{Context, ID, Object, Result};
use chrono::{DateTime, Utc};
use projections::recurrences::RecurrenceRow;

use super::words::{ClosedDay, MissedOccurrences};
use crate::graphql::calendar::Calendar;
use crate::graphql::id::encode;
use crate::graphql::loader;
use crate::graphql::person::Person;
use crate::graphql::scalar::Date;
use crate::graphql::subject::Subject;
use crate::graphql::template::Template;
use crate::graphql::ticket::Ticket;
use crate::graphql::ticket::words::Priority;
use crate::graphql::unit::Unit;

/// A ticket that is opened again and again.
pub(in crate::graphql) struct Recurrence(pub(in crate::graphql) RecurrenceRow);

/// A ticket that is opened again and again.
#[Object]
impl Recurrence {
    /// Opaque and global.
    pub(in crate::graphql) async fn id(&self) -> ID {
        encode(self.0.recurrence_id)
    }

    /// Unique, whatever its case.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// What the tickets start with.
    async fn template(&self, cx: &Context<'_>) -> Result<Option<Template>> {
        loader::template(cx, self.0.definition.template).await
    }

    /// Whose they are to do; null: as the template says, else routing.
    async fn unit(&self, cx: &Context<'_>) -> Result<Option<Unit>> {
        let Some(id) = self.0.definition.unit else { return Ok(None) };
        loader::unit(cx, id).await
    }

    /// What they are about; null: as the template says.
    async fn subject(&self, cx: &Context<'_>) -> Result<Option<Subject>> {
        let Some(id) = self.0.definition.subject else { return Ok(None) };
        loader::subject(cx, id).await
    }

    /// How pressing they are; null: as the template says.
    async fn priority(&self) -> Option<Priority> {
        self.0.definition.priority.map(Into::into)
    }

    /// For whom.
    async fn requester(&self, cx: &Context<'_>) -> Result<Option<Person>> {
        loader::person(cx, self.0.definition.requester).await
    }

    /// A rule of RFC 5545 about days.
    async fn rrule(&self) -> &str {
        &self.0.definition.rule.rrule
    }

    /// The time of day, such as 08:00.
    async fn at(&self) -> String {
        self.0.definition.rule.at.to_string()
    }

    /// The IANA name of the zone whose clocks show it.
    async fn zone(&self) -> &'static str {
        self.0.definition.rule.zone.name()
    }

    /// The first day there may be an occurrence.
    async fn from(&self) -> Date {
        Date(self.0.definition.rule.from)
    }

    /// The last one.
    async fn until(&self) -> Option<Date> {
        self.0.definition.rule.until.map(Date)
    }

    /// Which days are open; null: all are.
    async fn calendar(&self, cx: &Context<'_>) -> Result<Option<Calendar>> {
        let Some(id) = self.0.definition.calendar else { return Ok(None) };
        loader::calendar(cx, id).await
    }

    /// What becomes of occurrences on the others.
    async fn closed_day(&self) -> ClosedDay {
        self.0.definition.closed_day.into()
    }

    /// What becomes of occurrences that nobody was there to open.
    async fn missed(&self) -> MissedOccurrences {
        self.0.definition.missed.into()
    }

    /// Whether nothing is opened until it is defined anew.
    async fn stopped(&self) -> bool {
        self.0.stopped
    }

    /// Occurrences until then are opened, or passed over.
    async fn seen_to(&self) -> DateTime<Utc> {
        self.0.seen_to
    }

    /// The ticket that was opened last; null before there is one, and when you may not see it.
    async fn last_ticket(&self, cx: &Context<'_>) -> Result<Option<Ticket>> {
        let Some(id) = self.0.last_ticket_id else { return Ok(None) };
        loader::ticket(cx, id).await
    }

    /// The number of its events: what `expectedVersion` is compared with.
    async fn version(&self) -> i64 {
        self.0.version
    }
}
