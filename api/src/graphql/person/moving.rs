//! Moving: out of the old units and into the new ones, with what comes with the new place, in one
//! append. What becomes of what they had is drawn by the gateway.

use async_graphql::{Context, Result};
use domain::access::model::AccessSubject;
use domain::kernel::{GrantId, PersonId, UnitId};
use domain::person::PersonCommand;
use domain::person::command::{Move, TakePosition};
use domain::unit::UnitCommand;
use domain::unit::command::{Join, Leave as LeaveUnit};

use super::input::PersonMoveInput;
use crate::gateway::Step;
use crate::graphql::access_grant::{fresh, grants_of};
use crate::graphql::command::{Answer, Order, perform_together};
use crate::graphql::context::services;
use crate::graphql::error::internal;
use crate::graphql::input::single;
use crate::graphql::payload::input_hash;
use crate::graphql::refusal::UserError;

type Steps = Vec<(Option<&'static str>, Step)>;

/// Lets the person work elsewhere.
pub(super) async fn perform(cx: &Context<'_>, input: PersonMoveInput) -> Result<Answer> {
    let input_hash = input_hash("PersonMoveInput", &input);
    let person: PersonId = match single("personId", &input.person_id) {
        Ok(person) => person,
        Err(error) => return Ok(Answer::Refused(error)),
    };
    let steps = match steps(cx, person, &input).await? {
        Ok(steps) => steps,
        Err(error) => return Ok(Answer::Refused(error)),
    };
    let (fields, command): (Vec<_>, Vec<_>) = steps.into_iter().unzip();
    let order = Order { command, stream: person.0, common: input.common, input_hash };
    let at_step = |step: usize, error: UserError| match fields.get(step - 1) {
        Some(Some(field)) => error.at(field),
        Some(None) | None => error,
    };
    perform_together(cx, order, at_step).await
}

/// Each with the field of the input that asks for it, where the refusal does not say.
async fn steps(
    cx: &Context<'_>,
    person: PersonId,
    input: &PersonMoveInput,
) -> Result<std::result::Result<Steps, UserError>> {
    let read = input.units().and_then(|units| Ok((units, input.templates()?)));
    let (units, templates) = match read {
        Ok(read) => read,
        Err(error) => return Ok(Err(error)),
    };
    let moves = Move { person, from: input.from, grace_days: input.grace_days };
    let mut steps: Steps = vec![(None, Step::Person(person, PersonCommand::Move(moves)))];
    if let Some(position) = input.position.clone() {
        let take = TakePosition { person, position: Some(position) };
        steps.push((None, Step::Person(person, PersonCommand::TakePosition(take))));
    }
    if let Some(units) = units {
        let had = services(cx)?.gateway.units_of(person).await.map_err(internal)?;
        let of = |unit: &UnitId, command| (Some("unitIds"), Step::Unit(*unit, command));
        let join = |unit: &UnitId| of(unit, UnitCommand::Join(Join { person }));
        let out = |unit: &UnitId| of(unit, UnitCommand::Leave(LeaveUnit { person }));
        steps.extend(units.difference(&had).map(join));
        steps.extend(had.difference(&units).map(out));
    }
    for template in templates {
        let grants = match grants_of(cx, template, input.from).await? {
            Ok(grants) => grants,
            Err(error) => return Ok(Err(error.at("templateIds"))),
        };
        for given in grants {
            let key = input.common.idempotency_key.as_deref();
            let grant = GrantId(fresh(cx, key, steps.len())?);
            let give = given.to(AccessSubject::Person(person), grant);
            steps.push((Some("templateIds"), Step::Access(person.0, give)));
        }
    }
    Ok(Ok(steps))
}
