//! The verbs about a ticket's items: a table of contents. Each names the ticket, whose life the
//! rules look at.

pub use super::decide::compute::Compute;
pub use super::decide::link::Link;
pub use super::decide::unlink::Unlink;
use super::event::TicketItemsEvent;
use super::refusal::TicketItemsRefusal;
use super::state::TicketItems;
use super::words::ItemRole;
use crate::kernel::{Command, Context, Needs, TicketId};

/// What can be asked of a ticket's items.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "each variant is the verb its struct documents")]
pub enum TicketItemsCommand {
    Link(Link),
    Unlink(Unlink),
    Compute(Compute),
}

impl Command for TicketItemsCommand {
    type State = TicketItems;
    type Event = TicketItemsEvent;
    type Refusal = TicketItemsRefusal;

    fn needs(&self, _items: &TicketItems) -> Needs {
        let ticket = |id: TicketId| Needs { tickets: [id].into(), ..Needs::default() };
        match self {
            Self::Link(c) => Needs {
                items: [c.ci].into(),
                catalogue: c.role == ItemRole::Service,
                ..ticket(c.ticket)
            },
            Self::Unlink(c) => ticket(c.ticket),
            Self::Compute(c) => ticket(c.ticket),
        }
    }

    fn decide(
        self,
        items: &TicketItems,
        cx: &Context,
    ) -> Result<Vec<TicketItemsEvent>, TicketItemsRefusal> {
        match self {
            Self::Link(c) => c.decide(items, cx),
            Self::Unlink(c) => c.decide(items, cx),
            Self::Compute(c) => c.decide(items, cx),
        }
    }
}
