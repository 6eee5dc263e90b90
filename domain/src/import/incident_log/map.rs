//! From a row to commands: what the importer calls once a row.

use chrono::{DateTime, Utc};

use super::note::{Note, oddities};
use super::plan::Plan;
use super::row::IncidentRow;
use crate::kernel::{PersonId, SubjectId, UnitId};
use crate::settings::PriorityMatrix;
use crate::ticket::command::PlanChoice;
use crate::ticket::{Ticket, TicketCommand};

/// The row's [`Cast`](super::Cast) after the importer found or made everybody in it.
#[derive(Debug, Clone, PartialEq)]
pub struct Resolved {
    /// The number of the ticket if this row opens one; not read otherwise.
    pub number: String,
    /// What the ticket is called if this row opens one.
    pub title: String,
    /// Who made the row.
    pub doer: PersonId,
    /// Who reported.
    pub author: PersonId,
    /// For whom.
    pub requester: PersonId,
    /// Whose it is to do; belongs to the unit already.
    pub assignee: Option<PersonId>,
    /// The support unit.
    pub unit: Option<UnitId>,
    /// What it is about.
    pub subject: Option<SubjectId>,
    /// The deployment's matrix, to tell where a recorded priority differs (M14).
    pub matrix: PriorityMatrix,
    /// Which plan measures the ticket.
    pub plan: PlanChoice,
}

/// One command of a row, to be executed by the principal `import` with its standing.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// Unique within the row, also when the rest of a half-done row is mapped anew: together with
    /// incident and row it names the command for good.
    pub key: &'static str,
    /// When it happened: the context's `now`.
    pub at: DateTime<Utc>,
    /// On whose behalf.
    pub by: PersonId,
    /// The context's reason, where the rule asks for one.
    pub reason: Option<&'static str>,
    /// What is wanted.
    pub command: TicketCommand,
}

/// What a row comes to.
#[derive(Debug, Clone, PartialEq)]
pub struct Mapped {
    /// In this order, each on the state the one before left; none is refused.
    pub steps: Vec<Step>,
    /// What is odd about the row.
    pub notes: Vec<Note>,
}

/// The commands that make `ticket` what the row says. `previous` is the row before it of the same
/// incident and serves the notes alone.
pub fn commands(
    row: &IncidentRow,
    previous: Option<&IncidentRow>,
    names: &Resolved,
    ticket: &Ticket,
) -> Mapped {
    Mapped { steps: Plan::of(row, names, ticket), notes: oddities(row, previous, names, ticket) }
}
