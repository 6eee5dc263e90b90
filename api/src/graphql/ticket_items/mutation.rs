//! The verbs about a ticket's items: what falls is computed first, then both are told as one.

use async_graphql::{Context, ID, Object, Result};
use domain::access::Permission;
use domain::kernel::{CiId, TicketId};
use domain::ticket_items::command::{Compute, Link, Unlink};
use domain::ticket_items::event::{Linked, Unlinked};
use domain::ticket_items::{Computed, ItemRole, TicketItems, TicketItemsCommand, TicketItemsEvent};

use super::input::{TicketLinkItemInput, TicketRecomputeImpactInput, TicketUnlinkItemInput};
use crate::falling;
use crate::gateway::Step;
use crate::graphql::access::{SignedIn, reads_all, working_caller};
use crate::graphql::command::{Answer, Order, perform_together, refused, shown, told};
use crate::graphql::context::services;
use crate::graphql::error::{forbidden, internal, unread};
use crate::graphql::input::single;
use crate::graphql::payload::{Common, input_hash};
use crate::graphql::refusal::{ErrorCode, UserError};
use crate::graphql::ticket::TicketPayload;

/// How often it is computed anew when the ticket's items change meanwhile.
const ATTEMPTS: usize = 5;

/// The items that tickets are about.
#[derive(Default)]
pub(in crate::graphql) struct TicketItemsMutation;

/// The items that tickets are about.
#[Object]
impl TicketItemsMutation {
    /// Says that a ticket is about an item; what falls with its items is computed at once.
    #[graphql(guard = "SignedIn")]
    async fn ticket_link_item(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Which ticket and which item.")] input: TicketLinkItemInput,
    ) -> Result<TicketPayload> {
        let hash = input_hash("TicketLinkItemInput", &input);
        let role = input.role.role();
        let named = named(&input.ticket_id, &input.ci_id);
        let asked = named.map(|(ticket, ci)| (ticket, Asked::Link(ci, role)));
        run(cx, asked, (input.common, hash)).await
    }

    /// Says that a ticket is no longer about an item; what falls with the others is computed at once.
    #[graphql(guard = "SignedIn")]
    async fn ticket_unlink_item(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Which ticket and which item.")] input: TicketUnlinkItemInput,
    ) -> Result<TicketPayload> {
        let hash = input_hash("TicketUnlinkItemInput", &input);
        let named = named(&input.ticket_id, &input.ci_id);
        let asked = named.map(|(ticket, ci)| (ticket, Asked::Unlink(ci)));
        run(cx, asked, (input.common, hash)).await
    }

    /// Computes anew what falls with a ticket's items, as items and relations are now. Nothing
    /// changes when it comes to the same.
    #[graphql(guard = "SignedIn")]
    async fn ticket_recompute_impact(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Which ticket.")] input: TicketRecomputeImpactInput,
    ) -> Result<TicketPayload> {
        let hash = input_hash("TicketRecomputeImpactInput", &input);
        let asked = single("ticketId", &input.ticket_id).map(|ticket| (ticket, Asked::Compute));
        run(cx, asked, (input.common, hash)).await
    }
}

/// What is asked of a ticket's items.
#[derive(Debug, Clone, Copy)]
enum Asked {
    Link(CiId, ItemRole),
    Unlink(CiId),
    Compute,
}

async fn run(
    cx: &Context<'_>,
    asked: std::result::Result<(TicketId, Asked), UserError>,
    (common, input_hash): (Common, [u8; 32]),
) -> Result<TicketPayload> {
    let client_mutation_id = common.client_mutation_id.clone();
    let (ticket, asked) = match asked {
        Ok(asked) => asked,
        Err(error) => return Ok(refused(client_mutation_id, error)),
    };
    let mut answer = attempt(cx, (ticket, asked), (&common, input_hash)).await?;
    for _ in 1..ATTEMPTS {
        // Somebody else named another item meanwhile.
        match &answer {
            Answer::Refused(error) if error.code == ErrorCode::TicketItemsComputedOtherwise => {
                answer = attempt(cx, (ticket, asked), (&common, input_hash)).await?;
            }
            Answer::Refused(_) | Answer::Done(..) => break,
        }
    }
    if let Answer::Done(_, receipt) = &answer {
        // Only here is it waited for: no other verb shows items.
        shown(cx, &["ticket_items"], receipt).await?;
    }
    told(cx, client_mutation_id, answer).await
}

/// Computes what falls with the items that the ticket would have, and hands both to the gateway.
async fn attempt(
    cx: &Context<'_>,
    (ticket, asked): (TicketId, Asked),
    (common, input_hash): (&Common, [u8; 32]),
) -> Result<Answer> {
    working_caller(cx)?;
    let services = services(cx)?;
    let loaded = services.gateway.journal().load::<TicketItems>(ticket.0).await;
    let before = loaded.map_err(internal)?.state;
    let mut items = before.clone();
    asked.would(&mut items);
    // Whoever may not read items may not name any, and is told so by the gateway.
    let may = reads_all(cx, Permission::CiRead);
    let computed = if may && asked.moves(&before, &items) {
        let reads = (&services.reads, &services.classes, &services.waiter);
        Some(falling::computed(reads, ticket, &items).await.map_err(unread)?)
    } else {
        None
    };
    let Some(command) = asked.command(ticket, computed) else {
        return Err(forbidden());
    };
    let command = vec![Step::Items(ticket, command)];
    let order = Order { command, stream: ticket.0, common: common.clone(), input_hash };
    perform_together(cx, order, |_, error| error).await
}

impl Asked {
    /// What the ticket's items are to be.
    fn would(self, items: &mut TicketItems) {
        match self {
            Self::Link(ci, role) => {
                items.evolve(TicketItemsEvent::Linked(Linked { ci, role, computed: None }));
            }
            Self::Unlink(ci) => {
                items.evolve(TicketItemsEvent::Unlinked(Unlinked { ci, computed: None }));
            }
            Self::Compute => {}
        }
    }

    /// Whether something else can fall then.
    fn moves(self, before: &TicketItems, after: &TicketItems) -> bool {
        let told = |items: &TicketItems| {
            (items.in_role(ItemRole::Manual), items.in_role(ItemRole::NotImpacted))
        };
        matches!(self, Self::Compute) || told(before) != told(after)
    }

    /// As the gateway takes it; none: nothing was computed, and nothing else was asked for.
    fn command(self, ticket: TicketId, computed: Option<Computed>) -> Option<TicketItemsCommand> {
        Some(match self {
            Self::Link(ci, role) => TicketItemsCommand::Link(Link { ticket, ci, role, computed }),
            Self::Unlink(ci) => TicketItemsCommand::Unlink(Unlink { ticket, ci, computed }),
            Self::Compute => TicketItemsCommand::Compute(Compute { ticket, computed: computed? }),
        })
    }
}

fn named(ticket: &ID, ci: &ID) -> std::result::Result<(TicketId, CiId), UserError> {
    Ok((single("ticketId", ticket)?, single("ciId", ci)?))
}
