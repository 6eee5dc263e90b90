//! Reading a row: what is unknown, what is wrong.

use crate::import::incident_log::row::Fault;
use crate::import::incident_log::{IncidentRow, RowFault, RowState, missing_columns, row::COLUMNS};
use crate::ticket::{Impact, PendingReason};

fn parse(alter: &[(&str, &str)]) -> Result<IncidentRow, RowFault> {
    let mut columns = vec![("number", "INC1"), ("sys_updated_at", "29/2/2016 01:16")];
    columns.retain(|(name, _)| alter.iter().all(|(altered, _)| altered != name));
    columns.extend(alter);
    IncidentRow::parse(|name| {
        columns.iter().find(|(column, _)| *column == name).map(|(_, text)| *text)
    })
}

#[test]
fn question_marks_and_blanks_are_unknown() {
    let row = parse(&[("caller_id", "?"), ("impact", " "), ("opened_at", "?")]).unwrap();
    assert_eq!((row.caller, row.impact, row.opened_at), (None, None, None));
    assert_eq!(row.state, RowState::Unknown);
}

#[test]
fn texts_are_squeezed_levels_numbered_and_times_read_as_utc() {
    let row = parse(&[("opened_by", " Opened by  8 "), ("impact", "1 - High")]).unwrap();
    assert_eq!(row.opened_by.as_deref(), Some("Opened by 8"));
    assert_eq!(row.impact, Some(Impact::High));
    assert_eq!(row.updated_at.to_rfc3339(), "2016-02-29T01:16:00+00:00");
}

#[test]
fn every_state_has_a_word() {
    let state = |text| parse(&[("incident_state", text)]).unwrap().state;
    assert_eq!(state("New"), RowState::New);
    assert_eq!(state("Active"), RowState::Active);
    assert_eq!(state("Awaiting User Info"), RowState::Awaiting(Some(PendingReason::Caller)));
    assert_eq!(state("Awaiting Vendor"), RowState::Awaiting(Some(PendingReason::Vendor)));
    assert_eq!(state("Awaiting Problem"), RowState::Awaiting(Some(PendingReason::Problem)));
    assert_eq!(state("Awaiting Evidence"), RowState::Awaiting(Some(PendingReason::Evidence)));
    assert_eq!(state("Awaiting Godot"), RowState::Awaiting(None));
    assert_eq!(state("Resolved"), RowState::Resolved);
    assert_eq!(state("Closed"), RowState::Closed);
    assert_eq!(state("-100"), RowState::Unknown);
}

#[test]
fn a_bad_column_is_named_with_its_fault() {
    let fault = |column, text| {
        let RowFault { column: named, fault } = parse(&[(column, text)]).unwrap_err();
        assert_eq!(named, column);
        fault
    };
    let long = "x".repeat(96);
    let endless = "x".repeat(100_000);
    assert_eq!(fault("number", "?"), Fault::Missing);
    assert_eq!(fault("sys_updated_at", ""), Fault::Missing);
    assert_eq!(fault("sys_updated_at", "30/2/2016 01:16"), Fault::NotATime);
    assert_eq!(fault("opened_at", "1/1/0016 01:16"), Fault::NotATime);
    assert_eq!(fault("opened_at", "1/1/99999999999 01:16"), Fault::NotATime);
    assert_eq!(fault("reopen_count", "-1"), Fault::NotACount);
    assert_eq!(fault("impact", "0 - None"), Fault::NotALevel);
    assert_eq!(fault("urgency", "4 - Whenever"), Fault::NotALevel);
    assert_eq!(fault("category", &long), Fault::TooLong);
    assert_eq!(fault("category", &endless), Fault::TooLong);
    assert_eq!(fault("category", "a\u{0}b"), Fault::Control);
}

#[test]
fn a_header_must_name_every_column_that_is_read() {
    let header = COLUMNS.into_iter().filter(|column| *column != "impact").chain(["location"]);
    assert_eq!(missing_columns(header), ["impact"]);
}
