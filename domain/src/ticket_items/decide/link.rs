//! Link: it is about an item.

use super::{ITEMS_MAX, SERVICE_CLASS, must_be_of, ticket_not_over};
use crate::kernel::{CiClassId, CiId, Context, TicketId};
use crate::ticket_items::event::{Computed, Linked, TicketItemsEvent};
use crate::ticket_items::refusal::TicketItemsRefusal;
use crate::ticket_items::state::TicketItems;
use crate::ticket_items::words::ItemRole;

/// I2 to I5. Linked in the same role already, nothing changes, whatever became of the item since.
#[derive(Debug, Clone, PartialEq)]
pub struct Link {
    /// Whose items they are: the stream's own identity.
    pub ticket: TicketId,
    /// Which item.
    pub ci: CiId,
    /// What it is to the ticket.
    pub role: ItemRole,
    /// What falls when it is linked.
    pub computed: Option<Computed>,
}

impl Link {
    pub(in crate::ticket_items) fn decide(
        self,
        items: &TicketItems,
        cx: &Context,
    ) -> Result<Vec<TicketItemsEvent>, TicketItemsRefusal> {
        let Self { ticket, ci, role, computed } = self;
        ticket_not_over(cx, ticket)?;
        if items.items.get(&ci) == Some(&role) {
            return Ok(vec![]);
        }
        let known = cx.facts.items.get(&ci).ok_or(TicketItemsRefusal::ItemUnknown { ci })?;
        if !known.active {
            return Err(TicketItemsRefusal::ItemRetired { ci });
        }
        if role == ItemRole::Service && !is_service(cx, known.class) {
            return Err(TicketItemsRefusal::NoService { ci });
        }
        if items.items.len() >= ITEMS_MAX && !items.items.contains_key(&ci) {
            return Err(TicketItemsRefusal::TooMany);
        }
        let event = TicketItemsEvent::Linked(Linked { ci, role, computed: computed.clone() });
        let mut wanted = items.clone();
        wanted.evolve(event.clone());
        must_be_of(computed.as_ref(), &wanted)?;
        Ok(vec![event])
    }
}

/// I7: whether items of this class are services.
fn is_service(cx: &Context, class: CiClassId) -> bool {
    cx.facts.catalogue.as_ref().is_some_and(|catalogue| {
        let service = catalogue.by_name(SERVICE_CLASS);
        service.is_some_and(|service| catalogue.is_a(class, service.id))
    })
}
