//! Opening: a ticket, and in the same append all that stands around it from its beginning.

use async_graphql::{Context, Result};
use domain::kernel::{Actor, TicketId};
use domain::person::PersonKind;
use domain::template::Template;
use domain::template::event::Content;
use domain::ticket::command::{Open, PlanChoice};
use domain::ticket::{TicketCommand, TicketKind};
use domain::ticket_dossier::command::{FillField, Link, Tag};
use domain::ticket_dossier::{LinkKind, TicketDossierCommand};

use super::input::{Opening, TicketOpenInput};
use super::items;
use crate::gateway::{Caller, Gateway, Step};
use crate::graphql::access::working_caller;
use crate::graphql::command::{Answer, Order, perform_together, shown, waits_by_itself};
use crate::graphql::context::services;
use crate::graphql::error::internal;
use crate::graphql::many::Answered;
use crate::graphql::payload::input_hash;
use crate::graphql::refusal::{ErrorCode, UserError};
use crate::routing;

/// Reads the input, routes what names nobody, and hands all of it to the gateway as one.
pub(super) async fn open(cx: &Context<'_>, input: TicketOpenInput) -> Result<Answered> {
    let hash = input_hash("TicketOpenInput", &input);
    let common = input.common.clone();
    let client_mutation_id = common.client_mutation_id.clone();
    let opening = match prepared(cx, input).await? {
        Ok(opening) => opening,
        Err(error) => return Ok((client_mutation_id, Answer::Refused(error))),
    };
    let gateway = &services(cx)?.gateway;
    let ticket = TicketId(gateway.new_id());
    let has_parent = opening.parent.is_some();
    let names_items = !opening.items.is_empty() || opening.service.is_some();
    let named = items::named(cx, ticket, (&opening.items, opening.service)).await?;
    let mut command = steps(gateway, ticket, opening).await?;
    command.extend(named);
    let at_step = |step: usize, error: UserError| match has_parent {
        true => items::as_named(as_part(step, error)),
        false => items::as_named(error),
    };
    let order = Order { command, stream: ticket.0, common, input_hash: hash };
    let answer = match perform_together(cx, order, at_step).await? {
        // A repeated opening has another ticket than was drawn for it.
        Answer::Done(drawn, receipt) => {
            let first = receipt.streams.first().map_or(drawn, |first| first.aggregate_id);
            Answer::Done(first, receipt)
        }
        refused @ Answer::Refused(_) => refused,
    };
    if let (Answer::Done(_, receipt), true) = (&answer, names_items && !waits_by_itself(cx)) {
        // Other openings do not wait for it: it shows nothing of theirs.
        shown(cx, &["ticket_items"], receipt).await?;
    }
    Ok((client_mutation_id, answer))
}

/// The opening as it was meant: with its template, and with its target.
async fn prepared(
    cx: &Context<'_>,
    input: TicketOpenInput,
) -> Result<std::result::Result<Opening, UserError>> {
    let services = services(cx)?;
    let staff = is_staff(working_caller(cx)?);
    let content = match input.template() {
        Ok(None) => None,
        Ok(Some(template)) => {
            let loaded = services.gateway.journal().load::<Template>(template.0).await;
            match usable(loaded.map_err(internal)?.state, staff) {
                Ok(content) => Some(content),
                Err(error) => return Ok(Err(error)),
            }
        }
        Err(error) => return Ok(Err(error)),
    };
    let mut opening = match input.read(content, staff) {
        Ok(opening) => opening,
        Err(error) => return Ok(Err(error)),
    };
    let open = &mut opening.open;
    if opening.placed {
        open.routing = Some(routing::as_placed(open.subject));
    } else if is_left_to_the_desk(open, staff) {
        let gateway = &services.gateway;
        let (directory, now) = (gateway.directory(), gateway.now());
        let answering = items::answering(cx, &opening.items).await?;
        let target = match answering {
            Some(target) => target,
            None => routing::target(directory, open.subject, now).await.map_err(internal)?,
        };
        (open.unit, open.assignees) = (target.unit, target.assignees);
        open.routing = Some(target.routing);
    }
    if let (Some(service), PlanChoice::Implied) = (opening.service, open.plan) {
        open.plan = items::measured(cx, service).await?;
    }
    Ok(Ok(opening))
}

