//! T1, T7

use std::collections::BTreeSet;

use super::histories::{a_new_ticket, given};
use crate::kernel::testing::world::{
    ANNA, CARL, CLEO, CUSTOMER, DESK, GUS, MAIL, NOBODY, NORA, NOTHING, NOWHERE,
};
use crate::kernel::text::TextFault;
use crate::kernel::{ClaimChange, ClaimKey, Command, DataSubject, Personal};
use crate::ticket::command::{Open, Pressing};
use crate::ticket::event::Opened;
use crate::ticket::{
    Impact, Priority, TicketCommand, TicketEvent, TicketKind, TicketRefusal, TicketState, Urgency,
};

fn open() -> Open {
    Open {
        number: "INC-1".to_owned(),
        kind: TicketKind::Incident,
        title: " No mail ".to_owned(),
        description: None,
        subject: None,
        pressing: None,
        requester: None,
        unit: None,
        assignees: BTreeSet::new(),
        external_ref: None,
    }
}

fn command(open: Open) -> TicketCommand {
    TicketCommand::Open(Box::new(open))
}

fn plainly_opened() -> Opened {
    Opened {
        number: "INC-1".to_owned(),
        kind: TicketKind::Incident,
        title: Personal::of(DataSubject::Person(ANNA), "No mail".to_owned()),
        description: None,
        subject: None,
        priority: Priority::Normal,
        impact: None,
        urgency: None,
        requester: ANNA,
        author: ANNA,
        unit: None,
        assignees: BTreeSet::new(),
        external_ref: None,
        individual: false,
        routing: None,
    }
}

#[test]
fn t1_kind_and_title_are_enough_and_the_author_is_the_requester() {
    let outcome =
        given([]).when(command(open())).then([TicketEvent::Opened(Box::new(plainly_opened()))]);
    assert_eq!(outcome.state().body().unwrap().state, TicketState::New);
}

#[test]
fn t1_given_a_target_it_is_assigned_at_once() {
    let to_unit = given([]).when(command(Open { unit: Some(DESK), ..open() }));
    assert_eq!(to_unit.state().body().unwrap().state, TicketState::Assigned);
    let to_person = given([]).when(command(Open { assignees: [NORA].into(), ..open() }));
    assert_eq!(to_person.state().body().unwrap().state, TicketState::Assigned);
}

#[test]
fn t1_texts_are_the_requesters_and_everything_named_is_kept() {
    let owned = |text: &str| Personal::of(DataSubject::Person(CLEO), text.to_owned());
    given([])
        .when(command(Open {
            kind: TicketKind::ServiceRequest,
            description: Some("Since Monday".to_owned()),
            subject: Some(MAIL),
            requester: Some(CLEO),
            pressing: Some(Pressing::Judged(Impact::High, Urgency::Medium)),
            unit: Some(DESK),
            assignees: [ANNA].into(),
            external_ref: Some("X-7".to_owned()),
            ..open()
        }))
        .then([TicketEvent::Opened(Box::new(Opened {
            kind: TicketKind::ServiceRequest,
            title: owned("No mail"),
            description: Some(owned("Since Monday")),
            subject: Some(MAIL),
            priority: Priority::High,
            impact: Some(Impact::High),
            urgency: Some(Urgency::Medium),
            requester: CLEO,
            unit: Some(DESK),
            assignees: [ANNA].into(),
            external_ref: Some("X-7".to_owned()),
            ..plainly_opened()
        }))]);
}

#[test]
fn t1_it_is_opened_once() {
    given(a_new_ticket()).when(command(open())).refused(TicketRefusal::Exists);
}

#[test]
fn t1_a_person_must_stand_behind_it() {
    given([]).by_nobody().when(command(open())).refused(TicketRefusal::PersonRequired);
}

#[test]
fn t1_texts_have_bounds() {
    let unfit = |field, fault| TicketRefusal::TextUnfit { field, fault };
    let refused = |open, refusal| given([]).when(command(open)).refused(refusal);
    refused(Open { title: " \n".to_owned(), ..open() }, unfit("title", TextFault::Empty));
    refused(Open { title: "x".repeat(201), ..open() }, unfit("title", TextFault::TooLong(200)));
    refused(Open { title: "a\u{7}".to_owned(), ..open() }, unfit("title", TextFault::Control));
    refused(
        Open { description: Some("x".repeat(20_001)), ..open() },
        unfit("description", TextFault::TooLong(20_000)),
    );
    refused(
        Open { external_ref: Some(String::new()), ..open() },
        unfit("externalRef", TextFault::Empty),
    );
    given([]).when(command(Open { title: "ü".repeat(200), ..open() })).state();
}

#[test]
fn t1_requester_and_subject_must_be_known() {
    let refused = |open, refusal| given([]).when(command(open)).refused(refusal);
    refused(Open { requester: Some(NOBODY), ..open() }, TicketRefusal::RequesterUnknown);
    refused(Open { requester: Some(CARL), ..open() }, TicketRefusal::RequesterUnknown);
    refused(Open { subject: Some(NOTHING), ..open() }, TicketRefusal::SubjectUnknown);
}

#[test]
fn t7_the_target_must_be_fit() {
    let refused = |open, refusal| given([]).when(command(open)).refused(refusal);
    refused(Open { unit: Some(CUSTOMER), ..open() }, TicketRefusal::UnitUnfit);
    refused(Open { unit: Some(NOWHERE), ..open() }, TicketRefusal::UnitUnfit);
    for person in [CLEO, GUS, NOBODY] {
        let unfit = TicketRefusal::AssigneeUnfit { person };
        refused(Open { assignees: [person].into(), ..open() }, unfit);
    }
    let unfit = TicketRefusal::AssigneeUnfit { person: NORA };
    refused(Open { unit: Some(DESK), assignees: [ANNA, NORA].into(), ..open() }, unfit);
}

#[test]
fn t1_number_and_external_reference_are_claimed() {
    let hold = |scope, key: &str| ClaimChange::Hold { scope, key: ClaimKey::Plain(key.to_owned()) };
    let external_ref = Some("X-7".to_owned());
    let opened = TicketEvent::Opened(Box::new(Opened { external_ref, ..plainly_opened() }));
    assert_eq!(
        TicketCommand::claims(&opened),
        [hold("ticket.number", "INC-1"), hold("ticket.external_ref", "X-7")]
    );
    let started = super::histories::started(ANNA);
    assert!(TicketCommand::claims(&started).is_empty());
}
