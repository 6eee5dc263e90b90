//! What routing is told: the subject's defaults, the unit of these and its people, as they are now.
//!
//! Not the rules, which are the domain's. Called by whoever opens a ticket that names nobody.

use chrono::{DateTime, Utc};
use domain::kernel::{Needs, SubjectId};
use domain::routing::{Outcome, Question, Routing, Target, route};
use projections::ReadError;
use projections::directory::Asking;

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

/// Of a ticket whose template names its unit: the unit has it as a whole.
pub fn as_placed(subject: Option<SubjectId>) -> Routing {
    Routing {
        outcome: Outcome::ToUnit,
        subject,
        method: None,
        skill: None,
        tier: None,
        deputy_of: None,
        load: None,
        passed_over: Vec::new(),
    }
}

async fn question(directory: &Asking, subject: Option<SubjectId>) -> Result<Question, ReadError> {
    let nothing = Question { subject: None, unit: None };
    let Some(subject) = subject else { return Ok(nothing) };
    let needs = Needs { subjects: [subject].into(), ..Needs::default() };
    let known = directory.known(&needs).await?.facts.subjects.remove(&subject);
    // What nobody knows of, the ticket's own rules refuse.
    let Some(facts) = known else { return Ok(nothing) };
    let unit = match facts.defaults.unit {
        None => None,
        Some(id) => directory.team(id).await?,
    };
    Ok(Question { subject: Some((subject, facts.defaults)), unit })
}
