//! Settling a possible duplicate: two items are two. That they are one, `ciMerge` says.

use async_graphql::{Context, ID, InputObject, Object, Result};
use domain::ci::CiCommand;
use domain::ci::command::TellApart;
use domain::kernel::CiId;

use crate::gateway::Step;
use crate::graphql::access::SignedIn;
use crate::graphql::ci::CiPayload;
use crate::graphql::command::{Order, perform_together, refused, told};
use crate::graphql::input::single;
use crate::graphql::payload::{Common, input_hash};

/// Two items that are not the same thing.
#[derive(Debug, Clone, InputObject)]
struct CiNotDuplicateInput {
    /// The one.
    ci_id: ID,
    /// The other.
    other_id: ID,
    #[graphql(flatten)]
    common: Common,
}

/// Settles possible duplicates.
#[derive(Default)]
pub(in crate::graphql) struct HealthMutation;

/// Settles possible duplicates.
#[Object]
impl HealthMutation {
    /// Tells two items apart, however alike they look: they are not listed as duplicates of each other
    /// again.
    #[graphql(guard = "SignedIn")]
    async fn ci_not_duplicate(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Which two items.")] input: CiNotDuplicateInput,
    ) -> Result<CiPayload> {
        let input_hash = input_hash("CiNotDuplicateInput", &input);
        let common = input.common.clone();
        let named = common.client_mutation_id.clone();
        let ids = single::<CiId>("ciId", &input.ci_id)
            .and_then(|one| Ok((one, single::<CiId>("otherId", &input.other_id)?)));
        let (one, other) = match ids {
            Ok(ids) => ids,
            Err(error) => return Ok(refused(named, error)),
        };
        // Each knows it of the other: lists ask either.
        let apart = |id, other| Step::Ci(id, CiCommand::TellApart(TellApart { id, other }));
        let command = vec![apart(one, other), apart(other, one)];
        let order = Order { command, stream: one.0, common, input_hash };
        told(cx, named, perform_together(cx, order, |_, error| error).await?).await
    }
}
