//! Leaving: out of the desk, and out of every unit, in one append.

use async_graphql::{Context, Result};
use domain::kernel::PersonId;
use domain::person::PersonCommand;
use domain::person::command::Leave;
use domain::unit::UnitCommand;
use domain::unit::command::Leave as LeaveUnit;

use super::input::PersonLeaveInput;
use crate::gateway::Step;
use crate::graphql::command::{Answer, Order, perform_together};
use crate::graphql::context::services;
use crate::graphql::error::internal;
use crate::graphql::input::single;
use crate::graphql::payload::input_hash;

/// Lets the person go.
pub(super) async fn perform(cx: &Context<'_>, input: PersonLeaveInput) -> Result<Answer> {
    let input_hash = input_hash("PersonLeaveInput", &input);
    let person: PersonId = match single("personId", &input.person_id) {
        Ok(person) => person,
        Err(error) => return Ok(Answer::Refused(error)),
    };
    let units = services(cx)?.gateway.units_of(person).await.map_err(internal)?;
    let mut command = vec![Step::Person(person, PersonCommand::Leave(Leave { person }))];
    let out = |unit| Step::Unit(unit, UnitCommand::Leave(LeaveUnit { person }));
    command.extend(units.into_iter().map(out));
    let order = Order { command, stream: person.0, common: input.common, input_hash };
    perform_together(cx, order, |_, error| error).await
}
