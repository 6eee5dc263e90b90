//! Events to append.

use chrono::{DateTime, TimeZone, Utc};
use cqrs_es::DomainEvent;
use domain::evidence_hold::event::{EvidenceHoldEvent, HeldObject, Lifted, Placed};
use domain::kernel::{Actor, DataSubject, Meta, PersonId, Personal, Source};
use domain::person::{
    PersonEvent, PersonKind, Role,
    event::{Registered, Suspended},
};
use domain::ticket::event::{Opened, Resolved, WorkStopped};
use domain::ticket::{Priority, TicketEvent, TicketKind};
use domain::ticket_dossier::TicketDossierEvent;
use uuid::Uuid;

use crate::append::{CommandRecord, NewEvent, StreamAppend};

pub(crate) const fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

fn noon() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 3, 2, 12, 0, 0).unwrap()
}

fn meta() -> Meta {
    Meta {
        command_id: id(0xc0),
        correlation_id: id(0xc1),
        source: Source::Graphql,
        actor: Actor::Person(PersonId(id(0xa1))),
        ..Meta::unsaid(noon())
    }
}

/// The command of this number, by a person.
pub(crate) fn command(number: u128, input: u8) -> CommandRecord {
    let actor = Actor::Person(PersonId(id(0xa1)));
    CommandRecord { actor, command_id: id(number), input_hash: [input; 32] }
}

/// These events for a ticket that stands at `expected`.
pub(crate) fn ticket(ticket: u128, expected: i64, events: Vec<NewEvent>) -> StreamAppend {
    StreamAppend { aggregate_type: "ticket", aggregate_id: id(ticket), expected, events }
}

/// An event without personal data; the holder tells one from another.
pub(crate) fn stopped(holder: u128) -> NewEvent {
    new(&TicketEvent::WorkStopped(WorkStopped { holder: PersonId(id(holder)) }))
}

/// An event of a ticket's dossier.
pub(crate) fn filed(event: &TicketDossierEvent) -> NewEvent {
    new(event)
}

/// Something is evidence, until then.
pub(crate) fn held(on: HeldObject, until: Option<DateTime<Utc>>) -> NewEvent {
    let why = Personal::of(DataSubject::Deployment, "why".to_owned());
    new(&EvidenceHoldEvent::Placed(Placed { on, why, until }))
}

/// It is no more.
pub(crate) fn lifted() -> NewEvent {
    let why = Personal::of(DataSubject::Deployment, "why".to_owned());
    new(&EvidenceHoldEvent::Lifted(Lifted { why }))
}

/// An event with one text of this subject.
pub(crate) fn solved(subject: DataSubject, text: &str) -> NewEvent {
    new(&TicketEvent::Resolved(Resolved {
        code: None,
        solution: Some(Personal::of(subject, text.to_owned())),
    }))
}

/// An event with two texts of this person.
pub(crate) fn opened(requester: PersonId, title: &str, description: &str) -> NewEvent {
    let of = |text: &str| Personal::of(DataSubject::Person(requester), text.to_owned());
    new(&TicketEvent::Opened(Box::new(Opened {
        number: "INC-1".to_owned(),
        kind: TicketKind::Incident,
        title: of(title),
        description: Some(of(description)),
        subject: None,
        priority: Priority::Normal,
        impact: None,
        urgency: None,
        requester,
        author: requester,
        unit: None,
        assignees: [].into(),
        external_ref: None,
        individual: false,
        routing: None,
        sla: None,
        deadline_at: None,
    })))
}

/// A person's first event: login, name, e-mail and telephone are this word with a suffix each.
pub(crate) fn registered(person: PersonId, word: &str) -> NewEvent {
    let of = |suffix: &str| Personal::of(DataSubject::Person(person), format!("{word}{suffix}"));
    new(&PersonEvent::Registered(Box::new(Registered {
        login: of("-login"),
        name: of(" name"),
        email: Some(of("@example.org")),
        phone: Some(of(" 123")),
        kind: PersonKind::Client,
        role: Role::Client,
        organization: None,
    })))
}

/// A person may do nothing from now on.
pub(crate) fn suspension() -> NewEvent {
    new(&PersonEvent::Suspended(Suspended {}))
}

/// The event with a reason of this subject.
pub(crate) fn because(mut event: NewEvent, subject: DataSubject, reason: &str) -> NewEvent {
    event.meta.reason = Some(Personal::of(subject, reason.to_owned()));
    event
}

fn new<E: DomainEvent>(event: &E) -> NewEvent {
    NewEvent {
        event_type: event.event_type(),
        event_version: event.event_version(),
        payload: serde_json::to_value(event).unwrap(),
        meta: meta(),
    }
}
