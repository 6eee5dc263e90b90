//! A small history that has every kind of event.

use std::collections::BTreeSet;

use domain::Fact;
use domain::kernel::{DataSubject, PersonId, Personal, SubjectId, TicketId, UnitId};
use domain::person::event::{PasswordChanged, Registered};
use domain::person::{PersonEvent, Role};
use domain::settings::event::Established;
use domain::settings::{PriorityMatrix, SettingsEvent};
use domain::subject::{SubjectEvent, event as subject};
use domain::ticket::event::{
    Assigned, Cancelled, Classified, Closed, Escalated, Opened, Pended, Prioritized, Reopened,
    Resolved, ResolvedWithParent, Resumed, WorkStarted, WorkStopped,
};
use domain::ticket::{Impact, PendingReason, Priority, TicketEvent, TicketKind, Tier, Urgency};
use domain::unit::event::{Created, HeadAppointed, Joined, LeadAppointed};
use domain::unit::{UnitEvent, UnitKind};
use uuid::Uuid;

use super::at;

pub(crate) const AGENT: PersonId = PersonId(Uuid::from_u128(0xa1));
pub(crate) const CLIENT: PersonId = PersonId(Uuid::from_u128(0xc1));
pub(crate) const UNIT: UnitId = UnitId(Uuid::from_u128(0x11));
const ORGANIZATION: UnitId = UnitId(Uuid::from_u128(0x12));
pub(crate) const SUBJECT: SubjectId = SubjectId(Uuid::from_u128(0x51));
/// Opened, worked on, reopened, closed.
pub(crate) const TICKET: TicketId = TicketId(Uuid::from_u128(0x71));
const CHILD: TicketId = TicketId(Uuid::from_u128(0x72));
const UNWANTED: TicketId = TicketId(Uuid::from_u128(0x73));

/// The facts, in order.
pub(crate) fn story() -> Vec<Fact> {
    [organization(), ticket(), others()].concat()
}

/// A ticket's first event.
pub(crate) fn opened(number: &str, title: &str) -> TicketEvent {
    let own = |text: &str| Personal::of(DataSubject::Person(CLIENT), text.to_owned());
    TicketEvent::Opened(Box::new(Opened {
        number: number.to_owned(),
        kind: TicketKind::Incident,
        title: own(title),
        description: Some(own("It was fine yesterday.\nHonestly.")),
        subject: None,
        priority: Priority::Normal,
        impact: Some(Impact::Medium),
        urgency: Some(Urgency::Medium),
        requester: CLIENT,
        author: AGENT,
        unit: None,
        assignees: BTreeSet::new(),
        external_ref: None,
        individual: false,
        routing: None,
        sla: None,
        deadline_at: None,
    }))
}

/// Given to the unit, or to nobody.
pub(crate) fn assigned(unit: Option<UnitId>) -> TicketEvent {
    TicketEvent::Assigned(Assigned { unit, assignees: BTreeSet::new(), note: None, routing: None })
}

fn organization() -> Vec<Fact> {
    let unit = |event| Fact::Unit(UNIT, event);
    let created = |name: &str, kind| {
        UnitEvent::Created(Created { name: name.to_owned(), kind, parent: None })
    };
    vec![
        Fact::Settings(SettingsEvent::Established(Established {
            priority_matrix: PriorityMatrix::SHIPPED,
            reopen_after_close_days: 3,
        })),
        unit(created("Network", UnitKind::SupportUnit)),
        Fact::Unit(ORGANIZATION, created("Acme", UnitKind::CustomerOrganization)),
        registered(AGENT, "agent", Role::Agent, None),
        registered(CLIENT, "client", Role::ClientGroupLead, Some(ORGANIZATION)),
        Fact::Person(AGENT, PersonEvent::PasswordChanged(PasswordChanged { must_change: true })),
        unit(UnitEvent::Joined(Joined { person: AGENT })),
        unit(UnitEvent::HeadAppointed(HeadAppointed { person: AGENT })),
        Fact::Unit(ORGANIZATION, UnitEvent::LeadAppointed(LeadAppointed { person: CLIENT })),
        Fact::Subject(
            SUBJECT,
            SubjectEvent::Created(subject::Created { name: "Router".to_owned() }),
        ),
    ]
}

/// A person's first event.
pub(crate) fn registered(
    id: PersonId,
    login: &str,
    role: Role,
    organization: Option<UnitId>,
) -> Fact {
    let own = |text: String| Personal::of(DataSubject::Person(id), text);
    Fact::Person(
        id,
        PersonEvent::Registered(Box::new(Registered {
            login: own(login.to_owned()),
            name: own(format!("The {login}")),
            email: Some(own(format!("{login}@example.org"))),
            phone: None,
            kind: role.kind(),
            role,
            organization,
        })),
    )
}

fn ticket() -> Vec<Fact> {
    let solution = Personal::of(DataSubject::Person(AGENT), "Plugged it in.".to_owned());
    let resolved = TicketEvent::Resolved(Resolved {
        code: Some("fixed".to_owned()),
        solution: Some(solution),
    });
    let started = TicketEvent::WorkStarted(WorkStarted { holder: AGENT });
    [
        opened("INC-1", "The line is dead"),
        TicketEvent::Assigned(Assigned {
            unit: Some(UNIT),
            assignees: [AGENT].into(),
            note: None,
            routing: None,
        }),
        TicketEvent::Classified(Classified {
            kind: TicketKind::ServiceRequest,
            subject: Some(SUBJECT),
        }),
        TicketEvent::Prioritized(Prioritized {
            priority: Priority::High,
            impact: Some(Impact::High),
            urgency: Some(Urgency::Medium),
        }),
        started.clone(),
        TicketEvent::WorkStopped(WorkStopped { holder: AGENT }),
        TicketEvent::Pended(Pended {
            pending_reason: PendingReason::Vendor,
            until: Some(at(10_000)),
        }),
        TicketEvent::Resumed(Resumed {}),
        started,
        resolved.clone(),
        TicketEvent::Reopened(Reopened { holder: Some(AGENT) }),
        resolved,
        TicketEvent::Closed(Closed { closed_at: at(500) }),
    ]
    .map(|event| Fact::Ticket(TICKET, event))
    .to_vec()
}

fn others() -> Vec<Fact> {
    vec![
        Fact::Ticket(CHILD, opened("INC-10", "No telephone either")),
        Fact::Ticket(CHILD, assigned(Some(UNIT))),
        Fact::Ticket(CHILD, TicketEvent::Escalated(Escalated { tier: Tier(2), unit: Some(UNIT) })),
        Fact::Ticket(
            CHILD,
            TicketEvent::ResolvedWithParent(ResolvedWithParent {
                parent: TICKET,
                code: "fixed".to_owned(),
            }),
        ),
        Fact::Ticket(UNWANTED, opened("INC-9", "Never mind")),
        Fact::Ticket(UNWANTED, TicketEvent::Cancelled(Cancelled {})),
    ]
}
