//! Everything at once: whoever leaves has nothing any more.

use async_graphql::{Context, ID, InputObject, Result};
use domain::kernel::PersonId;
use domain::person::PersonCommand;
use domain::person::command::Leave;
use domain::subject_access::SubjectAccessCommand;
use domain::subject_access::command::{Close, Reopen};
use domain::unit::UnitCommand;
use domain::unit::command::Leave as LeaveUnit;

use super::payload::AccessHolderPayload;
use crate::gateway::Step;
use crate::graphql::command::{Answer, Order, perform_together};
use crate::graphql::context::services;
use crate::graphql::error::internal;
use crate::graphql::input::one_way;
use crate::graphql::payload::{Common, input_hash};
use crate::graphql::permission::subject;

/// Access that ends as a whole.
#[derive(Debug, Clone, InputObject)]
pub(super) struct CloseAccessInput {
    /// Whose: a person, a service account or a group.
    subject_id: ID,
    /// Whether the person leaves for ever, in the same moment: out of all units, sessions and all.
    #[graphql(default)]
    leaves: bool,
    #[graphql(flatten)]
    common: Common,
}

/// Access that can be given again.
#[derive(Debug, Clone, InputObject)]
pub(super) struct ReopenAccessInput {
    /// To whom: a person, a service account or a group.
    subject_id: ID,
    #[graphql(flatten)]
    common: Common,
}

/// Ends all that the subject has.
pub(super) async fn close(
    cx: &Context<'_>,
    input: CloseAccessInput,
) -> Result<AccessHolderPayload> {
    let named = input.common.client_mutation_id.clone();
    let input_hash = input_hash("CloseAccessInput", &input);
    let whom = match subject("subjectId", &input.subject_id) {
        Ok(whom) => whom,
        Err(error) => return Ok(AccessHolderPayload::refused(named, error)),
    };
    let stream = whom.stream().0;
    let close = SubjectAccessCommand::Close(Close {});
    let mut command = vec![Step::Access(stream, close)];
    let leaver = whom.person().filter(|_| input.leaves);
    match leaver {
        Some(person) => command.extend(out(cx, person).await?),
        None if input.leaves => {
            let error = one_way("leaves", "people leave, nothing else does");
            return Ok(AccessHolderPayload::refused(named, error));
        }
        None => {}
    }
    let order = Order { command, stream, common: input.common, input_hash };
    let answer = perform_together(cx, order, |_, error| error).await?;
    if let (Answer::Done(..), Some(person)) = (&answer, leaver) {
        services(cx)?.identity.end_sessions_of(person).await.map_err(internal)?;
    }
    AccessHolderPayload::of(cx, named, (answer, whom)).await
}

/// Lets the subject be given access again.
pub(super) async fn reopen(
    cx: &Context<'_>,
    input: ReopenAccessInput,
) -> Result<AccessHolderPayload> {
    let named = input.common.client_mutation_id.clone();
    let input_hash = input_hash("ReopenAccessInput", &input);
    let whom = match subject("subjectId", &input.subject_id) {
        Ok(whom) => whom,
        Err(error) => return Ok(AccessHolderPayload::refused(named, error)),
    };
    let stream = whom.stream().0;
    let command = vec![Step::Access(stream, SubjectAccessCommand::Reopen(Reopen {}))];
    let order = Order { command, stream, common: input.common, input_hash };
    let answer = perform_together(cx, order, |_, error| error).await?;
    AccessHolderPayload::of(cx, named, (answer, whom)).await
}

/// Out of the desk, and out of every unit.
async fn out(cx: &Context<'_>, person: PersonId) -> Result<Vec<Step>> {
    let units = services(cx)?.gateway.units_of(person).await.map_err(internal)?;
    let leave = Step::Person(person, PersonCommand::Leave(Leave { person }));
    let out = |unit| Step::Unit(unit, UnitCommand::Leave(LeaveUnit { person }));
    Ok(std::iter::once(leave).chain(units.into_iter().map(out)).collect())
}
