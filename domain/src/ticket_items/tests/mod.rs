//! Given, when, then: one file a verb, one test a rule; besides them the laws.

mod compute;
mod laws;
mod link;
mod unlink;

use std::collections::BTreeSet;

use uuid::Uuid;

use crate::cmdb::{Catalogue, Definition};
use crate::kernel::testing::tickets::{THIS, there_are, ticket};
use crate::kernel::testing::{self, Given};
use crate::kernel::{CiClassId, CiId, Facts, ItemFacts};
use crate::ticket::TicketState;
use crate::ticket_items::command::{Compute, Link, Unlink};
use crate::ticket_items::event::{Linked, Unlinked};
use crate::ticket_items::{Computed, ItemRole, TicketItemsCommand, TicketItemsEvent};

const HOST: CiId = CiId(Uuid::from_u128(0xc1));
const DISK: CiId = CiId(Uuid::from_u128(0xc2));
const MAIL: CiId = CiId(Uuid::from_u128(0xc3));
const CHAT: CiId = CiId(Uuid::from_u128(0xc4));
const GONE: CiId = CiId(Uuid::from_u128(0xcd));
const UNHEARD_OF: CiId = CiId(Uuid::from_u128(0xce));

const SERVER: CiClassId = CiClassId(Uuid::from_u128(0xa1));
const SERVICE: CiClassId = CiClassId(Uuid::from_u128(0xa2));
const INHERITS_SERVICE: CiClassId = CiClassId(Uuid::from_u128(0xa3));

/// On a ticket that is assigned.
fn given(events: impl IntoIterator<Item = TicketItemsEvent>) -> Given<TicketItemsCommand> {
    on(TicketState::Assigned, events)
}

/// On a ticket in this state.
fn on(
    state: TicketState,
    events: impl IntoIterator<Item = TicketItemsEvent>,
) -> Given<TicketItemsCommand> {
    testing::given(events).knowing(there_is(there_are([(THIS, ticket(state))])))
}

/// A few items besides: two of hardware, two services, one that is retired.
fn there_is(facts: Facts) -> Facts {
    let item = |class, active| ItemFacts { class, active };
    let items = [
        (HOST, item(SERVER, true)),
        (DISK, item(SERVER, true)),
        (MAIL, item(SERVICE, true)),
        (CHAT, item(INHERITS_SERVICE, true)),
        (GONE, item(SERVER, false)),
    ];
    let class = |name: &str, parent| Definition {
        name: name.to_owned(),
        label: name.to_owned(),
        parent,
        is_abstract: false,
        attributes: Vec::new(),
        relations: Vec::new(),
        identity: Vec::new(),
        redundancy: Vec::new(),
        out_of_service: Vec::new(),
    };
    let catalogue = Catalogue::of([
        (SERVER, 1, class("Server", None)),
        (SERVICE, 1, class("Service", None)),
        (INHERITS_SERVICE, 1, class("PaidService", Some(SERVICE))),
    ]);
    Facts { items: items.into(), catalogue: Some(catalogue.into()), ..facts }
}

/// What falls with these, kept from falling by those.
fn computed(sources: &[CiId], walls: &[CiId]) -> Computed {
    let set = |items: &[CiId]| items.iter().copied().collect::<BTreeSet<_>>();
    Computed {
        position: 7,
        sources: set(sources),
        walls: set(walls),
        depth: 10,
        redundancy: true,
        context: 0,
        digest: "0f".repeat(32),
        count: 3,
        contacts: 1,
        truncated: false,
    }
}

fn linked(ci: CiId, role: ItemRole) -> TicketItemsEvent {
    TicketItemsEvent::Linked(Linked { ci, role, computed: None })
}

fn unlinked(ci: CiId) -> TicketItemsEvent {
    TicketItemsEvent::Unlinked(Unlinked { ci, computed: None })
}

fn link(ci: CiId, role: ItemRole) -> TicketItemsCommand {
    link_with(ci, role, None)
}

fn link_with(ci: CiId, role: ItemRole, computed: Option<Computed>) -> TicketItemsCommand {
    TicketItemsCommand::Link(Link { ticket: THIS, ci, role, computed })
}

fn unlink(ci: CiId, computed: Option<Computed>) -> TicketItemsCommand {
    TicketItemsCommand::Unlink(Unlink { ticket: THIS, ci, computed })
}

fn compute(computed: Computed) -> TicketItemsCommand {
    TicketItemsCommand::Compute(Compute { ticket: THIS, computed })
}
