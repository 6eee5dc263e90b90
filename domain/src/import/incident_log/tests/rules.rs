//! The module head's rules, one by one.

use super::desk::{Desk, NUMBER, at, row};
use crate::import::incident_log::{Cast, Counter, IncidentRow, Note, RowState};
use crate::ticket::{Impact, PendingReason, Priority, TicketState};

/// The desk after these rows, and the notes and step keys of the last one.
fn after(rows: &[IncidentRow]) -> (Desk, Vec<&'static str>, Vec<Note>) {
    let mut desk = Desk::default();
    let mut last = None;
    for row in rows {
        last = Some(desk.take(row));
    }
    let last = last.unwrap();
    (desk, last.steps.iter().map(|step| step.key).collect(), last.notes)
}

fn altered(mut row: IncidentRow, alter: impl FnOnce(&mut IncidentRow)) -> IncidentRow {
    alter(&mut row);
    row
}

#[test]
fn m1_the_first_row_opens_at_opened_at_and_its_state_holds_from_its_own_time() {
    let (desk, keys, notes) = after(&[row("Active", 5)]);
    assert_eq!(keys, ["open", "start_work"]);
    let times: Vec<_> = desk.told(NUMBER).events.iter().map(|(at, _)| *at).collect();
    assert_eq!(times, [at(0), at(5)]);
    assert!(notes.is_empty());
}

#[test]
fn m1_an_opening_after_the_first_row_gives_way() {
    let (desk, _, notes) = after(&[altered(row("New", 5), |row| row.opened_at = Some(at(9)))]);
    assert_eq!(desk.told(NUMBER).events[0].0, at(5));
    assert_eq!(notes, [Note::OpenedLate]);
    let (desk, _, notes) = after(&[altered(row("New", 5), |row| row.opened_at = None)]);
    assert_eq!(desk.told(NUMBER).events[0].0, at(5));
    assert!(notes.is_empty());
}

#[test]
fn m2_within_a_row_data_come_before_the_state() {
    let second = altered(row("Resolved", 5), |row| {
        row.category = Some("Category 6".to_owned());
        row.impact = row.impact.map(|_| Impact::High);
        row.priority = Some(Priority::High);
        row.group = Some("Group 2".to_owned());
    });
    let (_, keys, notes) = after(&[row("Active", 1), second.clone()]);
    assert_eq!(keys, ["classify", "prioritize", "assign", "start_work", "resolve"]);
    assert!(notes.is_empty());
    let back = altered(second, |row| row.state = RowState::Active);
    let (_, keys, _) = after(&[row("Closed", 1), back]);
    assert_eq!(keys, ["reopen", "classify", "prioritize", "assign", "start_work"]);
}

#[test]
fn m3_a_forward_ends_the_hold_and_work_starts_again() {
    let forward = altered(row("Active", 5), |row| row.assigned_to = Some("Resolver 2".to_owned()));
    let (desk, keys, _) = after(&[row("Active", 1), row("Active", 2), forward]);
    assert_eq!(keys, ["assign", "start_work"]);
    let body = desk.told(NUMBER).body();
    assert_eq!(body.holder, body.assignees.first().copied());
    assert_eq!(body.reassignment_count, 0);
    assert_eq!(desk.told(NUMBER).events.len(), 4, "the row in between changes nothing");
}

#[test]
fn m3_without_an_assignee_whoever_made_the_row_holds_until_a_forward() {
    let unassigned = |minute, by: &str| {
        altered(row("Active", minute), |row| {
            row.assigned_to = None;
            row.updated_by = Some(by.to_owned());
        })
    };
    let (mut desk, keys, _) =
        after(&[unassigned(1, "Updated by 1"), unassigned(2, "Updated by 2")]);
    assert!(keys.is_empty());
    let forward = altered(unassigned(3, "Updated by 2"), |row| row.group = None);
    desk.take(&forward);
    let cast = Cast::of(&forward);
    let doer = desk.person(&cast.doer);
    assert_eq!(desk.told(NUMBER).body().holder, Some(doer));
}

