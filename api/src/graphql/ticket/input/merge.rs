//! Merging.

use std::collections::BTreeSet;

use async_graphql::{ID, InputObject};
use domain::kernel::TicketId;
use domain::ticket::TicketCommand;
use domain::ticket::command::Merge;
use domain::ticket_dossier::command::Link;
use domain::ticket_dossier::{LinkKind, TicketDossierCommand};

use crate::gateway::Step;
use crate::graphql::input::single;
use crate::graphql::payload::Common;
use crate::graphql::refusal::{ErrorCode, UserError};
use crate::graphql::ticket::steps::Steps;

/// Two tickets that say the same.
#[derive(Debug, Clone, InputObject)]
pub(in crate::graphql::ticket) struct TicketMergeInput {
    /// The one that is closed.
    ticket_id: ID,
    /// The one that goes on.
    into_id: ID,
    #[graphql(flatten)]
    pub(in crate::graphql::ticket) common: Common,
}

impl TicketMergeInput {
    /// Which one goes on in whose place.
    pub(in crate::graphql::ticket) fn tickets(&self) -> Result<(TicketId, TicketId), UserError> {
        Ok((single("ticketId", &self.ticket_id)?, single("intoId", &self.into_id)?))
    }
}

/// Both dossiers say it, then the one is closed: what is merged is not written into any more.
pub(in crate::graphql::ticket) fn steps(
    (ticket, into): (TicketId, TicketId),
    children: BTreeSet<TicketId>,
) -> Steps {
    let link = |ticket, kind, other| {
        Step::Dossier(ticket, TicketDossierCommand::Link(Link { ticket, kind, other }))
    };
    let merge = TicketCommand::Merge(Merge { ticket, into, children });
    Steps {
        ticket,
        steps: vec![
            link(ticket, LinkKind::DuplicateOf, into),
            link(into, LinkKind::DuplicatedBy, ticket),
            Step::Ticket(ticket, merge),
        ],
        at_step: as_merge,
    }
}

/// What the dossiers refuse, as the merge would say it. A ticket that is not seen is absent.
fn as_merge(step: usize, error: UserError) -> UserError {
    let (code, field) = match (step, error.code) {
        (2, ErrorCode::DossierNotFound) | (1, ErrorCode::DossierOtherUnknown) => {
            (ErrorCode::TicketIntoUnknown, "intoId")
        }
        (1, ErrorCode::DossierNotFound) => (ErrorCode::TicketNotFound, "ticketId"),
        (_, ErrorCode::DossierLinkToItself) => (ErrorCode::TicketIntoItself, "intoId"),
        (2, ErrorCode::DossierMerged) => (ErrorCode::TicketIntoOver, "intoId"),
        (_, ErrorCode::DossierMerged) => (ErrorCode::TicketMerged, "ticketId"),
        (2, ErrorCode::Forbidden) => return error.at("intoId"),
        _ => return error,
    };
    UserError { code, message: error.message, field: None, meta: error.meta }.at(field)
}
