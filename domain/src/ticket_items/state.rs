//! What the decisions about a ticket's items need to remember.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::event::{Computed, TicketItemsEvent};
use super::words::ItemRole;
use crate::kernel::CiId;

/// A ticket's items: none before the first event.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TicketItems {
    /// Those that somebody named.
    pub items: BTreeMap<CiId, ItemRole>,
    /// What was computed last.
    pub computed: Option<Computed>,
}

impl TicketItems {
    /// Those in a role.
    pub fn in_role(&self, role: ItemRole) -> BTreeSet<CiId> {
        let those = self.items.iter().filter(|(_, its)| **its == role);
        those.map(|(ci, _)| *ci).collect()
    }

    /// The service that is asked for.
    pub fn service(&self) -> Option<CiId> {
        self.in_role(ItemRole::Service).pop_first()
    }

    /// Applies an event; never fails.
    pub fn evolve(&mut self, event: TicketItemsEvent) {
        let computed = match event {
            TicketItemsEvent::Linked(e) => {
                if e.role == ItemRole::Service {
                    self.items.retain(|_, role| *role != ItemRole::Service);
                }
                self.items.insert(e.ci, e.role);
                e.computed
            }
            TicketItemsEvent::Unlinked(e) => {
                self.items.remove(&e.ci);
                e.computed
            }
            TicketItemsEvent::Computed(computed) => Some(computed),
        };
        self.computed = computed.or(self.computed.take());
    }
}
