//! What a dossier says of other tickets, and in custom fields.

use async_graphql::SimpleObject;

use super::words::LinkKind;
use crate::graphql::field::CustomField;
use crate::graphql::ticket::Ticket;

/// Another ticket that has to do with this one.
#[derive(SimpleObject)]
pub(in crate::graphql) struct TicketLink {
    /// What the other one is to this one.
    pub(super) kind: LinkKind,
    /// The other one.
    pub(super) ticket: Ticket,
}

/// What a custom field of a ticket says.
#[derive(SimpleObject)]
pub(in crate::graphql) struct TicketField {
    /// Which.
    pub(super) field: CustomField,
    /// The words, when it takes words; "erased" when the requester's personal data were destroyed.
    pub(super) text: Option<String>,
    /// What was chosen; empty when it takes words.
    pub(super) choices: Vec<String>,
}
