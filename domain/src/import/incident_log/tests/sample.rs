//! All 14,041 rows of the sample, replayed in memory and held to what is known of them.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;

use chrono::{DateTime, Utc};
use flate2::read::GzDecoder;

use super::desk::Desk;
use crate::import::incident_log::{IncidentRow, Note, RowState, missing_columns};
use crate::settings::PriorityMatrix;
use crate::ticket::{Ticket, TicketState};

const SAMPLE: &str = "../tests/data/uci_incident_event_log_first2000.csv.gz";

fn rows() -> Vec<IncidentRow> {
    let mut text = Vec::new();
    GzDecoder::new(File::open(SAMPLE).unwrap()).read_to_end(&mut text).unwrap();
    let mut reader = csv::Reader::from_reader(text.as_slice());
    let header = reader.headers().unwrap().clone();
    assert!(missing_columns(&header).is_empty());
    let columns: BTreeMap<&str, usize> = header.iter().zip(0..).collect();
    reader
        .records()
        .map(|record| {
            let record = record.unwrap();
            IncidentRow::parse(|column| record.get(*columns.get(column)?)).unwrap()
        })
        .collect()
}

#[test]
fn the_sample_replays_without_a_refusal_and_tells_what_is_known_of_it() {
    let rows = rows();
    assert_eq!(rows.len(), 14_041);
    let mut desk = Desk::default();
    let mut notes: BTreeMap<&str, usize> = BTreeMap::new();
    for row in &rows {
        for note in desk.take(row).notes {
            *notes.entry(note.code()).or_default() += 1;
        }
        assert_row_holds(row, &desk);
    }
    assert_eq!(desk.incidents.len(), 2_000);
    assert_final_counts(&rows, &desk);
    assert_states_at_past_instants(&rows, &desk);
    let odd = BTreeMap::from([
        (Note::FirstRowFinished.code(), 66),
        (Note::OpenedLate.code(), 5),
        (Note::ClosedUnresolved.code(), 1),
        (Note::ClosedReopened.code(), 1),
        (Note::StampWentBack.code(), 1),
        ("COUNTER_WENT_DOWN", 4),
    ]);
    assert_eq!(notes, odd);
}

/// After its row, a ticket is in the row's state and as pressing as the matrix says.
fn assert_row_holds(row: &IncidentRow, desk: &Desk) {
    let body = desk.told(&row.number).body();
    assert_eq!(of_ticket(body.state), of_row(row.state).unwrap(), "{row:?}");
    let priority = PriorityMatrix::SHIPPED.priority(row.impact.unwrap(), row.urgency.unwrap());
    assert_eq!(body.priority, priority, "{row:?}");
    assert_eq!(Some(body.priority), row.priority, "{row:?}");
}

fn assert_final_counts(rows: &[IncidentRow], desk: &Desk) {
    let last: BTreeMap<&str, &IncidentRow> =
        rows.iter().map(|row| (row.number.as_str(), row)).collect();
    let bodies =
        || desk.incidents.iter().map(|(number, told)| (last[number.as_str()], told.body()));
    assert!(bodies().all(|(_, body)| body.state == TicketState::Closed));
    assert!(bodies().all(|(row, body)| row.reopen_count == Some(body.reopen_count)));
    assert_eq!(bodies().map(|(_, body)| body.reopen_count).sum::<u32>(), 33);
    let right =
        bodies().filter(|(row, body)| row.reassignment_count == Some(body.reassignment_count));
    assert!(right.count() >= 1_983);
}

/// As of the instant of any of its rows, a ticket is in the state of its last row until then; and so
/// the number of tickets per state is right at any instant.
fn assert_states_at_past_instants(rows: &[IncidentRow], desk: &Desk) {
    let mut incidents: BTreeMap<&str, Vec<&IncidentRow>> = BTreeMap::new();
    for row in rows {
        incidents.entry(&row.number).or_default().push(row);
    }
    for (number, rows) in incidents {
        for instant in rows.iter().map(|row| row.updated_at) {
            let last = rows.iter().rfind(|row| row.updated_at <= instant).unwrap();
            let expected = of_row(last.state).unwrap();
            assert_eq!(state_at(desk, number, instant), expected, "{number} at {instant}");
        }
    }
}

fn state_at(desk: &Desk, number: &str, instant: DateTime<Utc>) -> &'static str {
    let mut ticket = Ticket::default();
    for (at, event) in &desk.told(number).events {
        if *at <= instant {
            ticket.evolve(event.clone());
        }
    }
    of_ticket(ticket.body().unwrap().state)
}

fn of_row(state: RowState) -> Option<&'static str> {
    match state {
        RowState::New => Some("new"),
        RowState::Active => Some("in progress"),
        RowState::Awaiting(_) => Some("pending"),
        RowState::Resolved => Some("resolved"),
        RowState::Closed => Some("closed"),
        RowState::Unknown => None,
    }
}

fn of_ticket(state: TicketState) -> &'static str {
    match state {
        TicketState::New | TicketState::Assigned => "new",
        TicketState::InProgress => "in progress",
        TicketState::Pending => "pending",
        TicketState::Resolved => "resolved",
        TicketState::Closed => "closed",
        TicketState::Cancelled => "cancelled",
    }
}
