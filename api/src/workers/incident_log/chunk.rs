//! One chunk: an incident's rows become commands, and one append.

use std::collections::HashMap;
use std::sync::Arc;

use domain::import::incident_log::{Cast, IncidentRow, Resolved, commands};
use domain::kernel::{ClaimChange, ClaimKey, Needs, PersonId, Refused, TicketId};
use domain::settings::PriorityMatrix;
use domain::ticket::command::PlanChoice;
use domain::ticket::{TicketCommand, TicketKind};
use futures_util::future::try_join;
use uuid::Uuid;

use super::error::ImportError;
use super::file::{Chunk, Row};
use super::people::People;
use super::report::{Answer, Report, RowResult};
use crate::gateway::history::{History, Past, Suppose};
use crate::gateway::{Gateway, GatewayError};
use crate::workers::ticker::record_until;

/// Claim scope of an incident: which ticket it is.
const INCIDENT: &str = "import.incident-log.incident";
/// Claim scope of a row: that it is in.
const ROW: &str = "import.incident-log.row";
/// How often a chunk is tried again after somebody else wrote the ticket or made the incident.
const ROUNDS: u32 = 4;

/// Handles chunks.
#[derive(Debug)]
pub(super) struct Chunks {
    gateway: Gateway,
    people: Arc<People>,
    report: Arc<Report>,
    plan: PlanChoice,
    dry_run: bool,
}

impl Chunks {
    pub(super) fn new(
        gateway: Gateway,
        report: Arc<Report>,
        (plan, dry_run): (PlanChoice, bool),
    ) -> Self {
        let people = Arc::new(People::new(gateway.clone(), dry_run));
        Self { gateway, people, report, plan, dry_run }
    }

    /// Imports what is not in yet; an answer for each row.
    pub(super) async fn import(&self, chunk: Chunk) -> Result<Vec<RowResult>, ImportError> {
        for _ in 0..ROUNDS {
            match self.round(&chunk).await {
                // Another process imports the same incident: the next round sees what it did.
                Err(ImportError::Gateway(
                    GatewayError::Stale { .. } | GatewayError::ClaimTaken { .. },
                )) => {}
                other => return other,
            }
        }
        Err(GatewayError::Busy.into())
    }

    async fn round(&self, chunk: &Chunk) -> Result<Vec<RowResult>, ImportError> {
        let Some(first) = chunk.rows.first() else { return Ok(Vec::new()) };
        let journal = self.gateway.journal();
        let incident = ClaimKey::Plain(first.row.number.clone());
        let identities: Vec<ClaimKey> = chunk.rows.iter().map(identity).collect();
        let (known, done) = try_join(
            journal.holders(INCIDENT, std::slice::from_ref(&incident)),
            journal.holders(ROW, &identities),
        )
        .await?;
        let known = known.into_iter().flatten().next();
        if done.iter().all(Option::is_some) {
            // It may have been killed in between.
            self.cross(known, chunk).await?;
            return Ok(chunk.rows.iter().map(|row| result(row, Answer::Already)).collect());
        }
        // Everybody first: making them takes other streams' turns, and whoever waits for a turn
        // while having one can wait for ever.
        let matrix = self.gateway.policy().await?.matrix;
        let mut names = Vec::with_capacity(chunk.rows.len());
        for (row, done) in chunk.rows.iter().zip(&done) {
            names.push(match done {
                Some(_) => None,
                None => Some(match self.resolved(row, &matrix).await {
                    Err(ImportError::Gateway(GatewayError::Refused(refused))) => Err(refused),
                    other => Ok(other?),
                }),
            });
        }
        let mut history: History<TicketCommand> = match known {
            Some(stream) => History::open(&self.gateway, stream).await?,
            None => History::begin(&self.gateway, self.gateway.new_id()).await,
        };
        history.look_up(&everybody(&names)).await?;
        let number = self.number(history.state().0.is_some()).await?;
        if self.dry_run {
            history.suppose(Arc::clone(&self.people) as Arc<dyn Suppose>);
        }
        let mut results = Vec::with_capacity(chunk.rows.len());
        let mut previous = chunk.previous.as_ref();
        for (row, names) in chunk.rows.iter().zip(&names) {
            match names {
                None => results.push(result(row, Answer::Already)),
                Some(Err(refused)) => {
                    results.push(result(row, answer(refused)));
                    history.claim(ClaimChange::Hold { scope: ROW, key: identity(row) });
                }
                Some(Ok(names)) => {
                    let names = Resolved { number: number.clone(), ..names.clone() };
                    results.push(self.row(&mut history, row, (previous, &names)).await?);
                    history.claim(ClaimChange::Hold { scope: ROW, key: identity(row) });
                }
            }
            previous = Some(&row.row);
        }
        // An incident of refused rows is no ticket: a later row may still open it.
        if known.is_none() && history.state().0.is_some() {
            history.claim(ClaimChange::Hold { scope: INCIDENT, key: incident });
        }
        for result in &results {
            self.report.list(result)?;
        }
        if self.dry_run {
            return Ok(results);
        }
        match history.commit().await {
            Ok(receipt) => {
                let ticket = receipt.streams.first().map(|stream| stream.aggregate_id);
                self.cross(ticket, chunk).await?;
                Ok(results)
            }
            // Somebody else's ticket has this reference, and trying again will not change that.
            Err(GatewayError::ClaimTaken { scope }) if scope == "ticket.external_ref" => {
                let results: Vec<_> = chunk.rows.iter().map(|row| result(row, taken())).collect();
                for result in &results {
                    self.report.list(result)?;
                }
                Ok(results)
            }
            Err(error) => Err(error.into()),
        }
    }

