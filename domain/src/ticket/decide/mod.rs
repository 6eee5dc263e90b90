//! One verb a file: its fields, and its rule as the service manager would say it.

pub mod apply_plan;
pub mod assign;
pub mod cancel;
pub mod classify;
pub mod close;
pub mod escalate;
pub mod merge;
pub mod open;
pub mod pend;
pub mod prioritize;
pub mod reopen;
pub mod resolve;
pub mod resolve_with_parent;
pub mod resolve_with_tasks;
pub mod restate_terms;
pub mod resume;
pub mod start_work;
pub mod stop_work;
pub mod terms;

use std::collections::BTreeSet;

use super::refusal::TicketRefusal;
use crate::kernel::text::{self, LONG_TEXT_MAX, TITLE_MAX};
use crate::kernel::{Context, DataSubject, PersonId, Personal, Standing, SubjectId, UnitId};

/// To how many people one ticket is given.
pub(super) const ASSIGNEES_MAX: usize = 50;

/// T7: whom a ticket may be given to.
fn target_must_fit(
    unit: Option<UnitId>,
    assignees: &BTreeSet<PersonId>,
    cx: &Context,
) -> Result<(), TicketRefusal> {
    if unit.is_some_and(|unit| !cx.facts.takes_tickets(unit)) {
        return Err(TicketRefusal::UnitUnfit);
    }
    if assignees.len() > ASSIGNEES_MAX {
        return Err(TicketRefusal::AssigneesTooMany);
    }
    match assignees.iter().find(|person| !cx.facts.can_work(**person, unit)) {
        Some(&person) => Err(TicketRefusal::AssigneeUnfit { person }),
        None => Ok(()),
    }
}

/// T14: what a ticket may be about from now on; history may be about what is retired since.
fn subject_must_fit(subject: Option<SubjectId>, cx: &Context) -> Result<(), TicketRefusal> {
    let Some(subject) = subject else { return Ok(()) };
    let facts = cx.facts.subjects.get(&subject).ok_or(TicketRefusal::SubjectUnknown)?;
    if facts.retired && cx.standing != Standing::Importing {
        return Err(TicketRefusal::SubjectRetired);
    }
    Ok(())
}

/// A title within its bound, under its owner's key.
fn owned_title(value: &str, subject: DataSubject) -> Result<Personal<String>, TicketRefusal> {
    text::line(value, TITLE_MAX)
        .map(|value| Personal::of(subject, value))
        .map_err(|fault| TicketRefusal::TextUnfit { field: "title", fault })
}

/// A long text that may be absent; blank counts as absent.
fn owned_long_text(
    field: &'static str,
    value: Option<&str>,
    subject: DataSubject,
) -> Result<Option<Personal<String>>, TicketRefusal> {
    value
        .filter(|value| !value.trim().is_empty())
        .map(|value| {
            text::required(value, LONG_TEXT_MAX)
                .map(|value| Personal::of(subject, value))
                .map_err(|fault| TicketRefusal::TextUnfit { field, fault })
        })
        .transpose()
}
