//! The three clocks, as a reader is shown them.

use std::sync::Arc;

use async_graphql::{Context, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};
use domain::access::Permission;
use domain::sla::ClockKind as Kind;
use domain::sla::stopwatch::{ClockReading, Readings, ThresholdReading};

use super::crossings::{self, TicketClockCrossing};
use super::intervals::{self, ClockInterval};
use super::load::ReadingOf;
use super::words::ClockState;
use crate::graphql::access::{reads_some, sees_still};
use crate::graphql::loader;
use crate::graphql::page::{Connection, PageSize};
use crate::graphql::scalar::Cursor;
use crate::graphql::sla_plan::{ChangePolicy, SlaPlan};

/// How long a ticket took by its service level plan.
pub(in crate::graphql) struct TicketSla {
    pub(super) asked: ReadingOf,
    pub(super) readings: Arc<Readings>,
}

/// One of the three clocks of a ticket.
struct TicketClock {
    kind: Kind,
    asked: ReadingOf,
    readings: Arc<Readings>,
}

/// How it stands with a threshold of a clock.
#[derive(SimpleObject)]
struct TicketClockThreshold {
    /// In percent of the limit.
    percent: u16,
    /// The first second with more used, but not before what made it so; null as long as it is not
    /// crossed.
    crossed_at: Option<DateTime<Utc>>,
}

/// How long a ticket took by its service level plan, as it is judged at an instant: from what had
/// happened by then, under the terms that were in force then. Without a plan, and before the
/// opening, its clocks are in state NONE.
#[Object]
impl TicketSla {
    /// The instant.
    async fn at(&self) -> DateTime<Utc> {
        self.asked.at
    }

    /// The plan that measured it then, as it is defined now; null without one, and when you may not
    /// see plans.
    async fn plan(&self, cx: &Context<'_>) -> Result<Option<SlaPlan>> {
        let Some(terms) = self.asked.course.terms_at(self.asked.at) else { return Ok(None) };
        loader::sla_plan(cx, terms.plan).await
    }

    /// The version of the plan that was stamped into the ticket.
    async fn plan_version(&self) -> Option<i64> {
        self.asked.course.terms_at(self.asked.at).map(|terms| terms.plan_version)
    }

    /// What became of the time before these terms.
    async fn policy(&self) -> Option<ChangePolicy> {
        self.asked.course.terms_at(self.asked.at).map(|terms| terms.policy.into())
    }

    /// Until somebody starts to work.
    async fn reaction(&self) -> TicketClock {
        self.clock(Kind::Reaction)
    }

    /// While somebody works.
    async fn work(&self) -> TicketClock {
        self.clock(Kind::Work)
    }

    /// Until it is solved.
    async fn deadline(&self) -> TicketClock {
        self.clock(Kind::Deadline)
    }
}

impl TicketSla {
    fn clock(&self, kind: Kind) -> TicketClock {
        let (asked, readings) = (self.asked.clone(), Arc::clone(&self.readings));
        TicketClock { kind, asked, readings }
    }
}

impl TicketClock {
    fn reading(&self) -> &ClockReading {
        self.readings.of(self.kind)
    }
}

/// One of the three clocks of a ticket, in whole seconds.
#[Object]
impl TicketClock {
    /// How long at most; 0: no target.
    async fn limit_seconds(&self) -> u32 {
        self.reading().limit_seconds
    }

    /// How long it took so far: the sum of what its intervals count.
    async fn used_seconds(&self) -> i64 {
        self.reading().used_seconds
    }

    /// The share of the limit that is used, rounded down; null without a limit.
    async fn used_percent(&self) -> Option<i64> {
        self.reading().used_percent
    }

    /// The share that is left, 0 at the limit and beyond; null without a limit.
    async fn remaining_percent(&self) -> Option<u8> {
        self.reading().remaining_percent
    }

    /// The earliest instant with the limit used, past or to come, if nothing else happens; null while
    /// nothing counts, without a limit, and once it is over.
    async fn due_at(&self) -> Option<DateTime<Utc>> {
        self.reading().due_at
    }

    /// What it does.
    async fn state(&self) -> ClockState {
        self.reading().state.into()
    }

    /// The first second with more used than the limit, but not before what made it so; null as long
    /// as the limit is kept.
    async fn breached_at(&self) -> Option<DateTime<Utc>> {
        self.reading().breached_at
    }

    /// The first second with more used than the limit, as it is judged under these terms.
    async fn breached_since(&self) -> Option<DateTime<Utc>> {
        self.reading().breached_since
    }

    /// Whether it kept its limit; null while that is open, without a limit, and without an outcome.
    async fn met(&self) -> Option<bool> {
        self.reading().met
    }

    /// Its thresholds, the lowest first.
    async fn thresholds(&self) -> Vec<TicketClockThreshold> {
        self.reading().thresholds.iter().map(Into::into).collect()
    }

    /// What was recorded of it by then, also under earlier terms, the earliest first; the last 100.
    async fn crossings(&self, cx: &Context<'_>) -> Result<Vec<TicketClockCrossing>> {
        let told = crossings::of(cx, &self.asked, self.kind).await?;
        sees_still(cx, self.asked.ticket).await?;
        Ok(told)
    }

    /// Every second from the opening to its end, or to the instant, counted or not and why, in order:
    /// without a gap and without an overlap. Name the same instant to read on. Null when you may not
    /// read timelines.
    async fn intervals(
        &self,
        cx: &Context<'_>,
        #[graphql(
            desc = "Rows of the page, 1 to 100.",
            default_with = "Some(PageSize::default())"
        )]
        first: Option<PageSize>,
        #[graphql(desc = "Where the page before ended.")] after: Option<Cursor>,
    ) -> Result<Option<Connection<ClockInterval>>> {
        if !reads_some(cx, Permission::TimelineRead) {
            return Ok(None);
        }
        intervals::of(cx, (&self.asked, self.kind), first, after).await.map(Some)
    }
}

impl From<&ThresholdReading> for TicketClockThreshold {
    fn from(reading: &ThresholdReading) -> Self {
        Self { percent: reading.percent, crossed_at: reading.crossed_at }
    }
}