#[test]
fn m4_new_is_at_rest_and_awaiting_is_pending() {
    let (desk, keys, _) = after(&[row("Active", 1), row("New", 2)]);
    assert_eq!(keys, ["stop_work"]);
    assert_eq!(desk.told(NUMBER).body().state, TicketState::Assigned);
    let (_, keys, _) = after(&[row("Awaiting Vendor", 1), row("New", 2)]);
    assert_eq!(keys, ["resume"]);
    let (desk, keys, _) = after(&[row("Awaiting Vendor", 1), row("Awaiting Problem", 2)]);
    assert_eq!(keys, ["resume", "pend"]);
    assert_eq!(desk.told(NUMBER).body().pending_reason, Some(PendingReason::Problem));
    let (desk, _, notes) = after(&[row("Awaiting Godot", 1)]);
    assert_eq!(desk.told(NUMBER).body().pending_reason, Some(PendingReason::Other));
    assert_eq!(notes, [Note::ReasonUnknown]);
}

#[test]
fn m5_what_lies_between_two_rows_is_made_up() {
    let (_, keys, _) = after(&[row("Awaiting Vendor", 1), row("Resolved", 2)]);
    assert_eq!(keys, ["resume", "start_work", "resolve"]);
    let (desk, keys, notes) = after(&[row("Resolved", 1), row("New", 2)]);
    assert_eq!(keys, ["reopen", "settle"]);
    assert_eq!(desk.told(NUMBER).body().state, TicketState::Assigned);
    assert_eq!(desk.told(NUMBER).body().reopen_count, 1);
    assert!(notes.is_empty());
    let (_, keys, _) = after(&[row("Resolved", 1), row("Awaiting Vendor", 2)]);
    assert_eq!(keys, ["reopen", "pend"]);
    let (desk, keys, _) = after(&[row("Closed", 1), row("Resolved", 2)]);
    assert_eq!(keys, ["reopen", "start_work", "resolve"]);
    assert_eq!(desk.told(NUMBER).body().resolution_code.as_deref(), Some("code 6"));
}

#[test]
fn m5_a_reopened_ticket_goes_to_whom_the_row_names() {
    let other = altered(row("Active", 3), |row| {
        row.assigned_to = None;
        row.updated_by = Some("Updated by 2".to_owned());
    });
    let same = altered(other.clone(), |row| row.updated_at = at(1));
    let same = altered(same, |row| row.updated_by = Some("Updated by 1".to_owned()));
    let resolved = altered(same.clone(), |row| {
        row.state = RowState::Resolved;
    });
    let (mut desk, keys, _) = after(&[same, resolved, other.clone()]);
    assert_eq!(keys, ["reopen", "settle", "start_work"]);
    let doer = desk.person(&Cast::of(&other).doer);
    assert_eq!(desk.told(NUMBER).body().holder, Some(doer));
}

#[test]
fn m6_a_question_mark_unassigns_and_changes_nothing_else() {
    let unknown = altered(row("New", 2), |row| {
        (row.category, row.subcategory, row.impact, row.urgency, row.priority) =
            (None, None, None, None, None);
        (row.group, row.assigned_to) = (None, None);
    });
    let (desk, keys, _) = after(&[row("New", 1), unknown]);
    assert_eq!(keys, ["assign"]);
    let body = desk.told(NUMBER).body();
    assert_eq!((body.state, body.reassignment_count), (TicketState::New, 1));
    assert!(body.subject.is_some() && body.impact.is_some());
}

#[test]
fn m6_without_impact_the_recorded_priority_is_set_outright() {
    let decreed = altered(row("New", 2), |row| {
        row.impact = None;
        row.priority = Some(Priority::Critical);
    });
    let (desk, keys, _) = after(&[row("New", 1), decreed.clone()]);
    assert_eq!(keys, ["prioritize"]);
    assert_eq!(desk.told(NUMBER).body().priority, Priority::Critical);
    let (desk, _, _) = after(&[decreed]);
    assert_eq!(desk.told(NUMBER).body().priority, Priority::Critical);
}

