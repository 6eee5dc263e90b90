//! The items that a ticket is opened on: who answers for them, what falls with them, and what the
//! service says of the plan.

use async_graphql::{Context, Result};
use domain::access::Permission;
use domain::kernel::{CiId, TicketId};
use domain::routing::Target;
use domain::ticket::command::PlanChoice;
use domain::ticket_items::command::Link;
use domain::ticket_items::event::Linked;
use domain::ticket_items::{ItemRole, TicketItems, TicketItemsCommand, TicketItemsEvent};

use crate::gateway::Step;
use crate::graphql::access::reads_all;
use crate::graphql::context::services;
use crate::graphql::error::{internal, unread};
use crate::graphql::loader;
use crate::graphql::refusal::{ErrorCode, UserError};
use crate::{falling, routing};

/// Whom a ticket on these items goes to; none: none of them names anybody, or whoever opens it may
/// not read items.
pub(super) async fn answering(cx: &Context<'_>, items: &[CiId]) -> Result<Option<Target>> {
    if items.is_empty() || !reads_all(cx, Permission::CiRead) {
        return Ok(None);
    }
    let gateway = &services(cx)?.gateway;
    let known = (gateway.journal(), gateway.directory());
    routing::target_of_items(known, items, gateway.now()).await.map_err(internal)
}

/// By what a ticket for this service is measured.
pub(super) async fn measured(cx: &Context<'_>, service: CiId) -> Result<PlanChoice> {
    if !reads_all(cx, Permission::CiRead) || !loader::policy(cx).await?.sla_on {
        return Ok(PlanChoice::Implied);
    }
    let plan = routing::plan_of(services(cx)?.gateway.journal(), service).await;
    Ok(plan.map_err(internal)?.map_or(PlanChoice::Implied, PlanChoice::Named))
}

/// The steps that name them, the last of which tells what falls with all of them.
pub(super) async fn named(
    cx: &Context<'_>,
    ticket: TicketId,
    (items, service): (&[CiId], Option<CiId>),
) -> Result<Vec<Step>> {
    let mut links: Vec<Link> = Vec::new();
    let mut known = TicketItems::default();
    let manual = items.iter().map(|ci| (*ci, ItemRole::Manual));
    for (ci, role) in service.map(|ci| (ci, ItemRole::Service)).into_iter().chain(manual) {
        links.push(Link { ticket, ci, role, computed: None });
        known.evolve(TicketItemsEvent::Linked(Linked { ci, role, computed: None }));
    }
    // Whoever may not read items may not name any, and is told so by the gateway.
    if !items.is_empty() && reads_all(cx, Permission::CiRead) {
        let services = services(cx)?;
        let reads = (&services.reads, &services.classes, &services.waiter);
        let computed = falling::computed(reads, ticket, &known).await.map_err(unread)?;
        if let Some(last) = links.last_mut() {
            last.computed = Some(computed);
        }
    }
    Ok(links.into_iter().map(|link| Step::Items(ticket, TicketItemsCommand::Link(link))).collect())
}

/// What naming an item refuses, as an opening says it.
pub(super) fn as_named(error: UserError) -> UserError {
    match error.code {
        ErrorCode::TicketItemsNoService => error.at("serviceId"),
        ErrorCode::TicketItemsItemUnknown
        | ErrorCode::TicketItemsItemRetired
        | ErrorCode::TicketItemsTooMany => error.at("ciIds"),
        _ => error,
    }
}
