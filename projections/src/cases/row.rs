//! The row: a case, and the columns by which it is found.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use domain::kernel::{PersonId, TicketId, UnitId};
use domain::report::{Case, Target, in_force};
use domain::ticket::TicketEvent;
use journal::StreamEvent;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::rows::micros;

/// A ticket, as reports count it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CaseRow {
    /// Its stream.
    pub ticket_id: TicketId,
    /// What became of it so far.
    pub told: Case,
}

impl CaseRow {
    /// The row after an event; none as long as the ticket was not opened.
    pub(super) fn fold(
        row: Option<Self>,
        event: &StreamEvent,
        ticket_event: &TicketEvent,
        id: TicketId,
    ) -> Option<Self> {
        let mut told = row.map(|row| row.told).unwrap_or_default();
        let meta = &event.meta;
        told.fold(event.sequence, micros(meta.occurred_at), meta.doer(), ticket_event);
        told.opening().is_some().then_some(Self { ticket_id: id, told })
    }

    /// The row as the table has it.
    pub(super) fn to_stored(&self) -> Value {
        let told = &self.told;
        let ever = DateTime::<Utc>::MAX_UTC;
        let none = Target::default();
        let opened_for = told.targets().first().map_or(&none, |noted| &noted.value);
        let target = told.targets().last().map_or(&none, |noted| &noted.value);
        let resolution = told.resolution(ever);
        let resolved_for = resolution.and_then(|noted| in_force(told.targets(), noted.at));
        json!({
            "ticket_id": self.ticket_id,
            "outcome": told.outcome(ever),
            "opened_at": told.opened_at(),
            "author_id": told.opening().map(|opening| opening.author),
            "opened_unit_id": opened_for.unit,
            "opened_assignee_ids": opened_for.assignees,
            "resolved_at": resolution.map(|noted| noted.at),
            "resolver_id": resolution.and_then(|noted| noted.value),
            "resolved_unit_id": resolved_for.and_then(|target| target.unit),
            "changed_at": told.changed_at(),
            "unit_id": target.unit,
            "assignee_ids": target.assignees,
            "unit_ids": units(told),
            "person_ids": people(told),
            "told": told,
        })
    }
}

fn units(told: &Case) -> BTreeSet<UnitId> {
    told.targets().iter().filter_map(|noted| noted.value.unit).collect()
}

/// Everybody to whom a figure of it can belong.
fn people(told: &Case) -> BTreeSet<PersonId> {
    let author = told.opening().map(|opening| opening.author);
    let assignees = told.targets().iter().flat_map(|noted| noted.value.assignees.iter().copied());
    let holders = told.holders().iter().filter_map(|noted| noted.value);
    let resolvers = told.resolutions().iter().filter_map(|noted| noted.value);
    author.into_iter().chain(assignees).chain(holders).chain(resolvers).collect()
}
