//! Whatever the rows: nothing is refused, the ticket is what its row says, a row done is done.

use proptest::prelude::*;

use super::desk::{Desk, NUMBER, at, row};
use crate::import::incident_log::{IncidentRow, RowState};
use crate::kernel::testing::cases;
use crate::ticket::TicketState;
use crate::ticket::state::Body;

fn any_row() -> impl Strategy<Value = IncidentRow> {
    let state = prop::sample::select(vec![
        "New",
        "Active",
        "Awaiting User Info",
        "Awaiting Problem",
        "Awaiting Godot",
        "Resolved",
        "Closed",
        "-100",
        "?",
    ]);
    let name = |what: &'static str| {
        prop::option::of((1..4).prop_map(move |number| format!("{what} {number}")))
    };
    let texts = (name("Group"), name("Resolver"), name("Updated by"), name("Category"));
    let levels = (0..4usize, 0..4usize, 0..5usize);
    (state, 0..600u32, texts, levels).prop_map(
        |(state, minute, texts, (impact, urgency, priority))| {
            use crate::ticket::{Impact, Priority, Urgency};
            let mut row = row(state, minute);
            (row.group, row.assigned_to, row.updated_by, row.category) = texts;
            row.impact = [Impact::High, Impact::Medium, Impact::Low].get(impact).copied();
            row.urgency = [Urgency::High, Urgency::Medium, Urgency::Low].get(urgency).copied();
            row.priority = [Priority::Critical, Priority::High, Priority::Normal, Priority::Low]
                .get(priority)
                .copied();
            row
        },
    )
}

fn says(row: RowState, ticket: TicketState) -> bool {
    match row {
        RowState::New => matches!(ticket, TicketState::New | TicketState::Assigned),
        RowState::Active => ticket == TicketState::InProgress,
        RowState::Awaiting(_) => ticket == TicketState::Pending,
        RowState::Resolved => ticket == TicketState::Resolved,
        RowState::Closed => ticket == TicketState::Closed,
        RowState::Unknown => true,
    }
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn any_incident_is_imported_without_a_refusal(rows in prop::collection::vec(any_row(), 1..25)) {
        let mut desk = Desk::default();
        for row in &rows {
            let before = desk.incidents.get(NUMBER).map(|told| told.body().clone());
            desk.take(row);
            let body = desk.told(NUMBER).body().clone();
            prop_assert!(says(row.state, body.state));
            if let (RowState::Unknown, Some(before)) = (row.state, &before) {
                let at_rest = |s| matches!(s, TicketState::New | TicketState::Assigned);
                prop_assert!(body.state == before.state || at_rest(body.state) && at_rest(before.state));
            }
            let stayed_closed = before.as_ref().is_some_and(|b| b.state == TicketState::Closed)
                && body.state == TicketState::Closed;
            if !stayed_closed {
                prop_assert_eq!(body.unit.is_some(), row.group.is_some());
                prop_assert_eq!(body.assignees.len(), usize::from(row.assigned_to.is_some()));
            }
            prop_assert_eq!(body.holder.is_some(), body.state == TicketState::InProgress);
            prop_assert!(desk.take(row).steps.is_empty(), "a row done is done");
        }
    }

    #[test]
    fn the_keys_of_a_row_are_its_own(rows in prop::collection::vec(any_row(), 1..25)) {
        let mut desk = Desk::default();
        for row in &rows {
            let mapped = desk.take(row);
            let mut keys: Vec<_> = mapped.steps.iter().map(|step| step.key).collect();
            keys.sort_unstable();
            keys.dedup();
            prop_assert_eq!(keys.len(), mapped.steps.len());
            prop_assert!(mapped.steps.iter().skip(1).all(|step| step.at == row.updated_at));
            prop_assert!(mapped.steps.iter().all(|step| step.at >= at(0)));
        }
    }

    #[test]
    fn a_half_done_row_mapped_anew_ends_the_same(
        rows in prop::collection::vec(any_row(), 0..12), last in any_row(), cut in 0..6usize,
    ) {
        // Between a forward and the new start, a row without a state no longer tells the two apart.
        prop_assume!(last.state != RowState::Unknown);
        let told = |cut: Option<usize>| {
            let mut desk = Desk::default();
            for row in &rows {
                desk.take(row);
            }
            let mut keys = Vec::new();
            if let Some(cut) = cut {
                keys.extend(desk.take_some(&last, cut));
            }
            keys.extend(desk.take(&last).steps.iter().map(|step| step.key));
            (keys, desk.told(NUMBER).body().clone())
        };
        let ((_, whole), (mut keys, halved)) = (told(None), told(Some(cut)));
        let essence = |body: &Body| {
            let counts = (body.reopen_count, body.reassignment_count);
            let at_rest = matches!(body.state, TicketState::New | TicketState::Assigned);
            let state = if at_rest { TicketState::New } else { body.state };
            (state, body.unit, body.assignees.clone(), body.subject, body.priority, counts)
        };
        prop_assert_eq!(essence(&whole), essence(&halved));
        let all = keys.len();
        keys.sort_unstable();
        keys.dedup();
        prop_assert_eq!(keys.len(), all, "no key twice");
    }
}