    /// The thresholds that the ticket's clocks crossed by the chunk's last row.
    async fn cross(&self, ticket: Option<Uuid>, chunk: &Chunk) -> Result<(), ImportError> {
        let last = chunk.rows.iter().map(|row| row.row.updated_at).max();
        if let (PlanChoice::Named(_), Some(ticket), Some(last)) = (self.plan, ticket, last) {
            record_until(&self.gateway, TicketId(ticket), last).await?;
        }
        Ok(())
    }

    async fn row(
        &self,
        history: &mut History<TicketCommand>,
        row: &Row,
        (previous, names): (Option<&IncidentRow>, &Resolved),
    ) -> Result<RowResult, ImportError> {
        let mapped = commands(&row.row, previous, names, history.state());
        let before = history.savepoint();
        let events = history.events();
        let correlation_id = self.gateway.new_id();
        for step in mapped.steps {
            let past = Past {
                command: step.command,
                at: step.at,
                on_behalf_of: Some(step.by),
                correlation_id,
                reason: step.reason,
            };
            match history.step(past).await {
                Ok(()) => {}
                Err(GatewayError::Refused(refused)) => {
                    history.go_back(before);
                    let answer = answer(&refused);
                    return Ok(RowResult { notes: mapped.notes, ..result(row, answer) });
                }
                Err(error) => return Err(error.into()),
            }
        }
        let events = (history.events() - events) as u64;
        let answer = Answer::Imported { events };
        Ok(RowResult { notes: mapped.notes, ..result(row, answer) })
    }

    /// Everybody in the row; the ticket's number comes later.
    async fn resolved(&self, row: &Row, matrix: &PriorityMatrix) -> Result<Resolved, ImportError> {
        let cast = Cast::of(&row.row);
        let mut ids: HashMap<&str, PersonId> = HashMap::new();
        for person in cast.everyone() {
            ids.insert(
                person.login.as_str(),
                self.people.person(person, row.row.updated_at).await?,
            );
        }
        let unit = match &cast.unit {
            Some(name) => Some(self.people.unit(name, row.row.updated_at).await?),
            None => None,
        };
        let subject = match &cast.subject {
            Some(name) => Some(self.people.subject(name, row.row.updated_at).await?),
            None => None,
        };
        let id = |login: &str| ids.get(login).copied().ok_or(ImportError::Interrupted);
        let assignee = cast.assignee.as_ref().map(|person| id(&person.login)).transpose()?;
        if let (Some(unit), Some(person)) = (unit, assignee) {
            self.people.membership(unit, person, row.row.updated_at).await?;
        }
        Ok(Resolved {
            number: String::new(),
            title: cast.title.clone(),
            doer: id(&cast.doer.login)?,
            author: id(&cast.author.login)?,
            requester: id(&cast.requester.login)?,
            assignee,
            unit,
            subject,
            matrix: matrix.clone(),
            plan: self.plan,
        })
    }

    /// Numbers are only spent on tickets that are opened.
    async fn number(&self, is_open: bool) -> Result<String, GatewayError> {
        if self.dry_run || is_open {
            return Ok("unnumbered".to_owned());
        }
        self.gateway.next_ticket_number(TicketKind::Incident).await
    }
}

/// Everybody whom the rows name.
fn everybody(names: &[Option<Result<Resolved, Refused>>]) -> Needs {
    let mut needs = Needs::default();
    for names in names.iter().flatten().flatten() {
        needs.people.extend([names.doer, names.author, names.requester]);
        needs.people.extend(names.assignee);
        needs.units.extend(names.unit);
        needs.subjects.extend(names.subject);
    }
    needs
}

fn answer(refused: &Refused) -> Answer {
    Answer::Refused { code: refused.code.to_owned(), why: refused.message.clone() }
}

fn taken() -> Answer {
    Answer::Refused {
        code: "CLAIM_TAKEN".to_owned(),
        why: "a ticket that is not of this log has this reference".to_owned(),
    }
}

/// A row may name people: its claim is stored as a keyed hash.
fn identity(row: &Row) -> ClaimKey {
    ClaimKey::Personal(row.identity.clone())
}

fn result(row: &Row, answer: Answer) -> RowResult {
    RowResult { line: row.line, incident: row.row.number.clone(), answer, notes: Vec::new() }
}
