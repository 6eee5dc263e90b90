//! What a decision is told: who, when, why, with what standing, and the facts it asked for.

use chrono::{DateTime, Utc};
use domain::ci::Ci;
use domain::kernel::text::{self, REASON_MAX};
use domain::kernel::{
    Actor, Context, DataSubject, Meta, Needs, Personal, Refused, Source, Standing, TemplateFacts,
    TicketFacts,
};
use domain::template::Template;
use domain::ticket::Ticket;
use domain::ticket_dossier::Dossier;
use futures_util::future::{try_join, try_join_all, try_join5};
use projections::directory::Known;
use uuid::Uuid;

use super::{Caller, Gateway, GatewayError, Guarded, Request};
use journal::CommandRecord;

impl Gateway {
    /// Everything a decision is told but for the standing, which the guard finds from it.
    pub(super) fn context<C>(
        &self,
        caller: &Caller,
        request: &Request<C>,
        known: Known,
    ) -> Result<Context, GatewayError> {
        let Known { facts, policy } = known;
        Ok(Context {
            actor: caller.actor,
            on_behalf_of: caller.on_behalf_of(),
            now: self.at_of(request),
            reason: reason(request.reason.as_deref(), caller)?,
            standing: Standing::Ordinary,
            facts,
            policy,
        })
    }

    /// When it happens.
    pub(super) fn at_of<C>(&self, request: &Request<C>) -> DateTime<Utc> {
        request.at.unwrap_or_else(|| self.now())
    }

    /// What is known of those somebody refers to: the directory's in one statement, access in some more,
    /// tickets, templates and items from their own streams.
    pub(super) async fn known(
        &self,
        (caller, at): (&Caller, DateTime<Utc>),
        needs: &Needs,
    ) -> Result<Known, GatewayError> {
        let journal = &self.0.journal;
        let tickets = try_join_all(needs.tickets.iter().map(async |&id| {
            let (ticket, dossier) =
                try_join(journal.load::<Ticket>(id.0), journal.load::<Dossier>(id.0)).await?;
            let known = |ticket| TicketFacts { ticket, dossier: dossier.state };
            Ok::<_, GatewayError>(ticket.state.0.map(|ticket| (id, known(*ticket))))
        }));
        let templates = try_join_all(needs.templates.iter().map(async |&id| {
            let template = journal.load::<Template>(id.0).await?.state.0;
            let known = template.map(|body| (id, TemplateFacts { retired: body.retired }));
            Ok::<_, GatewayError>(known)
        }));
        let items = try_join_all(needs.items.iter().map(async |&id| {
            let item = journal.load::<Ci>(id.0).await?.state.0;
            let known = item.map(|body| (id, body.facts()));
            Ok::<_, GatewayError>(known)
        }));
        let catalogue = async {
            match needs.catalogue {
                true => Ok(Some(self.0.directory.catalogue().await?)),
                false => Ok(None),
            }
        };
        let directory = async {
            let (directory, access) = (&self.0.directory, &needs.access);
            let asked = (directory.known(needs), directory.access(access, caller.doing(), at));
            let (mut known, access) = try_join(asked.0, asked.1).await?;
            known.facts.access = access;
            Ok(known)
        };
        let (mut known, tickets, templates, items, catalogue) =
            try_join5(directory, tickets, templates, items, catalogue).await?;
        self.bind(&mut known.facts, &needs.bonds, at).await?;
        known.facts.items = items.into_iter().flatten().collect();
        known.facts.catalogue = catalogue;
        known.facts.tickets = tickets.into_iter().flatten().collect();
        known.facts.templates = templates.into_iter().flatten().collect();
        Ok(known)
    }
}

/// Whom a command refers to, the caller among them.
pub(super) fn needs<C: Guarded>(caller: &Caller, request: &Request<C>, state: &C::State) -> Needs {
    let mut needs = request.command.needs(state);
    needs.people.extend(caller.person.as_ref().map(|person| person.who.person));
    request.command.guard_needs(request.stream, &mut needs);
    needs
}

/// The metadata of all events of this command.
pub(super) fn meta<C>(
    request: &Request<C>,
    record: Option<&CommandRecord>,
    cx: &Context,
    (source, fresh): (Source, Uuid),
) -> Meta {
    Meta {
        command_id: record.map_or(fresh, |record| record.command_id),
        correlation_id: request.correlation_id,
        causation_id: request.causation_id,
        actor: cx.actor,
        on_behalf_of: cx.on_behalf_of,
        source,
        occurred_at: cx.now,
        reason: cx.reason.clone(),
        trace_id: request.trace_id.clone(),
    }
}

fn reason(text: Option<&str>, caller: &Caller) -> Result<Option<Personal<String>>, GatewayError> {
    let Some(text) = text.filter(|text| !text.trim().is_empty()) else { return Ok(None) };
    let owner = match (caller.actor, caller.on_behalf_of()) {
        (Actor::Person(id), _) | (Actor::Import, Some(id)) => DataSubject::Person(id),
        (Actor::Service(_) | Actor::Import | Actor::System, _) => DataSubject::Deployment,
    };
    match text::required(text, REASON_MAX) {
        Ok(text) => Ok(Some(Personal::of(owner, text))),
        Err(fault) => Err(GatewayError::Refused(Refused {
            code: "REASON_UNFIT",
            message: format!("reason {fault}"),
            field: Some("reason"),
            meta: Default::default(),
        })),
    }
}
