//! Who has which queues, and what B5 puts into them.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use domain::access::Who;
use domain::kernel::{PersonId, TicketId, UnitId};
use domain::person::Role;
use domain::ticket::{Priority, TicketKind, TicketState};
use strum::IntoEnumIterator;
use uuid::Uuid;

use super::{BuiltIn, offered};
use crate::dossiers::DossierRow;
use crate::tickets::{Dues, TicketRow};

const ME: PersonId = PersonId(Uuid::from_u128(1));
const COLLEAGUE: PersonId = PersonId(Uuid::from_u128(2));
const CLIENT: PersonId = PersonId(Uuid::from_u128(3));
const DESK: UnitId = UnitId(Uuid::from_u128(10));
const ELSEWHERE: UnitId = UnitId(Uuid::from_u128(11));

fn who(role: Role) -> Who {
    let units = match role {
        Role::UnitHead | Role::Agent => BTreeSet::from([DESK]),
        _ => BTreeSet::new(),
    };
    let (heads, people) = match role {
        Role::UnitHead => (units.clone(), BTreeSet::from([ME, COLLEAGUE])),
        _ => Default::default(),
    };
    let clients = match role {
        Role::ClientGroupLead => BTreeSet::from([ME, CLIENT]),
        _ => BTreeSet::new(),
    };
    Who { person: ME, role, units, heads, people, clients, dispatches: false, lenders: vec![] }
}

fn now() -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::days(20_000) + TimeDelta::hours(15)
}

/// An open ticket of nobody one knows.
fn ticket() -> TicketRow {
    let stranger = PersonId(Uuid::from_u128(9));
    TicketRow {
        ticket_id: TicketId(Uuid::from_u128(100)),
        number: "INC-1".to_owned(),
        kind: TicketKind::Incident,
        title: "Dead".to_owned(),
        description: None,
        state: TicketState::Assigned,
        priority: Priority::Normal,
        impact: None,
        urgency: None,
        pending_reason: None,
        pending_until: None,
        subject_id: None,
        requester_id: stranger,
        author_id: stranger,
        unit_id: None,
        assignee_ids: Vec::new(),
        holder_id: None,
        last_holder_id: None,
        individual: false,
        merged_into_id: None,
        routing: None,
        tier: 1,
        external_ref: None,
        resolution_code: None,
        solution: None,
        created_at: now(),
        resolved_at: None,
        closed_at: None,
        changed_at: now(),
        version: 1,
        reopen_count: 0,
        reassignment_count: 0,
        sla_plan_id: None,
        deadline_at: None,
        course: None,
        dues: Dues::default(),
    }
}

/// In which queues of this role the ticket stands.
fn queues(role: Role, row: &TicketRow) -> Vec<String> {
    let dossier = DossierRow::empty(row.ticket_id);
    offered(&who(role), now())
        .into_iter()
        .filter(|(_, lined)| lined.filter.matches(row, &dossier).unwrap())
        .map(|(key, _)| key.to_string())
        .collect()
}

#[test]
fn each_role_has_the_queues_that_make_sense() {
    let keys = |role| {
        let keys = offered(&who(role), now()).into_iter();
        keys.map(|(key, _)| key.to_string()).collect::<Vec<_>>().join(" ")
    };
    let units = "UNASSIGNED UNIT_OPEN";
    let lists = "INCOMING OUTGOING ARCHIVE";
    let done = "PENDING RECENTLY_RESOLVED CLOSED DUE_SOON BREACHED";
    assert_eq!(keys(Role::Agent), format!("MY_WORK {units} {lists} REPORTED_BY_ME {done}"));
    assert_eq!(keys(Role::UnitHead), keys(Role::Agent));
    assert_eq!(keys(Role::Director), format!("DISPATCH MY_WORK {lists} REPORTED_BY_ME {done}"));
    assert_eq!(keys(Role::SystemAdministrator), keys(Role::Director));
    assert_eq!(keys(Role::Auditor), format!("DISPATCH {lists} {done}"));
    assert_eq!(keys(Role::Client), format!("{lists} REPORTED_BY_ME CLOSED"));
    assert_eq!(keys(Role::ClientGroupLead), format!("{lists} REPORTED_BY_ME MY_GROUP CLOSED"));
    let dispatcher = Who { dispatches: true, ..who(Role::Agent) };
    assert!(BuiltIn::Dispatch.of(&dispatcher, now()).is_some());
}

#[test]
fn what_names_one_comes_in_and_what_names_a_colleague_comes_to_the_head_alone() {
    let mine = TicketRow { unit_id: Some(ELSEWHERE), assignee_ids: vec![ME], ..ticket() };
    assert_eq!(queues(Role::Agent, &mine), ["MY_WORK", "INCOMING"]);
    assert_eq!(queues(Role::UnitHead, &mine), ["MY_WORK"]);
    let theirs = TicketRow { unit_id: Some(DESK), assignee_ids: vec![COLLEAGUE], ..ticket() };
    assert_eq!(queues(Role::Agent, &theirs), ["UNIT_OPEN"]);
    assert_eq!(queues(Role::UnitHead, &theirs), ["UNIT_OPEN", "INCOMING"]);
    let whole = TicketRow { unit_id: Some(DESK), ..ticket() };
    for role in [Role::Agent, Role::UnitHead] {
        assert_eq!(queues(role, &whole), ["UNASSIGNED", "UNIT_OPEN", "INCOMING"]);
    }
    for role in [Role::Director, Role::SystemAdministrator, Role::Auditor] {
        assert_eq!(queues(role, &whole), ["INCOMING", "OUTGOING"]);
    }
    assert_eq!(queues(Role::Director, &ticket()), ["DISPATCH", "INCOMING", "OUTGOING"]);
}

