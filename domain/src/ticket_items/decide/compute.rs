//! Compute: what falls was computed anew.

use super::{must_be_of, ticket_not_over};
use crate::kernel::{Context, TicketId};
use crate::ticket_items::event::{Computed, TicketItemsEvent};
use crate::ticket_items::refusal::TicketItemsRefusal;
use crate::ticket_items::state::TicketItems;

/// I5, I6. The items are the same; relations, classes or other tickets may have changed since.
#[derive(Debug, Clone, PartialEq)]
pub struct Compute {
    /// Whose items they are: the stream's own identity.
    pub ticket: TicketId,
    /// What falls.
    pub computed: Computed,
}

impl Compute {
    pub(in crate::ticket_items) fn decide(
        self,
        items: &TicketItems,
        cx: &Context,
    ) -> Result<Vec<TicketItemsEvent>, TicketItemsRefusal> {
        let Self { ticket, computed } = self;
        ticket_not_over(cx, ticket)?;
        must_be_of(Some(&computed), items)?;
        if items.computed.as_ref().is_some_and(|known| known.says_the_same(&computed)) {
            return Ok(vec![]);
        }
        Ok(vec![TicketItemsEvent::Computed(computed)])
    }
}

impl Computed {
    /// Whether the set and what it comes from are the same, wherever in the log it was looked at.
    fn says_the_same(&self, other: &Self) -> bool {
        *self == Self { position: self.position, context: self.context, ..other.clone() }
    }
}
