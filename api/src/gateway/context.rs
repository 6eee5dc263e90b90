//! What a decision is told: who, when, why, with what standing, and the facts it asked for.

use domain::kernel::text::{self, REASON_MAX};
use domain::kernel::{
    Actor, Context, DataSubject, Meta, Needs, Personal, Refused, Source, Standing, TicketFacts,
};
use domain::ticket::Ticket;
use domain::ticket_dossier::Dossier;
use projections::directory::{self, Known};
use uuid::Uuid;

use super::{Caller, Gateway, GatewayError, Guarded, Request};
use journal::CommandRecord;

impl Gateway {
    /// Everything a decision is told but for the standing, which the guard finds from it.
    pub(super) async fn context<C: Guarded>(
        &self,
        caller: &Caller,
        request: &Request<C>,
        state: &C::State,
    ) -> Result<Context, GatewayError> {
        let mut needs = request.command.needs(state);
        needs.people.extend(caller.person.as_ref().map(|person| person.who.person));
        request.command.guard_needs(request.stream, &mut needs);
        let Known { facts, policy } = self.known(&needs).await?;
        Ok(Context {
            actor: caller.actor,
            on_behalf_of: None,
            now: request.at.unwrap_or_else(|| self.now()),
            reason: reason(request.reason.as_deref(), caller.actor)?,
            standing: Standing::Ordinary,
            facts,
            policy,
        })
    }

    /// What is known of those somebody refers to: the directory's in one statement, tickets from
    /// their own streams.
    pub(super) async fn known(&self, needs: &Needs) -> Result<Known, GatewayError> {
        let mut known = directory::known(&self.0.reads, needs).await?;
        for &id in &needs.tickets {
            let Some(ticket) = self.0.journal.load::<Ticket>(id.0).await?.state.0 else { continue };
            let dossier = self.0.journal.load::<Dossier>(id.0).await?.state;
            known.facts.tickets.insert(id, TicketFacts { ticket: *ticket, dossier });
        }
        Ok(known)
    }
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

fn reason(text: Option<&str>, actor: Actor) -> Result<Option<Personal<String>>, GatewayError> {
    let Some(text) = text.filter(|text| !text.trim().is_empty()) else { return Ok(None) };
    let owner = match actor {
        Actor::Person(id) => DataSubject::Person(id),
        Actor::Import | Actor::System => DataSubject::Deployment,
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
