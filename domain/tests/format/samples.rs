//! One event of each kind with everything in it, sealed as it is stored.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeZone, Utc};
use cqrs_es::DomainEvent;
use domain::kernel::{PersonId, Personal, SubjectId, TicketId, UnitId};
use domain::ticket::event::{
    Assigned, Cancelled, Classified, Closed, Escalated, Merged, Opened, Pended, Prioritized,
    Reopened, Resolved, ResolvedWithParent, ResolvedWithTasks, Resumed, WorkStarted, WorkStopped,
};
use domain::ticket::{Impact, PendingReason, Priority, TicketEvent, TicketKind, Tier, Urgency};
use serde_json::Value;
use uuid::Uuid;

use super::calendars::calendars;
use super::desk::{conversations, custom_fields, dossiers, macros, queues, templates};
use super::directory::{people, settings, subjects, units};

/// An event as the journal stores it.
pub(crate) struct Sample {
    pub(crate) event_type: String,
    pub(crate) version: String,
    pub(crate) payload: Value,
}

pub(crate) const PERSON: PersonId = PersonId(Uuid::from_u128(0xa));
pub(crate) const UNIT: UnitId = UnitId(Uuid::from_u128(0xb));
pub(crate) const SUBJECT: SubjectId = SubjectId(Uuid::from_u128(0xc));
pub(crate) const PARENT: TicketId = TicketId(Uuid::from_u128(0xd));

pub(crate) fn samples() -> Vec<Sample> {
    let mut samples: Vec<Sample> = tickets().map(sample).into();
    samples.extend(people().map(sample));
    samples.extend(units().map(sample));
    samples.extend(subjects().map(sample));
    samples.extend(settings().map(sample));
    samples.extend(conversations().map(sample));
    samples.extend(dossiers().map(sample));
    samples.extend(custom_fields().map(sample));
    samples.extend(templates().map(sample));
    samples.extend(macros().map(sample));
    samples.extend(queues().map(sample));
    samples.extend(calendars().map(sample));
    samples
}

fn sample<E: DomainEvent>(event: E) -> Sample {
    Sample {
        event_type: event.event_type(),
        version: event.event_version(),
        payload: serde_json::to_value(event).expect("an event is JSON"),
    }
}

/// Two instants: whole seconds and microseconds are both kept.
fn instant(micros: u32) -> DateTime<Utc> {
    Utc.timestamp_opt(1_772_452_800, micros * 1_000).single().expect("a plain instant")
}

pub(crate) fn sealed(name: &str) -> Personal<String> {
    Personal::Sealed(format!("envelope of the {name}"))
}

fn tickets() -> [TicketEvent; 16] {
    let assignees = BTreeSet::from([PERSON]);
    [
        TicketEvent::Opened(Box::new(Opened {
            number: "INC-1042".to_owned(),
            kind: TicketKind::ServiceRequest,
            title: sealed("title"),
            description: Some(sealed("description")),
            subject: Some(SUBJECT),
            priority: Priority::High,
            impact: Some(Impact::High),
            urgency: Some(Urgency::Medium),
            requester: PERSON,
            author: PERSON,
            unit: Some(UNIT),
            assignees: assignees.clone(),
            external_ref: Some("INC0000045".to_owned()),
            individual: false,
            routing: None,
        })),
        TicketEvent::Assigned(Assigned {
            unit: None,
            assignees,
            note: Some(sealed("note")),
            routing: None,
        }),
        TicketEvent::WorkStarted(WorkStarted { holder: PERSON }),
        TicketEvent::WorkStopped(WorkStopped { holder: PERSON }),
        TicketEvent::Pended(Pended {
            pending_reason: PendingReason::Vendor,
            until: Some(instant(0)),
        }),
        TicketEvent::Resumed(Resumed {}),
        TicketEvent::Resolved(Resolved {
            code: Some("FIXED".to_owned()),
            solution: Some(Personal::Erased),
        }),
        TicketEvent::ResolvedWithParent(ResolvedWithParent {
            parent: PARENT,
            code: "FIXED".to_owned(),
        }),
        TicketEvent::Reopened(Reopened { holder: Some(PERSON) }),
        TicketEvent::Closed(Closed { closed_at: instant(250_001) }),
        TicketEvent::Cancelled(Cancelled {}),
        TicketEvent::Classified(Classified { kind: TicketKind::Incident, subject: Some(SUBJECT) }),
        TicketEvent::Prioritized(Prioritized {
            priority: Priority::Critical,
            impact: Some(Impact::High),
            urgency: Some(Urgency::High),
        }),
        TicketEvent::Escalated(Escalated { tier: Tier(2), unit: Some(UNIT) }),
        TicketEvent::Merged(Merged { into: PARENT, closed_at: instant(250_001) }),
        TicketEvent::ResolvedWithTasks(ResolvedWithTasks { code: "FIXED".to_owned() }),
    ]
}
