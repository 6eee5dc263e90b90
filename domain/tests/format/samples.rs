//! One event of each kind with everything in it, sealed as it is stored.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeZone, Utc};
use cqrs_es::DomainEvent;
use domain::kernel::{CalendarId, PersonId, Personal, SlaPlanId, SubjectId, TicketId, UnitId};
use domain::sla::{CalendarVersion, ChangePolicy, ClockTerms, PauseState, Terms, TermsCause};
use domain::ticket::event::{
    Assigned, Cancelled, Classified, Closed, Escalated, Merged, Opened, Pended, Prioritized,
    Reopened, Resolved, ResolvedWithParent, ResolvedWithTasks, Resumed, SlaTermsRestated,
    WorkStarted, WorkStopped,
};
use domain::ticket::{Impact, PendingReason, Priority, TicketEvent, TicketKind, Tier, Urgency};
use serde_json::Value;
use uuid::Uuid;

use super::access_groups::{access_groups, access_policies, assignment_rules};
use super::access_requests::access_requests;
use super::access_rules::{access_templates, deny_rules, resource_types, roles, sod_rules};
use super::calendars::calendars;
use super::compliance_reports::compliance_reports;
use super::desk::{conversations, custom_fields, dossiers, macros, queues, templates};
use super::directory::{people, settings, subjects, units};
use super::erasures::{erasures, evidence_holds};
use super::items::{baselines, ci_classes, items, sync_sources};
use super::quality::qualities;
use super::recurrences::recurrences;
use super::service_accounts::service_accounts;
use super::sla::{clocks, plans};
use super::subject_access::subject_accesses;
use super::ticket_items::ticket_items;

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
pub(crate) const PLAN: SlaPlanId = SlaPlanId(Uuid::from_u128(0x11));
pub(crate) const CALENDAR: CalendarId = CalendarId(Uuid::from_u128(0x12));

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
    samples.extend(plans().map(sample));
    samples.extend(clocks().map(sample));
    samples.extend(calendars().map(sample));
    samples.extend(qualities().map(sample));
    samples.extend(ticket_items().map(sample));
    samples.extend(recurrences().map(sample));
    samples.extend(ci_classes().map(sample));
    samples.extend(items().map(sample));
    samples.extend(sync_sources().map(sample));
    samples.extend(service_accounts().map(sample));
    samples.extend(baselines().map(sample));
    samples.extend(compliance_reports().map(sample));
    samples.extend(subject_accesses().map(sample));
    samples.extend(access_groups().map(sample));
    samples.extend(access_policies().map(sample));
    samples.extend(access_requests().map(sample));
    samples.extend(assignment_rules().map(sample));
    samples.extend(erasures().map(sample));
    samples.extend(evidence_holds().map(sample));
    samples.extend(roles().map(sample));
    samples.extend(sod_rules().map(sample));
    samples.extend(deny_rules().map(sample));
    samples.extend(access_templates().map(sample));
    samples.extend(resource_types().map(sample));
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
pub(crate) fn instant(micros: u32) -> DateTime<Utc> {
    Utc.timestamp_opt(1_772_452_800, micros * 1_000).single().expect("a plain instant")
}

pub(crate) fn sealed(name: &str) -> Personal<String> {
    Personal::Sealed(format!("envelope of the {name}"))
}

/// A plan's for one priority, with everything that terms can have.
fn terms() -> Box<Terms> {
    let clock = |limit_seconds| ClockTerms {
        limit_seconds,
        calendar: Some(CalendarVersion { id: CALENDAR, version: 3 }),
        pause_states: [PauseState::Pending, PauseState::Resolved].into(),
        thresholds: [75, 100].into(),
    };
    Box::new(Terms {
        plan: PLAN,
        plan_version: 2,
        policy: ChangePolicy::CarryOver,
        reaction: clock(1_800),
        work: clock(7_200),
        deadline: clock(28_800),
    })
}

fn tickets() -> [TicketEvent; 17] {
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
            sla: Some(terms()),
            deadline_at: Some(instant(0)),
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
        TicketEvent::SlaTermsRestated(SlaTermsRestated {
            terms: Some(terms()),
            cause: TermsCause::PlanEdit,
        }),
    ]
}
