//! Unlink: it is no longer about an item.

use super::{must_be_of, ticket_not_over};
use crate::kernel::{CiId, Context, TicketId};
use crate::ticket_items::event::{Computed, TicketItemsEvent, Unlinked};
use crate::ticket_items::refusal::TicketItemsRefusal;
use crate::ticket_items::state::TicketItems;

/// I2, I5. Not linked, nothing changes.
#[derive(Debug, Clone, PartialEq)]
pub struct Unlink {
    /// Whose items they are: the stream's own identity.
    pub ticket: TicketId,
    /// Which item.
    pub ci: CiId,
    /// What falls when it is not linked any more.
    pub computed: Option<Computed>,
}

impl Unlink {
    pub(in crate::ticket_items) fn decide(
        self,
        items: &TicketItems,
        cx: &Context,
    ) -> Result<Vec<TicketItemsEvent>, TicketItemsRefusal> {
        let Self { ticket, ci, computed } = self;
        ticket_not_over(cx, ticket)?;
        if !items.items.contains_key(&ci) {
            return Ok(vec![]);
        }
        let event = TicketItemsEvent::Unlinked(Unlinked { ci, computed: computed.clone() });
        let mut wanted = items.clone();
        wanted.evolve(event.clone());
        must_be_of(computed.as_ref(), &wanted)?;
        Ok(vec![event])
    }
}