#[test]
fn what_a_colleague_reports_goes_out_for_the_head_alone() {
    let theirs = TicketRow { author_id: COLLEAGUE, unit_id: Some(ELSEWHERE), ..ticket() };
    assert_eq!(queues(Role::Agent, &theirs), Vec::<String>::new());
    assert_eq!(queues(Role::UnitHead, &theirs), ["OUTGOING"]);
    let mine = TicketRow { author_id: ME, unit_id: Some(ELSEWHERE), ..ticket() };
    for role in [Role::Agent, Role::UnitHead] {
        assert_eq!(queues(role, &mine), ["OUTGOING", "REPORTED_BY_ME"]);
    }
    let over = TicketRow { state: TicketState::Cancelled, ..theirs };
    assert_eq!(queues(Role::UnitHead, &over), Vec::<String>::new());
    let over = TicketRow { state: TicketState::Cancelled, ..mine };
    assert_eq!(queues(Role::UnitHead, &over), ["ARCHIVE", "REPORTED_BY_ME"]);
}

#[test]
fn the_archive_of_a_unit_user_has_what_named_them_in_their_unit() {
    let over = |unit, assignees: &[PersonId]| TicketRow {
        state: TicketState::Closed,
        unit_id: Some(unit),
        assignee_ids: assignees.to_vec(),
        ..ticket()
    };
    let archived = |role, row: TicketRow| queues(role, &row).contains(&"ARCHIVE".to_owned());
    assert!(archived(Role::Agent, over(DESK, &[ME])));
    assert!(archived(Role::Agent, over(DESK, &[])));
    assert!(!archived(Role::Agent, over(DESK, &[COLLEAGUE])));
    assert!(!archived(Role::Agent, over(ELSEWHERE, &[ME])));
    assert!(archived(Role::UnitHead, over(DESK, &[COLLEAGUE])));
    assert!(!archived(Role::UnitHead, over(ELSEWHERE, &[ME])));
    assert!(archived(Role::Director, over(ELSEWHERE, &[COLLEAGUE])));
}

#[test]
fn clients_have_what_is_by_or_for_them_and_leads_what_is_their_groups() {
    let theirs = TicketRow { author_id: CLIENT, ..ticket() };
    assert_eq!(queues(Role::Client, &theirs), Vec::<String>::new());
    assert_eq!(queues(Role::ClientGroupLead, &theirs), ["INCOMING", "OUTGOING", "MY_GROUP"]);
    let mine = TicketRow { requester_id: ME, ..ticket() };
    assert_eq!(queues(Role::Client, &mine), ["INCOMING", "OUTGOING"]);
}

#[test]
fn seven_days_ago_is_recent_all_day() {
    let days = |days| TicketRow {
        state: TicketState::Resolved,
        resolved_at: Some(now() - TimeDelta::days(days)),
        ..ticket()
    };
    let recent = "RECENTLY_RESOLVED".to_owned();
    assert!(queues(Role::Director, &days(7)).contains(&recent));
    assert!(!queues(Role::Director, &days(8)).contains(&recent));
    let later = BuiltIn::RecentlyResolved.of(&who(Role::Director), now() + TimeDelta::hours(8));
    assert_eq!(later, BuiltIn::RecentlyResolved.of(&who(Role::Director), now()));
}

#[test]
fn what_breaches_within_four_hours_is_due_soon_and_then_breached() {
    let breaching = |minutes, state| TicketRow {
        state,
        dues: Dues { breach_at: Some(now() + TimeDelta::minutes(minutes)), ..Dues::default() },
        ..ticket()
    };
    let clocks = |row: TicketRow| {
        let queues = queues(Role::Auditor, &row).into_iter();
        queues.filter(|key| key == "DUE_SOON" || key == "BREACHED").collect::<Vec<_>>()
    };
    for (minutes, expected) in [
        (241, None),
        (240, Some("DUE_SOON")),
        (1, Some("DUE_SOON")),
        (0, Some("BREACHED")),
        (-9, Some("BREACHED")),
    ] {
        let found = clocks(breaching(minutes, TicketState::Assigned));
        assert_eq!(found, expected.into_iter().collect::<Vec<_>>(), "{minutes}");
        assert!(clocks(breaching(minutes, TicketState::Resolved)).is_empty());
    }
    assert!(clocks(ticket()).is_empty());
}

#[test]
fn every_queue_is_called_something_else() {
    let names: BTreeSet<&str> = BuiltIn::iter().map(BuiltIn::name).collect();
    assert_eq!(names.len(), BuiltIn::iter().count());
}
