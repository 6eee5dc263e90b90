//! Given, when, then: one file a pair of verbs, one test a rule; besides them the laws.

mod attachments;
mod family;
mod fields;
mod laws;
mod links;
mod tags;
mod watchers;

use crate::kernel::testing::tickets::{THIS, there_are, ticket};
use crate::kernel::testing::{self, Given};
use crate::kernel::{PersonId, TicketId};
use crate::ticket::TicketState;
use crate::ticket_dossier::command::Link;
use crate::ticket_dossier::event::{Linked, Tagged, Watched};
use crate::ticket_dossier::{LinkKind, TicketDossierCommand, TicketDossierEvent};

/// On a ticket that is assigned.
fn given(events: impl IntoIterator<Item = TicketDossierEvent>) -> Given<TicketDossierCommand> {
    on(TicketState::Assigned, events)
}

/// On a ticket in this state.
fn on(
    state: TicketState,
    events: impl IntoIterator<Item = TicketDossierEvent>,
) -> Given<TicketDossierCommand> {
    testing::given(events).knowing(there_are([(THIS, ticket(state))]))
}

fn tagged(tag: &str) -> TicketDossierEvent {
    TicketDossierEvent::Tagged(Tagged { tag: tag.to_owned() })
}

fn watched(person: PersonId) -> TicketDossierEvent {
    TicketDossierEvent::Watched(Watched { person })
}

fn linked(kind: LinkKind, other: TicketId) -> TicketDossierEvent {
    TicketDossierEvent::Linked(Linked { kind, other })
}

fn link(kind: LinkKind, other: TicketId) -> TicketDossierCommand {
    TicketDossierCommand::Link(Link { ticket: THIS, kind, other })
}
