//! The verbs' inputs.

use async_graphql::{ID, InputObject};

use super::words::NamedItemRole;
use crate::graphql::payload::Common;

/// A ticket and an item that it is about.
#[derive(Debug, Clone, InputObject)]
pub(super) struct TicketLinkItemInput {
    /// Which ticket.
    pub(super) ticket_id: ID,
    /// Which item.
    pub(super) ci_id: ID,
    /// What it is to the ticket. In another role than before, it changes.
    #[graphql(default_with = "NamedItemRole::Manual")]
    pub(super) role: NamedItemRole,
    #[graphql(flatten)]
    pub(super) common: Common,
}

/// A ticket and an item that it is no longer about.
#[derive(Debug, Clone, InputObject)]
pub(super) struct TicketUnlinkItemInput {
    /// Which ticket.
    pub(super) ticket_id: ID,
    /// Which item.
    pub(super) ci_id: ID,
    #[graphql(flatten)]
    pub(super) common: Common,
}

/// A ticket of which it is to be computed anew what falls.
#[derive(Debug, Clone, InputObject)]
pub(super) struct TicketRecomputeImpactInput {
    /// Which ticket.
    pub(super) ticket_id: ID,
    #[graphql(flatten)]
    pub(super) common: Common,
}
