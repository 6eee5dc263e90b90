//! Several of the same at once.

use async_graphql::{InputObject, InputType};

use super::{
    TicketAssignInput, TicketCancelInput, TicketCloseInput, TicketOpenInput, TicketPrioritizeInput,
};

/// Several of the same, each decided and answered by itself: what one is refused stops no other.
#[derive(Debug, Clone, InputObject)]
#[graphql(
    concrete(name = "TicketOpenManyInput", params(TicketOpenInput)),
    concrete(name = "TicketAssignManyInput", params(TicketAssignInput)),
    concrete(name = "TicketPrioritizeManyInput", params(TicketPrioritizeInput)),
    concrete(name = "TicketCloseManyInput", params(TicketCloseInput)),
    concrete(name = "TicketCancelManyInput", params(TicketCancelInput))
)]
pub(in crate::graphql::ticket) struct ManyInput<I: InputType> {
    /// 1 to 100 of them.
    pub(in crate::graphql::ticket) items: Vec<I>,
    /// Comes back in the payload as it is.
    pub(in crate::graphql::ticket) client_mutation_id: Option<String>,
}
