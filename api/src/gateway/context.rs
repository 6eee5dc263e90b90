//! What a decision is told: who, when, why, with what standing, and the facts it asked for.

use domain::kernel::text::{self, REASON_MAX};
use domain::kernel::{Actor, Context, DataSubject, Meta, Personal, Refused, Source, Standing};
use uuid::Uuid;

use super::{Caller, Gateway, GatewayError, Guarded, Request};
use journal::CommandRecord;

impl Gateway {
    pub(super) async fn context<C: Guarded>(
        &self,
        caller: &Caller,
        request: &Request<C>,
        standing: Standing,
        state: &C::State,
    ) -> Result<Context, GatewayError> {
        let mut needs = request.command.needs(state);
        let doer = caller.person.as_ref().map(|person| person.person_id);
        needs.people.extend(doer);
        Ok(Context {
            actor: caller.actor,
            on_behalf_of: None,
            now: request.at.unwrap_or_else(|| self.now()),
            reason: reason(request.reason.as_deref(), caller.actor)?,
            standing,
            facts: projections::directory::facts(&self.0.reads, &needs).await?,
            policy: self.0.policy.get(&self.0.journal).await?,
        })
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
        causation_id: None,
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
