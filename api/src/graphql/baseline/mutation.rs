//! The verbs of a baseline.

use async_graphql::{Context, Object, Result, SimpleObject};
use domain::access::Permission;
use domain::baseline::command::{Moment as When, Name};
use domain::baseline::{BaselineCommand, BaselineRefusal};
use domain::kernel::{BaselineId, Refused};
use journal::read::number_at;
use uuid::Uuid;

use super::Baseline;
use super::input::{BaselineNameInput, BaselineRenameInput, BaselineWithdrawInput};
use crate::graphql::access::{SignedIn, allowed};
use crate::graphql::command::{Order, Payload, Told, perform, refused, run, told};
use crate::graphql::context::{PATIENCE, services};
use crate::graphql::error::internal;
use crate::graphql::input::single;
use crate::graphql::loader;
use crate::graphql::moment::{Moment, SEVERAL};
use crate::graphql::payload::input_hash;
use crate::graphql::refusal::{ErrorCode, UserError};
use crate::graphql::scalar::Position;

/// What became of a command on a baseline.
#[derive(SimpleObject)]
pub(super) struct BaselinePayload {
    /// As you sent it.
    client_mutation_id: Option<String>,
    /// The baseline as it is now; null when the command was refused, and when the read side has not
    /// caught up within two seconds: then read it again after `position`.
    baseline: Option<Baseline>,
    /// Why nothing was done; empty when it was done, or was so already.
    user_errors: Vec<UserError>,
    /// Where the change stands in the log; null when nothing changed.
    position: Option<Position>,
    /// Whether this is the answer to an earlier command with the same idempotency key.
    replayed: bool,
}

impl Payload for BaselinePayload {
    type Node = Baseline;

    const VIEWS: &'static [&'static str] = &["baselines"];

    async fn read(cx: &Context<'_>, stream: Uuid) -> Result<Option<Baseline>> {
        loader::baseline(cx, BaselineId(stream)).await
    }

    fn of(told: Told<Baseline>) -> Self {
        Self {
            client_mutation_id: told.client_mutation_id,
            baseline: told.node,
            user_errors: told.user_errors,
            position: told.position,
            replayed: told.replayed,
        }
    }
}

/// Everything that changes a baseline.
#[derive(Default)]
pub(in crate::graphql) struct BaselineMutation;

/// Everything that changes a baseline.
#[Object]
impl BaselineMutation {
    /// Names a moment, so that everything can be read and compared as it was then.
    #[graphql(guard = "SignedIn")]
    async fn baseline_name(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Which moment, and its name.")] input: BaselineNameInput,
    ) -> Result<BaselinePayload> {
        let input_hash = input_hash("BaselineNameInput", &input);
        let BaselineNameInput { name, moment, note, common } = input;
        let named = common.client_mutation_id.clone();
        let moment = match when(cx, moment.unwrap_or_default()).await? {
            Ok(moment) => moment,
            Err(error) => return Ok(refused(named, error)),
        };
        let command = BaselineCommand::Name(Name { name, moment, note });
        let stream = services(cx)?.gateway.new_id();
        told(cx, named, perform(cx, Order { command, stream, common, input_hash }).await?).await
    }

    /// Calls a baseline otherwise; its moment stays.
    #[graphql(guard = "SignedIn")]
    async fn baseline_rename(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Which baseline, and its name.")] input: BaselineRenameInput,
    ) -> Result<BaselinePayload> {
        run(cx, input).await
    }

    /// Says that a baseline does not count any more. It can still be read; its name is free.
    #[graphql(guard = "SignedIn")]
    async fn baseline_withdraw(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Which baseline.")] input: BaselineWithdrawInput,
    ) -> Result<BaselinePayload> {
        run(cx, input).await
    }
}

/// The moment with what is known of the log. Who may not name any is told so by the gateway.
async fn when(cx: &Context<'_>, moment: Moment) -> Result<std::result::Result<When, UserError>> {
    if allowed(cx, Permission::BaselineManage).is_err() {
        return Ok(Ok(When::Here));
    }
    match (moment.as_of, moment.as_of_position, moment.as_of_baseline) {
        (None, None, None) => Ok(Ok(When::Here)),
        (Some(instant), None, None) => {
            let position = number_at(services(cx)?.gateway.journal().pool(), instant).await;
            let position = position.map_err(internal)?;
            Ok(Ok(When::At { instant, position }))
        }
        (None, Some(position), None) => after(cx, position).await.map(Ok),
        (None, None, Some(other)) => {
            let other: BaselineId = match single("asOfBaseline", &other) {
                Ok(other) => other,
                Err(error) => return Ok(Err(error.within("moment"))),
            };
            let Some(other) = loader::baseline(cx, other).await? else {
                let absent = UserError::refused(Refused::from(BaselineRefusal::NotFound))?;
                return Ok(Err(absent.at("asOfBaseline").within("moment")));
            };
            after(cx, Position::Number(other.0.position)).await.map(Ok)
        }
        _ => Ok(Err(UserError::new(ErrorCode::InvalidInput, SEVERAL).at("moment"))),
    }
}

/// After an event of the log. This process may not have heard of the last ones yet.
async fn after(cx: &Context<'_>, position: Position) -> Result<When> {
    let services = services(cx)?;
    let position = match position {
        Position::Number(number) => number,
        Position::Token(token) => {
            services.waiter.number_of(token, PATIENCE).await.unwrap_or(i64::MAX)
        }
    };
    let known = *services.gateway.journal().head().borrow();
    let is_shown = || services.waiter.passed_number("baselines", position, PATIENCE);
    let is_there = known >= position || is_shown().await.is_ok();
    Ok(When::After { position, head: if is_there { known.max(position) } else { known } })
}
