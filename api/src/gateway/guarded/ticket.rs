//! Tickets, their conversations and their dossiers: rights depend on how the caller stands to the
//! ticket.

use domain::access::decide::{ObjectView, World};
use domain::access::{Permission, Relation, TicketAttribute, Who};
use domain::conversation::{Conversation, ConversationCommand, ConversationRefusal};
use domain::kernel::{Facts, Needs, TicketId};
use domain::ticket::command::Open;
use domain::ticket::{Ticket, TicketCommand, TicketRefusal};
use domain::ticket_clock::TicketClockCommand;
use domain::ticket_dossier::{Dossier, TicketDossierCommand, TicketDossierRefusal};
use domain::ticket_items::{TicketItems, TicketItemsCommand, TicketItemsRefusal};
use domain::ticket_quality::{TicketQuality, TicketQualityCommand, TicketQualityRefusal};
use uuid::Uuid;

use super::{Guarded, On};
use crate::gateway::GatewayError;

impl Guarded for TicketCommand {
    fn permission(&self) -> Permission {
        match self {
            Self::Open(_) => Permission::TicketOpen,
            Self::Assign(_) => Permission::TicketAssign,
            Self::StartWork(_) => Permission::TicketStartWork,
            Self::StopWork(_) => Permission::TicketStopWork,
            Self::Pend(_) => Permission::TicketPend,
            Self::Resume(_) => Permission::TicketResume,
            // Cascades resolve in Annals' own name, by the right of whoever resolved the other.
            Self::Resolve(_) | Self::ResolveWithParent(_) | Self::ResolveWithTasks(_) => {
                Permission::TicketResolve
            }
            Self::Reopen(_) => Permission::TicketReopen,
            Self::Close(_) => Permission::TicketClose,
            Self::Cancel(_) => Permission::TicketCancel,
            Self::Classify(_) => Permission::TicketClassify,
            Self::Prioritize(_) => Permission::TicketPrioritize,
            Self::Escalate(_) => Permission::TicketEscalate,
            Self::Merge(_) => Permission::TicketMerge,
            Self::ApplyPlan(_) | Self::RestateTerms(_) => Permission::TicketApplyPlan,
        }
    }

    /// Its watchers stand in its dossier; they see it, and are told that they may not.
    fn second_look(&self, stream: Uuid) -> Option<TicketId> {
        (!matches!(self, Self::Open(_))).then_some(TicketId(stream))
    }

    fn object(&self, on: &On<'_, Ticket>) -> ObjectView {
        match (self, &on.state.0) {
            (Self::Open(open), _) => opening(open, on),
            (_, Some(body)) => {
                let dossier = on.facts.tickets.get(&TicketId(on.stream)).map(|it| &it.dossier);
                ObjectView::of_body((on.world, on.who), body, dossier)
            }
            (_, None) => ObjectView::default(),
        }
    }

    fn hidden(&self) -> GatewayError {
        match self {
            // What is to be opened is not there to be hidden.
            Self::Open(_) => GatewayError::Forbidden,
            _ => GatewayError::refused(TicketRefusal::NotFound),
        }
    }
}

/// One's own is a ticket for oneself, a lead's for one of the group; whom it goes to, and its name
/// in another system, are the desk's business.
fn to_opening(open: &Open, who: &Who) -> Relation {
    let placed = open.routing.is_some() || (open.unit.is_none() && open.assignees.is_empty());
    let left_to_the_desk = placed && open.external_ref.is_none();
    let requester = open.requester.unwrap_or(who.person);
    Relation {
        own: requester == who.person && left_to_the_desk,
        leads: who.clients.contains(&requester) && left_to_the_desk,
        ..Relation::default()
    }
}

/// What is to be opened lies at the unit that it names; of its traits, those that it says.
fn opening(open: &Open, on: &On<'_, Ticket>) -> ObjectView {
    let subject = open.subject.map(|subject| (TicketAttribute::Subject, subject.to_string()));
    let said = [(TicketAttribute::Kind, open.kind.to_string())].into_iter().chain(subject);
    on.as_seen(|on| to_opening(open, on.who)).at(on.world, open.unit).with(said)
}

/// A ticket that a command names.
pub(in crate::gateway) fn known(
    asker: (&World, &Who),
    facts: &Facts,
    ticket: TicketId,
) -> ObjectView {
    let known = facts.tickets.get(&ticket);
    known.map(|it| ObjectView::of_body(asker, &it.ticket, Some(&it.dossier))).unwrap_or_default()
}

impl Guarded for TicketClockCommand {
    fn permission(&self) -> Permission {
        Permission::TicketClockRecord
    }
}

impl Guarded for TicketQualityCommand {
    fn permission(&self) -> Permission {
        match self {
            Self::Sample(_) => Permission::TicketQualitySample,
            Self::Rate(_) => Permission::TicketRate,
            Self::Check(_) => Permission::TicketCheckQuality,
        }
    }

    fn object(&self, on: &On<'_, TicketQuality>) -> ObjectView {
        known((on.world, on.who), on.facts, TicketId(on.stream))
    }

    fn hidden(&self) -> GatewayError {
        GatewayError::refused(TicketQualityRefusal::NotFound)
    }
}

impl Guarded for TicketItemsCommand {
    fn permission(&self) -> Permission {
        match self {
            Self::Link(_) | Self::Unlink(_) | Self::Compute(_) => Permission::TicketLinkItem,
        }
    }

    fn object(&self, on: &On<'_, TicketItems>) -> ObjectView {
        known((on.world, on.who), on.facts, TicketId(on.stream))
    }

    fn hidden(&self) -> GatewayError {
        GatewayError::refused(TicketItemsRefusal::NotFound)
    }
}

impl Guarded for ConversationCommand {
    fn permission(&self) -> Permission {
        match self {
            Self::Reply(_) => Permission::ConversationReply,
            Self::Note(_) => Permission::ConversationNote,
        }
    }

    fn object(&self, on: &On<'_, Conversation>) -> ObjectView {
        known((on.world, on.who), on.facts, TicketId(on.stream))
    }

    fn hidden(&self) -> GatewayError {
        GatewayError::refused(ConversationRefusal::NotFound)
    }
}

impl Guarded for TicketDossierCommand {
    fn permission(&self) -> Permission {
        match self {
            Self::Tag(_) | Self::Untag(_) => Permission::TicketTag,
            Self::Watch(_) | Self::Unwatch(_) => Permission::TicketWatch,
            Self::Link(_) | Self::Unlink(_) => Permission::TicketLink,
            Self::FillField(_) | Self::EmptyField(_) => Permission::TicketFillField,
            // A file among staff is attached by whoever may say something among them.
            Self::Attach(c) if c.internal => Permission::ConversationNote,
            Self::Attach(_) | Self::Detach(_) => Permission::TicketAttach,
        }
    }

    fn guard_needs(&self, stream: Uuid, needs: &mut Needs) {
        needs.tickets.insert(TicketId(stream));
    }

    fn object(&self, on: &On<'_, Dossier>) -> ObjectView {
        known((on.world, on.who), on.facts, TicketId(on.stream))
    }

    fn hidden(&self) -> GatewayError {
        GatewayError::refused(TicketDossierRefusal::NotFound)
    }
}
