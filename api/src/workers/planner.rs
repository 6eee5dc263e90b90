//! Opens the tickets of recurrences when they are due.
//!
//! By the injected clock. What is due follows from the recurrence's definition, its calendar and how
//! far it is seen to; the ticket's identity from the recurrence and the occurrence, and both streams
//! are appended to at once. So a crash, a late view or a second node opens nothing twice. After a
//! time in which no server ran, missed occurrences are opened late, each or the latest, as the
//! recurrence says; what the rules refuse is passed over, with the code.

use std::collections::{HashMap, VecDeque};
use std::time::Duration;

use chrono::{DateTime, Utc};
use domain::calendar::Calendar;
use domain::kernel::{Needs, RecurrenceId, TicketId};
use domain::recurrence::command::{Open, PassOver};
use domain::recurrence::{Missed, RecurrenceCommand, Schedule, Why};
use domain::sla::Hours;
use domain::template::Template;
use domain::template::event::Content;
use domain::ticket::TicketCommand;
use domain::ticket::command::{Open as OpenTicket, Pressing};
use domain::ticket_dossier::TicketDossierCommand;
use domain::ticket_dossier::command::Tag;
use projections::recurrences::{RecurrenceRow, running};
use projections::worker::WorkerLease;
use sqlx::PgPool;
use uuid::Uuid;

use super::lease::Worker;
use super::{WorkerError, named};
use crate::gateway::{Caller, Gateway, GatewayError, Request, Step};
use crate::routing;

/// How often is looked, in real time.
const ROUND: Duration = Duration::from_secs(1);
/// Occurrences of a recurrence that are looked for together.
const BATCH: usize = 50;
/// Namespace of the tickets' identities. Fixed for ever: one that is there must be found again.
const TICKETS: Uuid = Uuid::from_u128(0x2b6d_0f1e_93c4_4c57_a1d0_7e55_90b4_e301);

/// The worker.
#[derive(Debug)]
pub(crate) struct Planner {
    gateway: Gateway,
    reads: PgPool,
    ahead: HashMap<RecurrenceId, Ahead>,
}

/// What comes next, as long as neither the recurrence nor its calendar is another one.
#[derive(Debug)]
struct Ahead {
    versions: (i64, Option<i64>),
    occurrences: VecDeque<DateTime<Utc>>,
}

impl Planner {
    /// `reads`' connections search the read models' schemas.
    pub(crate) fn new(gateway: Gateway, reads: PgPool) -> Self {
        Self { gateway, reads, ahead: HashMap::new() }
    }

    /// Sees to what is due; whether there may be more of it already.
    async fn look(&mut self) -> Result<bool, WorkerError> {
        let rows = running(&self.reads).await?;
        let calendars = rows.iter().filter_map(|row| row.definition.calendar).collect();
        let needs = Needs { calendars, ..Needs::default() };
        let known = self.gateway.directory().known(&needs).await?.facts.calendars;
        self.ahead.retain(|id, _| rows.iter().any(|row| row.recurrence_id == *id));
        let mut more = false;
        for row in &rows {
            let calendar = row.definition.calendar.and_then(|id| known.get(&id));
            let versions = (row.version, calendar.map(|calendar| calendar.version));
            more |= self.see_to(row, versions).await?;
        }
        Ok(more)
    }

    async fn see_to(
        &mut self,
        row: &RecurrenceRow,
        versions: (i64, Option<i64>),
    ) -> Result<bool, WorkerError> {
        let id = row.recurrence_id;
        if self.ahead.get(&id).is_none_or(|ahead| ahead.versions != versions) {
            let occurrences = self.occurrences(row, row.seen_to).await?;
            self.ahead.insert(id, Ahead { versions, occurrences });
        }
        let now = self.gateway.now();
        let Some(ahead) = self.ahead.get(&id) else { return Ok(false) };
        let due = ahead.occurrences.iter().take_while(|at| **at <= now);
        let due: Vec<DateTime<Utc>> = due.copied().collect();
        let Some(last) = due.last().copied() else { return Ok(false) };
        let all_known = due.len() == ahead.occurrences.len();
        match row.definition.missed {
            Missed::All => {
                for occurrence in due {
                    self.open(row, occurrence).await?;
                }
            }
            Missed::Latest => {
                let later = if all_known { self.occurrences(row, last).await? } else { [].into() };
                let is_latest = later.front().is_none_or(|next| *next > now);
                self.open_latest(row, &due, is_latest).await?;
            }
        }
        // The row tells how far it is seen to, a moment later; what is asked for twice is done once.
        match self.ahead.get_mut(&id) {
            Some(ahead) if !all_known => ahead.occurrences.retain(|at| *at > last),
            _ => drop(self.ahead.remove(&id)),
        }
        Ok(all_known)
    }

    /// The next occurrences later than this.
    async fn occurrences(
        &self,
        row: &RecurrenceRow,
        after: DateTime<Utc>,
    ) -> Result<VecDeque<DateTime<Utc>>, WorkerError> {
        let definition = &row.definition;
        let hours = match definition.calendar {
            None => None,
            Some(id) => {
                let calendar = self.gateway.journal().load::<Calendar>(id.0).await?.state.0;
                calendar.map(|body| Hours::from(&body.hours))
            }
        };
        let calendar = hours.as_ref().map(|hours| (hours, definition.closed_day));
        let schedule = Schedule { rule: &definition.rule, calendar };
        Ok(schedule.after(after, BATCH).into())
    }