#[test]
fn m7_an_unknown_state_leaves_the_state_and_keeps_the_rest() {
    let odd = altered(row("-100", 2), |row| row.group = Some("Group 2".to_owned()));
    let (desk, keys, notes) = after(&[row("Active", 1), odd.clone()]);
    assert_eq!(keys, ["assign", "start_work"]);
    assert_eq!(notes, [Note::StateUnknown]);
    assert_eq!(desk.told(NUMBER).body().state, TicketState::InProgress);
    let (desk, keys, _) = after(&[row("Awaiting Vendor", 1), odd.clone()]);
    assert_eq!(keys, ["assign"]);
    assert_eq!(desk.told(NUMBER).body().state, TicketState::Pending);
    let (desk, keys, _) = after(&[odd]);
    assert_eq!(keys, ["open"]);
    assert_eq!(desk.told(NUMBER).body().state, TicketState::Assigned);
}

#[test]
fn m8_m9_a_first_row_may_be_finished_and_a_closing_may_lack_its_resolution() {
    let (_, keys, notes) = after(&[row("Resolved", 1)]);
    assert_eq!(keys, ["open", "start_work", "resolve"]);
    assert_eq!(notes, [Note::FirstRowFinished]);
    let (_, keys, notes) = after(&[row("New", 1), row("Closed", 2)]);
    assert_eq!(keys, ["start_work", "resolve", "close"]);
    assert_eq!(notes, [Note::ClosedUnresolved]);
}

#[test]
fn m10_closed_and_then_open_is_a_reopening_whatever_the_window() {
    let later = altered(row("Active", 2), |row| row.updated_at += chrono::TimeDelta::days(400));
    let (desk, keys, notes) = after(&[row("Closed", 1), later]);
    assert_eq!(keys, ["reopen", "start_work"]);
    assert_eq!(notes, [Note::ClosedReopened]);
    assert_eq!(
        desk.told(NUMBER).kinds().iter().filter(|kind| **kind == "ticket.reopened").count(),
        1
    );
}

#[test]
fn m11_a_ticket_that_stays_closed_stays_as_it_is() {
    let moved = altered(row("Closed", 2), |row| row.group = Some("Group 2".to_owned()));
    let (_, keys, notes) = after(&[row("Closed", 1), moved]);
    assert!(keys.is_empty());
    assert_eq!(notes, [Note::ClosedUnchanged]);
    let (_, keys, notes) = after(&[row("Closed", 1), row("Closed", 2)]);
    assert!(keys.is_empty() && notes.is_empty());
}

#[test]
fn m12_m13_m14_m15_oddities_are_told_and_change_nothing() {
    let first = altered(row("New", 5), |row| {
        (row.reopen_count, row.reassignment_count, row.sys_mod_count) = (Some(1), Some(1), Some(7));
    });
    let odd = altered(row("New", 3), |row| {
        (row.reopen_count, row.reassignment_count, row.sys_mod_count) = (Some(0), Some(1), Some(1));
        row.priority = Some(Priority::Low);
        row.caller = Some("Caller 2".to_owned());
    });
    let (_, keys, notes) = after(&[first, odd]);
    assert!(keys.is_empty());
    assert_eq!(
        notes,
        [
            Note::PriorityDiffers,
            Note::CounterWentDown(Counter::ReopenCount),
            Note::CounterWentDown(Counter::SysModCount),
            Note::StampWentBack,
            Note::CallerDiffers,
        ]
    );
    assert_eq!(notes[1].code(), "COUNTER_WENT_DOWN");
    assert_eq!(notes[1].to_string(), "reopen_count went down: the ticket counts for itself");
}
