//! One event of each kind about a ticket's items.

use domain::kernel::CiId;
use domain::ticket_items::event::{Computed, Linked, Unlinked};
use domain::ticket_items::{ItemRole, TicketItemsEvent};
use uuid::Uuid;

const HOST: CiId = CiId(Uuid::from_u128(0x21));
const DISK: CiId = CiId(Uuid::from_u128(0x22));

pub(crate) fn ticket_items() -> [TicketItemsEvent; 3] {
    let computed = || Computed {
        position: 41,
        sources: [HOST].into(),
        walls: [DISK].into(),
        depth: 10,
        redundancy: true,
        context: 2,
        digest: "0f".repeat(32),
        count: 3,
        contacts: 1,
        truncated: false,
    };
    [
        TicketItemsEvent::Linked(Linked {
            ci: HOST,
            role: ItemRole::Manual,
            computed: Some(computed()),
        }),
        TicketItemsEvent::Unlinked(Unlinked { ci: HOST, computed: Some(computed()) }),
        TicketItemsEvent::Computed(computed()),
    ]
}