    /// Those before the latest are passed over; when later ones are due as well, all of these are.
    async fn open_latest(
        &self,
        row: &RecurrenceRow,
        due: &[DateTime<Utc>],
        is_latest: bool,
    ) -> Result<(), WorkerError> {
        let (latest, missed) = match due.split_last() {
            Some((latest, missed)) if is_latest => (Some(*latest), missed),
            _ => (None, due),
        };
        if let Some(occurrence) = missed.last().copied() {
            let count = u32::try_from(missed.len()).unwrap_or(u32::MAX);
            let passed = PassOver { occurrence, count, why: Why::Missed, code: None };
            self.pass_over(row, passed).await?;
        }
        match latest {
            Some(occurrence) => self.open(row, occurrence).await,
            None => Ok(()),
        }
    }

    /// Opens the ticket of an occurrence, once.
    async fn open(
        &self,
        row: &RecurrenceRow,
        occurrence: DateTime<Utc>,
    ) -> Result<(), WorkerError> {
        let id = row.recurrence_id;
        let identity = format!("{id} {}", occurrence.timestamp_micros());
        let ticket = TicketId(Uuid::new_v5(&TICKETS, identity.as_bytes()));
        let template = self.gateway.journal().load::<Template>(row.definition.template.0).await?;
        let template = template.state.0.filter(|body| !body.retired);
        let Some(template) = template else {
            return self.refused(row, occurrence, "TEMPLATE_RETIRED").await;
        };
        let mut steps =
            vec![Step::Recurrence(id, RecurrenceCommand::Open(Open { occurrence, ticket }))];
        steps.extend(self.steps(row, ticket, template.content).await?);
        let mut request = Request::new(steps, ticket.0);
        let name = named(&format!("recur {identity}"));
        (request.idempotency, request.correlation_id) = (Some(name), name.key);
        let done = self.gateway.execute_steps(&Caller::system(), request).await;
        match done.map_err(|fault| (fault.step, fault.error)) {
            Ok(_) => {
                metrics::counter!("recurring_tickets_opened_total").increment(1);
                Ok(())
            }
            // Seen to by another node, stopped or defined anew since.
            Err((Some(1), GatewayError::Refused(_))) => Ok(()),
            Err((_, GatewayError::Refused(refused))) => {
                self.refused(row, occurrence, refused.code).await
            }
            Err((_, error)) => Err(error.into()),
        }
    }

    /// The ticket as template and recurrence say it, with its tags.
    async fn steps(
        &self,
        row: &RecurrenceRow,
        ticket: TicketId,
        content: Content,
    ) -> Result<Vec<Step>, WorkerError> {
        let definition = &row.definition;
        let number = self.gateway.next_ticket_number(content.kind).await?;
        let mut open = OpenTicket::new(number, content.kind, content.title);
        open.description = content.description;
        open.subject = definition.subject.or(content.subject);
        open.pressing = definition.priority.or(content.priority).map(Pressing::Decreed);
        open.requester = Some(definition.requester);
        open.unit = definition.unit.or(content.unit);
        if open.unit.is_none() {
            let (directory, now) = (self.gateway.directory(), self.gateway.now());
            let target = routing::target(directory, open.subject, now).await?;
            (open.unit, open.assignees) = (target.unit, target.assignees);
            open.routing = Some(target.routing);
        }
        let tags = content
            .tags
            .into_iter()
            .map(|tag| Step::Dossier(ticket, TicketDossierCommand::Tag(Tag { ticket, tag })));
        let opening = Step::Ticket(ticket, TicketCommand::Open(Box::new(open)));
        Ok(std::iter::once(opening).chain(tags).collect())
    }

    async fn refused(
        &self,
        row: &RecurrenceRow,
        occurrence: DateTime<Utc>,
        code: &'static str,
    ) -> Result<(), WorkerError> {
        tracing::warn!(recurrence = %row.recurrence_id, code, "a recurring ticket is refused");
        let passed = PassOver { occurrence, count: 1, why: Why::Refused, code: Some(code) };
        self.pass_over(row, passed).await
    }

    async fn pass_over(&self, row: &RecurrenceRow, it: PassOver) -> Result<(), WorkerError> {
        let id = row.recurrence_id;
        let identity = format!("pass over {id} {}", it.occurrence.timestamp_micros());
        let mut request = Request::new(RecurrenceCommand::PassOver(it), id.0);
        let name = named(&identity);
        (request.idempotency, request.correlation_id) = (Some(name), name.key);
        match self.gateway.execute(&Caller::system(), request).await {
            Ok(_) | Err(GatewayError::Refused(_)) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }
}

impl Worker for Planner {
    fn name(&self) -> &'static str {
        "planner"
    }

    async fn round(&mut self, _lease: &mut WorkerLease) -> Result<Duration, WorkerError> {
        let more = self.look().await?;
        Ok(if more { ROUND / 4 } else { ROUND })
    }
}
