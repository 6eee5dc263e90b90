//! The SLA report of a unit.

use async_graphql::{Context, ID, Object, Result, SimpleObject};
use chrono::{DateTime, SecondsFormat, Utc};
use domain::kernel::TicketId;
use domain::report::{Line, Part, Question, Report, Score, Success, kept};
use domain::sla::ClockKind as Kind;
use domain::sla::stopwatch::ClockReading;
use strum::IntoEnumIterator;
use tokio::sync::OnceCell;

use super::query::{percent, place_of, unreported};
use super::words::{SlaReportPart, TicketOutcome};
use crate::graphql::context::services;
use crate::graphql::id::encode;
use crate::graphql::loader;
use crate::graphql::page::{Connection, Counter, Edge, PageSize, cursor, rows};
use crate::graphql::person::Person;
use crate::graphql::scalar::Cursor;
use crate::graphql::sla_plan::words::ClockKind;
use crate::graphql::ticket::Ticket;
use crate::graphql::ticket::words::Priority;
use crate::graphql::unit::Unit;

/// What a unit did in a period, and how it kept its service levels.
pub(super) struct SlaReport {
    pub(super) question: Question,
    pub(super) figures: OnceCell<Report>,
}

/// Of one clock, how many tickets kept its limit. Tickets without a plan, or with a limit of 0, count
/// neither way.
#[derive(SimpleObject)]
pub(super) struct SlaScore {
    /// No more used than the limit; of an open ticket: so far.
    met: u64,
    /// More used.
    failed: u64,
    /// The share that was met, to a tenth; null when no ticket had a limit.
    success_percent: Option<f64>,
}

/// Of some tickets, how their clocks stand.
#[derive(SimpleObject)]
pub(super) struct SlaSuccess {
    /// How many tickets, with and without a plan.
    tickets: u64,
    /// Until somebody started to work.
    reaction: SlaScore,
    /// While somebody worked.
    work: SlaScore,
    /// Until it was solved.
    deadline: SlaScore,
}

/// A ticket in a report.
pub(in crate::graphql) struct SlaReportLine {
    ticket: TicketId,
    line: Line,
}

/// What a clock of a ticket shows in a report.
#[derive(SimpleObject)]
struct SlaReportClock {
    /// Which clock.
    clock: ClockKind,
    /// How long at most; 0: no target.
    limit_seconds: u32,
    /// How long it took, or took so far.
    used_seconds: i64,
    /// The share of the limit that is left, 0 at the limit and beyond; null without a limit.
    remaining_percent: Option<u8>,
    /// Whether no more than the limit is used; null without a limit.
    met: Option<bool>,
}

impl From<Score> for SlaScore {
    fn from(score: Score) -> Self {
        Self {
            met: score.met,
            failed: score.failed,
            success_percent: score.permille().map(percent),
        }
    }
}

impl From<Success> for SlaSuccess {
    fn from(success: Success) -> Self {
        Self {
            tickets: success.tickets,
            reaction: success.reaction.into(),
            work: success.work.into(),
            deadline: success.deadline.into(),
        }
    }
}

impl SlaReport {
    /// Counted once, when a document first asks.
    async fn figures(&self, cx: &Context<'_>) -> Result<&Report> {
        let reporting = &services(cx)?.reporting;
        let counted = self.figures.get_or_try_init(|| reporting.figures(&self.question));
        counted.await.map_err(unreported)
    }
}

/// What a unit did in a period, and how it kept its service levels. Staff of the unit are those who
/// belong to it now; what was merged away is in no part.
#[Object]
impl SlaReport {
    /// Which unit.
    async fn unit(&self, cx: &Context<'_>) -> Result<Option<Unit>> {
        loader::unit(cx, self.question.unit).await
    }

    /// The first instant of the period.
    async fn from(&self) -> DateTime<Utc> {
        self.question.from
    }

    /// The first instant behind the period.
    async fn to(&self) -> DateTime<Utc> {
        self.question.to
    }

    /// The instant whose state it tells: that of the request.
    async fn at(&self) -> DateTime<Utc> {
        self.question.at
    }

    /// How many tickets staff of the unit reported.
    async fn created(&self, cx: &Context<'_>) -> Result<u64> {
        Ok(self.figures(cx).await?.created)
    }

    /// How many tickets came for the unit or its staff.
    async fn incoming(&self, cx: &Context<'_>) -> Result<u64> {
        Ok(self.figures(cx).await?.incoming)
    }

    /// How the clocks of those stood in the end that staff of the unit solved.
    async fn completed(&self, cx: &Context<'_>) -> Result<SlaSuccess> {
        Ok(self.figures(cx).await?.completed.into())
    }

    /// How the clocks of those stand that are still to do.
    async fn not_completed(&self, cx: &Context<'_>) -> Result<SlaSuccess> {
        Ok(self.figures(cx).await?.not_completed.into())
    }

