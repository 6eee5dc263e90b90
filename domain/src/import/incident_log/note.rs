//! What is odd about a row, for the report of the import; the rule it follows is in the module head.

use super::map::Resolved;
use super::plan::data_steps;
use super::row::{IncidentRow, RowState};
use crate::ticket::{Ticket, TicketState};

/// A running counter of the layout.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::Display)]
#[strum(serialize_all = "snake_case")]
pub enum Counter {
    /// Changes of the group.
    ReassignmentCount,
    /// Reopenings.
    ReopenCount,
    /// Updates of any sort.
    SysModCount,
}

/// One oddity. Its upper-case name is its code in the report, its display form the sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::IntoStaticStr)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum Note {
    /// M1
    OpenedLate,
    /// M4
    ReasonUnknown,
    /// M7
    StateUnknown,
    /// M8
    FirstRowFinished,
    /// M9
    ClosedUnresolved,
    /// M10
    ClosedReopened,
    /// M11: the row's data differ from the ticket's.
    ClosedUnchanged,
    /// M11: somebody cancelled the ticket meanwhile; the row is skipped.
    Cancelled,
    /// M12
    CounterWentDown(Counter),
    /// M13
    StampWentBack,
    /// M14
    PriorityDiffers,
    /// M15
    CallerDiffers,
}

impl Note {
    /// Stable, upper case: `STATE_UNKNOWN`.
    pub fn code(self) -> &'static str {
        self.into()
    }
}

impl std::fmt::Display for Note {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::OpenedLate => "opened_at is later than the first row: opened with that row",
            Self::ReasonUnknown => "it waits for something without a word here: OTHER",
            Self::StateUnknown => "the state is unknown: it stays, the other data count",
            Self::FirstRowFinished => "the first row is finished already: work on it is made up",
            Self::ClosedUnresolved => "closed without a resolution: resolved in the same second",
            Self::ClosedReopened => "open again after it was closed: reopened",
            Self::ClosedUnchanged => "data differ on a closed ticket: it stays as it is",
            Self::Cancelled => "the ticket was cancelled: the row is skipped",
            Self::CounterWentDown(counter) => {
                return write!(f, "{counter} went down: the ticket counts for itself");
            }
            Self::StampWentBack => "stamped earlier than the row before: the file's order rules",
            Self::PriorityDiffers => {
                "the recorded priority differs from the matrix: the matrix rules"
            }
            Self::CallerDiffers => "caller or opener differ from the first row: those stay",
        })
    }
}

/// What is odd about this row, given the one before it in the file and the ticket so far.
pub(super) fn oddities(
    row: &IncidentRow,
    previous: Option<&IncidentRow>,
    names: &Resolved,
    ticket: &Ticket,
) -> Vec<Note> {
    let mut notes = Vec::new();
    let mut note = |odd: bool, what: Note| notes.extend(odd.then_some(what));
    let finished = matches!(row.state, RowState::Resolved | RowState::Closed);
    note(row.state == RowState::Unknown, Note::StateUnknown);
    note(row.state == RowState::Awaiting(None), Note::ReasonUnknown);
    let by_matrix = row.impact.zip(row.urgency).map(|(i, u)| names.matrix.priority(i, u));
    let differs = row.priority.zip(by_matrix).is_some_and(|(recorded, ruling)| recorded != ruling);
    note(differs, Note::PriorityDiffers);
    match ticket.0.as_deref() {
        None => {
            note(row.opened_at.is_some_and(|opened| opened > row.updated_at), Note::OpenedLate);
            note(finished, Note::FirstRowFinished);
        }
        Some(body) => {
            let is_closed = body.state == TicketState::Closed;
            let stays = matches!(row.state, RowState::Closed | RowState::Unknown);
            let differs = || data_steps(row, names, body).iter().flatten().next().is_some();
            note(is_closed && !stays, Note::ClosedReopened);
            note(is_closed && stays && differs(), Note::ClosedUnchanged);
            note(body.state == TicketState::Cancelled, Note::Cancelled);
            note(row.state == RowState::Closed && body.state.is_open(), Note::ClosedUnresolved);
        }
    }
    notes.extend(previous.into_iter().flat_map(|previous| since(previous, row)));
    notes
}

/// What is odd about this row as the next one after `previous`.
fn since(previous: &IncidentRow, row: &IncidentRow) -> Vec<Note> {
    let mut notes = Vec::new();
    for (counter, before, now) in [
        (Counter::ReassignmentCount, previous.reassignment_count, row.reassignment_count),
        (Counter::ReopenCount, previous.reopen_count, row.reopen_count),
        (Counter::SysModCount, previous.sys_mod_count, row.sys_mod_count),
    ] {
        let down = before.zip(now).is_some_and(|(before, now)| now < before);
        notes.extend(down.then_some(Note::CounterWentDown(counter)));
    }
    if row.updated_at < previous.updated_at {
        notes.push(Note::StampWentBack);
    }
    let changed = |now: &Option<String>, before: &Option<String>| now.is_some() && now != before;
    if changed(&row.caller, &previous.caller) || changed(&row.opened_by, &previous.opened_by) {
        notes.push(Note::CallerDiffers);
    }
    notes
}
