//! Other tickets of the tests' world, told to a command with [`super::Given::knowing`].

use std::collections::BTreeSet;

use uuid::Uuid;

use super::world::{ANNA, CLEO, DESK};
use crate::kernel::{DataSubject, Facts, Needs, Personal, TicketFacts, TicketId};
use crate::ticket::event::Opened;
use crate::ticket::{Priority, Ticket, TicketEvent, TicketKind, TicketState};
use crate::ticket_dossier::{Dossier, TicketDossierEvent};

/// The ticket it is about.
pub(crate) const THIS: TicketId = TicketId(Uuid::from_u128(0x71));
/// Another one.
pub(crate) const OTHER: TicketId = TicketId(Uuid::from_u128(0x72));
/// Yet another one.
pub(crate) const THIRD: TicketId = TicketId(Uuid::from_u128(0x73));
/// Does not exist.
pub(crate) const NO_TICKET: TicketId = TicketId(Uuid::from_u128(0x7f));

/// Cleo's incident at the service desk, reported by Anna, in this state, without a dossier.
pub(crate) fn ticket(state: TicketState) -> TicketFacts {
    let mut ticket = Ticket::default();
    ticket.evolve(TicketEvent::Opened(Box::new(Opened {
        number: "INC-7".to_owned(),
        kind: TicketKind::Incident,
        title: Personal::of(DataSubject::Person(CLEO), "No mail".to_owned()),
        description: None,
        subject: None,
        priority: Priority::Normal,
        impact: None,
        urgency: None,
        requester: CLEO,
        author: ANNA,
        unit: Some(DESK),
        assignees: BTreeSet::new(),
        external_ref: None,
        individual: false,
        routing: None,
        sla: None,
        deadline_at: None,
    })));
    let mut body = *ticket.0.unwrap();
    body.state = state;
    TicketFacts { ticket: body, dossier: Dossier::default() }
}

/// The same, merged into another one.
pub(crate) fn merged_ticket(into: TicketId) -> TicketFacts {
    let mut facts = ticket(TicketState::Closed);
    facts.ticket.merged_into = Some(into);
    facts
}

/// The same with this dossier.
pub(crate) fn with_dossier(
    mut facts: TicketFacts,
    events: impl IntoIterator<Item = TicketDossierEvent>,
) -> TicketFacts {
    events.into_iter().for_each(|event| facts.dossier.evolve(event));
    facts
}

/// These tickets exist.
pub(crate) fn there_are(tickets: impl IntoIterator<Item = (TicketId, TicketFacts)>) -> Facts {
    Facts { tickets: tickets.into_iter().collect(), ..Facts::default() }
}

/// Of what is told besides the world, only what was asked for.
pub(super) fn add_needed(facts: &mut Facts, besides: Facts, needs: &Needs) {
    let Facts {
        people: _,
        units: _,
        subjects,
        fields,
        tickets,
        templates,
        calendars,
        plans,
        items,
        catalogue,
        bonds,
        access,
    } = besides;
    facts.items.extend(items.into_iter().filter(|(id, _)| needs.items.contains(id)));
    facts.catalogue = catalogue.filter(|_| needs.catalogue);
    facts.bonds.extend(bonds.into_iter().filter(|(id, _)| needs.bonds.contains(id)));
    facts.access.extend(access.of(&needs.access));
    facts.templates.extend(templates.into_iter().filter(|(id, _)| needs.templates.contains(id)));
    facts.subjects.extend(subjects.into_iter().filter(|(id, _)| needs.subjects.contains(id)));
    facts.fields.extend(fields.into_iter().filter(|(id, _)| needs.fields.contains(id)));
    let plans = plans.into_iter().filter(|(id, _)| needs.sla || needs.plans.contains(id));
    facts.plans.extend(plans);
    facts.calendars.extend(calendars.into_iter().filter(|_| needs.sla));
    facts.tickets.extend(tickets.into_iter().filter(|(id, _)| needs.tickets.contains(id)));
}
