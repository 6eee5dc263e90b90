//! What routing is told: the unit that answers for an item, else the subject's defaults, the unit of
//! these and its people, as they are now.
//!
//! Not the rules, which are the domain's. Called by whoever opens a ticket that names nobody.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::ci::Ci;
use domain::cmdb::Datum;
use domain::kernel::{CiId, ClaimKey, Needs, SlaPlanId, SubjectId, UnitId};
use domain::routing::{Outcome, Question, RoutedUnit, Routing, Target, route};
use journal::{Journal, JournalError};
use projections::ReadError;
use projections::directory::Asking;

/// The attribute by which an item names the unit that answers for it.
const SUPPORT_UNIT: &str = "support_unit";
/// The attribute by which a service names the plan that measures tickets about it.
const SLA_PLAN: &str = "sla_plan";

/// Routing cannot be told what it needs.
#[derive(Debug, thiserror::Error)]
pub enum RoutingError {
    /// The directory cannot be read.
    #[error(transparent)]
    Directory(#[from] ReadError),
    /// An item cannot be read.
    #[error(transparent)]
    Items(#[from] JournalError),
}

/// Whom a ticket about this goes to, and why.
///
/// # Errors
/// The directory cannot be read.
pub async fn target(
    directory: &Asking,
    subject: Option<SubjectId>,
    now: DateTime<Utc>,
) -> Result<Target, ReadError> {
    Ok(route(&question(directory, subject).await?, now.date_naive()))
}

/// Whom a ticket on these items goes to: the unit that the first of them names which takes tickets;
/// none: none of them names one.
///
/// # Errors
/// The directory or an item cannot be read.
pub async fn target_of_items(
    (journal, directory): (&Journal, &Asking),
    items: &[CiId],
    now: DateTime<Utc>,
) -> Result<Option<Target>, RoutingError> {
    for &item in items {
        let said = said(journal, item).await?;
        let Some(name) = text_of(&said, SUPPORT_UNIT) else { continue };
        if let Some(unit) = unit_named(journal, directory, name).await? {
            let question = Question { subject: None, item: Some(item), unit: Some(unit) };
            return Ok(Some(route(&question, now.date_naive())));
        }
    }
    Ok(None)
}

/// The plan that measures tickets about a service; none: it names none that there is.
///
/// # Errors
/// The service cannot be read.
pub async fn plan_of(journal: &Journal, service: CiId) -> Result<Option<SlaPlanId>, JournalError> {
    let said = said(journal, service).await?;
    let Some(name) = text_of(&said, SLA_PLAN) else { return Ok(None) };
    let holders = journal.holders("sla_plan.name", &[ClaimKey::of_name(name.trim())]).await?;
    Ok(holders.into_iter().flatten().next().map(SlaPlanId))
}

/// Of a ticket whose template names its unit: the unit has it as a whole.
pub fn as_placed(subject: Option<SubjectId>) -> Routing {
    Routing {
        outcome: Outcome::ToUnit,
        subject,
        item: None,
        method: None,
        skill: None,
        tier: None,
        deputy_of: None,
        load: None,
        passed_over: Vec::new(),
    }
}

async fn question(directory: &Asking, subject: Option<SubjectId>) -> Result<Question, ReadError> {
    let nothing = Question { subject: None, item: None, unit: None };
    let Some(subject) = subject else { return Ok(nothing) };
    let needs = Needs { subjects: [subject].into(), ..Needs::default() };
    let known = directory.known(&needs).await?.facts.subjects.remove(&subject);
    // What nobody knows of, the ticket's own rules refuse.
    let Some(facts) = known else { return Ok(nothing) };
    let unit = match facts.defaults.unit {
        None => None,
        Some(id) => directory.team(id).await?,
    };
    Ok(Question { subject: Some((subject, facts.defaults)), item: None, unit })
}

/// What counts of an item's attributes; nothing of one that there is not.
async fn said(journal: &Journal, item: CiId) -> Result<BTreeMap<String, Datum>, JournalError> {
    let body = journal.load::<Ci>(item.0).await?.state.0;
    Ok(body.map(|body| body.values()).unwrap_or_default())
}

fn text_of<'a>(said: &'a BTreeMap<String, Datum>, attribute: &str) -> Option<&'a str> {
    match said.get(attribute)? {
        Datum::Text(text) => Some(text),
        _ => None,
    }
}

/// The unit of this name, if it takes tickets.
async fn unit_named(
    journal: &Journal,
    directory: &Asking,
    name: &str,
) -> Result<Option<RoutedUnit>, RoutingError> {
    let holders = journal.holders("unit.name", &[ClaimKey::of_name(name.trim())]).await?;
    let Some(id) = holders.into_iter().flatten().next() else { return Ok(None) };
    let unit = directory.team(UnitId(id)).await?;
    Ok(unit.filter(|unit| unit.kind.takes_tickets() && !unit.closed))
}