    /// The tickets of a part, by the instant that puts them into the period.
    async fn lines(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Which part.")] part: SlaReportPart,
        #[graphql(
            desc = "Rows of the page, 1 to 100.",
            default_with = "Some(PageSize::default())"
        )]
        first: Option<PageSize>,
        #[graphql(desc = "Where the page before ended.")] after: Option<Cursor>,
    ) -> Result<Connection<SlaReportLine>> {
        let part = Part::from(part);
        let list = format!("slaReport:{part}");
        let after = after.map(|after| place_of(&list, &after)).transpose()?;
        let reporting = services(cx)?.reporting.clone();
        let page = reporting.lines(&self.question, part, rows(first), after).await;
        let page = page.map_err(unreported)?;
        let edges = page.lines.into_iter().map(|found| Edge {
            cursor: cursor(&list, format!("{}/{}", found.instant.timestamp_micros(), found.ticket)),
            node: SlaReportLine { ticket: found.ticket, line: found.line },
        });
        let question = self.question.clone();
        let count: Counter = Box::new(move || {
            let (reporting, question) = (reporting.clone(), question.clone());
            Box::pin(async move {
                let figures = reporting.figures(&question).await.map_err(unreported)?;
                Ok(i64::try_from(size_of(&figures, part)).unwrap_or(i64::MAX))
            })
        });
        let (edges, has_next) = (edges.collect(), page.has_next);
        Ok(Connection { edges, has_next, has_previous: after.is_some(), count })
    }

    /// Where all of it can be had as a CSV file, with the same access token.
    async fn csv_path(&self) -> String {
        let Question { unit, from, to, .. } = &self.question;
        let [from, to] = [from, to].map(|at| at.to_rfc3339_opts(SecondsFormat::AutoSi, true));
        format!("/reports/sla.csv?unit={}&from={from}&to={to}", encode(*unit).as_str())
    }
}

fn size_of(figures: &Report, part: Part) -> u64 {
    match part {
        Part::Created => figures.created,
        Part::Incoming => figures.incoming,
        Part::Completed => figures.completed.tickets,
        Part::NotCompleted => figures.not_completed.tickets,
    }
}

/// A ticket in a report, as it stood at its instant.
#[Object]
impl SlaReportLine {
    /// For people: `INC-1042`.
    async fn number(&self) -> &str {
        &self.line.opening.number
    }

    /// The ticket as it is now; null when it is not yours to see.
    async fn ticket(&self, cx: &Context<'_>) -> Result<Option<Ticket>> {
        loader::ticket(cx, self.ticket).await
    }

    /// The ticket's id.
    async fn ticket_id(&self) -> ID {
        encode(self.ticket)
    }

    /// When it was opened.
    async fn opened_at(&self) -> DateTime<Utc> {
        self.line.opened_at
    }

    /// Who reported it.
    async fn author(&self, cx: &Context<'_>) -> Result<Option<Person>> {
        loader::person(cx, self.line.opening.author).await
    }

    /// For whom.
    async fn requester(&self, cx: &Context<'_>) -> Result<Option<Person>> {
        loader::person(cx, self.line.opening.requester).await
    }

    /// The unit it is for.
    async fn unit(&self, cx: &Context<'_>) -> Result<Option<Unit>> {
        let Some(unit) = self.line.target.unit else { return Ok(None) };
        loader::unit(cx, unit).await
    }

    /// The people it is for.
    async fn assignees(&self, cx: &Context<'_>) -> Result<Vec<Person>> {
        let people: Vec<_> = self.line.target.assignees.iter().copied().collect();
        loader::people_of(cx, &people).await
    }

    /// How pressing it is.
    async fn priority(&self) -> Priority {
        self.line.priority.into()
    }

    /// How it stands.
    async fn outcome(&self) -> TicketOutcome {
        self.line.outcome.into()
    }

    /// When it was solved; null while it is not.
    async fn resolved_at(&self) -> Option<DateTime<Utc>> {
        self.line.resolved_at
    }

    /// Who solved it; null while it is not, and when that followed from another ticket.
    async fn resolver(&self, cx: &Context<'_>) -> Result<Option<Person>> {
        let Some(resolver) = self.line.resolver else { return Ok(None) };
        loader::person(cx, resolver).await
    }

    /// What its three clocks show.
    async fn clocks(&self) -> Vec<SlaReportClock> {
        let clock = |kind: Kind| SlaReportClock::of(kind, self.line.readings.of(kind));
        Kind::iter().map(clock).collect()
    }
}

impl SlaReportClock {
    fn of(kind: Kind, reading: &ClockReading) -> Self {
        Self {
            clock: kind.into(),
            limit_seconds: reading.limit_seconds,
            used_seconds: reading.used_seconds,
            remaining_percent: reading.remaining_percent,
            met: kept(reading),
        }
    }
}
