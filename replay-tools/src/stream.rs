//! One stream, found by what people call it, and read whole.
//!
//! A number leads to its stream through the claims, which nothing seals; so what is found is asked
//! whether it bears that number.

use domain::Fact;
use domain::kernel::ClaimKey;
use domain::ticket::TicketEvent;
use journal::{Journal, StreamEvent, read};
use sqlx::{PgConnection, Row};
use uuid::Uuid;

use crate::failure::Failure;

/// The stream type of a ticket.
pub(crate) const TICKET: &str = "ticket";
/// Every type of stream, the ones people ask for most first.
pub(crate) const TYPES: [&str; 35] = [
    TICKET,
    "person",
    "unit",
    "ci",
    "subject",
    "settings",
    "custom_field",
    "template",
    "macro",
    "queue",
    "service_account",
    "erasure",
    "evidence_hold",
    "compliance_report",
    "role",
    "sod_rule",
    "deny_rule",
    "access_template",
    "resource_type",
    "access_group",
    "access_policy",
    "access_request",
    "assignment_rule",
    "subject_access",
    "baseline",
    "calendar",
    "ci_class",
    "recurrence",
    "sla_plan",
    "sync_source",
    "conversation",
    "ticket_clock",
    "ticket_dossier",
    "ticket_items",
    "ticket_quality",
];
/// The streams that have a ticket's identity besides its own, and a subject's of access.
const COMPANIONS: [&str; 6] = [
    "ticket_dossier",
    "conversation",
    "ticket_items",
    "ticket_clock",
    "ticket_quality",
    "subject_access",
];

/// An event with its place in the log; none as long as it is not settled.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Placed {
    /// Its permanent number.
    pub(crate) position: Option<i64>,
    /// The event.
    pub(crate) event: StreamEvent,
    /// What it says.
    pub(crate) fact: Fact,
}

/// The stream of whatever this names: a ticket's number, its name elsewhere, anybody's UUID.
pub(crate) async fn find(
    journal: &Journal,
    conn: &mut PgConnection,
    name: &str,
) -> Result<Vec<Placed>, Failure> {
    if let Ok(id) = Uuid::parse_str(name) {
        read::count(conn, TICKET).await?;
        return match of(journal, conn, id).await? {
            Some(stream) => Ok(stream),
            None => Err(unknown(name)),
        };
    }
    ticket(journal, conn, name).await
}

/// The stream of a ticket.
pub(crate) async fn ticket(
    journal: &Journal,
    conn: &mut PgConnection,
    name: &str,
) -> Result<Vec<Placed>, Failure> {
    // The end of a stream may be cut off without a trace in it; the log's length tells.
    read::count(conn, TICKET).await?;
    let claimed = match Uuid::parse_str(name) {
        Ok(id) => Some(id),
        Err(_) => claimed(journal, name).await?,
    };
    let Some(id) = claimed else { return Err(unknown(name)) };
    let stream = whole(journal, conn, TICKET, id).await?;
    match stream.first() {
        Some(first) if Uuid::parse_str(name).is_ok() || bears(&first.fact, name) => Ok(stream),
        None if Uuid::parse_str(name).is_ok() => Err(unknown(name)),
        _ => Err(Failure::Tampered(format!(
            "the claim on {} leads to {id}, which does not bear it",
            quoted(name)
        ))),
    }
}

/// The stream of this identity, whatever its type.
pub(crate) async fn of(
    journal: &Journal,
    conn: &mut PgConnection,
    id: Uuid,
) -> Result<Option<Vec<Placed>>, Failure> {
    let query = sqlx::query(include_str!("sql/type_of.sql")).bind(TYPES).bind(id.to_string());
    let Some(row) = query.fetch_optional(&mut *conn).await? else { return Ok(None) };
    whole(journal, conn, row.try_get("name")?, id).await.map(Some)
}

/// A stream with the others of the same identity, such as what was said on a ticket and put into its
/// dossier, or what access somebody has, in the order of the log; what is not settled yet comes last.
pub(crate) async fn with_companions(
    journal: &Journal,
    conn: &mut PgConnection,
    mut stream: Vec<Placed>,
) -> Result<Vec<Placed>, Failure> {
    let Some(first) = stream.first() else { return Ok(stream) };
    let id = first.fact.stream();
    let own = first.event.aggregate_type.clone();
    for aggregate_type in COMPANIONS.into_iter().filter(|companion| *companion != own) {
        stream.extend(whole(journal, conn, aggregate_type, id).await?);
    }
    stream.sort_by_key(|placed| placed.position.unwrap_or(i64::MAX));
    Ok(stream)
}

async fn whole(
    journal: &Journal,
    conn: &mut PgConnection,
    aggregate_type: &str,
    id: Uuid,
) -> Result<Vec<Placed>, Failure> {
    // The places first: an event that comes in between just has none yet.
    let positions = read::positions(conn, aggregate_type, id).await?;
    let events = journal.stream(aggregate_type, id, 0).await?;
    let last = i64::try_from(events.len()).unwrap_or(i64::MAX);
    let dense = events.iter().zip(1..).all(|(event, sequence)| event.sequence == sequence);
    if !dense || positions.last_key_value().is_some_and(|(sequence, _)| *sequence > last) {
        return Err(Failure::Tampered(format!(
            "stream {aggregate_type}/{id} does not count from 1 without gaps"
        )));
    }
    events
        .into_iter()
        .map(|event| {
            let position = positions.get(&event.sequence).copied();
            Ok(Placed { position, fact: event.fact()?, event })
        })
        .collect()
}

async fn claimed(journal: &Journal, name: &str) -> Result<Option<Uuid>, Failure> {
    let number = [ClaimKey::Plain(name.to_uppercase())];
    if let [Some(id)] = journal.holders("ticket.number", &number).await?[..] {
        return Ok(Some(id));
    }
    let external = [ClaimKey::Plain(name.to_owned())];
    Ok(journal.holders("ticket.external_ref", &external).await?.into_iter().next().flatten())
}

fn bears(first: &Fact, name: &str) -> bool {
    match first {
        Fact::Ticket(_, TicketEvent::Opened(opened)) => {
            opened.number == name.to_uppercase() || opened.external_ref.as_deref() == Some(name)
        }
        _ => false,
    }
}

fn unknown(name: &str) -> Failure {
    Failure::BadInput(format!("there is nothing called {}", quoted(name)))
}

fn quoted(name: &str) -> String {
    crate::output::cell(name, 80)
}