/// A name in another system is the desk's to give.
fn is_left_to_the_desk(open: &Open, staff: bool) -> bool {
    let named = open.unit.is_some() || !open.assignees.is_empty();
    !named && (staff || open.external_ref.is_none())
}

/// Whether the caller says what is staff's to say; whoever imports says what was said.
fn is_staff(caller: &Caller) -> bool {
    caller.actor == Actor::Import
        || caller.person.as_ref().is_some_and(|known| known.kind == PersonKind::Staff)
}

/// What the template says. Clients have no others than theirs.
fn usable(template: Template, staff: bool) -> std::result::Result<Content, UserError> {
    let refused = |code, message| UserError::new(code, message).at("templateId");
    let body = template.0.filter(|body| staff || body.content.client_visible);
    let Some(body) = body else {
        return Err(refused(ErrorCode::TemplateNotFound, "there is no such template"));
    };
    if body.retired {
        return Err(refused(ErrorCode::TemplateRetired, "the template is retired"));
    }
    Ok(body.content)
}

/// The ticket first, then its place under another one, which [`as_part`] counts on.
async fn steps(gateway: &Gateway, ticket: TicketId, opening: Opening) -> Result<Vec<Step>> {
    let Opening { open, parent, tags, fields, items: _, service: _, placed: _ } = opening;
    let dossier = |command| Step::Dossier(ticket, command);
    let mut steps = vec![opened(gateway, ticket, open.clone()).await?];
    steps.extend(parent.into_iter().flat_map(|parent| linked(parent, ticket)));
    let tags = tags.into_iter().map(|tag| TicketDossierCommand::Tag(Tag { ticket, tag }));
    steps.extend(tags.map(dossier));
    let fields = fields
        .into_iter()
        .map(|(field, value)| TicketDossierCommand::FillField(FillField { ticket, field, value }));
    steps.extend(fields.map(dossier));
    // T20; who may not have tasks is told by the ticket's own step.
    let shared = if open.individual { open.assignees.clone() } else { Default::default() };
    for person in shared {
        let task = TicketId(gateway.new_id());
        let share = Open {
            kind: TicketKind::Task,
            assignees: [person].into(),
            task_of: Some(ticket),
            individual: false,
            external_ref: None,
            routing: None,
            ..open.clone()
        };
        steps.push(opened(gateway, task, share).await?);
        steps.extend(linked(ticket, task));
    }
    Ok(steps)
}

/// Draws the number; a repeated opening wastes it, gaps are allowed.
async fn opened(gateway: &Gateway, ticket: TicketId, mut open: Open) -> Result<Step> {
    open.number = gateway.next_ticket_number(open.kind).await.map_err(internal)?;
    Ok(Step::Ticket(ticket, TicketCommand::Open(Box::new(open))))
}

/// One is part of the other: both dossiers say so.
fn linked(parent: TicketId, child: TicketId) -> [Step; 2] {
    let link = |ticket, kind, other| {
        Step::Dossier(ticket, TicketDossierCommand::Link(Link { ticket, kind, other }))
    };
    [link(parent, LinkKind::Child, child), link(child, LinkKind::Parent, parent)]
}

/// What the links refuse, as an opening under another ticket says it.
fn as_part(step: usize, error: UserError) -> UserError {
    match (step, error.code) {
        (2 | 3, ErrorCode::DossierNotFound) => {
            UserError::new(ErrorCode::DossierOtherUnknown, error.message).at("parentId")
        }
        (2 | 3, _) => error.at("parentId"),
        _ => error,
    }
}
